"""The weekly meeting between departments: open matters that more than one of them has a part in.

For each: its age, who has it, what keeps it, and what comes next.  And the matters that nobody wants: returned twice
and not taken on since.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from git_feedback.desk import Standing, is_answerable, legal
from git_feedback.desk.holding import holding
from git_feedback.desk.untold import counted
from git_feedback.insight.silence import working_days
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.policy import Policy

PING_PONG = 2
"""So many returns, and nobody has taken it on since: it goes to and fro."""

Reason = Literal["force", "returned", "helpers", "copied", "held"]
Hindrance = Literal["triage", "submitter", "partner", "dispatch", "acceptance", "plan"]

_ON: Mapping[str, tuple[str, ...]] = {
    "new": ("classify",),
    "triaged": ("reply", "close", "assign"),
    "assigned": ("accept",),
    "accepted": ("reply", "close", "resolve"),
    "waiting": ("supply",),
    "returned": ("assign",),
    "reopened": ("accept",),
}
"""The verbs that lead on from each open state; the first that is legal for the item at hand is the next step."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """What keeps an item: `kind`, whose turn it is (`who`: a person; empty for people outside the desk), since when."""

    kind: Hindrance
    who: str
    since: datetime | date
    reason: str = ""
    """Why it was last returned, where nobody has taken it on since."""


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: what was planned (`what`, `due`, `by`), else the verb that leads on."""

    verb: str
    what: str = ""
    due: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """An open item of several departments.

    `departments` has its own first; `why` says by what the others have a part in it; `age` counts working days.
    """

    standing: Standing
    why: tuple[Reason, ...]
    departments: tuple[str, ...]
    age: int
    blocker: Blocker | None
    step: Step


@dataclass(frozen=True, slots=True)
class PingPong:
    """An item that was returned twice or more, and that nobody has taken on since."""

    standing: Standing
    times: int
    since: datetime
    by: str
    reason: str


def coordination(standings: Iterable[Standing], policy: Policy, now: datetime) -> list[Matter]:
    """The list for the meeting: by level, the oldest first; what has no level yet stands last."""
    found = (_matter(one, policy, now) for one in standings if one.state.is_open)
    return sorted((one for one in found if one), key=_in_order)


def ping_pong(standings: Iterable[Standing], now: datetime) -> list[PingPong]:
    """What goes to and fro, what was returned first standing first."""
    often = (one for one in standings if one.state.is_open and one.state.returns >= PING_PONG)
    found = (_unwanted(one, now) for one in often)
    return sorted((one for one in found if one), key=lambda one: (one.since, one.standing.item.id))


def askable(one: PingPong, policy: Policy) -> tuple[str, ...]:
    """Who has to end it: the lead of the department, and the desk's coordinator."""
    department = policy.departments.get(one.standing.state.department or "")
    return tuple(dict.fromkeys((*((department.lead,) if department else ()), policy.desk.coordinator)))


def concerns(one: PingPong, person: str, policy: Policy, day: date) -> bool:
    """Whether somebody has to end it, or stands in on that day for who has to."""
    asked = askable(one, policy)
    return person in asked or person in (policy.on_duty(each, day) for each in asked)


def _in_order(one: Matter) -> tuple[bool, str, int, str]:
    level = one.standing.state.level
    return level is None, level or "", -one.age, one.standing.item.id


def _unwanted(one: Standing, now: datetime) -> PingPong | None:
    last = _last_return(counted(one.item, now))
    return PingPong(one, one.state.returns, last.at, last.by, last.reason) if last else None


def _last_return(events: Sequence[Event]) -> ev.Return | None:
    """The newest return, unless somebody has taken the item on since."""
    for event in reversed(events):
        if event.verb == "accept":
            return None
        if isinstance(event, ev.Return):
            return event
    return None


# ---- whose it is ----------------------------------------------------------------------------------------------------


def _matter(one: Standing, policy: Policy, now: datetime) -> Matter | None:
    """An item as the meeting sees it; None where one department has it alone and always had."""
    state = one.state
    held = _held(one, policy, now)
    helping = _helping(one, policy)
    parts: Mapping[Reason, bool] = {
        "force": state.task_force,
        "returned": state.returns >= PING_PONG,
        "helpers": bool(helping),
        "copied": bool(state.copied_to),
        "held": len(held) > 1,
    }
    why = tuple(reason for reason, holds in parts.items() if holds)
    if not why:
        return None
    own = (state.department,) if state.department else ()
    departments = tuple(dict.fromkeys((*own, *helping, *state.copied_to, *held)))
    age = working_days(policy.office, one.item.received, now)
    return Matter(one, why, departments, age, _blocker(one, policy, now), _step(one, policy))


def _held(one: Standing, policy: Policy, now: datetime) -> tuple[str, ...]:
    """The departments that have had it, the one that has it now first."""
    departments = [held.department for held in holding(one.item, policy, now) if held.department]
    return tuple(dict.fromkeys(reversed(departments)))


def _helping(one: Standing, policy: Policy) -> tuple[str, ...]:
    """Departments other than its own whose people help; a helper may be named by the department itself."""
    found = (
        helper if helper in policy.departments else policy.people[helper].department
        for helper in one.state.helpers
        if helper in policy.departments or helper in policy.people
    )
    return tuple(dict.fromkeys(name for name in found if name != one.state.department))


# ---- what keeps it, and what comes next -----------------------------------------------------------------------------


def _blocker(one: Standing, policy: Policy, now: datetime) -> Blocker | None:
    """The first that holds: an answer that is awaited, nobody whose it is, nobody who takes it on, a plan gone by."""
    return next(_hindrances(one, policy, now), None)


def _hindrances(one: Standing, policy: Policy, now: datetime) -> Iterator[Blocker]:
    state, owner = one.state, one.state.owner or ""
    returned = _last_return(counted(one.item, now))
    reason = returned.reason if returned else ""
    if state.waiting_for:
        yield Blocker("submitter" if state.waiting_for == "submitter" else "partner", "", state.since, reason)
    if state.life == "new":
        yield Blocker("triage", "", state.since)
    if state.life in ("triaged", "returned"):
        yield Blocker("dispatch", owner, state.since, reason)
    if state.life in ("assigned", "reopened"):
        yield Blocker("acceptance", owner, state.since, reason)
    if state.planned and state.planned.due and state.planned.due < now.astimezone(policy.office.tz).date():
        yield Blocker("plan", state.planned.by, state.planned.due)


def _step(one: Standing, policy: Policy) -> Step:
    state = one.state
    if state.planned:
        return Step("plan", state.planned.what, state.planned.due, state.planned.by)
    allowed = legal(state.life, short=state.short, answerable=is_answerable(one.item, policy))
    return Step(next(verb for verb in _ON[state.life] if verb in allowed))
