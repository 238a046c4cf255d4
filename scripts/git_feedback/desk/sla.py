"""Clocks that run on an item.  Nothing here is stored: every answer follows from events, policy, calendar and `now`.

What each clock means is said in the handbook (SLA): it starts and stops with events, pauses while something that was
asked is awaited, and is judged by the edition of the policy in force when it started.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from git_feedback.desk.fold import MACHINES, State, happened, states
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import Edition, Policy, Target
from git_feedback.policy.model import Facts

NAMES = ("respond", "accept", "resolve", "reply")
RUNNING = ("running", "paused", "breached-open")
ASSUMED = (3, 3)
"""Urgency and impact of what nobody has classified yet: it must not wait without a deadline."""

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Cycle:
    """One run of a clock.  `elapsed`, `target`, `late_by` are seconds of working time; `late_by` is None in time."""

    started: datetime
    stopped: datetime | None
    due: datetime | None
    elapsed: int
    target: int
    late_by: int | None


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of an item: its newest cycle, and all of them.

    `state`: pending, running, paused, met, breached-open, breached, cancelled, no-data.  `due` is None while paused
    (the clock stands still), when there is no data, and before the start.
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
    pauses: tuple[Span, ...] = ()

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
        return -self.late_by if self.late_by else self.target - self.elapsed

    @property
    def goes_on(self) -> bool:
        """Whether it still runs, stands still for an answer, or is late and unanswered."""
        return self.state in RUNNING


@dataclass(frozen=True, slots=True)
class _Run:
    """What one cycle is about: from, until (None: still going on), spans that do not count, how it ended."""

    start: datetime
    stop: datetime | None = None
    pauses: tuple[Span, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True)
class _Story:
    """An item up to `now`: events in order, and the state after each (the first: before any)."""

    item: Item
    policy: Policy
    now: datetime
    events: Sequence[Event]
    states: Sequence[State]
    waits: tuple[Span, ...] = field(default=())

    def first(self, after: datetime, wanted: Callable[[Event], bool]) -> Event | None:
        return next((event for event in self.events if event.at >= after and wanted(event)), None)


def clocks(item: Item, policy: Policy, now: datetime) -> list[Clock]:
    """The clocks of an item at `now`, in the order of NAMES; a clock without a target is left out."""
    events = happened(item, now)
    story = _Story(item, policy, now, events, states(item, policy, events))
    story = _Story(item, policy, now, events, story.states, tuple(_waits(story)))
    found = (_clock(name, story) for name in NAMES)
    return [clock for clock in found if clock]


def worst(found: Sequence[Clock]) -> Clock | None:
    """The clock that asks first: the most urgent of those that go on (late first, then least time left), else None."""
    going = [clock for clock in found if clock.goes_on]
    return min(going, key=lambda clock: (clock.state == "paused", clock.left), default=None)


def _clock(name: str, story: _Story) -> Clock | None:
    runs = list(_RUNS[name](story))
    if not runs:
        return _pending(name, story)
    judged = [_judge(name, run, story) for run in runs]
    if any(one is None for one in judged):
        return None
    cycles = tuple(one.cycles[0] for one in judged if one)
    last = judged[-1]
    assert last
    if _unknown(story, last):
        return Clock(name, "no-data", None, 0, last.target, None, (), frozenset(), last.calendar, last.rule)
    return Clock(
        name, last.state, last.due, last.elapsed, last.target, last.late_by, cycles, last.flags, last.calendar,
        last.rule, last.pauses,
    )  # fmt: skip


def _unknown(story: _Story, clock: Clock) -> bool:
    """Imported history does not say when somebody first answered; its resolution it does."""
    return story.item.record == "history" and clock.name != "resolve" and clock.state in (*RUNNING, "cancelled")


def _pending(name: str, story: _Story) -> Clock | None:
    targets = _targets(name, story.item.received, len(story.states) - 1, story)
    if not targets:
        return None
    state = "no-data" if story.item.record == "history" else "pending"
    if story.states[-1].life in ("closed", "rejected", "duplicate"):
        state = "no-data" if state == "no-data" else "cancelled"
    seconds = _seconds(targets[0], story.item.received, story.policy)
    return Clock(name, state, None, 0, seconds, None, calendar=targets[0].calendar, rule=targets[0].rule)


# ---- where cycles begin and end -------------------------------------------------------------------------------------


def _respond_runs(story: _Story) -> Iterator[_Run]:
    yield _until(story, story.item.received, _answers)


def _answers(event: Event) -> bool:
    return event.verb in ("respond", "ask", "reply") and event.by not in MACHINES


def _accept_runs(story: _Story) -> Iterator[_Run]:
    assigned = [event.at for event in story.events if isinstance(event, ev.Assign) and event.owner]
    for index, start in enumerate(assigned):
        run = _until(story, start, lambda event: event.verb in ("accept", "return"))
        again = assigned[index + 1] if index + 1 < len(assigned) else None
        if again and (run.stop is None or run.stop > again):
            run = _Run(start, again, cancelled=True)
        yield run


def _resolve_runs(story: _Story) -> Iterator[_Run]:
    start, pauses = story.item.received, list(story.waits)
    run = _until(story, start, lambda event: _settles(event, story), tuple(pauses))
    yield run
    while run.stop and not run.cancelled:
        again = story.first(run.stop, lambda event: isinstance(event, ev.Reopen) and event.kind != "unsatisfied")
        if again is None or reopening_is_too_late(story.item, story.policy, run.stop, again.at):
            return
        pauses.append((run.stop, again.at))
        settled = story.first(again.at, lambda event: event.verb == "resolve")
        run = _Run(start, settled.at if settled else None, tuple(pauses))
        yield run


def _settles(event: Event, story: _Story) -> bool:
    short_lane = story.states[-1].short and event.verb in ("reply", "close")
    return event.verb == "resolve" or short_lane


def reopening_is_too_late(item: Item, policy: Policy, ended: datetime, again: datetime) -> bool:
    """Whether a reopening comes after the days the policy allows since the end: then it is a new matter."""
    within = policy.edition(_day(policy, item.received)).reopen_within
    if within.working_days is None:
        return policy.office.elapsed(ended, again) > (within.seconds or 0)
    return again > policy.office.close_of_day(_day(policy, ended), within.working_days)


def _reply_runs(story: _Story) -> Iterator[_Run]:
    accepted = story.first(story.item.received, lambda event: event.verb == "accept")

    def replies(event: Event) -> bool:
        told = isinstance(event, ev.Respond) and event.progress and accepted is not None and event.at >= accepted.at
        return event.verb == "reply" or told

    yield _until(story, story.item.received, replies, story.waits)


def _until(
    story: _Story, start: datetime, stops: Callable[[Event], bool], pauses: tuple[Span, ...] = ()
) -> _Run:
    stop = story.first(start, stops)
    end = story.first(start, lambda event: event.verb in ("reject", "duplicate", "close"))
    if end and (stop is None or stop.at > end.at):
        undone = story.first(end.at, lambda event: event.verb == "reopen")
        if undone is None:
            return _Run(start, end.at, pauses, cancelled=True)
        pauses = (*pauses, (end.at, undone.at))
    return _Run(start, stop.at if stop else None, pauses)


_RUNS: dict[str, Callable[[_Story], Iterator[_Run]]] = {
    "respond": _respond_runs,
    "accept": _accept_runs,
    "resolve": _resolve_runs,
    "reply": _reply_runs,
}


def _waits(story: _Story) -> Iterator[Span]:
    """Spans in which an answer is awaited from the submitter (from a partner too, if the policy says so)."""
    partner = _edition(story, story.item.received).pauses_for_partner
    begun: datetime | None = None
    for event, after in zip(story.events, story.states[1:], strict=True):
        waits = after.waiting_for == "submitter" or (partner and after.waiting_for == "partner")
        if waits and begun is None:
            begun = event.at
        elif not waits and begun is not None:
            yield begun, event.at
            begun = None
    if begun is not None:
        yield begun, story.now


# ---- what a cycle is worth ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A target made concrete: seconds of a calendar, and the instant they are used up."""

    target: Target
    seconds: int
    due: datetime


