"""An item's events follow the table of its life: a step out of order hides that something was left out."""

from collections.abc import Iterator
from itertools import pairwise

from git_feedback.checks.subject import Subject
from git_feedback.desk import is_answerable, legal, ordered, states
from git_feedback.model import Problem
from git_feedback.policy import Policy

CODE = "illegal-step"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """Each event against the state before it; imported history is as it is."""
    item = subject.item
    if item.record == "history":
        return
    events = ordered(item.history)
    answerable = is_answerable(item, policy)
    for event, (before, _after) in zip(events, pairwise(states(item, policy, events)), strict=True):
        options = legal(before.life, short=before.short, answerable=answerable)
        if event.verb not in options:
            place = ("history", item.history.index(event), event.verb)
            yield subject.problem(CODE, *place, verb=event.verb, state=before.life, legal=options)
