"""The characters a file may hold: those that every reader, editor and diff shows as the same lines.

U+0085, U+2028 and U+2029 are line breaks to some readers and text to others, so they can smuggle in a key;
control characters hide text in a terminal; a byte order mark becomes part of the first key.
"""

import re
from collections.abc import Iterator

from git_feedback.notation.faults import MOST, Bad, Fault

_NONCHARACTERS = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_CLASS = rf"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff{_NONCHARACTERS}"
FORBIDDEN = re.compile(rf"[{_CLASS}]|\r(?!\n)")
_FORBIDDEN_IN_VALUE = re.compile(rf"[{_CLASS}\r]")
_BOM = b"\xef\xbb\xbf"

# A look at the bytes, four times faster than at the text.  Full-width signs and emoji share their first bytes with
# forbidden characters, so a hit here only means: look closely.
_CONTROLS = bytes([*range(9), *range(11, 32), 127])
_SUSPICIOUS = re.compile(
    rb"[\xc2\xe2\xef-\xf4](?:(?<=\xc2)[\x80-\x9f]|(?<=\xe2)\x80[\xa8\xa9]|(?<=\xef)[\xb7\xbb\xbf]"
    rb"|(?<=[\xf0-\xf4])[\x80-\xbf]\xbf[\xbe\xbf])"
)


def decoded(source: bytes) -> str:
    """The text of a file; raises Bad when it is not UTF-8 or holds forbidden characters."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place(source[: error.start].decode("utf-8"), None)
        byte = f"0x{source[error.start]:02X}"
        raise Bad((Fault("not-utf8", line, column, {"byte": byte}),)) from None
    if len(source.translate(None, _CONTROLS)) != len(source) or _SUSPICIOUS.search(source):
        faults = tuple(_faults(text))
        if faults:
            raise Bad(faults)
    return text


def place(text: str, index: int | None) -> tuple[int, int]:
    """Line and column, from 1, of the character at `index` (None: just behind the end)."""
    end = len(text) if index is None else index
    return text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)


def first_forbidden(text: str) -> str | None:
    """The name (`U+2028`) of the first character of a value that no file may hold, written plainly or escaped."""
    found = _FORBIDDEN_IN_VALUE.search(text)
    return _name(found[0]) if found else None


def clean(text: str) -> str:
    """Foreign text made fit for a file: forbidden characters become visible (`[U+2028]`), line ends become LF.

    Everything else stays as it is: no normalisation, and trailing spaces are kept.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return FORBIDDEN.sub(lambda found: f"[{_name(found[0])}]", lines)


def repair(source: bytes) -> bytes:
    """The file without byte order mark and with LF line ends; nothing else changes."""
    while source.startswith(_BOM):
        source = source.removeprefix(_BOM)
    return source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _faults(text: str) -> Iterator[Fault]:
    for count, found in enumerate(FORBIDDEN.finditer(text)):
        if count == MOST:
            return
        yield Fault(_code(found), *place(text, found.start()), {"character": _name(found[0])})


def _code(found: re.Match[str]) -> str:
    if found[0] == "\r":
        return "bare-cr"
    return "byte-order-mark" if found[0] == "\ufeff" and found.start() == 0 else "forbidden-character"


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
