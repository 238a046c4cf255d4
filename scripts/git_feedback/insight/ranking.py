"""What it was about: the categories by how many items they brought, how few of them make up most, and how that changed.

The few that bring most are told by the rule of J. M. Juran, "Quality Control Handbook" (1951), who named it after
V. Pareto: a small part of the kinds makes four fifths of the whole.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from git_feedback.clock.periods import Period
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.verdicts import BREACHED
from git_feedback.insight.volume import WEEK, monday

VITAL = 80
"""Per cent of all items that the few reach."""
COLUMNS = {1: 6, 3: 12, 12: 12}
"""So many months, weeks (of a quarter), months stand side by side."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A category: how many it brought now and before (None without a period before), and the items that were late so far."""

    category: str
    count: int
    before: int | None
    late: tuple[str, ...]

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.count - self.before


@dataclass(frozen=True, slots=True)
class Columns:
    """Counts by category over the months or weeks that begin on `starts`, the most frequent category first."""

    every: Literal["week", "month"]
    starts: tuple[date, ...]
    counts: Mapping[str, tuple[int, ...]]


def ranking(ledger: Ledger, period: Period, before: Period | None) -> tuple[Ranked, ...]:
    """The categories of what a period received, the most frequent first; those that only came before are at the end."""
    received = ledger.look(period).received
    counts = Counter(course.category for course in received)
    earlier = Counter(course.category for course in ledger.look(before).received) if before else Counter[str]()
    overdue = {id(verdict.standing) for verdict in ledger.verdicts if verdict.outcome == BREACHED}
    late: dict[str, list[str]] = {}
    for course in received:
        if id(course.standing) in overdue:
            late.setdefault(course.category, []).append(course.standing.item.id)
    names = sorted({*counts, *earlier}, key=lambda name: (-counts[name], -earlier[name], name))
    return tuple(
        Ranked(name, counts[name], earlier[name] if before else None, tuple(late.get(name, ()))) for name in names
    )


def vital_few(counts: Sequence[int]) -> int:
    """How many of counts in falling order make up VITAL per cent of them all; 0 of nothing."""
    whole = sum(counts)
    reached = (place for place in range(1, len(counts) + 1) if 100 * sum(counts[:place]) >= VITAL * whole)
    return next(reached, 0) if whole else 0


def columns(ledger: Ledger, period: Period) -> Columns:
    """The categories month by month up to a month or year, week by week in a quarter; none before anything came."""
    every: Literal["week", "month"] = "week" if period.months == 3 else "month"
    starts = _weeks(ledger, period) if every == "week" else _months(period)
    first = min((course.received for course in ledger.courses), default=None)
    begun = [start for start in starts if first and _next(start, every) > first.astimezone(ledger.zone).date()]
    seen = Counter(
        (course.category, start)
        for course in ledger.courses
        if (start := _start(course.received.astimezone(ledger.zone), every)) in begun
    )
    totals = Counter[str]()
    for (category, _), count in seen.items():
        totals[category] += count
    names = sorted(totals, key=lambda name: (-totals[name], name))
    return Columns(every, tuple(begun), {name: tuple(seen[name, start] for start in begun) for name in names})


def _months(period: Period) -> list[date]:
    last = list(period.parts())[-1]
    found = [last]
    while len(found) < COLUMNS[period.months]:
        found.insert(0, found[0].previous)
    return [one.first for one in found]


def _weeks(ledger: Ledger, period: Period) -> list[date]:
    """The last whole weeks that ended in a period."""
    end = monday(ledger.bounds(period)[1].date())
    return [end - by * WEEK for by in range(COLUMNS[period.months], 0, -1)]


def _start(there: datetime, every: str) -> date:
    return monday(there.date()) if every == "week" else there.date().replace(day=1)


def _next(start: date, every: str) -> date:
    return start + WEEK if every == "week" else (start + timedelta(31)).replace(day=1)
