"""The rows of `clocks` and `holdings`: what was promised and kept, and with whom an item lay how long."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from git_feedback.desk import Standing
from git_feedback.desk.holding import holding
from git_feedback.desk.sla import Cycle
from git_feedback.exports.readable import Readable
from git_feedback.exports.rows import Row, month_of
from git_feedback.insight.verdicts import BREACHED, CANCELLED, CANCELLED_LATE, MET, NO_DATA, NO_PROMISES
from git_feedback.policy import Policy


def clocks(standings: Sequence[Standing], zone: ZoneInfo, called: Readable) -> Iterator[Row]:
    """A row a run of a clock, and one for each clock that imported history tells nothing of."""
    for one in standings:
        whose = _whose(one, called)
        for clock in one.clocks:
            promised = clock.name not in NO_PROMISES
            about = one.item.id, clock.name, called.clock(clock.name)
            if clock.state == "no-data":
                unknown = called.outcome(NO_DATA)
                yield *about, 0, NO_DATA, unknown, promised, *whose, *(None,) * 9, clock.calendar
            for number, cycle in enumerate(clock.cycles, 1):
                outcome = _outcome(cycle)
                judged = (number, outcome, called.outcome(outcome), promised)
                yield *about, *judged, *whose, *_times(cycle, outcome, zone), clock.calendar


def _whose(one: Standing, called: Readable) -> Row:
    state, channel = one.state, one.item.channel
    return (
        state.level, called.level(state.level), state.category, called.category(state.category),
        state.department, called.department(state.department), channel, called.channel(channel),
    )  # fmt: skip


def _times(cycle: Cycle, outcome: str, zone: ZoneInfo) -> Row:
    started, due, stopped = cycle.started, cycle.due, cycle.stopped
    at = {MET: stopped, BREACHED: due, "breached-open": due}.get(outcome)
    judged = at.astimezone(zone).date() if at else None
    return (
        started, started.astimezone(zone).date(), due, stopped, judged, month_of(judged) if judged else None,
        cycle.elapsed, cycle.target, cycle.late_by or 0,
    )  # fmt: skip


def _outcome(cycle: Cycle) -> str:
    """One word for a run: cancelled, cancelled-late, breached, breached-open, met or running."""
    if cycle.cancelled:
        return CANCELLED_LATE if cycle.late_by else CANCELLED
    if cycle.late_by:
        return BREACHED if cycle.stop is not None else "breached-open"
    return MET if cycle.stop is not None else "running"


def holdings(
    standings: Sequence[Standing], policy: Policy, now: datetime, zone: ZoneInfo, called: Readable
) -> Iterator[Row]:
    """A row each time a department had an item; imported history does not tell, and has none."""
    for one in standings:
        if one.item.record == "history":
            continue
        for position, held in enumerate(holding(one.item, policy, now)):
            department = held.department or None
            yield (
                one.item.id, position, department, called.department(department), held.since,
                held.since.astimezone(zone).date(), held.until, held.worked_s, held.waited_s,
            )  # fmt: skip
