"""An item's state, folded from its events: the answer to where it is, whose, and how much it matters.

The fold sorts by time, then by rank (SLA.md: stop, cancel, pause, resume, change of level, start), then by the event's
own text, so the order of lines in a file does not matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from git_feedback.desk.life import FINISHED, OPEN, STEPS, UNFINISHED
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import Policy

MACHINES = ("import", "intake", "rules", "model")
"""Actors that are no people."""

RANK = {
    verb: rank
    for rank, verbs in enumerate(
        (
            ("respond", "reply", "resolve", "return", "accept"),
            ("reject", "duplicate", "close"),
            ("ask",),
            ("supply",),
            ("classify", "escalate"),
            ("assign", "reopen", "message"),
            ("review", "follow-up", "note"),
        )
    )
    for verb in verbs
}


@dataclass(frozen=True, slots=True)
class State:
    """Where an item stands at a moment.  `level` is None until it is classified."""

    id: str
    life: str
    since: datetime
    category: str | None = None
    urgency: int | None = None
    impact: int | None = None
    level: str | None = None
    raised: int = 0
    department: str | None = None
    owner: str | None = None
    helpers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    confirmed: bool = False
    """Whether a person classified it."""
    returns: int = 0
    before_waiting: str | None = None
    waiting_for: str | None = None
    """submitter or partner, while something that was asked is awaited."""
    missing: tuple[str, ...] = ()
    verdict: str | None = None
    """satisfied, neutral or unsatisfied, as last heard."""
    duplicate_of: str | None = None
    short: bool = False
    resolved_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the matter itself still needs work."""
        return self.life in OPEN

    @property
    def is_unfinished(self) -> bool:
        """Whether anything is still to be done."""
        return self.life in UNFINISHED


def ordered(history: Iterable[Event]) -> list[Event]:
    """Events as they happened; at the same instant by rank, then by their own text."""
    events = sorted(history, key=_moment)
    if any(_moment(one) == _moment(two) for one, two in pairwise(events)):
        events.sort(key=lambda event: (*_moment(event), event.model_dump_json()))
    return events


def _moment(event: Event) -> tuple[datetime, int]:
    return event.at, RANK[event.verb]


def happened(item: Item, now: datetime) -> list[Event]:
    """The events of an item up to and including `now`, as they happened."""
    return [event for event in ordered(item.history) if event.at <= now]


def state(item: Item, policy: Policy, now: datetime) -> State:
    """The state of an item at `now`: events later than that have not happened yet."""
    return states(item, policy, happened(item, now))[-1]


def states(item: Item, policy: Policy, events: Sequence[Event]) -> list[State]:
    """The state before the first event, and after each of `events`, which come in order."""
    found = [State(id=item.id, life="new", since=item.received)]
    for event in events:
        found.append(after(found[-1], event, item, policy))
    return found


def after(before: State, event: Event, item: Item, policy: Policy) -> State:
    """The state after one event."""
    changed = _APPLY.get(event.verb, _nothing)(before, event, policy)
    life = _life_after(before, event, changed)
    if life != before.life:
        waiting_for = changed.waiting_for if life == "waiting" else None
        changed = replace(changed, life=life, since=event.at, waiting_for=waiting_for)
    return _with_level(changed, item, policy)


def _life_after(before: State, event: Event, changed: State) -> str:
    if isinstance(event, ev.Classify):
        return "triaged" if before.life == "new" else before.life
    if isinstance(event, ev.Supply):
        answered = before.life == "waiting" and not changed.missing
        return (before.before_waiting or "accepted") if answered else before.life
    if isinstance(event, ev.Review):
        return "reviewed" if event.verdict == "pass" else "accepted"
    if isinstance(event, ev.Ask) and before.life in FINISHED:
        return before.life
    leads_to = STEPS[event.verb].leads_to
    if event.verb == "assign" and changed.owner is None:
        return "triaged" if before.life in ("new", "triaged", "returned") else before.life
    return leads_to or before.life


def _nothing(before: State, _event: Event, _policy: Policy) -> State:
    return before


def _classify(before: State, event: Event, policy: Policy) -> State:
    assert isinstance(event, ev.Classify)
    category = policy.categories.get(event.category)
    by_person = event.by not in MACHINES
    raised = 0 if by_person else before.raised
    department = before.department or (category.department if category else None)
    return _owned(
        replace(
            before,
            category=event.category,
            urgency=event.urgency,
            impact=event.impact,
            tags=event.tags,
            raised=raised,
            confirmed=before.confirmed or by_person,
            department=department,
            short=bool(category and category.short),
        ),
        policy,
    )


def _assign(before: State, event: Event, policy: Policy) -> State:
    assert isinstance(event, ev.Assign)
    assigned = replace(before, department=event.department, owner=event.owner, helpers=event.helpers)
    return assigned if event.owner else _owned(assigned, policy)


def _accept(before: State, event: Event, _policy: Policy) -> State:
    return before if before.owner and event.by in MACHINES else replace(before, owner=event.by)


def _return(before: State, _event: Event, policy: Policy) -> State:
    return _owned(replace(before, owner=None, returns=before.returns + 1), policy)


def _owned(before: State, policy: Policy) -> State:
    """From triage on every item has a named owner: before somebody is named it is the department's coordinator."""
    if before.owner:
        return before
    department = policy.departments.get(before.department or "")
    return replace(before, owner=department.coordinator if department else policy.desk.coordinator)


def _ask(before: State, event: Event, _policy: Policy) -> State:
    assert isinstance(event, ev.Ask)
    back = before.before_waiting if before.life == "waiting" else before.life
    return replace(before, before_waiting=back, waiting_for=event.whom, missing=event.missing)


def _supply(before: State, event: Event, _policy: Policy) -> State:
    assert isinstance(event, ev.Supply)
    left = tuple(name for name in before.missing if name not in event.supplied) if event.supplied else ()
    return replace(before, missing=left)


def _resolve(before: State, event: Event, _policy: Policy) -> State:
    return replace(before, resolved_by=event.by)


def _follow_up(before: State, event: Event, _policy: Policy) -> State:
    assert isinstance(event, ev.FollowUp)
    return replace(before, verdict=event.verdict)


def _reopen(before: State, event: Event, policy: Policy) -> State:
    assert isinstance(event, ev.Reopen)
    raised = before.raised + (event.kind == "unsatisfied")
    return _owned(replace(before, raised=raised, duplicate_of=None, resolved_by=None), policy)


def _escalate(before: State, _event: Event, _policy: Policy) -> State:
    return replace(before, raised=before.raised + 1)


def _duplicate(before: State, event: Event, _policy: Policy) -> State:
    assert isinstance(event, ev.Duplicate)
    return replace(before, duplicate_of=event.of)


_APPLY = {
    "classify": _classify,
    "assign": _assign,
    "accept": _accept,
    "return": _return,
    "ask": _ask,
    "supply": _supply,
    "resolve": _resolve,
    "follow-up": _follow_up,
    "reopen": _reopen,
    "escalate": _escalate,
    "duplicate": _duplicate,
}


def _with_level(found: State, item: Item, policy: Policy) -> State:
    if found.urgency is None or found.impact is None:
        return found
    edition = policy.edition(item.received.astimezone(policy.office.tz).date())
    level = edition.raised(edition.level(found.urgency, found.impact), found.raised)
    return replace(found, level=level)
