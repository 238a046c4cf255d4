"""Nothing happens before it was received, or after now: such a time makes every clock of the item lie."""

from collections.abc import Iterator
from datetime import timedelta

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.policy import Policy

CODE = "impossible-time"
SLACK = timedelta(minutes=5)
"""Clocks of two computers differ by a little."""


def check(subject: Subject, _policy: Policy) -> Iterator[Problem]:
    """Receipt, landing, and each event."""
    item, latest = subject.item, subject.now + SLACK
    if item.received > latest:
        yield subject.problem("future-time", "received", at=item.received.isoformat(), now=subject.now.isoformat())
    if item.landed and item.landed < item.received - SLACK:
        yield subject.problem(CODE, "landed", at=item.landed.isoformat(), received=item.received.isoformat())
    for index, event in enumerate(item.history):
        place = ("history", index, event.verb, "at")
        if event.at < item.received:
            yield subject.problem(CODE, *place, at=event.at.isoformat(), received=item.received.isoformat())
        if event.at > latest:
            yield subject.problem("future-time", *place, at=event.at.isoformat(), now=subject.now.isoformat())
