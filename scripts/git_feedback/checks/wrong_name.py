"""A file is named after its item and lies in its month: otherwise nobody finds it by its id, and two files may claim one."""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem, ids
from git_feedback.policy import Policy

CODE = "wrong-name"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """The path that the id asks for; and the date in the id is the day of receipt in the desk's zone."""
    wanted = ids.path(subject.item.id)
    if subject.file != wanted:
        yield subject.problem(CODE, "id", id=subject.item.id, wanted=wanted)
    day = subject.item.received.astimezone(policy.zone).date()
    if ids.day_of(subject.item.id) != (day.year, day.month, day.day):
        yield subject.problem("wrong-day", "received", id=subject.item.id, day=day.isoformat())
