"""The pool: ideas at a level that nobody promised a solution for.  Each is to be looked at once a quarter.

Without a clock nothing ever asks for them again; so what was not looked through is counted, until when it should be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from git_feedback.desk import MACHINES, Standing, happened
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.policy.model import Facts

UNKNOWN = "unknown"
FEASIBILITIES = ("high", "medium", "low", UNKNOWN)


@dataclass(frozen=True, slots=True)
class Pooled:
    """An item of the pool: how feasible it is (`unknown` while nobody said), when and by whom it was last looked at."""

    standing: Standing
    feasibility: str
    looked_at: datetime | None
    looked_by: str | None
    this_quarter: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """The pool by feasibility, in each group what was not looked at this quarter first, then the longest here.

    `until`: the last day of the quarter.  Left out, as nothing about them is to be weighed any more: `settled`, which
    wait for a review, a reply or a last word only, and `short`, which are answered and closed (praise).
    """

    groups: Mapping[str, tuple[Pooled, ...]]
    until: date
    settled: int
    short: int

    @property
    def total(self) -> int:
        return sum(map(len, self.groups.values()))

    @property
    def not_looked_at(self) -> int:
        """How many of them nobody has looked through this quarter."""
        return sum(not one.this_quarter for group in self.groups.values() for one in group)


def pool(standings: Iterable[Standing], policy: Policy, now: datetime) -> Pool:
    """The pool at `now`; quarters are those of the desk's zone."""
    there = [one for one in standings if _has_no_clock(one, policy)]
    settled = sum(not one.state.is_open for one in there)
    short = sum(one.state.is_open and one.state.short for one in there)
    first, last = quarter(now.astimezone(policy.zone).date())
    found = [
        _pooled(one, happened(one.item, now), first, policy)
        for one in there
        if one.state.is_open and not one.state.short
    ]
    found.sort(key=lambda one: (one.this_quarter, one.standing.item.received, one.standing.item.id))
    groups = {name: tuple(one for one in found if one.feasibility == name) for name in FEASIBILITIES}
    return Pool(groups, last, settled, short)


def quarter(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter of a day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)


def _has_no_clock(one: Standing, policy: Policy) -> bool:
    """Whether it is unfinished, at a level without a target for solutions, and has none by another rule either."""
    if not one.state.is_unfinished or one.state.level is None or one.clock("resolve"):
        return False
    edition = policy.edition(one.item.received.astimezone(policy.zone).date())
    return one.state.level in edition.levels and not edition.targets("resolve", Facts(one.state.level, "", "", ""))


def _pooled(one: Standing, events: Sequence[Event], first: date, policy: Policy) -> Pooled:
    classified = [event for event in events if isinstance(event, ev.Classify)]
    said = [event.feasibility for event in classified if event.feasibility]
    looked = [event for event in classified if event.by not in MACHINES]
    last = looked[-1] if looked else None
    return Pooled(
        standing=one,
        feasibility=said[-1] if said else UNKNOWN,
        looked_at=last.at if last else None,
        looked_by=last.by if last else None,
        this_quarter=last is not None and last.at.astimezone(policy.zone).date() >= first,
    )
