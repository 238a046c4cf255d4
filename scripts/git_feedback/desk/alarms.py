"""Alarms: who is to be told by now that a share of a target is used up, and has not been told yet.

A rung of the ladder is reached at the instant at which that share of a cycle's target has passed in working time.  It
is told once to each of its addressees by each of their ways: what an item's history does not record is still to be told
(`alarms_told`), however many nights were lost in between.  Told are instants after the item landed here: the clock of landing itself tells nobody anything,
and imported history neither.  What ended so long ago that it cannot be reopened is past.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from git_feedback.clock import Calendar
from git_feedback.desk.alarms_told import Key, recorded
from git_feedback.desk.life import FINISHED
from git_feedback.desk.rulebook import seconds_of
from git_feedback.desk.sla import Clock, Cycle
from git_feedback.desk.standing import Standing
from git_feedback.desk.whereabouts import State
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.policy.notify_files import Rung

BREACH = 100
"""From this share on a cycle that has stopped is still told."""

RISE = "recurring"
"""What stands for the clock in an alarm that tells of a problem that rises steeply: its cycle is a week of a year
(202647), and it has no rungs."""

EARLY, EARLY_CLOCK = 1, "respond"
"""Words of an alarm are told as soon as a hundredth of the time to answer has passed, before the ladder begins."""


@dataclass(frozen=True)
class Alarm:
    """One person is to be told, by one of their ways, that rungs of one cycle of a clock were reached.

    `number` counts the cycles of the clock from 1; `instants` says when each of `rungs` was reached.  A `repeat` is the
    line of every working day about what has been beyond the last rung for longer, and is never recorded.
    """

    standing: Standing
    clock: Clock
    number: int
    calendar: Calendar
    addressee: str
    channel: str
    """The way, by its name in notify.yml."""
    rungs: tuple[int, ...]
    instants: tuple[datetime, ...]
    repeat: bool = False

    @property
    def item(self) -> Item:
        """What it is about."""
        return self.standing.item

    @property
    def level(self) -> str | None:
        """The level of the item; None until it is classified."""
        return self.standing.state.level

    @property
    def cycle(self) -> Cycle:
        """The cycle whose rungs they are."""
        return self.clock.cycles[self.number - 1]

    @property
    def since(self) -> datetime:
        """When the highest of the rungs was reached."""
        return self.instants[-1]

    @cached_property
    def keys(self) -> frozenset[Key]:
        """What is told with it."""
        return frozenset(map(self._key, self.rungs))

    def without(self, told: Container[Key]) -> "Alarm | None":
        """The alarm without the rungs that were told; None when nothing is left."""
        pairs = zip(self.rungs, self.instants, strict=True)
        left = [pair for pair in pairs if self._key(pair[0]) not in told]
        if len(left) == len(self.rungs):
            return self
        return replace(self, rungs=tuple(r for r, _ in left), instants=tuple(i for _, i in left)) if left else None

    def _key(self, rung: int) -> Key:
        return self.item.id, self.clock.name, self.number, self.addressee, rung, self.channel


def due(standing: Standing, policy: Policy, now: datetime, *, alarmed: bool = False) -> list[Alarm]:
    """Everybody who is to be told of an item at `now` and was not, in the order of the instants.

    `alarmed` says that its words raise an alarm.  Quiet hours are not asked here: `waits` is.
    """
    if policy.notify is None or standing.item.record == "history" or _is_past(standing, policy, now):
        return []
    told = recorded(standing.item)
    found: list[Alarm] = []
    allowed = _exempt(standing, policy, now)
    early = _early(standing, policy) if alarmed else ()
    for cycle in _cycles(standing):
        if cycle.clock.name in allowed:
            continue
        ladder = (*early, *policy.notify.ladder) if cycle.clock.name == EARLY_CLOCK else policy.notify.ladder
        reached = _reached(cycle, policy, [rung.at for rung in ladder], cycle.after, now)
        found += _addressed(standing, cycle, reached, ladder, policy, now) if reached else ()
    left = (alarm.without(told) for alarm in found)
    return sorted((alarm for alarm in left if alarm), key=lambda alarm: alarm.since)


def _early(standing: Standing, policy: Policy) -> tuple[Rung, ...]:
    """The rung below the ladder for words of an alarm: nobody has looked at them yet, and the level is one of those."""
    alarmed = policy.notify.alarmed if policy.notify else None
    at = standing.state
    if alarmed is None or at.confirmed or not at.is_unfinished or at.level not in alarmed.levels:
        return ()
    return (Rung(at=EARLY, to=alarmed.to),)


def _exempt(standing: Standing, policy: Policy, now: datetime) -> frozenset[str]:
    """Clocks for which a manager allowed an exception that holds today, its last day included."""
    today = now.astimezone(policy.office.tz).date()
    return frozenset(clock for clock, until in standing.state.exempt if today <= until)


def _is_past(standing: Standing, policy: Policy, now: datetime) -> bool:
    """Whether it ended longer ago than it may be reopened: whoever becomes a head later hears nothing of it."""
    if standing.state.life not in FINISHED:
        return False
    ended = standing.state.since
    within = policy.edition(standing.item.received.astimezone(policy.office.tz).date()).reopen_within
    if within.seconds is None:
        return now > policy.office.close_of_day(ended, within.working_days or 1)
    return policy.calendars[within.calendar or policy.desk.office].elapsed(ended, now) > within.seconds


# ---- which rungs were reached, and when -----------------------------------------------------------------------------


class _Counted(NamedTuple):
    """A cycle with its number, and the second after which its rungs are its own."""

    clock: Clock
    number: int
    cycle: Cycle
    after: int


class _Reached(NamedTuple):
    """Rungs of a cycle, each with its second, and the calendar that they were counted on."""

    calendar: Calendar
    seconds: Mapping[int, int]


def _cycles(standing: Standing) -> Iterator[_Counted]:
    """Every cycle that may raise alarms.

    After a reopening a clock goes on from its old start: what was reached before the stop in between belongs to the
    cycle before.
    """
    landed = _landed(standing.item)
    for clock in standing.clocks:
        after = landed
        for number, cycle in enumerate(clock.cycles if clock.name != "register" else (), 1):
            if not cycle.cancelled:
                yield _Counted(clock, number, cycle, after)
            after = max(after, cycle.stop or after)


def _landed(item: Item) -> int:
    return seconds_of(item.landed or item.received)


def _reached(
    found: _Counted, policy: Policy, shares: Sequence[int] | Mapping[int, object], after: int, now: datetime
) -> _Reached | None:
    """The rungs that a cycle reached after a second, up to its stop or `now`; in time it is over, and none counts."""
    cycle = found.cycle
    if cycle.stop is not None and cycle.late_by is None:
        return None
    calendar = _calendar(found, policy)
    until = seconds_of(now) + 1 if cycle.stop is None else cycle.stop
    seconds: dict[int, int] = {}
    for share in shares:
        needed = -(-cycle.target * share // 100)
        if needed > cycle.elapsed or (cycle.stop is not None and share < BREACH):
            continue
        second = cycle.end if share == BREACH else calendar.add_s(cycle.start, needed, cycle.pauses)
        if after < second < until:
            seconds[share] = second
    return _Reached(calendar, seconds) if seconds else None


def _calendar(found: _Counted, policy: Policy) -> Calendar:
    """The calendar of a cycle: the clock's own, unless an older cycle ran by another one (the level has changed since)."""
    cycle, own = found.cycle, policy.calendars[found.clock.calendar]
    for calendar in (own, *policy.calendars.by_name.values()):
        if calendar.add_s(cycle.start, cycle.target, cycle.pauses) == cycle.end:
            return calendar
    return own


