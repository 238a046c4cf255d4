"""A stranger's words as they may stand in an issued report: masked as at the door, without names, short.

Whoever reads a printed report is not asked who they are.  So what intake masks is masked again (an item may have been
written by hand), and names are hidden as far as they can be told.
"""

import re
from collections.abc import Iterator

from git_feedback.intake.door import safe
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.privacy.names import HIDDEN, unnamed
from git_feedback.text import display_width, language, shorten, words
from git_feedback.text.width import ELLIPSIS

WIDTH = 140
"""Columns of a quote; a Chinese character is two."""
_READ = 3_000
"""Characters of a text that are looked at; no more of it is ever shown."""
_OURS = re.compile(r"(?:agent|support|客服|坐席|机器人|系统)\s*[:：]", re.IGNORECASE)
_THEIRS = re.compile(r"(?:visitor|customer|user|访客|客户|顾客|用户)\s*[:：]\s*", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:(?:你们?好|您好|大家好|在吗|hi|hello|hey|good (?:morning|afternoon|evening)|dear [\w ]{1,30})(?: there| team| all)?"
    r"[，,。.!！~～\s]+)+",
    re.IGNORECASE,
)
_CLOSING = "\"'”’」』）)]"
_SENTENCE = re.compile(rf".+?(?:[。！？!?…]+[{re.escape(_CLOSING)}]*|\.[{re.escape(_CLOSING)}]*(?=\s|$)|$)\s*")
_AT = re.compile(r"(?<=[\w.+-])@(?=\w)")
"""GitHub makes a link of what looks like an address even where the sign is escaped; the wide sign it leaves alone."""
_CLAUSE = re.compile(r"[，,、：:；;]")
_MARK = 2
"""Columns that the ellipsis takes with its space."""
_ENOUGH = 0.5
"""A cut that keeps less than this share of the room loses too much."""


def staff(policy: Policy) -> tuple[str, ...]:
    """What the people of the desk are called, in every language, and by what they log in."""
    names = ((identity, one.name.zh, one.name.en) for identity, one in policy.people.items())
    return tuple(sorted({name for called in names for name in called if name}))


def quoted(text: str, names: tuple[str, ...], width: int = WIDTH) -> str:
    """The words as a quote of one line, at most `width` columns, ended at a sentence where one ends in time.

    An ellipsis says that they went on.  Empty where nothing is left to say but what is hidden.
    """
    line = _bare(text, names)
    return _cut(line, width) if _says_something(line) else ""


def submission(item: Item, names: tuple[str, ...]) -> str:
    """What an item says: its text, or its title where that says more; empty where it holds nobody's words.

    The title of imported history without a text was put together from columns.
    """
    if item.text is None:
        return "" if item.record == "history" else quoted(item.title, names)
    text, title = quoted(item.text, names), quoted(item.title, names)
    return title if display_width(text) < display_width(title) else text


def spoken(words_quoted: str, known: str | None = None) -> str:
    """The language of a quote: what the record says, else what it reads like (`und` where that cannot be told)."""
    return known or language(words_quoted)


def _bare(text: str, names: tuple[str, ...]) -> str:
    """Masked, without names, greeting, quoted mail and our own lines of a chat; all in one line."""
    hidden = _AT.sub("＠", unnamed(safe(text[:_READ]), names))
    theirs = (line.strip() for line in hidden.splitlines() if not _is_ours(line.strip()))
    said = " ".join(" ".join(_THEIRS.sub("", line, count=1) for line in theirs).split())
    greeting = _GREETING.match(said)
    return said[greeting.end() :] if greeting and greeting.end() < len(said) else said


def _is_ours(line: str) -> bool:
    return line.startswith(">") or bool(_OURS.match(line))


def _says_something(line: str) -> bool:
    return bool(words(line.replace(HIDDEN, " ")))


def _cut(line: str, width: int) -> str:
    if display_width(line) <= width:
        return line
    kept = ""
    for sentence in _sentences(line):
        if display_width(kept + sentence.rstrip()) + _MARK > width:
            break
        kept += sentence
    if display_width(kept) < _ENOUGH * width:
        return _at_clause(shorten(line, width))
    return f"{kept.rstrip()} {ELLIPSIS}" if kept.rstrip()[-1].isascii() else kept.rstrip() + ELLIPSIS


def _sentences(line: str) -> Iterator[str]:
    return (found[0] for found in _SENTENCE.finditer(line))


def _at_clause(short: str) -> str:
    """Cut where a sentence or clause ends, unless most of it were lost."""
    ends = [found.start() for found in _CLAUSE.finditer(short)]
    return short[: ends[-1]] + ELLIPSIS if ends and ends[-1] >= _ENOUGH * len(short) else short
