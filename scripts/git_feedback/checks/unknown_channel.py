"""An item names a channel the policy knows: an unknown one has nobody to reply through."""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.policy import Policy

CODE = "unknown-channel"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """The channel of the item and of each of its events; an alarm leaves by a way of its own."""
    if subject.item.channel not in policy.channels:
        yield subject.problem(CODE, "channel", given=subject.item.channel, known=tuple(policy.channels))
    for index, event in enumerate(subject.item.history):
        channel = None if event.verb == "alarm" else getattr(event, "channel", None)
        if channel and channel not in policy.channels:
            place = ("history", index, event.verb, "channel")
            yield subject.problem(CODE, *place, given=channel, known=tuple(policy.channels))
