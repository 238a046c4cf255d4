"""The record against an older one: what was said stays said, histories only grow, and no rule changes the past."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from git_feedback.checks import Subject
from git_feedback.jobs.reading import Files
from git_feedback.model import Item, Problem
from git_feedback.policy.changes import past_changes, today
from git_feedback.store import BadItem, Desk, Git, is_item_file, read


def changes_of_the_past(git: Git, base: str, found: Files) -> Iterator[Problem]:
    """Items of `base` that are gone, that lost an event, or whose submission is no longer what it was.

    Raises GitFailed when there is no commit `base`.
    """
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
        yield from _changes(subject, before, base)


def changes_of_settled_rules(git: Git, base: str, root: Path, now: datetime) -> Iterator[Problem]:
    """What the policy in the working tree would judge otherwise than that of `base` did up to `now`.

    Nothing where `base` has no policy that can be read.  Raises GitFailed when there is no commit `base`.
    """
    tree = git.tree(base, "policy")
    before = {path: content for path, content in tree.items() if path.endswith(".yml")}
    day = today(before, now)
    if day is not None:
        yield from past_changes(before, Desk(root).policy(), day)


def _changes(subject: Subject, before: Item, base: str) -> Iterator[Problem]:
    for name in type(before).model_fields:
        if name != "history" and getattr(before, name) != getattr(subject.item, name):
            yield subject.problem("submission-changed", name, field=name, base=base)
    left = list(subject.item.history)
    for event in before.history:
        if event in left:
            left.remove(event)
        else:
            yield subject.problem("event-gone", "history", verb=event.verb, at=event.at.isoformat(), base=base)
