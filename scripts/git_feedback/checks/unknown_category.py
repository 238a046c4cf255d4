"""A classification names a category the policy knows: an unknown one has no department and no default weight."""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.model import events as ev
from git_feedback.policy import Policy

CODE = "unknown-category"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """Each `classify`."""
    for index, event in enumerate(subject.item.history):
        if isinstance(event, ev.Classify) and event.category not in policy.categories:
            place = ("history", index, "classify", "category")
            yield subject.problem(CODE, *place, given=event.category, known=tuple(policy.categories))
