"""How much arrives while the office is open, by weekday and hour: what a desk has to have people for.

Counted is what was received in the last whole weeks, and the time the office was open in them, holidays left out.  What
arrives while it is closed waits for the morning; it is work, but nobody is kept waiting on the line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import ceil

from git_feedback.clock import Calendar
from git_feedback.desk import Standing
from git_feedback.desk.untold import counted
from git_feedback.insight.courses import Course
from git_feedback.insight.durations import DECIMALS, HOUR_S, Durations, durations
from git_feedback.insight.weekly import WEEK, day_after, monday_of
from git_feedback.model.events import Accept

WEEKS = 8
"""So many weeks are counted."""
FEWEST = 40
"""Fewer arrivals, five a week, say nothing about single hours."""
OPEN_S = 2 * HOUR_S
"""An hour that was open for less in all those weeks, on a make-up Saturday, says nothing about its weekday."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of a weekday (0 is Monday) that the office is open in, wholly or partly: `arrivals` in `open_s` seconds."""

    weekday: int
    hour: int
    arrivals: int
    open_s: int

    @property
    def per_hour(self) -> float:
        """Arrivals an open hour."""
        return round(self.arrivals * HOUR_S / self.open_s, DECIMALS)


@dataclass(frozen=True, slots=True)
class Demand:
    """Arrivals from Monday `first` to before Monday `end`; `closed` of them while the office was."""

    first: date
    end: date
    arrivals: int
    closed: int
    hours: tuple[Hour, ...]

    @property
    def inside(self) -> int:
        """How many arrived while it was open."""
        return self.arrivals - self.closed

    @property
    def open_s(self) -> int:
        """How long the office was open."""
        return sum(one.open_s for one in self.hours)

    @property
    def weekly_open_s(self) -> float:
        """How long it was open a week."""
        return self.open_s * WEEK / (self.end - self.first)

    @property
    def per_hour(self) -> float:
        """Arrivals an open hour while it was open."""
        return round(self.inside * HOUR_S / self.open_s, DECIMALS) if self.open_s else 0.0

    @property
    def regular(self) -> tuple[Hour, ...]:
        """The hours that were open long enough to say something."""
        return tuple(one for one in self.hours if one.open_s >= OPEN_S)

    @property
    def busiest(self) -> Hour | None:
        """The regular hour with most arrivals an open hour, the first of equals; None where there is none."""
        return max(self.regular, key=lambda one: (one.per_hour, -one.weekday, -one.hour), default=None)

    @property
    def is_few(self) -> bool:
        """Whether single hours say nothing."""
        return self.inside < FEWEST or not self.regular

    def work_s(self, handling_s: float) -> float:
        """Seconds of work a week, all arrivals together."""
        return self.arrivals * handling_s * (WEEK / (self.end - self.first))

    def people(self, handling_s: float) -> int:
        """So many people it takes to do that work in opening hours, if none of them ever waits for an item."""
        return max(1, ceil(self.work_s(handling_s) / self.weekly_open_s))


def demand(courses: Iterable[Course], office: Calendar, until: datetime, zone: tzinfo) -> Demand:
    """Of the last WEEKS whole weeks before `until`, by the weekdays and hours of `zone`."""
    end = monday_of(day_after(until, zone))
    first = end - WEEKS * WEEK
    start, stop = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, end))
    came = [one.received for one in courses if start <= one.received < stop]
    opened = Counter[tuple[int, int]]()
    for begins, ends in office.intervals(start, stop):
        for moment, seconds in _hours(begins, ends, zone):
            opened[moment.weekday(), moment.hour] += seconds
    inside = Counter((there.weekday(), there.hour) for there in (m.astimezone(zone) for m in came if office.is_open(m)))
    hours = tuple(Hour(*at, inside[at], opened[at]) for at in sorted(opened))
    return Demand(first, end, len(came), len(came) - inside.total(), hours)


def lying(standings: Sequence[Standing], courses: Sequence[Course], office: Calendar, now: datetime) -> Durations:
    """From the first acceptance to the first solution: no handling time, for most of it an item lies."""
    accepted = {
        one.item.id: next((e.at for e in counted(one.item, now) if isinstance(e, Accept)), None) for one in standings
    }
    spans = [(began, one.resolved) for one in courses if one.resolved and (began := accepted.get(one.standing.item.id))]
    return durations(spans, 0, office)


def _hours(begins: datetime, ends: datetime, zone: tzinfo) -> Iterator[tuple[datetime, int]]:
    """An opening interval in pieces that lie in one hour of the wall clock each, with their seconds."""
    at, ends = begins.astimezone(UTC), ends.astimezone(UTC)
    while at < ends:
        there = at.astimezone(zone)
        rest = _HOUR - timedelta(minutes=there.minute, seconds=there.second)
        piece = min(rest, ends - at)
        yield there, int(piece.total_seconds())
        at += piece
