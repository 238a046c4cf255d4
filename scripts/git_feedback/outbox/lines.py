"""One alarm in words: which item, what its clock says, which rungs were reached and when, whose it is."""

from datetime import datetime
from typing import NamedTuple

from git_feedback import i18n
from git_feedback.desk.alarms import Alarm
from git_feedback.policy import Policy
from git_feedback.text import shorten, visible

TITLE_WIDTH = 80
"""Columns of a title: a subject and a line of text stay readable."""


class Entry(NamedTuple):
    """The words of one alarm, each part on one line; none of them is escaped for anything."""

    head: str
    title: str
    clock: str
    reached: str
    whose: str


def language_to(addressee: str, policy: Policy) -> str:
    """The language in which somebody is told: their own, else the desk's."""
    found = policy.people.get(addressee)
    return found.language or policy.desk.language if found else policy.desk.language


def entry(alarm: Alarm, policy: Policy) -> Entry:
    """The words of an alarm in the language of its addressee."""
    language = language_to(alarm.addressee, policy)
    level = alarm.level or i18n.text("outbox-no-level", language)
    head = f"{alarm.item.id}  {level}"
    words = [said(alarm, policy, language) for said in (_clock, _reached, _whose)]
    return Entry(head, title(alarm), *words)


def title(alarm: Alarm) -> str:
    """What a stranger called it, on one line: nothing hidden, no line break."""
    return shorten(" ".join(visible(alarm.item.title).split()), TITLE_WIDTH)


def used(alarm: Alarm) -> float:
    """How much of its target a cycle has used: 1.0 is all of it."""
    cycle = alarm.cycle
    return cycle.elapsed / cycle.target if cycle.target else float(cycle.elapsed)


def person(named: str, policy: Policy, language: str) -> str:
    """What a person is called."""
    found = policy.people.get(named)
    return found.name.said(language) if found else named


def moment(at: datetime, policy: Policy) -> str:
    """A moment in the desk's zone."""
    return at.astimezone(policy.zone).strftime("%Y-%m-%d %H:%M")


def _clock(alarm: Alarm, policy: Policy, language: str) -> str:
    """What the clock says: late by, done late by, or what is left."""
    cycle = alarm.cycle
    name = i18n.text(f"cli-clock-{alarm.clock.name}", language)
    if alarm.number > 1:
        name = i18n.text("outbox-cycle", language, name=name, number=alarm.number)
    due, share = moment(cycle.due, policy), int(used(alarm) * 100)
    if cycle.late_by is not None:
        code = "outbox-late" if cycle.stop is None else "outbox-done-late"
        return i18n.text(code, language, name=name, amount=_hours(cycle.late_by), due=due, share=share)
    left = _hours(max(0, cycle.target - cycle.elapsed))
    if alarm.clock.state == "paused":
        return i18n.text("outbox-paused", language, name=name, amount=left, share=share)
    return i18n.text("outbox-running", language, name=name, amount=left, due=due, share=share)


def _reached(alarm: Alarm, policy: Policy, language: str) -> str:
    pairs = zip(alarm.rungs, alarm.instants, strict=True)
    said = [i18n.text("outbox-rung", language, share=rung, at=moment(at, policy)) for rung, at in pairs]
    return i18n.text("outbox-reached", language, rungs=said)


def _whose(alarm: Alarm, policy: Policy, language: str) -> str:
    state = alarm.standing.state
    department = policy.departments.get(state.department or "")
    where = department.name.said(language) if department else i18n.text("outbox-no-department", language)
    owner = person(state.owner, policy, language) if state.owner else i18n.text("outbox-no-owner", language)
    return i18n.text("outbox-whose", language, owner=owner, department=where)


def _hours(seconds: int) -> str:
    """`7:05` hours and minutes, begun minutes counted: late by a second is late."""
    minutes = -(-seconds // 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
