"""Classify this item: real items, masked, whose category, urgency and impact a person settled, scored against that.

What submitters wrote goes from a JSON file onto the page as text.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from git_feedback.desk import MACHINES, Standing, happened
from git_feedback.escaping import json_file
from git_feedback.model import events as ev
from git_feedback.pages.page import File, Page, Record
from git_feedback.pages.training import DRILL
from git_feedback.pages.views.rendering import Both
from git_feedback.pages.views.training_parts import training_page
from git_feedback.pages.views.words import Words
from git_feedback.privacy import mask
from git_feedback.text import shorten

FEWEST = 3
"""Items a drill needs."""
MOST = 60
"""Items in the file, as many categories as there are among them."""
_TITLE, _TEXT = 160, 1_200
"""Columns of an item's words."""


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    many = len(confirmed(record))
    for words in both.values():
        yield training_page(
            record, words, DRILL, words.say("training-drill"), "training_drill.html", many=many, fewest=FEWEST,
            categories=_categories(words),
            scores=[(n, words.say(f"training-urgency-{n}"), words.say(f"training-impact-{n}")) for n in range(1, 6)],
        )  # fmt: skip


def files(record: Record) -> Iterator[File]:
    """The items, with the matrix that makes a level of urgency and impact."""
    found = confirmed(record)
    if len(found) >= FEWEST:
        edition = record.policy.edition(record.now.astimezone(record.policy.zone).date())
        matrix = [[edition.level(urgency, impact) for impact in range(1, 6)] for urgency in range(1, 6)]
        content = {"items": [_shown(one, truth) for one, truth in found], "matrix": matrix}
        yield File("api/training/drill.json", json_file(content).encode())


def confirmed(record: Record) -> list[tuple[Standing, ev.Classify]]:
    """Items that a person classified last: one of each category in turn, newest first, so that none fills the drill."""
    by_category: dict[str, list[tuple[Standing, ev.Classify]]] = {}
    for one in sorted(record.standings, key=lambda one: (one.item.received, one.item.id), reverse=True):
        truth = _truth(one, record)
        if truth is not None:
            by_category.setdefault(truth.category, []).append((one, truth))
    rounds = max(map(len, by_category.values()), default=0)
    taken = [found[n] for n in range(rounds) for _, found in sorted(by_category.items()) if n < len(found)]
    return taken[:MOST]


def _truth(one: Standing, record: Record) -> ev.Classify | None:
    """The last word on what an item is, where a person had it and the category is still one."""
    said = [event for event in happened(one.item, record.now) if isinstance(event, ev.Classify)]
    last = said[-1] if said else None
    if last is None or last.by in MACHINES or last.category not in record.policy.categories:
        return None
    return last if (one.item.text or one.item.title) else None


def _shown(one: Standing, truth: ev.Classify) -> dict[str, Any]:
    item = one.item
    return {
        "id": item.id,
        "title": shorten(mask(item.title).text, _TITLE),
        "text": shorten(mask(item.text or "").text, _TEXT),
        "language": item.language or "",
        "category": truth.category,
        "urgency": truth.urgency,
        "impact": truth.impact,
    }


def _categories(words: Words) -> Sequence[tuple[str, str]]:
    """Categories by their names, those of a kind together."""
    return [(one.id, one.name.said(words.language)) for one in words.policy.categories.values()]
