"""The record against an older one: what was said stays said, and histories only grow."""

from collections.abc import Iterator

from git_feedback.jobs.reading import Whole, is_item_file
from git_feedback.model import Item, Problem
from git_feedback.store import BadItem, Git, read


def changes_of_the_past(git: Git, base: str, found: Whole) -> Iterator[Problem]:
    """Items of `base` that are gone, that lost an event, or whose submission is no longer what it was."""
    now = {subject.item.id: subject for subject in found.subjects}
    broken = {problem.file for problem in found.broken}
    for path, source in git.tree(base, "feedback").items():
        if not is_item_file(path) or path in broken:
            continue
        try:
            before = read(source, file=path)
        except BadItem:
            continue
        subject = now.get(before.id)
        if subject is None:
            yield Problem(path, 1, 1, "item-gone", {"id": before.id, "base": base})
            continue
        yield from _changes(subject.file, before, subject.item, base)


def _changes(file: str, before: Item, after: Item, base: str) -> Iterator[Problem]:
    lost = [event for event in before.history if event not in after.history]
    for event in lost:
        yield Problem(file, 1, 1, "event-gone", {"verb": event.verb, "at": event.at.isoformat(), "base": base})
    for name in type(before).model_fields:
        if name != "history" and getattr(before, name) != getattr(after, name):
            yield Problem(file, 1, 1, "submission-changed", {"field": name, "base": base})
