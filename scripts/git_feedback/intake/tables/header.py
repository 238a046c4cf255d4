"""The header of a table: its names made different from each other, and a mapping's columns found among them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from git_feedback.intake.door import safe
from git_feedback.intake.tables.mapping import Fields, Mapping
from git_feedback.intake.tables.patterns import ANYTHING, columns
from git_feedback.model import Bad, Problem
from git_feedback.notation import clean

MOST_COLUMNS = 2_000
BETWEEN = " / "
"""What stands between a name in an upper row of the header and one in a lower."""
_LONGEST_NAME = 300
_SAYS_NOTHING = ("", "Response", "Open-Ended Response", "填空", "选项")
"""What the second row of a header says below a question that has one answer."""
_PLACE = re.compile(r"\{([^{}]+)\}")
_SHELVES = ("channels", "categories", "departments")


def names(rows: Sequence[Sequence[str]]) -> list[str]:
    """A name for each column, from one row or several: a name above empty cells holds for the columns below it.

    A name that comes again gets its number: `答案`, `答案 (2)`.  Raises Bad for more columns than anybody reads.
    """
    width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS:
        raise Bad([Problem("", 1, 1, "too-many-columns", {"columns": width, "most": MOST_COLUMNS})])
    found = [_name(parts) for parts in zip(*_filled(rows, width), strict=True)]
    seen: Counter[str] = Counter()
    for at, name in enumerate(found):
        seen[name] += 1
        found[at] = f"{name} ({seen[name]})" if seen[name] > 1 else name
    return found


def as_name(cell: str) -> str:
    """A name that a mapping can write: on one line, forbidden characters visible."""
    return " ".join(clean(cell).split())[:_LONGEST_NAME]


def _filled(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """The rows at one width, the upper ones carried to the right where a lower one goes on below them."""
    padded = [[as_name(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    for upper, lower in pairwise(padded):
        for at in range(1, width):
            if not upper[at] and lower[at]:
                upper[at] = upper[at - 1]
    return padded


def _name(parts: Sequence[str]) -> str:
    first, *others = parts
    whole = BETWEEN.join([first, *(part for part in others if part not in _SAYS_NOTHING and part != first)])
    return whole.strip(" /")[:_LONGEST_NAME]


def against(mapping: Mapping, header: Sequence[str]) -> Mapping:
    """The mapping with the columns that this header has in place of patterns.

    Raises Bad where a column that a file must have is missing, or is there more than once.
    """
    _all_there(mapping, header)
    fields = {name: _found(value, header) for name, value in mapping.columns}
    contacts = {kind: tuple(columns(named, header)) for kind, named in mapping.contacts.items()}
    found = mapping.model_copy(
        update={
            "columns": Fields.model_construct(**fields),
            "contacts": contacts,
            "questions": (),
            "title": _PLACE.sub(lambda place: _placed(place, header), mapping.title) if mapping.title else None,
            "split": {column: mapping.split[name] for name in mapping.split for column in columns([name], header)},
            "values": _values(mapping, header),
            "resolved_when": _when(mapping.resolved_when, header),
            "skip_when": tuple(_when(when, header) for when in mapping.skip_when),
            **{shelf: _entries(mapping, shelf, header) for shelf in _SHELVES},
        }
    )
    return found.model_copy(update={"questions": tuple(_questions(mapping, found, header))})


def _found(value: str | Sequence[str] | None, header: Sequence[str]) -> Any:
    """A field's columns that are there; a field of one column has the first that a pattern means."""
    if value is None:
        return None
    if isinstance(value, str):
        return next(iter(columns([value], header)), None)
    return tuple(columns(value, header))


def _placed(place: re.Match[str], header: Sequence[str]) -> str:
    name = next(iter(columns([place[1]], header)), None)
    return f"{{{name}}}" if name else ""


def _when(when: dict[str, str], header: Sequence[str]) -> dict[str, str]:
    """Patterns by the first column that each key means; a key that means none stays, its cells are empty."""
    return {next(iter(columns([key], header)), key): pattern for key, pattern in when.items()}


def _values(mapping: Mapping, header: Sequence[str]) -> dict[str, dict[str, str]]:
    """What codes mean, by column; several keys that mean one column add up."""
    found: dict[str, dict[str, str]] = {}
    for name, meant in mapping.values.items():
        for column in columns([name], header):
            found[column] = found.get(column, {}) | meant
    return found


def _entries(mapping: Mapping, shelf: str, header: Sequence[str]) -> tuple[Any, ...]:
    return tuple(one.model_copy(update={"when": _when(one.when, header)}) for one in getattr(mapping, shelf))


def _questions(mapping: Mapping, found: Mapping, header: Sequence[str]) -> list[str]:
    """The columns that are questions: those that a pattern means and that are nothing else, a title aside."""
    plain = {name for name in mapping.questions if name in header}
    used = {column for name, value in found.columns if name != "title" for column in _several(value)}
    used |= {column for named in found.contacts.values() for column in named}
    used |= {column for when in found.skip_when for column in when}
    used |= set(columns(mapping.ignore, header))
    return [column for column in columns(mapping.questions, header) if column in plain or column not in used]


def _several(value: str | Sequence[str] | None) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value or ()


def _all_there(mapping: Mapping, header: Sequence[str]) -> None:
    named = named_columns(mapping)
    missing = [name for name in sorted(named) if name not in header]
    for needed in (mapping.columns.source, mapping.columns.received):
        if not columns(needed, header):
            missing += needed[:1]
    if missing:
        known = tuple(safe(name)[:60] for name in header[:40])
        raise Bad([Problem("", 1, 1, "missing-column", {"missing": tuple(missing), "known": known})])
    twice = sorted(name for name in named if f"{name} (2)" in header)
    if twice:
        raise Bad([Problem("", 1, 1, "column-twice", {"given": tuple(twice)})])


def named_columns(mapping: Mapping) -> set[str]:
    """Every column a file must have: those named, not meant by a pattern, that are not optional."""
    return {name for name in _named(mapping) if ANYTHING not in name} - set(mapping.optional)


def _named(mapping: Mapping) -> Iterable[str]:
    for _, value in mapping.columns:
        yield from _several(value)
    for named in (*mapping.contacts.values(), mapping.questions):
        yield from named
    for when in (mapping.resolved_when, *mapping.skip_when):
        yield from when
    for entry in (*mapping.channels, *mapping.categories, *mapping.departments):
        yield from entry.when
    if mapping.title:
        yield from _PLACE.findall(mapping.title)
