"""What moved over the parts of a period, and what turned: the months of a quarter, the quarters of a year.

Of three figures that only stray, one row in three rises or falls all the way.  So a direction is told where the ends
differ by more than chance, and a turn where both of its legs do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from git_feedback.clock.periods import Period
from git_feedback.insight.chance import counts_differ, shares_differ, times_differ
from git_feedback.insight.courses import Course
from git_feedback.insight.findings import HOUR_S, Look
from git_feedback.insight.key_figures import KeyFigures
from git_feedback.insight.ledger import Ledger

Direction = Literal["rising", "falling", "rose", "fell", "peak", "dip", "level", "few"]
FEWEST = 5
"""A figure that rests on fewer in one of the parts is shown and not interpreted."""
LEAST_STOCK = 0.1
"""A backlog is no sum of accidents: it moved where it is a tenth more or less, and by FEWEST items."""
RESTS_ON: Mapping[str, str] = {
    "received": "received",
    "resolved": "resolved",
    "backlog": "backlog",
    "on_time_share": "on_time_n",
    "respond_median_h": "respond_n",
    "resolve_median_h": "resolve_n",
    "reopened_share": "resolved",
    "satisfied_share": "satisfied_n",
}
"""The figures that are followed, and what each rests on."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure over the parts; `few`: one of them rests on too little.  `turn`: the part of the highest or lowest value.

    rising, falling: at every step, and by more than chance.  rose, fell: by more than chance from the first to the last,
    not at every step.  peak, dip: up and down again (or the other way), both by more than chance.  level: none of it.
    """

    key: str
    direction: Direction
    values: tuple[float | None, ...]
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Trends:
    """The parts of a period in their order, and what each figure did."""

    parts: tuple[KeyFigures, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One part: its figures, and what happened in it."""

    figures: KeyFigures
    look: Look

    def value(self, key: str) -> float | None:
        found: float | None = getattr(self.figures, key)
        return found

    def rests_on(self, key: str) -> int:
        found: int = getattr(self.figures, RESTS_ON[key])
        return found


def parts_of(period: Period) -> list[Period]:
    """The months of a quarter, the quarters of a year; a month has no parts."""
    if period.months == 12:
        return [Period(period.year, month, 3) for month in (1, 4, 7, 10)]
    return list(period.parts()) if period.months == 3 else []


def trends(ledger: Ledger, period: Period) -> Trends:
    """What the figures of a period did over its parts; those that ended before anything was received are left out."""
    begun = min((one.received for one in ledger.courses), default=None)
    known = [one for one in parts_of(period) if begun and begun < one.bounds(ledger.zone)[1]]
    parts = [_part(ledger, one) for one in known]
    moved = tuple(_moved(key, parts) for key in RESTS_ON)
    return Trends(tuple(one.figures for one in parts), moved)


def _part(ledger: Ledger, period: Period) -> _Part:
    return _Part(ledger.key_figures(period), ledger.look(period))


def _moved(key: str, parts: Sequence[_Part]) -> Moved:
    values = tuple(one.value(key) for one in parts)
    if len(parts) < 2 or any(value is None for value in values) or _are_few(key, parts):
        return Moved(key, "few", values)
    known = [value for value in values if value is not None]
    direction = _direction(key, parts, known)
    at = {"peak": max, "dip": min}.get(direction)
    return Moved(key, direction, values, parts[known.index(at(known))].figures.period if at else "")


def _are_few(key: str, parts: Sequence[_Part]) -> bool:
    """A count is enough where one part has enough of it: from none to twenty is a change."""
    counts = [one.rests_on(key) for one in parts]
    return (max(counts) if RESTS_ON[key] == key else min(counts)) < FEWEST


def _direction(key: str, parts: Sequence[_Part], values: Sequence[float]) -> Direction:
    steps = [later - earlier for earlier, later in pairwise(values)]
    if differ(key, parts[0], parts[-1]):
        if all(step > 0 for step in steps):
            return "rising"
        if all(step < 0 for step in steps):
            return "falling"
    for name, at in (("peak", max(values)), ("dip", min(values))):
        place = values.index(at)
        if 0 < place < len(parts) - 1 and all(differ(key, parts[place], parts[end]) for end in (0, -1)):
            return "peak" if name == "peak" else "dip"
    if differ(key, parts[0], parts[-1]):
        return "rose" if values[-1] > values[0] else "fell"
    return "level"


def differ(key: str, one: _Part, other: _Part) -> bool:
    """Whether a figure differs in two parts by more than chance."""
    if key == "backlog":
        apart = abs(one.figures.backlog - other.figures.backlog)
        return apart >= max(FEWEST, LEAST_STOCK * one.figures.backlog)
    if RESTS_ON[key] == key:
        return counts_differ(int(one.value(key) or 0), int(other.value(key) or 0))
    if key in _TIMES:
        return times_differ(_hours(key, one.look), _hours(key, other.look))
    return shares_differ(*_share(key, one), *_share(key, other))


def _share(key: str, part: _Part) -> tuple[int, int]:
    whole = part.rests_on(key)
    return round((part.value(key) or 0) * whole), whole


_TIMES = {"respond_median_h": "answered", "resolve_median_h": "resolved"}


def _hours(key: str, look: Look) -> list[float]:
    """How long what came to its end in a part took."""
    name = _TIMES[key]
    found: Iterable[Course] = getattr(look, name)
    return [hours for one in found if (hours := (getattr(one, name) - one.received).total_seconds() / HOUR_S) >= 0]


# ---- whole periods --------------------------------------------------------------------------------------------------


def apart(ledger: Ledger, period: Period, earlier: Period, keys: Iterable[str]) -> Iterator[str]:
    """The figures among `keys` that differ by more than chance from those of an earlier period of the same length."""
    one, other = _part(ledger, period), _part(ledger, earlier)
    for key in keys:
        pair = (one, other)
        if all(part.value(key) is not None for part in pair) and not _are_few(key, pair) and differ(key, *pair):
            yield key
