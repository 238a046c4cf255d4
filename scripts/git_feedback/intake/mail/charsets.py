"""Bytes of a mail to words, whatever charset they claim: a wrong name costs no letter where the bytes tell the truth.

Senders name no charset, one that nobody knows, or a smaller one than they wrote in (`gb2312` for GBK).
"""

import codecs
import re

_LARGER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "iso8859-1": "cp1252",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso2022_jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
}
"""A charset -> the one that holds it and what is written under its name."""
_OTHER_NAMES = {"x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "utf8mb4": "utf-8", "x-sjis": "cp932"}
_KNOWN = re.compile(
    r"utf-(?:8|7|16|16-le|16-be|32|8-sig)|gb18030|hz|big5hkscs|cp(?:125[0-8]|437|8[56][0-9]|874|932|949|950|1006)"
    r"|iso8859-\d{1,2}|koi8-[ru]|euc_jp|iso2022_(?:jp_ext|jp_[123]|kr)|mac-\w+|tis-620|johab"
)
"""The charsets that words come in; other codecs of Python change bytes in ways no mail means."""
_WITHOUT_LETTERS = ("ascii", "cp1252")
"""Named where nobody looked: 8-bit words under them are seldom what the name says."""
_HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SPOILT = "\ufffd"


def decoded(content: bytes, named: str | None) -> str:
    """The words; what no charset can read becomes U+FFFD, and nothing is raised."""
    charset = _charset(named)
    if charset and charset not in _WITHOUT_LETTERS:
        text = _strictly(content, charset)
        if text is not None:
            return text
    elif content.isascii():
        return content.decode("ascii")
    return _guessed(content, charset)


def _charset(named: str | None) -> str | None:
    """The codec for a name, or None for a name of none."""
    name = (named or "").strip(" \t\"'").partition("*")[0].casefold()
    if not name or len(name) > 40 or not name.isascii():
        return None
    name = _OTHER_NAMES.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _LARGER.get(found, found)
    return found if found == "ascii" or _KNOWN.fullmatch(found) else None


def _strictly(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _guessed(content: bytes, named: str | None) -> str:
    """By the bytes: UTF-8 cannot be met by chance, GB18030 seldom is; then the name, with gaps."""
    text = _strictly(content, "utf-8")
    if text is not None:
        return text
    torn = content.decode("utf-8", "replace")
    if named == "utf-8" or torn.count(_SPOILT) * 10 < len(_BEYOND_ASCII.findall(torn)):
        return torn if _mostly_right(torn) else _chinese(content) or torn
    return _chinese(content) or content.decode(named if named and named != "ascii" else "cp1252", "replace")


def _mostly_right(text: str) -> bool:
    """Whether what could not be read is less than a third of what is beyond ASCII."""
    return text.count(_SPOILT) * 3 < len(_BEYOND_ASCII.findall(text))


def _chinese(content: bytes) -> str | None:
    """As GB18030, where that gives mostly Chinese."""
    text = _strictly(content, "gb18030")
    beyond = _BEYOND_ASCII.findall(text) if text else []
    return text if beyond and len(_HAN.findall("".join(beyond))) * 10 >= len(beyond) * 8 else None
