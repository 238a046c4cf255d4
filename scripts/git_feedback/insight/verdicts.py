"""What became of each run of a clock: a promise kept, a promise broken, or one that does not count.

A run is judged when it stops in time, or at the moment its time is used up: once, and never again.  So the figures of
a month that is over do not change when a late answer comes at last.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock, Cycle

MET, BREACHED, EXCLUDED = "met", "breached", "excluded"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One run of one clock, judged: `outcome` is met, breached or excluded, `level` is empty while unclassified."""

    standing: Standing
    clock: str
    outcome: str
    at: datetime

    @property
    def level(self) -> str:
        return self.standing.state.level or ""


def verdicts(standing: Standing) -> Iterator[Verdict]:
    """Every verdict on an item; runs that go on in time are not judged yet.

    Excluded are runs that were cancelled (rejected, duplicate, given to another owner before an answer) and clocks
    whose end imported history does not tell.
    """
    for clock in standing.clocks:
        if clock.state == "no-data":
            yield Verdict(standing, clock.name, EXCLUDED, standing.item.received)
        for place, cycle in enumerate(clock.cycles):
            judged = _judged(clock, place, cycle)
            if judged:
                yield Verdict(standing, clock.name, *judged)


def _judged(clock: Clock, place: int, cycle: Cycle) -> tuple[str, datetime] | None:
    if cycle.stopped and _is_cancelled(clock, place, cycle):
        return EXCLUDED, cycle.stopped
    if cycle.late_by:
        return BREACHED, cycle.due
    return (MET, cycle.stopped) if cycle.stopped else None


def _is_cancelled(clock: Clock, place: int, cycle: Cycle) -> bool:
    if place == len(clock.cycles) - 1:
        return clock.state == "cancelled"
    return clock.name == "accept" and cycle.stopped == clock.cycles[place + 1].started


def standing_of(clock: Clock) -> str:
    """met, breached, open_breached, excluded or running: one word for a clock with all its runs.

    Late in one run is late for good.  `open_breached` is late and still without an answer; `running` is in time so
    far, or not started.
    """
    if clock.state in ("no-data", "cancelled"):
        return EXCLUDED
    if clock.state == "breached-open":
        return "open_breached"
    if any(cycle.late_by and not _is_cancelled(clock, place, cycle) for place, cycle in enumerate(clock.cycles)):
        return BREACHED
    return MET if clock.state == "met" else "running"
