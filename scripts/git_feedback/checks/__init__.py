"""Checks of items, one rule a file.  The order here is the order of their problems for one item."""

from collections.abc import Callable, Iterator

from git_feedback.checks import (
    contact_in_clear,
    event_form,
    illegal_step,
    impossible_time,
    missing_required,
    over_limit,
    unknown_category,
    unknown_channel,
    unknown_department,
    unknown_person,
    wrong_name,
)
from git_feedback.checks.bad_recipient import recipient_problems
from git_feedback.checks.saved_view_query import view_problems
from git_feedback.checks.subject import Subject
from git_feedback.checks.together import duplicate_identities, missing_originals
from git_feedback.model import Problem
from git_feedback.policy import Policy

Check = Callable[[Subject, Policy], Iterator[Problem]]

ALL: tuple[Check, ...] = (
    wrong_name.check,
    event_form.check,
    unknown_channel.check,
    missing_required.check,
    over_limit.check,
    contact_in_clear.check,
    unknown_category.check,
    unknown_department.check,
    unknown_person.check,
    impossible_time.check,
    illegal_step.check,
)

CODES = tuple(check.__module__.rpartition(".")[2].replace("_", "-") for check in ALL)


def problems(subject: Subject, policy: Policy) -> list[Problem]:
    """Everything that is wrong with one item, in the order of its lines."""
    found = [problem for check in ALL for problem in check(subject, policy)]
    return sorted(found, key=lambda problem: (problem.line, problem.column))


__all__ = [
    "ALL",
    "CODES",
    "Check",
    "Subject",
    "duplicate_identities",
    "missing_originals",
    "problems",
    "recipient_problems",
    "view_problems",
]
