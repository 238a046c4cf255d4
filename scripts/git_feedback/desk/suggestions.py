"""What the loop asks for next and a person decides: each suggestion with the command that does it.

High-value submitters are heard by more than one department, the gravest matters get a task force, and a verdict of the
submitter leads on: to closing, or to somebody one rung higher.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from git_feedback.desk.ranks import next_rung
from git_feedback.desk.standing import Standing
from git_feedback.desk.untold import counted
from git_feedback.desk.verbs import Refusal, act
from git_feedback.model import events as ev
from git_feedback.policy import Keyword, Policy
from git_feedback.text import find, fold, negated

RHYTHM_S = 3600
"""A task force says every hour how far things are."""
LISTENERS = ("brand", "quality")
"""Departments that hear of high-value submitters where their words point to no other."""


class Suggestion(NamedTuple):
    """What could be done: the code of its words, the command, and the people or departments that it brings in."""

    code: str
    command: str
    who: tuple[str, ...] = ()


def suggestions(one: Standing, policy: Policy, now: datetime) -> list[Suggestion]:
    """What a person may decide about an item at `now`; imported history is left alone."""
    if one.item.record == "history":
        return []
    found = (_task_force(one, policy, _day(policy, now)), _copy(one, policy), *_after_verdict(one, policy, now))
    return [suggestion for suggestion in found if suggestion]


def task_force_silent(one: Standing, policy: Policy, now: datetime) -> int | None:
    """Seconds beyond the hour since the last word of a person, None while nobody has to speak.

    A task force has to speak while its item is open; the hour runs day and night.
    """
    if not (one.state.task_force and one.state.is_open):
        return None
    said = [event.at for event in counted(one.item, now) if event.by in policy.people]
    over = int((now - max([one.item.received, *said])).total_seconds()) - RHYTHM_S
    return over if over > 0 else None


# ---- who else is to hear of it ---------------------------------------------------------------------------------------


def others_meant(one: Standing, policy: Policy) -> tuple[str, ...]:
    """Departments other than its own whose rules fit the words of an item, in the order of the rules."""
    text = fold(f"{one.item.title}\n{one.item.text or ''}")
    denials = tuple(fold(word) for words in policy.negations.values() for word in words)
    fitting = (rule for rule in (*policy.rules, *policy.alarms) if _fits(rule, one.item.channel, text, denials))
    categories = (policy.categories.get(rule.category or "") for rule in fitting)
    named = dict.fromkeys(category.department for category in categories if category)
    return tuple(name for name in named if name != one.state.department)


def _fits(rule: Keyword, channel: str, text: str, denials: tuple[str, ...]) -> bool:
    if rule.channel and channel not in rule.channel:
        return False
    return any(not negated(text, at, denials) for word in rule.words for at in find(fold(word), text))


def _copy(one: Standing, policy: Policy) -> Suggestion | None:
    """A high-value submitter is heard by the departments that the words point to, else by those that listen."""
    submitter = one.item.submitter
    if submitter is None or submitter.kind != "high-value" or not one.state.is_unfinished or not one.state.department:
        return None
    listening = tuple(name for name in LISTENERS if name in policy.departments and name != one.state.department)
    wanted = others_meant(one, policy) or listening
    left = tuple(name for name in wanted if name not in one.state.copied_to)
    if not left:
        return None
    return Suggestion("suggest-copy", f"git feedback copy {one.item.id} --to {','.join(left)}", left)


def _task_force(one: Standing, policy: Policy, day: date) -> Suggestion | None:
    """The gravest level: the lead of the department, with the owner and the coordinators of whoever else is meant.

    What did not satisfy is led by its owner, who stands above whoever solved it first.
    """
    state, department = one.state, policy.departments.get(one.state.department or "")
    if state.task_force or not state.is_open or department is None or state.level != min(policy.edition(day).levels):
        return None
    lead = (state.unsatisfied and state.owner) or policy.on_duty(department.lead, day)
    others = [policy.departments[name].coordinator for name in others_meant(one, policy) if name in policy.departments]
    meant = (state.owner or "", *state.helpers, department.coordinator, *others)
    members = tuple(dict.fromkeys(who for person in meant if person and (who := policy.on_duty(person, day)) != lead))
    helpers = f" --helpers {','.join(members)}" if members else ""
    command = f"git feedback assign {one.item.id} --department {department.id} --owner {lead}{helpers} --task-force"
    return Suggestion("suggest-task-force", command, (lead, *members))


# ---- after the submitter has judged ---------------------------------------------------------------------------------


def _after_verdict(one: Standing, policy: Policy, now: datetime) -> Iterator[Suggestion]:
    """Satisfied: close it.  Not satisfied: reopen it, which makes it the next rung's."""
    state, item, verdict = one.state, one.item, _verdict(one, now)
    if verdict == "satisfied" and state.life == "replied":
        yield Suggestion("suggest-close", f"git feedback close {item.id}")
    if verdict != "unsatisfied" or state.life not in ("replied", "closed"):
        return
    by = state.owner or policy.desk.coordinator
    if isinstance(act("reopen", item, policy, now, by, {"kind": "unsatisfied"}), Refusal):
        return
    solver = state.resolved_by or state.first_solver or state.owner
    rung = next_rung(policy, state.department, solver, state.unsatisfied + 1)
    yield Suggestion("suggest-reopen", f"git feedback reopen {item.id} --kind unsatisfied", (rung,) if rung else ())


def _verdict(one: Standing, now: datetime) -> str | None:
    """What the submitter said of the last answer; an earlier verdict was about an earlier one."""
    found = None
    for event in counted(one.item, now):
        if isinstance(event, ev.FollowUp):
            found = event.verdict
        elif isinstance(event, ev.Reply | ev.Reopen):
            found = None
    return found


def _day(policy: Policy, now: datetime) -> date:
    return now.astimezone(policy.office.tz).date()
