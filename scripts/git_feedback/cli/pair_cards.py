"""Pairs of items in a terminal: both side by side, why they may be one matter, and the commands that decide."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session
from git_feedback.model import Item
from git_feedback.text import display_width, visible
from git_feedback.triage.pair_words import commands, reasons
from git_feedback.triage.pairing import Pair

_INDENT, _COLUMN, _BETWEEN = 2, 38, 2
_FIRST_LINES = 3
"""Lines of what was said; the whole of it is a command away."""
_SAID = 400
Items = Mapping[str, Item]


def card(session: Session, pair: Pair, items: Items) -> Iterator[str]:
    """A pair on some lines of 80 columns; what was said stands beside each other."""
    yield f"{session.words('pairs-copy' if pair.exact else 'pairs-alike')}  {_score(session, pair)}"
    newer, older = (list(_told(session, items[name])) for name in (pair.id, pair.original))
    for left, right in zip_longest(newer, older, fillvalue=""):
        gap = " " * max(_BETWEEN, _COLUMN + _BETWEEN - display_width(left))
        yield f"{' ' * _INDENT}{left}{gap}{right}".rstrip()
    why = ("；" if session.language == "zh" else "; ").join(reasons(pair, session.policy, session.language))
    yield from wrapped(visible(why), _INDENT)
    for command in filter(None, commands(pair, session.language)):
        yield f"{' ' * _INDENT}{command}"


def _told(session: Session, item: Item) -> Iterator[str]:
    """Who and when, the title, and the first words, each line as wide as a column."""
    yield f"{item.id}  {item.received.astimezone(session.policy.zone):%Y-%m-%d %H:%M}"
    yield from _narrow(item.title, 2)
    said = " ".join(visible((item.text or "")[:_SAID]).split())
    if said and not said.startswith(item.title):
        yield from (f"| {line}" for line in _narrow(said, _FIRST_LINES, _COLUMN - 2))


def _narrow(words: str, most: int, width: int = _COLUMN) -> list[str]:
    """At most so many lines of a column; dots say that there is more."""
    lines = list(wrapped(" ".join(visible(words).split()), 0, 0, width - 2))
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _score(session: Session, pair: Pair) -> str:
    return session.words("pairs-score", score=f"{round(pair.score * 100)} %")


def as_json(session: Session, pair: Pair, items: Items) -> dict[str, object]:
    """A pair for a programme: `id` may be a duplicate of `original`."""
    ways = commands(pair, session.language)
    said = zip(pair.reason, reasons(pair, session.policy, session.language), strict=True)
    return {
        "id": pair.id,
        "original": pair.original,
        "titles": [items[pair.id].title, items[pair.original].title],
        "score": round(pair.score, 3),
        "exact": pair.exact,
        "shared_terms": list(pair.shared_terms),
        "reasons": [{"code": reason.code, "said": words} for reason, words in said],
        "commands": {"duplicate": ways.duplicate, "swapped": ways.swapped or None, "apart": ways.apart},
    }
