"""What the browser compares by: the table that makes its folding ours, and what the items of a small desk say."""

import unicodedata
from functools import cache

from git_feedback.desk import Standing
from git_feedback.pages.page import Record
from git_feedback.text import fold

TEXTS_MAX = 1_000_000
"""Up to so many characters, what was said is searched in the queue; beyond, titles are, and Find looks through texts."""
_CHARACTERS = (range(0x80, 0xD800), range(0x20000, 0x2B740))


@cache
def table() -> dict[str, str]:
    """Characters that browsers fold otherwise, by what they fold to: traditional to simplified, and some letters.

    A browser takes away what is invisible, then does NFKC, small letters, this table, and NFKC again.
    """
    plain = (chr(code) for codes in _CHARACTERS for code in codes)
    return {one: folded for one in plain if (folded := fold(one)) not in ("", one) and _in_a_browser(one) == one}


def _in_a_browser(character: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())


def letters() -> dict[str, str | dict[str, str]]:
    """The table as a script reads it: single characters as two texts of the same length, the others by name."""
    single = {one: folded for one, folded in table().items() if len(folded) == 1}
    others = {one: folded for one, folded in table().items() if len(folded) > 1}
    return {"from": "".join(single), "to": "".join(single.values()), "others": others}


def texts(record: Record) -> list[str] | None:
    """What each item says beside its title, folded; None where that is too much to fetch."""
    if sum(len(one.item.text or "") for one in record.standings) > TEXTS_MAX:
        return None
    return [_text(one) for one in record.standings]


def _text(one: Standing) -> str:
    return " ".join(fold(one.item.text or "").split())
