"""Why an item stands where it stands: what it is, how much it matters, whose it is, when it is due, each with its reason.

Everything here is a value: commands and pages put it into words.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from git_feedback.desk.fold import told
from git_feedback.desk.holding import Holding, holding_of
from git_feedback.desk.majors import counting
from git_feedback.desk.rulebook import Rulebook, rulebook, seconds_of
from git_feedback.desk.sla import Clock
from git_feedback.desk.standing import Standing, standing
from git_feedback.desk.tale import MACHINES, Tale
from git_feedback.desk.tracing import Basis, basis
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import Edition, Policy

_RULE = re.compile(r"\brule ([\w-]+)")
"""How the rules of triage name the rule that hit."""


class Matter(NamedTuple):
    """What an item is: the classification that counts, and the keyword rules that it names."""

    said: ev.Classify
    rules: tuple[str, ...]


class Level(NamedTuple):
    """How much an item matters: what the matrix gives for urgency and impact, and what raised it since."""

    edition: int
    urgency: int
    impact: int
    plain: str
    raises: tuple[Event, ...]
    level: str


class Owner(NamedTuple):
    """Whose an item is, and by what: who assigned it, who took it on; None where it did not happen, or was given back."""

    person: str | None
    department: str | None
    assigned: ev.Assign | None
    accepted: ev.Accept | None
    deputy: str | None
    """Who stands in for the owner, who is on leave today while there is something to do."""

    @property
    def is_named(self) -> bool:
        """Whether somebody was named or took it on; else it lies with a coordinator by rule."""
        return bool(self.accepted or (self.assigned and self.assigned.owner))


class Explanation(NamedTuple):
    """All reasons of an item at a moment.  `clocks` have started; `waiting` have not, or nothing is known of them."""

    one: Standing
    policy: Policy
    now: datetime
    events: tuple[Event, ...]
    """What has happened, in order."""
    matter: Matter | None
    level: Level | None
    owner: Owner
    clocks: tuple[tuple[Clock, Basis | None], ...]
    waiting: tuple[Clock, ...]
    held: tuple[Holding, ...]
    alarms: tuple[ev.Alarm, ...]

    def edition(self, place: int) -> Edition:
        """The edition at a place among all."""
        return self.policy.editions[place]


def explained(item: Item, policy: Policy, now: datetime) -> Explanation:
    """Why an item stands where it stands at `now`, under a policy."""
    return explanation(standing(item, policy, now), policy, now)


def explanation(one: Standing, policy: Policy, now: datetime) -> Explanation:
    """`explained` of an item whose standing at `now` is known."""
    book, until = rulebook(policy), seconds_of(now)
    tale = told(one.item, book, until)
    events = tuple(event for _, event in tale.events)
    return Explanation(
        one=one,
        policy=policy,
        now=now,
        events=events,
        matter=_matter(events),
        level=_level(one, tale, events, book),
        owner=_owner(one, events, policy, now),
        clocks=tuple((clock, basis(clock, tale, book)) for clock in one.clocks if clock.shown),
        waiting=tuple(clock for clock in one.clocks if clock.shown is None),
        held=tuple(holding_of(tale, book, until)),
        alarms=tuple(event for event in events if isinstance(event, ev.Alarm)),
    )


def _matter(events: Sequence[Event]) -> Matter | None:
    said = counting(events)
    if said is None:
        return None
    named = _RULE.findall(said.because or "") if said.by in MACHINES else ()
    return Matter(said, tuple(dict.fromkeys(named)))


def _level(one: Standing, tale: Tale, events: Sequence[Event], book: Rulebook) -> Level | None:
    state, said = one.state, counting(events)
    if said is None or state.level is None:
        return None
    edition = book.place(tale.received)
    plain = book.policy.editions[edition].level(said.urgency, said.impact)
    raises = [event for event in events if event.verb == "escalate" or _is_unsatisfied(event)]
    lifted = tuple(raises[len(raises) - state.raised :]) if state.raised else ()
    return Level(edition, said.urgency, said.impact, plain, lifted, state.level)


def _is_unsatisfied(event: Event) -> bool:
    return isinstance(event, ev.Reopen) and event.kind == "unsatisfied"


def _owner(one: Standing, events: Sequence[Event], policy: Policy, now: datetime) -> Owner:
    """What happened since it was last given back."""
    person, assigned, accepted = one.state.owner, None, None
    for event in events:
        if isinstance(event, ev.Assign):
            assigned, accepted = event, None
        elif isinstance(event, ev.Accept) and event.by not in MACHINES:
            accepted = event
        elif isinstance(event, ev.Return):
            assigned = accepted = None
    return Owner(person, one.state.department, assigned, accepted, _deputy(one, policy, now))


def _deputy(one: Standing, policy: Policy, now: datetime) -> str | None:
    owner = one.state.owner
    if owner is None or not one.state.is_unfinished:
        return None
    on_duty = policy.on_duty(owner, now.astimezone(policy.zone).date())
    return on_duty if on_duty != owner else None
