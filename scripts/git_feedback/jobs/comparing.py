"""The record against an older one: what was said stays said, histories only grow, and no rule changes the past.

A revision is compared where this branch left it (the merge base): what has come to `origin/main` since then is no loss
of this branch.  A revision that HEAD has grown from is its own merge base; one with which nothing is shared is compared
as it is.  Commits of the shared past that were rewritten are for `audit` and its witness to find.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from git_feedback.checks import Subject
from git_feedback.jobs import kept_files
from git_feedback.jobs.commits import contents, entries
from git_feedback.jobs.erasing import attached
from git_feedback.jobs.losses import losses
from git_feedback.jobs.reading import Files
from git_feedback.model import Item, Problem
from git_feedback.policy.changes import past_changes, today
from git_feedback.store import BadItem, Desk, Git, GitFailed, is_item_file, read

_SHORT = 10
_FILES = ("100644", "100755")


def left_at(git: Git, base: str) -> list[str]:
    """The commits to compare with: where the history of HEAD left that of `base`; several after criss-cross merges.

    Raises NoSuchCommit when there is no commit `base`.
    """
    commit = git.commit_named(base)
    try:
        return git.run("merge-base", "--all", commit, "HEAD").split() or [commit]
    except GitFailed:
        return [commit]


def changes_of_the_past(git: Git, base: str, found: Files) -> Iterator[Problem]:
    """Items of `base` that are gone, that lost an event, or whose submission is no longer what it was.

    Also: files of the record that no plain file could be, lie where nothing lies, or are rewritten though they never
    are.  Raises GitFailed when there is no commit `base`.
    """
    there = kept_files.modes(git)
    yield from kept_files.misplaced(there, {subject.file for subject in found.subjects})
    own = git.commit_named(base)
    told: set[str] = set()
    for commit in left_at(git, base):
        name = base if commit == own else commit[:_SHORT]
        listed = [(_without_base(problem), problem) for problem in _changes_since(git, commit, name, found, there)]
        yield from (problem for fact, problem in listed if fact not in told)
        told |= {fact for fact, _ in listed}


def _without_base(problem: Problem) -> str:
    """What a problem says, whichever commit it was compared with."""
    return replace(problem, values={**problem.values, "base": ""}).said("en")


def _changes_since(git: Git, commit: str, base: str, found: Files, there: dict[str, str]) -> Iterator[Problem]:
    """What was lost since a commit, which messages call `base`."""
    now = {subject.item.id: subject for subject in found.subjects}
    broken = {problem.file for problem in found.broken}
    released: set[str] = set()
    named = {path for subject in found.subjects for path in attached(subject.item)}
    for path, source in _item_sources(git, commit):
        if path in broken:
            continue
        subject = now.get(PurePosixPath(path).stem)
        if subject and subject.source == source:
            continue
        try:
            before = read(source, file=path)
        except BadItem:
            continue
        subject = now.get(before.id)
        named |= attached(before)
        if subject is None:
            yield Problem(path, 1, 1, "item-gone", {"id": before.id, "base": base})
            continue
        wrong = list(_changes(subject, before, base))
        if not wrong:
            released |= attached(before) - attached(subject.item)
        yield from wrong
    if not found.broken:
        released |= kept_files.never_named(git, commit, named)
    yield from kept_files.rewritten(git, commit, base, there, released)


def _item_sources(git: Git, commit: str) -> Iterator[tuple[str, bytes]]:
    """The item files of a commit, executable ones among them: a mode is no way to have an item forgotten."""
    listed = [one for one in entries(git, commit, "feedback") if one.mode in _FILES and is_item_file(one.path)]
    blobs = contents(git, (one.id for one in listed))
    return ((one.path, source) for one, (_, source) in zip(listed, blobs, strict=True))


def changes_of_settled_rules(git: Git, base: str, root: Path, now: datetime) -> Iterator[Problem]:
    """What the policy in the working tree would judge otherwise than that of `base` did up to `now`.

    Nothing where `base`, there where this branch left it, has no policy that can be read.  Raises GitFailed when there is no commit `base`.
    """
    tree = git.tree(left_at(git, base)[0], "policy")
    before = {path: content for path, content in tree.items() if path.endswith(".yml")}
    day = today(before, now)
    if day is not None:
        yield from past_changes(before, Desk(root).policy(), day)


def _changes(subject: Subject, before: Item, base: str) -> Iterator[Problem]:
    lost = losses(before, subject.item)
    for field in lost.fields:
        yield subject.problem("submission-changed", *field.split("."), field=field, base=base)
    for event in lost.events:
        yield subject.problem("event-gone", "history", verb=event.verb, at=event.at.isoformat(), base=base)
