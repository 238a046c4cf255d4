"""A way to reach somebody, as people jot it down: by its form it is known what it is."""

import re
from collections.abc import Mapping

_NUMBER = re.compile(r"[+(]?[0-9][0-9 ().-]{5,}[0-9]", re.ASCII)
_MOBILE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}", re.ASCII)
_WECHAT = re.compile(r"(?:微信号?|wechat|wx|vx)\s*[:：]?\s*(\S.*)", re.IGNORECASE)


def contact(words: str) -> Mapping[str, str]:
    """Kind -> words: an address with an @, a number, else a WeChat name; empty for nothing."""
    given = " ".join(words.split())
    if not given:
        return {}
    if "@" in given:
        return {"email": given}
    if _NUMBER.fullmatch(given):
        digits = re.sub(r"[^0-9+]", "", given)
        return {"mobile" if _MOBILE.fullmatch(digits) else "phone": digits}
    named = _WECHAT.fullmatch(given)
    return {"wechat": named[1] if named else given}
