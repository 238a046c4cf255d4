"""An assignment names a department the policy knows: an unknown one has no coordinator, so nobody would own the item."""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.model import events as ev
from git_feedback.policy import Policy

CODE = "unknown-department"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """Each `assign`."""
    for index, event in enumerate(subject.item.history):
        if isinstance(event, ev.Assign) and event.department not in policy.departments:
            place = ("history", index, "assign", "department")
            yield subject.problem(CODE, *place, given=event.department, known=tuple(policy.departments))
