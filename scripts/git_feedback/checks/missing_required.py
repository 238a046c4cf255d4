"""What the channel requires is there: without it somebody has to write back before work can begin."""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.policy import Policy

CODE = "missing-required"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """The fields that channels.yml requires; imported history is as it is."""
    channel = policy.channels.get(subject.item.channel)
    if channel is None or subject.item.record == "history":
        return
    asked = {name for event in subject.item.history for name in getattr(event, "missing", ())}
    for name in channel.required:
        if getattr(subject.item, name) in (None, ()) and name not in asked:
            yield subject.problem(CODE, "channel", field=name, channel=channel.id, id=subject.item.id)
