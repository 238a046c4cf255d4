"""What charts are drawn from: plain counts, ready to draw.  A count below zero is our mistake (ValueError)."""

from dataclasses import dataclass
from datetime import date

WEEKDAYS = 7
HOURS = 24


@dataclass(frozen=True, slots=True)
class Day:
    """Items received and resolved on one date; `working` is False on a day the desk is closed."""

    date: date
    received: int
    resolved: int
    working: bool = True

    def __post_init__(self) -> None:
        _refuse_negative(self.received, self.resolved)


@dataclass(frozen=True, slots=True)
class Volume:
    """Days in any order; a date stands there once.  A date left out is bridged by the line."""

    days: tuple[Day, ...]

    def __post_init__(self) -> None:
        if len({day.date for day in self.days}) < len(self.days):
            raise ValueError("a date stands twice in the series")


@dataclass(frozen=True, slots=True)
class Category:
    """How many items bear a category (`name` in the reader's language), and how many of these were late."""

    name: str
    count: int
    late: int = 0

    def __post_init__(self) -> None:
        _refuse_negative(self.count, self.late, self.count - self.late)


@dataclass(frozen=True, slots=True)
class Pareto:
    """Categories in any order; the chart sorts them."""

    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Clocks that stopped in time, that ran over, and that do not count (cancelled, without an end), under one label."""

    label: str
    met: int
    breached: int
    excluded: int = 0

    def __post_init__(self) -> None:
        _refuse_negative(self.met, self.breached, self.excluded)

    @property
    def counted(self) -> int:
        return self.met + self.breached


@dataclass(frozen=True, slots=True)
class Attainment:
    """Shares in the order of display: by clock and level, or by week."""

    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Counts by weekday and hour: seven rows from Monday, each of 24 hours from midnight."""

    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if [len(row) for row in self.counts] != [HOURS] * WEEKDAYS:
            raise ValueError("a heat map takes seven rows of 24 hours")
        _refuse_negative(*(count for row in self.counts for count in row))


def _refuse_negative(*counts: int) -> None:
    if min(counts) < 0:
        raise ValueError(f"a count below zero: {counts}")


DAY_KINDS = ("working", "weekend", "holiday", "makeup", "half")


@dataclass(frozen=True, slots=True)
class Year:
    """The days of a year by kind, from 1 January on; `provisional` while its holidays are not official."""

    calendar: str
    year: int
    kinds: tuple[str, ...]
    provisional: bool = False

    def __post_init__(self) -> None:
        if len(self.kinds) != (date(self.year + 1, 1, 1) - date(self.year, 1, 1)).days:
            raise ValueError(f"{len(self.kinds)} days are not the days of {self.year}")
        if unknown := set(self.kinds) - set(DAY_KINDS):
            raise ValueError(f"no such kinds of days: {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Stop:
    """A state of an item's life by its id and its name in the reader's language; `beside`: off the main way."""

    id: str
    name: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Verbs that lead from some states to `target`; `others` are states to which they may lead instead."""

    verbs: tuple[str, ...]
    sources: tuple[str, ...]
    target: str | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """The states of an item and the passages between them, both in the order in which they are drawn."""

    stops: tuple[Stop, ...]
    passages: tuple[Passage, ...]

    def __post_init__(self) -> None:
        known = {stop.id for stop in self.stops}
        ends = {
            end for one in self.passages for end in (*one.sources, *one.others, *([one.target] if one.target else []))
        }
        if ends - known:
            raise ValueError(f"passages to or from no state: {sorted(ends - known)}")
