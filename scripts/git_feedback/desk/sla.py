"""Clocks that run on an item.  Nothing here is stored: every answer follows from events, policy, calendar and `now`.

What each clock means is said in the handbook (SLA): it starts and stops with events, pauses while something that was
asked is awaited, and is judged by the edition of the policy in force when it started.  Inside, moments are seconds
since 1970; they become datetimes when somebody asks for one.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from git_feedback.desk.fold import told
from git_feedback.desk.rulebook import Goal, Goals, Rulebook, Span, Weight, rulebook, seconds_of
from git_feedback.desk.runs import RUNS, Run
from git_feedback.desk.tale import Tale
from git_feedback.model import Item
from git_feedback.policy import Policy

NAMES = tuple(RUNS)
RUNNING = ("running", "paused", "breached-open")
OPTIONAL = frozenset({"update", "info", "second"})
"""Clocks that most items never need: one that did not start was not missed."""

_NONE: frozenset[str] = frozenset()


class Cycle(NamedTuple):
    """One run of a clock.  `elapsed`, `target`, `late_by` are seconds of working time; `late_by` is None in time.

    `cancelled`: it came to nothing (rejected, a duplicate, given to another), and is no verdict.
    """

    start: int
    stop: int | None
    end: int
    """The instant at which its time is used up."""
    elapsed: int
    target: int
    late_by: int | None
    cancelled: bool
    zone: tzinfo
    pauses: Sequence[Span] = ()

    @property
    def started(self) -> datetime:
        """When it began."""
        return datetime.fromtimestamp(self.start, self.zone)

    @property
    def stopped(self) -> datetime | None:
        """When it ended; None while it goes on."""
        return None if self.stop is None else datetime.fromtimestamp(self.stop, self.zone)

    @property
    def due(self) -> datetime:
        """When its time is used up."""
        return datetime.fromtimestamp(self.end, self.zone)


class Clock(NamedTuple):
    """One clock of an item: its newest cycle (of `update` once all is answered: the worst one), and all of them.

    `state`: pending, running, paused, met, breached-open, breached, cancelled, no-data.  `target` includes the grace
    of a rise.  Flags: in_hours (its calendar is open now), provisional (passes through a year without official
    holidays), assumed-level (nobody has classified it), cancelled-after-breach.
    """

    name: str
    state: str
    elapsed: int
    target: int
    late_by: int | None
    cycles: tuple[Cycle, ...] = ()
    flags: frozenset[str] = _NONE
    calendar: str = ""
    rule: int | None = None
    """The place of the rule that gave the target, in its edition."""
    shown: Cycle | None = None
    """The cycle that all this is about; None before the start and without data."""

    @property
    def due(self) -> datetime | None:
        """When its time is used up; None while paused (it stands still), without data, and before the start."""
        return None if self.shown is None or self.state == "paused" else self.shown.due

    @property
    def pauses(self) -> tuple[tuple[datetime, datetime], ...]:
        """What did not count, up to its end or now."""
        if self.shown is None:
            return ()
        zone = self.shown.zone
        return tuple(
            (datetime.fromtimestamp(start, zone), datetime.fromtimestamp(stop, zone))
            for start, stop in self.shown.pauses
        )

    @property
    def started(self) -> datetime | None:
        """When it began."""
        return self.shown.started if self.shown else None

    @property
    def stopped(self) -> datetime | None:
        """When it ended; None while it goes on."""
        return self.shown.stopped if self.shown else None

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
    book, until = rulebook(policy), seconds_of(now)
    return clocks_of(told(item, book, until), book, until)


def clocks_of(tale: Tale, book: Rulebook, now: int) -> list[Clock]:
    """`clocks` of a life that was told up to `now`."""
    return list(_clocks(tale, book, now))


def worst(found: Sequence[Clock]) -> Clock | None:
    """The clock that asks first: the most urgent of those that go on (late first, then least time left), else None."""
    going = [clock for clock in found if clock.goes_on]
    return min(going, key=lambda clock: (clock.state == "paused", clock.left), default=None)


def soon(clock: Clock, now: datetime, within: timedelta) -> bool:
    """Whether a running clock is due within that much real time."""
    return clock.state == "running" and clock.due is not None and clock.due <= now + within


# ---- one clock ------------------------------------------------------------------------------------------------------


def _clocks(tale: Tale, book: Rulebook, now: int) -> Iterator[Clock]:
    goals = _now_asked(tale, book)
    steady = goals if len(tale.weights) == 1 and len(book.policy.editions) == 1 else None
    for name, runs_of in RUNS.items():
        asked = goals.get(name, ())
        if steady is not None and not asked:
            continue
        runs = runs_of(tale, now)
        if runs:
            clock = _of_runs(name, runs, asked if steady is not None else None, tale, book, now)
        else:
            clock = _unstarted(name, asked, tale, book)
        if clock:
            yield clock


def _now_asked(tale: Tale, book: Rulebook) -> Goals:
    """What is asked of the item as it stands, by the rules of the day it arrived."""
    return book.goals(tale.received, tale.weights[-1][1], tale.item)


Asked = Sequence[Goal] | None
"""The targets of a clock where they are the same from beginning to end, else None."""


def _of_runs(name: str, runs: Sequence[Run], asked: Asked, tale: Tale, book: Rulebook, now: int) -> Clock | None:
    if len(runs) == 1:
        return _told(_judged(name, runs[0], asked, tale, book, now), tale)
    judged = [_judged(name, run, asked, tale, book, now) for run in runs]
    shown = judged[-1]
    if shown is None:
        return None
    if name == "update" and not shown.goes_on:
        shown = min((clock for clock in judged if clock), key=_least_left)
    return _told(shown._replace(cycles=tuple(cycle for clock in judged if clock for cycle in clock.cycles)), tale)


def _least_left(clock: Clock) -> tuple[bool, int]:
    return clock.state == "cancelled", clock.left


def _told(clock: Clock | None, tale: Tale) -> Clock | None:
    """Imported history does not say when somebody first answered; its resolution it does."""
    if clock is None or tale.item.record != "history" or not _is_unknown(clock):
        return clock
    return Clock(clock.name, "no-data", 0, clock.target, None, calendar=clock.calendar, rule=clock.rule)


def _is_unknown(clock: Clock) -> bool:
    if clock.name in ("register", "assess"):
        return True
    return clock.name != "resolve" and clock.state in (*RUNNING, "cancelled")


def _unstarted(name: str, goals: Sequence[Goal], tale: Tale, book: Rulebook) -> Clock | None:
    """A clock that has not started; what imported history did not tell will never start it."""
    if not goals:
        return None
    if tale.item.record == "history" or name == "register":
        state = "no-data"
    else:
        state = "pending" if tale.asleep_since is None or name in OPTIONAL else "cancelled"
    return book.unstarted(name, state, goals[0], _waiting_clock)


def _waiting_clock(name: str, state: str, goal: Goal, target: int) -> Clock:
    return Clock(name, state, 0, target, None, calendar=goal.name, rule=goal.rule)


_Deadline = tuple[int, int, Goal]
"""A target made concrete: when it is used up, its seconds (more where grace is given), and where it comes from."""


def _judged(name: str, run: Run, asked: Asked, tale: Tale, book: Rulebook, now: int) -> Clock | None:
    """A clock with one cycle; None where no target is set."""
    start, stop, pauses, cancelled, _ = run
    end = now if stop is None else stop
    if pauses:
        pauses = [(since, min(end, until)) for since, until in pauses if since < end]
    deadline = _deadline(name, run, pauses, end, tale, book) if asked is None else _strictest(asked, run, pauses, book)
    if deadline is None:
        return None
    due, target, goal = deadline
    elapsed = goal.calendar.elapsed_s(start, end, pauses)
    late = elapsed - target if elapsed > target else None
    cycle = Cycle(start, stop, due, elapsed, target, late, cancelled, book.zone, pauses)
    flags = _flags(run, late, goal, due, end, tale, book, now)
    return Clock(name, _state(run, late), elapsed, target, late, (cycle,), flags, goal.name, goal.rule, cycle)


def _state(run: Run, late: int | None) -> str:
    if run.cancelled:
        return "cancelled"
    if run.stop is not None:
        return "breached" if late else "met"
    return "breached-open" if late else "paused" if run.paused else "running"


def _flags(
    run: Run, late: int | None, goal: Goal, due: int, end: int, tale: Tale, book: Rulebook, now: int
) -> frozenset[str]:
    found = []
    if late and run.cancelled:
        found.append("cancelled-after-breach")
    if goal.official and goal.is_provisional(run.start, due if late is None else end):
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
    weights = _weights(run, tale)
    found: _Deadline | None = None
    level, grace = "", 0
    for (since, weight), until in zip(weights, [*(since for since, _ in weights[1:]), end], strict=True):
        before, level = level, book.level(run.start, weight)
        if level != before:
            grace = _grace(run, pauses, since, level, book) if level < before else 0
        found = _strictest(book.goals(run.start, weight, tale.item).get(name, ()), run, pauses, book)
        if found and found[0] < grace:
            found = (grace, found[2].calendar.elapsed_s(run.start, grace, pauses), found[2])
        if found and found[0] < until and found[2].calendar.elapsed_s(run.start, until, pauses) > found[1]:
            return found
    return found


def _weights(run: Run, tale: Tale) -> list[tuple[int, Weight]]:
    """What targets look at during a cycle, each since when.

    A cycle that stopped is not touched by what came at that instant or later.
    """
    weights = [one for one in tale.weights if run.stop is None or one[0] < run.stop] or tale.weights[:1]
    begun = sum(since <= run.start for since, _ in weights)
    return weights[max(0, begun - 1) :]


def _strictest(goals: Sequence[Goal], run: Run, pauses: Sequence[Span], book: Rulebook) -> _Deadline | None:
    """The target, or the cap that ends before it."""
    found: _Deadline | None = None
    for goal in goals:
        due, seconds = book.due(goal, run.start, pauses)
        if found is None or due < found[0]:
            found = (due, seconds, goal)
    return found


def _grace(run: Run, pauses: Sequence[Span], since: int, level: str, book: Rulebook) -> int:
    """Until when an item that rose to a level at a moment is not late."""
    goal = book.answering(run.start, level)
    return book.due(goal, since, pauses)[0] if goal else since
