"""How much came when: by day or by week, which days were news and which ordinary ups and downs.

Natural limits are those of `control`, for the days the desk is open.  They need counts to stand on: below one a day any
two items would lie outside, so a desk with fewer is looked at by the week.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from git_feedback.clock.periods import Period
from git_feedback.insight.control import control
from git_feedback.insight.counts import DayCount
from git_feedback.insight.courses import Course
from git_feedback.insight.durations import DECIMALS
from git_feedback.insight.ledger import Ledger

FEWEST_A_DAY = 1.0
"""So many a day the desk is open must come on average, or the days are told by the week."""
WEEKS = 13
"""A month that is told by the week shows so many of them."""
WEEK = timedelta(weeks=1)
FEWEST_ALIKE = 2

Every = Literal["day", "week"]
Shelves = Mapping[date, Sequence[Course]]


@dataclass(frozen=True, slots=True)
class Point:
    """What came on a date, or in the week that begins on it."""

    date: date
    count: int
    working: bool


@dataclass(frozen=True, slots=True)
class Heap:
    """What came on one day or in one week, and what half of it or more was about (`alike` items of `category`).

    `category` is empty where no category makes up half.
    """

    date: date
    items: tuple[str, ...]
    category: str
    alike: int

    @property
    def count(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points in a row on one side of the mean, from the first date to the last."""

    first: date
    last: date
    points: int
    above: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The part of a week that lies in the period; `first` and `last` are its days, `open_days` those the desk opens on."""

    first: date
    last: date
    received: int
    resolved: int
    open_days: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Between what counts lie by ordinary ups and downs, what lies outside, and the longest stretch on one side.

    Where something lies outside there is no stretch: one day with much pulls the mean away from all the others.
    """

    low: float
    mean: float
    high: float
    above: tuple[Heap, ...]
    below: tuple[Heap, ...]
    stretch: Stretch | None


@dataclass(frozen=True, slots=True)
class Volume:
    """What came in a period, in points of `every` day or week.

    `limits` is None where there are too few points; weeks of months before count for the limits, and are not named.
    `busiest`: the point with the most, the first of equal ones; None where nothing came.  `on_open_days`: what came on days the office opens; `closed`: what came while it was closed.
    """

    every: Every
    received: int
    resolved: int
    open_days: int
    closed_days: int
    on_open_days: int
    closed: int
    points: tuple[Point, ...]
    limits: Limits | None
    busiest: Heap | None
    weeks: tuple[Week, ...]


def volume(ledger: Ledger, period: Period) -> Volume:
    """How much came in a period and when; a month by the day where it has enough, everything longer by the week."""
    days = ledger.days(period)
    received = ledger.look(period).received
    opened = [day for day in days if day.working]
    on_open_days = sum(day.received for day in opened)
    busy = bool(opened) and on_open_days >= FEWEST_A_DAY * len(opened)
    every: Every = "day" if period.months == 1 and busy else "week"
    shelves = _shelves(ledger, every)
    points = _by_day(days) if every == "day" else _by_week(ledger, period, days, shelves)
    return Volume(
        every=every,
        received=len(received),
        resolved=sum(day.resolved for day in days),
        open_days=len(opened),
        closed_days=len(days) - len(opened),
        on_open_days=on_open_days,
        closed=sum(not ledger.policy.office.is_open(one.received) for one in received),
        points=points,
        limits=_limits([point for point in points if point.working], shelves, _first_of(ledger, period, every)),
        busiest=_busiest([one for one in points if one.date >= _first_of(ledger, period, every)], shelves),
        weeks=tuple(_weeks(days)),
    )


def _first_of(ledger: Ledger, period: Period, every: Every) -> date:
    """The first point of a period: its first day, or the Monday of its first week."""
    first = ledger.bounds(period)[0].date()
    return first if every == "day" else monday(first)


def _limits(points: Sequence[Point], shelves: Shelves, first: date) -> Limits | None:
    """The limits of all points; only those from `first` on are told as lying outside."""
    found = control([point.count for point in points])
    if found.limits is None:
        return None
    mean = found.limits.mean
    outside = [points[place] for place in found.outside if points[place].date >= first]
    low, middle, high = (round(one, DECIMALS) for one in (found.limits.low, mean, found.limits.high))
    above, below = (
        tuple(_heap(one.date, shelves.get(one.date, ())) for one in outside if (one.count > mean) == side)
        for side in (True, False)
    )
    stretch = _stretch(points, found.shifted, mean) if not found.outside else None
    return Limits(low, middle, high, above, below, stretch if stretch and stretch.last >= first else None)


def _busiest(points: Sequence[Point], shelves: Shelves) -> Heap | None:
    most = max((one for one in points if one.count), key=lambda one: one.count, default=None)
    return _heap(most.date, shelves[most.date]) if most else None


def _shelves(ledger: Ledger, every: Every) -> Shelves:
    """What came by its day, or by the Monday of its week."""
    found: dict[date, list[Course]] = defaultdict(list)
    for course in ledger.courses:
        day = course.received.astimezone(ledger.zone).date()
        found[day if every == "day" else monday(day)].append(course)
    return found


def _by_day(days: Iterable[DayCount]) -> tuple[Point, ...]:
    return tuple(Point(day.date, day.received, day.working) for day in days)


def _by_week(ledger: Ledger, period: Period, days: Sequence[DayCount], shelves: Shelves) -> tuple[Point, ...]:
    """Whole weeks that ended in the period; for a month the last WEEKS, none before anything was received."""
    if not shelves or not days:
        return ()
    end = monday(days[-1].date + timedelta(1))  # the Monday after the last week that is over
    begin = monday(ledger.bounds(period)[0].date())  # its Sunday lies in the period
    first = max(end - WEEKS * WEEK if period.months == 1 else begin, min(shelves))
    starts = [first + by * WEEK for by in range(max((end - first) // WEEK, 0))]
    return tuple(Point(start, len(shelves.get(start, ())), working=True) for start in starts)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def _heap(day: date, there: Sequence[Course]) -> Heap:
    items = tuple(sorted(course.standing.item.id for course in there))
    counts = Counter(course.category for course in there)
    category = min(counts, key=lambda name: (-counts[name], name), default="")
    alike = counts[category] if category else 0
    if alike < FEWEST_ALIKE or 2 * alike < len(items):
        return Heap(day, items, "", 0)
    return Heap(day, items, category, alike)


def _stretch(points: Sequence[Point], shifted: Sequence[int], mean: float) -> Stretch | None:
    """The longest run of points on one side of the mean, the first of equally long ones."""
    runs = [
        [place for _, place in run]
        for _, run in groupby(enumerate(shifted), key=lambda one: (one[1] - one[0], points[one[1]].count > mean))
    ]
    longest = max(runs, key=len, default=None)
    if longest is None:
        return None
    first, last = points[longest[0]], points[longest[-1]]
    return Stretch(first.date, last.date, len(longest), above=first.count > mean)


def _weeks(days: Sequence[DayCount]) -> Iterable[Week]:
    """The weeks of a period from Monday on, the first and the last as far as they lie in it."""
    for _, some in groupby(days, key=lambda day: monday(day.date)):
        there = list(some)
        yield Week(
            first=there[0].date,
            last=there[-1].date,
            received=sum(day.received for day in there),
            resolved=sum(day.resolved for day in there),
            open_days=sum(day.working for day in there),
        )
