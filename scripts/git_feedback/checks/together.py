"""What only shows when items are looked at together."""

from collections.abc import Collection, Iterable, Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.model import events as ev


def duplicate_identities(subjects: Iterable[Subject]) -> Iterator[Problem]:
    """(channel, source) is the identity of an item: two files with one identity are one thing counted twice."""
    first: dict[tuple[str, str], str] = {}
    for subject in subjects:
        if subject.item.source is None:
            continue
        identity = (subject.item.channel, subject.item.source)
        other = first.setdefault(identity, subject.file)
        if other != subject.file:
            yield subject.problem("duplicate-identity", "source", source=subject.item.source, other=other)


def missing_originals(subjects: Iterable[Subject], unreadable: Collection[str] = ()) -> Iterator[Problem]:
    """The original of a duplicate is there: a duplicate of nothing is answered by nobody.

    `unreadable` are ids of items that are there, but whose files need repair.
    """
    listed = list(subjects)
    known = {*unreadable, *(subject.item.id for subject in listed)}
    for subject in listed:
        for index, event in enumerate(subject.item.history):
            if isinstance(event, ev.Duplicate) and event.of not in known:
                yield subject.problem("missing-original", "history", index, "duplicate", "of", given=event.of)
