"""Who writes feedback down by hand also writes what its channel requires: later nobody can ask the caller who hung up.

What a stranger left out is work and no mistake in a file: it is shown under what needs a human, and is asked for.
"""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.desk import missing
from git_feedback.model import Problem
from git_feedback.policy import Policy

CODE = "missing-required"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """Fields that a channel marked `by_hand` requires, unless they were asked for; a key of a source says import."""
    channel = policy.channels.get(subject.item.channel)
    if channel is None or not channel.by_hand or subject.item.source is not None:
        return
    asked = {name for event in subject.item.history for name in getattr(event, "missing", ())}
    for name in missing(subject.item, policy):
        if name not in asked:
            yield subject.problem(CODE, "channel", field=name, channel=channel.id, id=subject.item.id)
