"""The queue: everything that is not finished, first due first.

The first rows are a table that needs no script; the script draws all of them from api/queue.json into the same place.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from git_feedback.desk import Standing
from git_feedback.escaping import json_file
from git_feedback.i18n import LANGUAGES
from git_feedback.pages.page import File, Page, Record
from git_feedback.pages.views import feeds, folded, rendering, rows, saved_views, tokens
from git_feedback.pages.views.queue_columns import columns
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words

FIRST = 50
CHIPS = ("breached", "soon", "paused")


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The queue in each language."""
    listed = tokens.by_due([one for one in record.standings if one.state.is_unfinished])
    views = saved_views.views(record, by_title=folded.texts(record) is None)
    for words in both.values():
        yield page(
            record,
            words,
            "queue.html",
            "queue.html",
            words.site("queue"),
            "queue.html",
            rows=rows.rows(listed[:FIRST], words),
            total=len(listed),
            everything=len(record.standings),
            choices=_choices(record.standings),
            views=[(one.id, one.name.said(words.language), one.query, one.count) for one in views],
            levels=_levels(listed, words),
            clocks=_clocks(listed),
            departments=[(one.id, words.department(one.id)) for one in record.policy.departments.values()],
            channels=[(one.id, words.channel(one.id)) for one in record.policy.channels.values()],
            feeds=feeds.listed(record, words),
        )


def _choices(standings: Sequence[Standing]) -> int:
    """How many choices the script offers: the state, and each of these that any item has."""
    offered: tuple[Callable[[Standing], object], ...] = (
        lambda one: one.state.department,
        lambda one: one.state.owner,
        lambda one: one.item.channel,
        lambda one: one.state.category,
        lambda one: one.item.area,
    )
    return 1 + sum(any(value(one) for one in standings) for value in offered)


def _levels(listed: Sequence[Standing], words: Words) -> list[tuple[str, str, int]]:
    counts = Counter(one.state.level for one in listed)
    known = sorted({*words.policy.editions[-1].levels, *(level for level in counts if level)})
    return [(level, words.level(level), counts[level]) for level in known]


def _clocks(listed: Sequence[Standing]) -> list[tuple[str, int]]:
    counts = Counter(tokens.kind(one.worst) for one in listed if one.worst)
    return [(name, counts[name]) for name in CHIPS]


def files(record: Record) -> Iterator[File]:
    """What the script of the queue reads: columns, what was said where that is not too much, and how to compare."""
    said = folded.texts(record)
    views = [
        {"id": one.id, **{language: one.name.said(language) for language in LANGUAGES}, "query": one.query}
        for one in saved_views.views(record, by_title=said is None)
    ]
    yield _file("queue", columns(record, rendering.both(record), views, texts=said is not None))
    yield _file("fold", folded.letters())
    if said is not None:
        yield _file("texts", said)


def _file(name: str, value: object) -> File:
    return File(f"api/{name}.json", json_file(value).encode())
