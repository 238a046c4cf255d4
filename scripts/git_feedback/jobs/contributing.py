"""What somebody outside the team may change: new feedback, and nothing else.

A pull request of a stranger is merged by a person who looks at its words.  Whatever speaks or decides in the team's
name must not come along with them: rules, workflows, scripts, reports, measures, and events in a history.
"""

from collections.abc import Iterator, Mapping

from git_feedback.checks import Subject
from git_feedback.jobs import kept_files
from git_feedback.jobs.commits import entries
from git_feedback.jobs.comparing import left_at
from git_feedback.jobs.reading import Files
from git_feedback.model import Problem
from git_feedback.store import Git, is_item_file

OF_THE_TEAM = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
"""What GitHub calls an author of the team (`author_association`)."""
_PLAIN = "100644"
_RECORD = "feedback/"
_ATTACHMENTS = "feedback/attachments/"
_SET_BY_THE_DESK = ("landed", "record")


def is_outside(association: str) -> bool:
    """Whether an author whom the host calls so belongs to none of the team; a word that nobody knows does not."""
    return association not in OF_THE_TEAM


def beyond_contribution(git: Git, base: str, found: Files) -> Iterator[Problem]:
    """One problem for each path that a contributor must not touch, and one for each line of new feedback that only
    the desk writes.  What lies untracked is looked at below feedback/ only.  Raises GitFailed when there is no commit
    `base`.
    """
    commit = left_at(git, base)[0]
    before = {one.path: one.mode for one in entries(git, commit)}
    there = kept_files.modes(git)
    untracked = {path for path in there.keys() - before.keys() if path.startswith(_RECORD)}
    new = set()
    for path in sorted(_touched(git, commit) | untracked):
        code = _refused(path, before, there)
        if code:
            yield Problem(path, 1, 1, code, {"base": base})
        elif path not in before:
            new.add(path)
    for subject in found.subjects:
        if subject.file in new:
            yield from _written_for_the_team(subject)


def _touched(git: Git, commit: str) -> set[str]:
    """Tracked paths that are not as in `commit`; a move is both its ends."""
    listed = git.run("diff", "--no-ext-diff", "--no-renames", "--name-only", "--relative", "-z", commit, "--")
    return set(filter(None, listed.split("\0")))


def _refused(path: str, before: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Why a contributor must not touch a path; empty where that is well."""
    if not path.startswith(_RECORD):
        return "contribution-elsewhere"
    if path not in there:
        return "contribution-removes"
    if there[path] != _PLAIN:
        return "contribution-no-file"
    if path in before:
        return "contribution-changes"
    return "" if is_item_file(path) or path.startswith(_ATTACHMENTS) else "contribution-no-item"


def _written_for_the_team(subject: Subject) -> Iterator[Problem]:
    for name in _SET_BY_THE_DESK:
        if getattr(subject.item, name) is not None:
            yield subject.problem("contribution-field", name, field=name)
    for index, event in enumerate(subject.item.history):
        yield subject.problem("contribution-event", "history", index, verb=event.verb, by=event.by)
