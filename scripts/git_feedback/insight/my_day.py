"""One person's day: what burns, what waits for them, whom they stand in for, and whom they have to call.

What was put aside until a later day is left out, except where its clocks burn: they run on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from git_feedback.desk import MACHINES, STEPS, Standing
from git_feedback.desk.majors import may_say, to_confirm, whom_to_ask
from git_feedback.desk.sla import Clock
from git_feedback.desk.twins import original_of
from git_feedback.desk.untold import counted, to_tell, way_to
from git_feedback.insight.coordination import PingPong, concerns, ping_pong
from git_feedback.insight.measured import overdue
from git_feedback.insight.silence import Silent, silent
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.model.measures import Measure
from git_feedback.policy import Policy
from git_feedback.triage.widening import Widened, widened

WORD_EVERY = timedelta(hours=1)
"""How often the members of a task force tell each other how far things are, round the clock (the loop of severe items)."""
_NOBODYS = ("register", "review")
"""Clocks that an item's owner cannot stop."""
_ASIDE = frozenset({"note", "alarm", "link", "unlink", "copy", "notify", "reward", "correct", "retract"})
"""Events after which an answer that came is still unread."""
_ANSWERS = frozenset({"respond", "reply", "ask"})
"""Events that answer what the submitter wrote unasked."""


@dataclass(frozen=True, slots=True)
class Burning:
    """A clock that is late, or due today."""

    standing: Standing
    clock: Clock


@dataclass(frozen=True, slots=True)
class Force:
    """A task force; `said` is its last word, `overdue` when that was more than an hour ago."""

    standing: Standing
    said: datetime
    silent_s: int

    @property
    def overdue(self) -> bool:
        """Whether the next word should be there by now."""
        return self.silent_s > WORD_EVERY.total_seconds()


@dataclass(frozen=True, slots=True)
class Call:
    """A submitter who is to hear from us by a channel that only people use.

    `why`: message (wrote unanswered), reminder or closing (is silent), what they were not told yet, as `notify` names
    it (accepted, progress, replied, closing, ...), follow-up (is to be asked how content they are).
    """

    standing: Standing
    why: str