def _judge(name: str, run: _Run, story: _Story) -> Clock | None:
    end = run.stop or story.now
    pauses = tuple((start, min(stop, end)) for start, stop in run.pauses if start < end)
    deadline = _deadline(name, run, pauses, end, story)
    if deadline is None:
        return None
    calendar = story.policy.calendars[deadline.target.calendar]
    late = calendar.elapsed(deadline.due, end, pauses) or None if deadline.due < end else None
    elapsed = calendar.elapsed(run.start, end, pauses)
    standing = run.stop is None and any(start <= end == stop for start, stop in pauses) and story.states[-1].waiting_for
    state = _state_of(run, late, bool(standing))
    cycle = Cycle(run.start, run.stop, deadline.due, elapsed, deadline.seconds, late)
    due = None if state == "paused" else deadline.due
    flags = _flags(state, late, deadline, run, story)
    return Clock(
        name, state, due, elapsed, deadline.seconds, late, (cycle,), flags, deadline.target.calendar,
        deadline.target.rule, pauses,
    )  # fmt: skip


def _state_of(run: _Run, late: int | None, standing: bool) -> str:
    if run.cancelled:
        return "cancelled"
    if run.stop:
        return "breached" if late else "met"
    if late:
        return "breached-open"
    return "paused" if standing else "running"


