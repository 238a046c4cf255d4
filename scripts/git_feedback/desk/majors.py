"""Levels that wake people: who may give them and take them away, and which of them nobody has confirmed yet.

The policy names them (triage.yml, `major`).  What rules and models say counts at once; whoever may say it looks at it
then.  Others escalate: that raises the level by one and tells the next rung.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from git_feedback.desk.life import STEPS
from git_feedback.desk.ranks import RANKS, rank
from git_feedback.desk.standing import Standing
from git_feedback.desk.tale import MACHINES
from git_feedback.desk.untold import counted
from git_feedback.desk.whereabouts import State
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.policy.triage_files import Major

SHOWN = 3
"""So many people are named who may be asked."""


class Classifying(Protocol):
    """Somebody wants to classify an item that stands somewhere."""

    @property
    def item(self) -> Item: ...
    @property
    def state(self) -> State: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> str: ...
    @property
    def args(self) -> Mapping[str, Any]: ...


def may_weigh(attempt: Classifying) -> tuple[str, dict[str, object]] | None:
    """Why somebody may not give such a level, or take it away; None where they may."""
    policy, by, before = attempt.policy, attempt.by, attempt.state.level
    major, after = policy.triage.major, _level(attempt)
    if major is None or by in MACHINES or may_say(major, policy, by):
        return None
    if after is None or after == before or not {after, before} & set(major.levels):
        return None
    day = attempt.at.astimezone(policy.office.tz).date()
    values = {
        "id": attempt.item.id,
        "by": by,
        "needs": major.needs,
        "who": whom_to_ask(major, policy, _department(attempt), day)[:SHOWN],
    }
    if after in major.levels:
        code = "major-up" if set(STEPS["escalate"].roles) & set(policy.people[by].roles) else "major-up-ask"
        return code, {**values, "level": after}
    return "major-down", {**values, "level": before}


def may_say(major: Major, policy: Policy, person: str) -> bool:
    """Whether somebody has the role, or stands above it."""
    return rank(policy, person) >= RANKS[major.needs]


def whom_to_ask(major: Major, policy: Policy, department: str | None, day: date) -> tuple[str, ...]:
    """Who may say it: the department's lead and others of the department first; deputies of those on leave."""
    able = [person for person in policy.people if may_say(major, policy, person)]
    own = policy.departments.get(department or "")

    def nearness(person: str) -> tuple[bool, bool]:
        return own is None or person != own.lead, policy.people[person].department != department

    def there(person: str) -> str:
        deputy = policy.on_duty(person, day)
        return deputy if may_say(major, policy, deputy) else person

    return tuple(dict.fromkeys(there(person) for person in sorted(able, key=nearness)))


def counting(events: Sequence[Event]) -> ev.Classify | None:
    """The classification that counts: a person's last word, else a machine's."""
    given = [event for event in events if isinstance(event, ev.Classify)]
    by_people = [event for event in given if event.by not in MACHINES]
    found = by_people or given
    return found[-1] if found else None


def to_confirm(standings: Iterable[Standing], policy: Policy, now: datetime) -> list[Standing]:
    """Open items of such a level that nobody has given who may; in order of arrival."""
    major = policy.triage.major
    if major is None:
        return []
    levels = major.levels
    there = (one for one in standings if one.state.level in levels and one.state.is_open)
    found = [one for one in there if one.item.record != "history" and _is_unconfirmed(one, major, policy, now)]
    return sorted(found, key=lambda one: (one.item.received, one.item.id))


def _is_unconfirmed(one: Standing, major: Major, policy: Policy, now: datetime) -> bool:
    """Whether the classification gives the level by itself (not an escalation), by somebody who may not confirm it."""
    said = counting(counted(one.item, now))
    if said is None or may_say(major, policy, said.by):
        return False
    edition = policy.edition(one.item.received.astimezone(policy.office.tz).date())
    return edition.level(said.urgency, said.impact) in major.levels


def _level(attempt: Classifying) -> str | None:
    """The level that it would have; None where what was given is no urgency or impact."""
    urgency, impact = _share(attempt.args.get("urgency")), _share(attempt.args.get("impact"))
    if urgency is None or impact is None:
        return None
    edition = attempt.policy.edition(attempt.item.received.astimezone(attempt.policy.office.tz).date())
    return edition.level(urgency, impact)


def _share(given: object) -> int | None:
    return int(str(given)) if str(given) in ("1", "2", "3", "4", "5") else None


def _department(attempt: Classifying) -> str | None:
    """Where it lies, or will lie."""
    category = attempt.policy.categories.get(attempt.args.get("category") or "")
    return attempt.state.department or (category.department if category else None)