@dataclass(frozen=True)
class MyDay:
    """What one person has to know today, each list in the order in which to look at it."""

    person: str
    burning: tuple[Burning, ...]
    to_accept: tuple[Standing, ...]
    to_dispatch: tuple[Standing, ...]
    """Triaged and returned items that lie with them as coordinator; for the desk's own also what is new."""
    plans: tuple[Standing, ...]
    answered: tuple[Standing, ...]
    """The answer that was awaited is there."""
    woken: tuple[Standing, ...]
    """Put aside until today."""
    messages: tuple[Standing, ...]
    to_review: tuple[Standing, ...]
    to_confirm: tuple[Standing, ...]
    """Of a top level that nobody gave who may, and that they may give."""
    wider: tuple[Widened, ...]
    """Theirs, and more people have the problem than was known when somebody classified it."""
    forces: tuple[Force, ...]
    calls: tuple[Call, ...]
    silent: tuple[Silent, ...]
    ping_pong: tuple[PingPong, ...]
    copies: tuple[Standing, ...]
    """Copied to their department this week."""
    stands_in: Mapping[str, tuple[Standing, ...]]
    """Who is on leave, with what they have."""
    measures: tuple[Measure, ...] = ()
    """Theirs, and overdue."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        lists = (value for name, value in vars(self).items() if name != "person")
        return not any(lists)


def my_day(
    standings: Iterable[Standing], policy: Policy, now: datetime, person: str, measures: Iterable[Measure] = ()
) -> MyDay:
    """What waits for somebody of people.yml at `now`."""
    alive = [one for one in standings if one.state.is_open or one.item.record != "history"]
    late = overdue(measures, now.astimezone(policy.zone).date())
    found = _Looking(alive, policy, now, person).day()
    return replace(found, measures=tuple(one for one in late if one.owner == person))


@dataclass(frozen=True)
class _Looking:
    """Somebody looks through the desk at a moment."""

    found: Sequence[Standing]
    policy: Policy
    now: datetime
    person: str

    def day(self) -> MyDay:
        return MyDay(
            person=self.person,
            burning=self._burning(),
            to_accept=self._pick(lambda one: one.state.life in ("assigned", "reopened")),
            to_dispatch=(*self._pick(lambda one: one.state.life in ("triaged", "returned")), *self._new()),
            plans=self._pick(self._plan_is_due),
            answered=self._pick(self._is_answered),
            woken=self._pick(self._is_woken),
            messages=tuple(one for one in self.own if self._wrote(one)),
            to_review=self._to_review(),
            to_confirm=self._to_confirm(),
            wider=self._wider(),
            forces=self._forces(),
            calls=self._calls(),
            silent=tuple(self.silence.values()),
            ping_pong=self._ping_pong(),
            copies=self._copies(),
            stands_in=self._stands_in(),
        )

    # ---- whose and when ---------------------------------------------------------------------------------------------

    @cached_property
    def today(self) -> date:
        return self._date(self.now)

    @cached_property
    def own(self) -> list[Standing]:
        """What is theirs, the most urgent first."""
        return sorted((one for one in self.found if one.state.owner == self.person), key=_urgency)

    @cached_property
    def by_id(self) -> Mapping[str, Standing]:
        """Everything there is, by id."""
        return {one.item.id: one for one in self.found}

    @cached_property
    def silence(self) -> Mapping[str, Silent]:
        """Their silent submitters, by item."""
        listed = silent((one for one in self.own if not self._sleeps(one)), self.policy, self.now)
        return {one.standing.item.id: one for one in listed}

    def _date(self, moment: datetime) -> date:
        return moment.astimezone(self.policy.office.tz).date()

    def _sleeps(self, one: Standing) -> bool:
        until = one.state.snoozed_until
        return until is not None and self.today < until

    def _pick(self, holds: Callable[[Standing], bool]) -> tuple[Standing, ...]:
        """What is theirs, unfinished, awake, and as said."""
        return tuple(one for one in self.own if one.state.is_unfinished and not self._sleeps(one) and holds(one))

    def _events(self, one: Standing) -> list[Event]:
        return counted(one.item, self.now)

    # ---- clocks -----------------------------------------------------------------------------------------------------

    def _burning(self) -> tuple[Burning, ...]:
        """Late ones first, the latest at the top; then those due today by the hour."""
        rows = [Burning(one, clock) for one in self.own for clock in one.clocks if self._burns(one, clock)]
        return tuple(
            sorted(rows, key=lambda row: (-(row.clock.late_by or 0), row.clock.due or self.now, row.standing.item.id))
        )

    def _burns(self, one: Standing, clock: Clock) -> bool:
        """Late, or due today; not what nobody can stop, nor what a manager allowed to be late."""
        allowed = any(name == clock.name and self.today <= until for name, until in one.state.exempt)
        if clock.name in _NOBODYS or allowed:
            return False
        due_today = clock.state == "running" and clock.due is not None and self._date(clock.due) <= self.today
        return clock.state == "breached-open" or due_today

    # ---- what waits -------------------------------------------------------------------------------------------------

    def _new(self) -> tuple[Standing, ...]:
        """What nobody has classified lies with the desk's coordinator."""
        if self.person != self.policy.desk.coordinator:
            return ()
        return tuple(one for one in self.found if one.state.life == "new" and not self._sleeps(one))

    def _plan_is_due(self, one: Standing) -> bool:
        planned = one.state.planned
        return one.state.is_open and planned is not None and planned.due is not None and planned.due <= self.today

    def _is_answered(self, one: Standing) -> bool:
        """What was awaited has come, and nobody has gone on with it since."""
        last = next((event for event in reversed(self._events(one)) if event.verb not in _ASIDE), None)
        return one.state.is_open and one.state.waiting_for is None and last is not None and last.verb == "supply"

    def _is_woken(self, one: Standing) -> bool:
        """Its day has come, and no person has done anything since it was put aside."""
        if one.state.snoozed_until is None:
            return False
        last = next(event for event in reversed(self._events(one)) if event.by not in MACHINES)
        return last.verb == "snooze"

    def _wrote(self, one: Standing) -> bool:
        """Whether the submitter wrote unasked, and has not heard from us since."""
        verbs = [event.verb for event in self._events(one) if event.verb in _ANSWERS or event.verb == "message"]
        return bool(verbs) and verbs[-1] == "message"

    def _to_review(self) -> tuple[Standing, ...]:
        """Solved by others in their department, where their roles let them judge it."""
        me = self.policy.people[self.person]
        if not set(STEPS["review"].roles) & set(me.roles):
            return ()
        solved = (one for one in self.found if one.state.life == "resolved" and one.state.department == me.department)
        return tuple(sorted((one for one in solved if one.state.resolved_by != self.person), key=_urgency))

    def _to_confirm(self) -> tuple[Standing, ...]:
        """Those of their own department, and those that nobody stands nearer to."""
        major, policy = self.policy.triage.major, self.policy
        if major is None or not may_say(major, policy, self.person):
            return ()
        listed = to_confirm(self.found, policy, self.now)
        own = policy.people[self.person].department
        return tuple(
            one
            for one in listed
            if one.state.department == own
            or self.person == whom_to_ask(major, policy, one.state.department, self.today)[0]
        )

    def _wider(self) -> tuple[Widened, ...]:
        listed = widened(self.found, self.policy, self.now)
        return tuple(one for one in listed if one.event is None and one.standing.state.owner == self.person)

    # ---- other people -----------------------------------------------------------------------------------------------

    def _forces(self) -> tuple[Force, ...]:
        """Task forces that they lead, the longest silence first."""
        listed = [self._force(one) for one in self.own if one.state.task_force and one.state.is_open]
        return tuple(sorted(listed, key=lambda force: (force.said, force.standing.item.id)))

    def _force(self, one: Standing) -> Force:
        """The last word is the newest event by one of its members, or the start of the force."""
        members = {self.person, *one.state.helpers}
        said = [event.at for event in self._events(one) if event.by in members or event.verb == "assign"]
        return Force(one, said[-1], int((self.now - said[-1]).total_seconds()))

    def _ping_pong(self) -> tuple[PingPong, ...]:
        found = ping_pong(self.found, self.now)
        return tuple(one for one in found if concerns(one, self.person, self.policy, self.today))

    def _copies(self) -> tuple[Standing, ...]:
        """What was copied to their department since Monday."""
        department = self.policy.people[self.person].department
        monday = self.today - timedelta(days=self.today.weekday())
        return tuple(
            one
            for one in sorted(self.found, key=_urgency)
            if department in one.state.copied_to
            and any(
                isinstance(event, ev.Copy)
                and department in map(self._named, event.to)
                and self._date(event.at) >= monday
                for event in self._events(one)
            )
        )

    def _named(self, department: str) -> str:
        """A department by the id it has now."""
        return self.policy.department_ids.get(department, department)

    def _stands_in(self) -> Mapping[str, tuple[Standing, ...]]:
        absent = [
            other
            for other in self.policy.people
            if other != self.person and self.policy.on_duty(other, self.today) == self.person
        ]
        theirs = {other: [one for one in self.found if one.state.owner == other] for other in absent}
        return {other: tuple(sorted(filter(_unfinished, ones), key=_urgency)) for other, ones in theirs.items()}

    # ---- people to call ---------------------------------------------------------------------------------------------

    def _calls(self) -> tuple[Call, ...]:
        listed = (Call(one, why) for one in self.own if self._is_called(one) and (why := self._why_to_call(one)))
        return tuple(listed)

    def _is_called(self, one: Standing) -> bool:
        """Whether the submitter can be reached, though only by a person."""
        return way_to(one.item, self.policy) == "call" and not self._sleeps(one)

    def _why_to_call(self, one: Standing) -> str:
        """What they are to hear first; empty where there is nothing to say now."""
        if self._wrote(one):
            return "message"
        if one.item.id in self.silence:
            return self.silence[one.item.id].due
        news = to_tell(one, self.policy, self.now, original_of(one, self.by_id))
        if news:
            return news[-1].about
        asked = one.clock("follow-up")
        return "follow-up" if one.state.life == "replied" and asked and asked.goes_on else ""


def _unfinished(one: Standing) -> bool:
    return one.state.is_unfinished


def _urgency(one: Standing) -> tuple[bool, str, datetime, str]:
    """By level, then by arrival; what has no level yet stands last."""
    return one.state.level is None, one.state.level or "", one.item.received, one.item.id
