"""Text of strangers into spreadsheets.  The threat: a cell that computes, calls a program or fetches an address."""

import re
import unicodedata

from git_feedback.text import is_invisible

_STARTERS = "=+-@\t\r"
_NUMBER = re.compile(r"[+-]?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,4})?%?", re.ASCII)


def cell(value: object) -> str:
    """The value as the content of one CSV cell; None is the empty cell.

    Threat: `=HYPERLINK(...)` and its kin run on the machine of whoever opens the export.  An apostrophe goes before
    text whose first visible character, full-width forms included, could start a formula; numbers stay as they are.
    Quoting and separators are the work of the `csv` module.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if _could_compute(text) else text


def _could_compute(text: str) -> bool:
    if _NUMBER.fullmatch(text):
        return False
    plain = unicodedata.normalize("NFKC", text[:1])
    return plain.startswith(tuple(_STARTERS)) or _first_seen(text).startswith(tuple(_STARTERS))


def _first_seen(text: str) -> str:
    """The first character that is neither blank nor invisible nor a control, in its compatibility form."""
    for character in text:
        plain = unicodedata.normalize("NFKC", character).strip()
        if plain and not is_invisible(character) and unicodedata.category(character) != "Cc":
            return plain
    return ""
