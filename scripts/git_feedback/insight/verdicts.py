"""What became of each run of a clock: a promise kept, a promise broken, or one that does not count.

A run is judged when it stops in time, or at the moment its time is used up: once, and never again.  So the figures of
a month that is over do not change when a late answer comes at last.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock, Cycle

MET, BREACHED, EXCLUDED, PENDING = "met", "breached", "excluded", "pending"
CANCELLED, CANCELLED_LATE, NO_DATA = "cancelled", "cancelled-late", "no-data"

NO_PROMISES = frozenset({"register", "info"})
"""Registering is done by machines, and missing details come from the submitter: counted in, both would look like speed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One run of one clock: `outcome` is met, breached or excluded, or pending while it goes on in time.

    `at`: when that was settled (a pending run: since when it goes on).  `why`: of an excluded one, what kept it from
    counting (cancelled, cancelled-late: after it was late, no-data).  `level` is empty while unclassified.
    """

    standing: Standing
    clock: str
    outcome: str
    at: datetime
    why: str = ""

    @property
    def level(self) -> str:
        return self.standing.state.level or ""


def promises(standing: Standing) -> Iterator[Verdict]:
    """Verdicts on what people promised: neither what a machine keeps nor what the submitter does is among them."""
    return (one for one in verdicts(standing) if one.clock not in NO_PROMISES)


def verdicts(standing: Standing) -> Iterator[Verdict]:
    """Every verdict on an item; runs that go on in time are not judged yet.

    Excluded are runs that were cancelled (rejected, duplicate, given to another owner before an answer) and clocks
    whose end imported history does not tell.
    """
    return (one for one in runs(standing) if one.outcome != PENDING)


def runs(standing: Standing) -> Iterator[Verdict]:
    """Every run of every clock of an item, those that are not judged yet among them."""
    for clock in standing.clocks:
        if clock.state == "no-data":
            yield Verdict(standing, clock.name, EXCLUDED, standing.item.received, NO_DATA)
        for cycle in clock.cycles:
            yield Verdict(standing, clock.name, *_judged(cycle))


def _judged(cycle: Cycle) -> tuple[str, datetime, str]:
    stopped = cycle.stopped
    if cycle.cancelled and stopped:
        return EXCLUDED, stopped, CANCELLED_LATE if cycle.late_by else CANCELLED
    if cycle.late_by:
        return BREACHED, cycle.due, ""
    return (MET, stopped, "") if stopped else (PENDING, cycle.started, "")


def standing_of(clock: Clock) -> str:
    """met, breached, open_breached, excluded or running: one word for a clock with all its runs.

    Late in one run is late for good.  `open_breached` is late and still without an answer; `running` is in time so
    far, or not started.
    """
    if clock.state == "breached-open":
        return "open_breached"
    if any(cycle.late_by and not cycle.cancelled for cycle in clock.cycles):
        return BREACHED
    return _PLAIN.get(clock.state, "running")


_PLAIN = {"met": MET, "no-data": EXCLUDED, "cancelled": EXCLUDED}
