"""What the charts of a report are drawn from, beside those of `series`: plain counts and times, ready to draw.

A value that cannot be (a count below zero, a date out of line) is our mistake (ValueError).  Names may be anybody's
words: the charts show, shorten and wrap them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

Every = Literal["day", "week"]
STEP = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many came on a date, or in the week that begins on it; `working` is False on a day the desk is closed."""

    date: date
    count: int
    working: bool = True

    def __post_init__(self) -> None:
        refuse_negative(self.count)


@dataclass(frozen=True, slots=True)
class Trend:
    """Counts by day or by week, in any order, none left out.  Limits are those of the days the desk is open."""

    points: tuple[Counted, ...]
    every: Every = "day"

    def __post_init__(self) -> None:
        refuse_gaps(sorted(point.date for point in self.points), STEP[self.every])


@dataclass(frozen=True, slots=True)
class Layer:
    """A category's counts, one for each date of the chart."""

    name: str
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        refuse_negative(*self.counts)


@dataclass(frozen=True, slots=True)
class Stacked:
    """Categories in any order over the weeks or months that begin on `starts`, earliest first."""

    starts: tuple[date, ...]
    layers: tuple[Layer, ...]
    every: Literal["week", "month"] = "week"

    def __post_init__(self) -> None:
        if any(earlier >= later for earlier, later in pairwise(self.starts)):
            raise ValueError("the dates are not in order")
        if any(len(layer.counts) != len(self.starts) for layer in self.layers):
            raise ValueError("a category has not one count for each date")


@dataclass(frozen=True, slots=True)
class HotSpots:
    """Counts by area and category: a row for each area, in it a count for each category; both in any order."""

    areas: tuple[str, ...]
    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if [len(row) for row in self.counts] != [len(self.categories)] * len(self.areas):
            raise ValueError("hot spots take a row for each area and a count for each category")
        refuse_negative(*(count for row in self.counts for count in row))


@dataclass(frozen=True, slots=True)
class Place:
    """How many items come from a place; degrees north and east.  `name` may be empty."""

    latitude: float
    longitude: float
    count: int
    name: str = ""

    def __post_init__(self) -> None:
        refuse_negative(self.count)
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"no such place: {self.latitude}, {self.longitude}")


@dataclass(frozen=True, slots=True)
class Points:
    """Places in any order; `unplaced` items have no coordinates."""

    places: tuple[Place, ...]
    unplaced: int = 0

    def __post_init__(self) -> None:
        refuse_negative(self.unplaced)


@dataclass(frozen=True, slots=True)
class Spread:
    """How long each item took, in any order; `excluded` are those whose time is not known."""

    times_s: tuple[int, ...]
    excluded: int = 0

    def __post_init__(self) -> None:
        refuse_negative(self.excluded, *self.times_s)


@dataclass(frozen=True, slots=True)
class Age:
    """Unfinished items from `first` to `last` working days old (None: no last), by level as in `Ages.levels`."""

    first: int
    last: int | None
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        refuse_negative(*self.counts)


@dataclass(frozen=True, slots=True)
class Ages:
    """The backlog by age, youngest first; `levels` are named from the heaviest to the lightest."""

    levels: tuple[str, ...]
    ages: tuple[Age, ...]

    def __post_init__(self) -> None:
        if any(len(age.counts) != len(self.levels) for age in self.ages):
            raise ValueError("an age has not one count for each level")


@dataclass(frozen=True, slots=True)
class Band:
    """Answers to "would you recommend us"; `low` and `high` are the ends of the score's interval where it has one."""

    label: str
    detractors: int
    passives: int
    promoters: int
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        refuse_negative(self.detractors, self.passives, self.promoters)

    @property
    def n(self) -> int:
        return self.detractors + self.passives + self.promoters

    @property
    def score(self) -> float | None:
        """From -100 to 100: the share of promoters less that of detractors; None without answers."""
        return 100 * (self.promoters - self.detractors) / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Score:
    """Bands in the order of display: this period first, then those it is compared with."""

    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A state by id and by name in the reader's language; `column` counts from 0 at the beginning of the flow."""

    id: str
    name: str
    column: int

    def __post_init__(self) -> None:
        refuse_negative(self.column)


@dataclass(frozen=True, slots=True)
class Stream:
    """How many items went from one state to another."""

    source: str
    target: str
    count: int

    def __post_init__(self) -> None:
        refuse_negative(self.count)


@dataclass(frozen=True, slots=True)
class Flow:
    """States in the order in which they stand in their columns, and the streams between them.

    A stream to an earlier or the same column has no band: the caption tells of it.
    """

    states: tuple[State, ...]
    streams: tuple[Stream, ...]

    def __post_init__(self) -> None:
        known = [state.id for state in self.states]
        unknown = {end for stream in self.streams for end in (stream.source, stream.target)} - set(known)
        if unknown or len(set(known)) < len(known):
            raise ValueError(f"a state stands twice, or is unknown: {sorted(unknown)}")
        if len({(stream.source, stream.target) for stream in self.streams}) < len(self.streams):
            raise ValueError("a stream stands twice in the series")


@dataclass(frozen=True, slots=True)
class Effect:
    """Counts by week around the date on which a measure was done, and what was found about it.

    From `verdict` on the fields are those of `insight.effects.Effect`, in its order: the items received in equally
    long times on both sides, their ratio and its interval.
    """

    weeks: tuple[Counted, ...]
    done: date
    verdict: Literal["fewer", "more", "same", "too-early", "too-few"]
    length_weeks: float
    before: int
    after: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        refuse_negative(self.before, self.after)
        refuse_gaps(sorted(week.date for week in self.weeks), STEP["week"])


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is expected in the week that begins on a date, and between what it will lie 5 and 8 times of 10."""

    date: date
    expected: float
    low_50: float
    high_50: float
    low_80: float
    high_80: float

    def __post_init__(self) -> None:
        if not 0 <= self.low_80 <= self.low_50 <= self.high_50 <= self.high_80:
            raise ValueError("the bands of a forecast do not lie in each other")


@dataclass(frozen=True, slots=True)
class Fan:
    """Weeks as they were and weeks as they are expected, in any order, none left out."""

    history: tuple[Counted, ...]
    ahead: tuple[Ahead, ...]

    def __post_init__(self) -> None:
        dates = [*(week.date for week in self.history), *(week.date for week in self.ahead)]
        refuse_gaps(sorted(dates), STEP["week"])
        if self.history and self.ahead and max(dates[: len(self.history)]) > min(dates[len(self.history) :]):
            raise ValueError("a forecast for weeks that are known")


@dataclass(frozen=True, slots=True)
class Fishbone:
    """A problem and its causes on the six branches of K. Ishikawa, "Guide to Quality Control" (1968)."""

    problem: str
    man: tuple[str, ...] = ()
    machine: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    measurement: tuple[str, ...] = ()


def refuse_negative(*counts: int) -> None:
    """ValueError where a count is below zero."""
    if min(counts, default=0) < 0:
        raise ValueError(f"a count below zero: {min(counts)}")


def refuse_gaps(dates: list[date], step: timedelta) -> None:
    """ValueError where dates in order do not follow each other by one step."""
    if any(later - earlier != step for earlier, later in pairwise(dates)):
        raise ValueError("a date is missing, or stands twice in the series")