# ---- who is told ----------------------------------------------------------------------------------------------------


def _addressed(
    standing: Standing, found: _Counted, reached: _Reached, ladder: Sequence[Rung], policy: Policy, now: datetime
) -> Iterator[Alarm]:
    """An alarm for each person whom a rung names and each of their ways; whoever is named twice gets it once."""
    whose: dict[str, dict[int, None]] = {}
    for rung in ladder:
        if rung.at in reached.seconds:
            for role in rung.to:
                for person in addressees(role, standing.state, policy, now):
                    whose.setdefault(person, {})[rung.at] = None
    for person, rungs in whose.items():
        yield from _alarms(standing, found, reached, person, tuple(rungs), policy)


def _alarms(
    standing: Standing, found: _Counted, reached: _Reached, person: str, rungs: tuple[int, ...], policy: Policy
) -> Iterator[Alarm]:
    zone = found.cycle.zone
    instants = tuple(datetime.fromtimestamp(reached.seconds[rung], zone) for rung in rungs)
    for channel in policy.notify.ways_of(person) if policy.notify else ():
        yield Alarm(standing, found.clock, found.number, reached.calendar, person, channel, rungs, instants)


def addressees(role: str, state: State, policy: Policy, now: datetime) -> list[str]:
    """The people behind a word of the ladder, each represented by the deputy on days of leave."""
    day = now.astimezone(policy.office.tz).date()
    return list(dict.fromkeys(policy.on_duty(person, day) for person in _WHO[role](state, policy)))


def _owner(state: State, policy: Policy) -> Sequence[str]:
    """An owner who is none of ours any more cannot be told; the desk's coordinator can."""
    found = policy.people.get(state.owner or "")
    return (found.id if found else policy.desk.coordinator,)


def _lead(state: State, policy: Policy) -> Sequence[str]:
    department = policy.departments.get(state.department or "")
    return (department.lead,) if department else ()


