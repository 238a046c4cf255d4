"""Lengths and patterns of the desk's policy hold: what does not fit is not read, and a wrong order number finds nothing."""

import re
from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.policy import Policy

CODE = "over-limit"


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """Title, text, device, number of attachments, form of the source."""
    item, limits = subject.item, policy.desk.limits
    lengths = (("title", item.title, limits.title_max), ("text", item.text, limits.text_max))
    for name, value, most in (*lengths, ("device", item.device, limits.device_max)):
        if value and len(value) > most:
            yield subject.problem(CODE, name, field=name, length=len(value), most=most)
    if len(item.attachments) > limits.attachments_max:
        place = ("attachments", limits.attachments_max)
        yield subject.problem("too-many-entries", *place, field="attachments", most=limits.attachments_max)
    pattern = limits.source_pattern
    if pattern and item.source and not re.fullmatch(pattern, item.source):
        yield subject.problem("bad-form", "source", field="source", given=item.source[:60], pattern=pattern)
