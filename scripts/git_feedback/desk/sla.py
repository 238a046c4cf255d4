"""Clocks that run on an item.  Nothing here is stored: every answer follows from events, policy, calendar and `now`.

What each clock means is said in the handbook (SLA): it starts and stops with events, pauses while something that was
asked is awaited, and is judged by the edition of the policy in force when it started.  Inside, moments are seconds
since 1970.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from git_feedback.desk.fold import Tale, told
from git_feedback.desk.rulebook import Goal, Rulebook, Span, Weight, seconds_of
from git_feedback.desk.runs import RUNS, Run
from git_feedback.model import Item
from git_feedback.policy import Policy

NAMES = tuple(RUNS)
RUNNING = ("running", "paused", "breached-open")

_NONE: frozenset[str] = frozenset()


class Cycle(NamedTuple):
    """One run of a clock.  `elapsed`, `target`, `late_by` are seconds of working time; `late_by` is None in time.

    `cancelled`: it came to nothing (rejected, a duplicate, given to another), and is no verdict.
    """

    started: datetime
    stopped: datetime | None
    due: datetime
    elapsed: int
    target: int
    late_by: int | None
    cancelled: bool = False


class Clock(NamedTuple):
    """One clock of an item: its newest cycle, and all of them.

    `state`: pending, running, paused, met, breached-open, breached, cancelled, no-data.  `due` is None while paused
    (the clock stands still), when there is no data, and before the start.  `target` includes the grace of a rise.
    """

    name: str
    state: str
    due: datetime | None
    elapsed: int
    target: int
    late_by: int | None
    cycles: tuple[Cycle, ...] = ()
    flags: frozenset[str] = frozenset()
    calendar: str = ""
    rule: int | None = None
    """The place of the rule that gave the target, in its edition."""
    pauses: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def started(self) -> datetime | None:
        """When its newest cycle began."""
        return self.cycles[-1].started if self.cycles else None

    @property
    def stopped(self) -> datetime | None:
        """When its newest cycle ended; None while it goes on."""
        return self.cycles[-1].stopped if self.cycles else None

    @property
    def left(self) -> int:
        """Seconds of working time until it is late; negative once it is."""
        return self.target - self.elapsed

    @property
    def goes_on(self) -> bool:
        """Whether it still runs, stands still for an answer, or is late and unanswered."""
        return self.state in RUNNING


def clocks(item: Item, policy: Policy, now: datetime) -> list[Clock]:
    """The clocks of an item at `now`, in the order of NAMES; a clock without a target is left out."""
    book, until = Rulebook(policy), seconds_of(now)
    return clocks_of(told(item, book, until), book, until)


def clocks_of(tale: Tale, book: Rulebook, now: int) -> list[Clock]:
    """`clocks` of a life that was told up to `now`."""
    found = (_clock(name, tale, book, now) for name in NAMES)
    return [clock for clock in found if clock]


def worst(found: Sequence[Clock]) -> Clock | None:
    """The clock that asks first: the most urgent of those that go on (late first, then least time left), else None."""
    going = [clock for clock in found if clock.goes_on]
    return min(going, key=lambda clock: (clock.state == "paused", clock.left), default=None)


def soon(clock: Clock, now: datetime, within: timedelta) -> bool:
    """Whether a running clock is due within that much real time."""
    return clock.state == "running" and clock.due is not None and clock.due <= now + within


# ---- one clock ------------------------------------------------------------------------------------------------------


def _clock(name: str, tale: Tale, book: Rulebook, now: int) -> Clock | None:
    runs = RUNS[name](tale, now)
    if not runs:
        return _pending(name, tale, book)
    judged = [_judged(name, run, tale, book, now) for run in runs]
    last = judged[-1]
    if last is None:
        return None
    if _is_unknown(tale, last):
        return Clock(name, "no-data", None, 0, last.target, None, calendar=last.calendar, rule=last.rule)
    if len(runs) == 1:
        return last
    return last._replace(cycles=tuple(cycle for clock in judged if clock for cycle in clock.cycles))


def _is_unknown(tale: Tale, clock: Clock) -> bool:
    """Imported history does not say when somebody first answered; its resolution it does."""
    return tale.item.record == "history" and clock.name != "resolve" and clock.state in (*RUNNING, "cancelled")


def _pending(name: str, tale: Tale, book: Rulebook) -> Clock | None:
    """A clock that has not started; what imported history did not tell will never start it."""
    goals = book.goals(name, tale.received, tale.weights[-1][1], tale.item)
    if not goals:
        return None
    state = "no-data" if tale.item.record == "history" else "pending" if tale.asleep_since is None else "cancelled"
    target = book.due(goals[0], tale.received, ())[1]
    return Clock(name, state, None, 0, target, None, calendar=goals[0].name, rule=goals[0].rule)


class _Deadline(NamedTuple):
    """A target made concrete: so many seconds of a calendar (more where grace is given), and when they are used up."""

    due: int
    seconds: int
    goal: Goal


def _judged(name: str, run: Run, tale: Tale, book: Rulebook, now: int) -> Clock | None:
    """A clock with one cycle; None where no target is set."""
    end = now if run.stop is None else run.stop
    pauses = [(start, min(stop, end)) for start, stop in run.pauses if start < end] if run.pauses else ()
    deadline = _deadline(name, run, pauses, end, tale, book)
    if deadline is None:
        return None
    due, target, goal = deadline
    elapsed = goal.calendar.elapsed_s(run.start, end, pauses)
    late = elapsed - target if elapsed > target else None
    state = _state(run, late)
    due_at = book.moment(due)
    stopped = None if run.stop is None else tale.moments[run.stop]
    cycle = Cycle(tale.moments[run.start], stopped, due_at, elapsed, target, late, run.cancelled)
    return Clock(
        name,
        state,
        None if state == "paused" else due_at,
        elapsed,
        target,
        late,
        (cycle,),
        _flags(run, late, goal, cycle, tale, book, now),
        goal.name,
        goal.rule,
        tuple((book.moment(start), book.moment(stop)) for start, stop in pauses) if pauses else (),
    )


def _state(run: Run, late: int | None) -> str:
    if run.cancelled:
        return "cancelled"
    if run.stop is not None:
        return "breached" if late else "met"
    return "breached-open" if late else "paused" if run.paused else "running"


def _flags(
    run: Run, late: int | None, goal: Goal, cycle: Cycle, tale: Tale, book: Rulebook, now: int
) -> frozenset[str]:
    found = []
    if run.cancelled and late:
        found.append("cancelled-after-breach")
    if book.is_provisional(goal.name, cycle.started.year, cycle.due.year):
        found.append("provisional")
    if tale.urgency_and_impact is None:
        found.append("assumed-level")
    if run.stop is None and book.is_open(goal, now):
        found.append("in_hours")
    return frozenset(found) if found else _NONE


# ---- which deadline counts ------------------------------------------------------------------------------------------


def _deadline(name: str, run: Run, pauses: Sequence[Span], end: int, tale: Tale, book: Rulebook) -> _Deadline | None:
    """The deadline that counts at `end`: that of the weight in force, unless an earlier one was missed before.

    A rise of the level is never born late: it leaves at least the time in which the new level is to be answered.  A
    fall heals nothing.
    """
    if len(tale.weights) == 1:
        return _strictest(name, run, pauses, tale.weights[0][1], tale, book)
    weights = _weights(run, tale)
    found: _Deadline | None = None
    level, grace = "", 0
    for (since, weight), until in zip(weights, [*(since for since, _ in weights[1:]), end], strict=True):
        before, level = level, book.level(run.start, weight)
        if level != before:
            grace = _grace(run, pauses, since, level, book) if level < before else 0
        found = _strictest(name, run, pauses, weight, tale, book)
        if found and found.due < grace:
            found = _Deadline(grace, found.goal.calendar.elapsed_s(run.start, grace, pauses), found.goal)
        if found and found.due < until and found.goal.calendar.elapsed_s(run.start, until, pauses) > found.seconds:
            return found
    return found


def _weights(run: Run, tale: Tale) -> list[tuple[int, Weight]]:
    """What targets look at during a cycle, each since when.

    A cycle that stopped is not touched by what came at that instant or later.
    """
    weights = [one for one in tale.weights if run.stop is None or one[0] < run.stop] or tale.weights[:1]
    begun = sum(since <= run.start for since, _ in weights)
    return weights[max(0, begun - 1) :]


def _strictest(
    name: str, run: Run, pauses: Sequence[Span], weight: Weight, tale: Tale, book: Rulebook
) -> _Deadline | None:
    """The target of such an item, or the cap that ends before it."""
    found: _Deadline | None = None
    for goal in book.goals(name, run.start, weight, tale.item):
        due, seconds = book.due(goal, run.start, pauses)
        if found is None or due < found.due:
            found = _Deadline(due, seconds, goal)
    return found


def _grace(run: Run, pauses: Sequence[Span], since: int, level: str, book: Rulebook) -> int:
    """Until when an item that rose to a level at a moment is not late."""
    goal = book.answering(run.start, level)
    return book.due(goal, since, pauses)[0] if goal else since
