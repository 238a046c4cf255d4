"""Bytes that may be Chinese in the encoding that Excel and old programmes in China still write."""

from itertools import islice

_MOST = 1_000_000
"""Characters that are looked at."""
_CHINESE = 0.95
_COMMON = "—·…～“”‘’€"


def as_chinese(content: bytes) -> str | None:
    """The text in GB18030, where it is Chinese as people write it; else None: an encoding is never guessed.

    Almost any bytes can be read as GB18030: `M\xfcller` in a Western encoding and Big5 as well.  What those give is
    not in GB 2312, the 6,763 characters and the signs in everyday use.
    """
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    strange = [sign for sign in islice(text, _MOST) if sign > "\x7f"]
    return text if sum(map(_is_common, strange)) >= _CHINESE * len(strange) else None


def _is_common(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return sign in _COMMON
    return True
