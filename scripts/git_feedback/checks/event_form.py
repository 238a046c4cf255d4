"""Each event stands on one line of braces: any other form is lost at an unquoted comma, or woven into another by a merge."""

from collections.abc import Iterator

from git_feedback import notation
from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.policy import Policy

CODE = "event-form"


def check(subject: Subject, _policy: Policy) -> Iterator[Problem]:
    """The form of every entry of the history, and that the history is the last key."""
    for fault in notation.entries_are_one_line_flow(subject.source, "history"):
        yield Problem(subject.file, fault.line, fault.column, fault.code, fault.values)
    keys = [place[0] for place in subject.places if len(place) == 1] if subject.item.history else ["history"]
    if keys[-1] != "history":
        yield subject.problem("history-not-last", "history")
