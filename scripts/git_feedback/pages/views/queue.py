"""The queue: everything that is not finished, first due first.

The first rows are a table that needs no script; the script draws all of them from api/queue.json into the same place.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from git_feedback.desk import Standing
from git_feedback.model import Item
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows, tokens
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words

FIRST = 50
CHIPS = ("breached", "soon", "paused")


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The queue in each language."""
    listed = tokens.by_due([one for one in record.standings if one.state.is_unfinished])
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
            levels=_levels(listed, words),
            clocks=_clocks(listed),
            departments=[(one.id, words.department(one.id)) for one in record.policy.departments.values()],
            channels=[(one.id, words.channel(one.id)) for one in record.policy.channels.values()],
        )


def _levels(listed: Sequence[Standing], words: Words) -> list[tuple[str, str, int]]:
    counts = Counter(one.state.level for one in listed)
    known = sorted({*words.policy.editions[-1].levels, *(level for level in counts if level)})
    return [(level, words.level(level), counts[level]) for level in known]


def _clocks(listed: Sequence[Standing]) -> list[tuple[str, int]]:
    counts = Counter(tokens.kind(one.worst) for one in listed if one.worst)
    return [(name, counts[name]) for name in CHIPS]


# ---- api/queue.json -------------------------------------------------------------------------------------------------

COLUMNS = (
    "id", "title", "level", "life", "department", "owner", "channel", "category", "area", "clock", "name", "due",
    "left", "target", "calendar", "received",
)  # fmt: skip
_NAMED = ("department", "owner", "channel", "category", "area")


def columns(record: Record, both: Both) -> dict[str, object]:
    """Every item as columns: names as places in `words`, moments in seconds since 1970, null where there is none.

    `due` and a clock that goes on belong together: what is met, late and done, or paused has no `due`.
    """
    shelves: dict[str, dict[str, int]] = {name: {} for name in _NAMED}
    found = [_cells(one, shelves) for one in record.standings]
    by_column = [list(column) for column in zip(*found, strict=True)] or [[] for _ in COLUMNS]
    return {
        "now": int(record.now.timestamp()),
        "columns": COLUMNS,
        "words": _shelves(shelves, both),
        "rows": dict(zip(COLUMNS, by_column, strict=True)),
    }


def _cells(one: Standing, shelves: Mapping[str, dict[str, int]]) -> tuple[object, ...]:
    item, state, clock = one.item, one.state, tokens.chosen(one)
    goes = clock is not None and clock.state in ("running", "breached-open") and clock.due is not None
    return (
        item.id,
        item.title,
        state.level or "",
        state.life,
        *(_place(shelves[name], value) for name, value in zip(_NAMED, _values(one, item), strict=True)),
        tokens.kind(clock) if clock else "none",
        clock.name if clock else "",
        int(clock.due.timestamp()) if clock and clock.due and goes else None,
        clock.left if clock else 0,
        clock.target if clock else 0,
        clock.calendar if clock else "",
        int(item.received.timestamp()),
    )


def _values(one: Standing, item: Item) -> tuple[str | None, ...]:
    return one.state.department, one.state.owner, item.channel, one.state.category, item.area


def _place(shelf: dict[str, int], value: str | None) -> int:
    return -1 if not value else shelf.setdefault(value, len(shelf))


def _shelves(shelves: Mapping[str, dict[str, int]], both: Both) -> dict[str, list[dict[str, str]]]:
    name_of: dict[str, Callable[[Words, str], str]] = {
        "department": Words.department,
        "owner": Words.person,
        "channel": Words.channel,
        "category": Words.category,
        "area": lambda _words, area: area,
    }
    named = {
        shelf: [
            {"id": identity, **{lang: name_of[shelf](words, identity) for lang, words in both.items()}}
            for identity in entries
        ]
        for shelf, entries in shelves.items()
    }
    levels = {level for words in both.values() for edition in words.policy.editions for level in edition.levels}
    named["level"] = [
        {"id": level, **{lang: words.level(level) for lang, words in both.items()}} for level in sorted(levels)
    ]
    return named
