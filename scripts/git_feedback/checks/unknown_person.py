"""Whoever acts, owns or helps is in people.yml: an unknown person cannot be asked, reminded or stood in for."""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.desk import MACHINES
from git_feedback.model import Event, Problem
from git_feedback.model import events as ev
from git_feedback.policy import Policy

CODE = "unknown-person"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """The actor of each event, and the people that an assignment or an escalation names."""
    for index, event in enumerate(subject.item.history):
        for name, person in _named(event):
            if person not in policy.people:
                place = ("history", index, event.verb, name)
                yield subject.problem(CODE, *place, given=person, known=tuple(policy.people))


def _named(event: Event) -> Iterator[tuple[str, str]]:
    if event.by not in MACHINES:
        yield "by", event.by
    if isinstance(event, ev.Assign):
        yield from (("helpers", helper) for helper in event.helpers)
        if event.owner:
            yield "owner", event.owner
    if isinstance(event, ev.Escalate) and event.to:
        yield "to", event.to