def _heads(state: State, policy: Policy) -> Sequence[str]:
    heads = _role("head")(state, policy)
    own = [head for head in heads if policy.people[head].department == state.department]
    return own or heads


def _role(role: str) -> Callable[[State, Policy], Sequence[str]]:
    return lambda _state, policy: [person.id for person in policy.people.values() if role in person.roles]


def _managers(_state: State, policy: Policy) -> Sequence[str]:
    return policy.notify.managers if policy.notify else ()


_WHO: Mapping[str, Callable[[State, Policy], Sequence[str]]] = {
    "owner": _owner,
    "lead": _lead,
    "head": _heads,
    "manager": _role("manager"),
    "director": _role("director"),
    "managers": _managers,
}


# ---- when they are told ---------------------------------------------------------------------------------------------


def is_at_once(alarm: Alarm, policy: Policy) -> bool:
    """Whether its level wants a message of its own, before all others."""
    return policy.notify is not None and alarm.level in policy.notify.at_once


def waits(alarm: Alarm, policy: Policy, now: datetime) -> bool:
    """Whether it waits for the end of quiet hours; clocks that never rest, and levels told at once, do not."""
    return is_quiet(policy, now) and not (is_at_once(alarm, policy) or _never_rests(alarm.calendar))


def is_quiet(policy: Policy, now: datetime) -> bool:
    """Whether nobody is to be reminded now: no working day, or (`within: hours`) outside opening hours."""
    quiet = policy.notify.quiet if policy.notify else None
    if quiet is None:
        return False
    calendar = policy.calendars[quiet.calendar]
    return not (calendar.is_open(now) if quiet.within == "hours" else calendar.is_working_day(now))


def _never_rests(calendar: Calendar) -> bool:
    return calendar == Calendar.always(calendar.tz.key)


# ---- the daily line -------------------------------------------------------------------------------------------------


def repeat_day(policy: Policy, now: datetime, interval: timedelta) -> date | None:
    """The working day whose daily line belongs into this run, or None.

    Nothing is stored, so the runs of a day must agree without asking each other.  The line belongs into the last run
    before the first opening of a working day: the office is closed, opens for the first time of that date, and does so
    before the next run (`interval` from now).  So it lies there in the morning, and a second run by day says nothing.
    Where nothing may be said before opening (quiet hours), and where there is no time before opening (open at
    midnight), it is the first run after it instead.  `heard` tells who was told in such a run before.
    """
    notify, office = policy.notify, policy.office
    if notify is None or is_quiet(policy, now):
        return None
    hours = notify.quiet if notify.quiet and notify.quiet.within == "hours" else None
    calendar = policy.calendars[hours.calendar] if hours else office
    midnight = _midnight(calendar, now)
    opened = calendar.next_opening(midnight)
    if hours or opened == midnight:
        just_opened = opened <= now < opened + interval and office.is_working_day(opened)
        return opened.date() if just_opened else None
    opens = calendar.next_opening(now)
    first = opens == calendar.next_opening(_midnight(calendar, opens))
    return opens.date() if first and now < opens <= now + interval else None


def _midnight(calendar: Calendar, moment: datetime) -> datetime:
    return datetime.combine(moment.astimezone(calendar.tz).date(), time(), calendar.tz)


def repeats(standing: Standing, policy: Policy, day: date, now: datetime) -> list[Alarm]:
    """The lines of a working day: late clocks beyond the last rung, for each of the managers.

    Who was told of that rung hears again from the next date on; who was not, once the rung's own date is over.
    """
    if policy.notify is None or standing.item.record == "history":
        return []
    last = policy.notify.ladder[-1].at
    people = addressees("managers", standing.state, policy, now)
    found: list[Alarm] = []
    for cycle in _cycles(standing):
        going_on = cycle.cycle.stop is None and cycle.cycle.late_by is not None
        reached = _reached(cycle, policy, [last], _landed(standing.item), now) if going_on else None
        if reached:
            listed = (alarm for one in people for alarm in _alarms(standing, cycle, reached, one, (last,), policy))
            found += [replace(alarm, repeat=True) for alarm in listed]
    told = recorded(standing.item)
    heard_at = [(alarm, told.heard(alarm.keys) or alarm.since) for alarm in found]
    return [alarm for alarm, at in heard_at if at.astimezone(policy.office.tz).date() < day]


def heard(found: Iterable[Standing], policy: Policy, day: date, now: datetime, interval: timedelta) -> frozenset[str]:
    """Whom an earlier run has told of something when the lines of that working day were due: they were in it."""
    since = now - interval
    events = (event for one in found for event in one.item.history if isinstance(event, ev.Alarm) and event.at > since)
    of_clocks = (event for event in events if event.clock != RISE)
    return frozenset(event.addressee for event in of_clocks if repeat_day(policy, event.at, interval) == day)
