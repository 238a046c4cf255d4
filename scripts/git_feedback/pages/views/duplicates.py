"""Pairs that may be one matter, side by side: both texts with the words they share, the reason, and how to decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from git_feedback.desk import Standing
from git_feedback.escaping import marked
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words
from git_feedback.text import shorten
from git_feedback.triage.pair_words import Commands, commands, reasons
from git_feedback.triage.pairing import Pair

PATH = "duplicates.html"
MOST = 50
"""So many pairs stand on the page; the rest is a command away."""
_SAID = 400
"""Columns of a text; the whole of it is on the page of the item."""
_TAGS = {"zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its row, what was said with the shared words marked, when it came, and in which language."""

    row: rows.Row
    came: str
    title: Markup
    said: Markup
    language: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A pair: the item that came later on the left."""

    newer: Side
    older: Side
    exact: bool
    score: str
    why: str
    commands: Commands


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The pairs in each language."""
    by_id = {one.item.id: one for one in record.standings}
    there = [pair for pair in record.pairs if pair.id in by_id and pair.original in by_id]
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("duplicates"),
            "duplicates.html",
            cards=[_card(pair, by_id, words) for pair in there[:MOST]],
            count=len(there),
            more=len(there[MOST:]),
        )


def like(record: Record) -> Mapping[str, list[str]]:
    """Up to three items that each open item looks like, most alike first."""
    is_open = {one.item.id: one.state.is_open for one in record.standings}
    found: dict[str, list[str]] = {}
    for pair in record.pairs:
        for one, other in ((pair.id, pair.original), (pair.original, pair.id)):
            if is_open.get(one) and len(found.setdefault(one, [])) < LIKE:
                found[one].append(other)
    return found


LIKE = 3


def _card(pair: Pair, by_id: Mapping[str, Standing], words: Words) -> Card:
    newer, older = (_side(by_id[name], pair, words) for name in (pair.id, pair.original))
    between = "；" if words.language == "zh" else "; "
    why = between.join(reasons(pair, words.policy, words.language))
    score = words.say("pairs-score", score=f"{round(pair.score * 100)} %")
    return Card(newer, older, pair.exact, score, why, commands(pair, words.language))


def _side(one: Standing, pair: Pair, words: Words) -> Side:
    item = one.item
    said = shorten(" ".join((item.text or "").split()), _SAID)
    return Side(
        row=rows.row(one, words),
        came=words.moment(item.received),
        title=Markup(marked(item.title, pair.shared_terms)),  # noqa: S704 - escaping made it
        said=Markup(marked(said, pair.shared_terms)),  # noqa: S704 - escaping made it
        language=_TAGS.get(item.language or "", item.language or ""),
        is_open=one.state.is_open,
    )