def _flags(state: str, late: int | None, deadline: _Deadline, run: _Run, story: _Story) -> frozenset[str]:
    calendars, name = story.policy.calendars, deadline.target.calendar
    flags = set()
    if state == "cancelled" and late:
        flags.add("cancelled-after-breach")
    if deadline.target.duration.working_days:
        name = story.policy.desk.office
    if calendars.is_provisional(name, run.start.year, deadline.due.year):
        flags.add("provisional")
    if story.states[-1].level is None:
        flags.add("assumed-level")
    if run.stop is None and calendars[deadline.target.calendar].is_open(story.now):
        flags.add("in-hours")
    return frozenset(flags)


def _deadline(
    name: str, run: _Run, pauses: tuple[Span, ...], end: datetime, story: _Story
) -> _Deadline | None:
    """The deadline that counts at `end`: the one of the level in force, unless an earlier one was missed before.

    A rise of the level is never born late: it leaves at least the new level's time to respond.  A fall heals nothing.
    """
    found: _Deadline | None = None
    for index, since, until in _spans_of_level(run, end, story):
        current = _strictest(name, run, pauses, index, since, story)
        if current is None:
            found = None
            continue
        calendar = story.policy.calendars[current.target.calendar]
        if until < end and calendar.elapsed(current.due, until, pauses) > 0:
            return current
        found = current
    return found


def _spans_of_level(run: _Run, end: datetime, story: _Story) -> Iterator[tuple[int, datetime | None, datetime]]:
    """(index of the state, since when if its level is a rise, until when) for each stretch of one level."""
    first = next((n for n, one in enumerate(story.states) if one.level), len(story.states) - 1)
    changes = [first]
    for n in range(first + 1, len(story.states)):
        if story.events[n - 1].at <= end and _judged_by(story.states[n]) != _judged_by(story.states[changes[-1]]):
            changes.append(n)
    started = [n for n in changes if n > first and story.events[n - 1].at <= run.start]
    changes = changes[len(started) :] if started else changes
    for place, n in enumerate(changes):
        rise = place > 0 and (story.states[n].level or "") < (story.states[changes[place - 1]].level or "")
        until = story.events[changes[place + 1] - 1].at if place + 1 < len(changes) else end
        yield n, story.events[n - 1].at if rise else None, until


def _judged_by(state: State) -> tuple[str | None, str | None, str | None]:
    return state.level, state.category, state.department


def _strictest(
    name: str, run: _Run, pauses: tuple[Span, ...], index: int, rise: datetime | None, story: _Story
) -> _Deadline | None:
    options = [_concrete(target, run.start, pauses, story) for target in _targets(name, run.start, index, story)]
    if not options:
        return None
    found = min(options, key=lambda option: option.due)
    if rise is None:
        return found
    grace = [_concrete(target, rise, pauses, story) for target in _targets("respond", run.start, index, story)]
    latest = max([found.due, *(one.due for one in grace[:1])])
    return _Deadline(found.target, found.seconds, latest)


def _concrete(target: Target, start: datetime, pauses: tuple[Span, ...], story: _Story) -> _Deadline:
    seconds = _seconds(target, start, story.policy)
    return _Deadline(target, seconds, story.policy.calendars[target.calendar].add(start, seconds, pauses))


def _seconds(target: Target, start: datetime, policy: Policy) -> int:
    """The target in seconds of its calendar; `3wd` is what lies between start and that day's close of business."""
    if target.duration.seconds is not None:
        return target.duration.seconds
    close = policy.office.close_of_day(_day(policy, start), target.duration.working_days or 0)
    return policy.office.elapsed(start, close)


def _targets(name: str, start: datetime, index: int, story: _Story) -> tuple[Target, ...]:
    state = story.states[index]
    edition = _edition(story, start)
    facts = Facts(
        level=state.level or edition.level(*ASSUMED),
        category=state.category or "",
        channel=story.item.channel,
        department=state.department or "",
        submitter=(story.item.submitter.kind if story.item.submitter else None) or "",
    )
    found = edition.targets(name, facts)
    return tuple(_by_office(target, story.policy) for target in found)


def _by_office(target: Target, policy: Policy) -> Target:
    """Working days always count on the desk's office calendar."""
    if target.duration.working_days is None:
        return target
    return Target(target.duration, policy.desk.office, target.rule)


def _edition(story: _Story, start: datetime) -> Edition:
    return story.policy.edition(_day(story.policy, start))


def _day(policy: Policy, moment: datetime) -> date:
    return moment.astimezone(policy.office.tz).date()


def soon(clock: Clock, now: datetime, within: timedelta) -> bool:
    """Whether a running clock is due within that much real time."""
    return clock.state == "running" and clock.due is not None and clock.due <= now + within
