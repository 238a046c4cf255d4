"""Can a clone pull, write and push by itself?  What stands in the way is known before anything is written or sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from git_feedback.jobs import pushing
from git_feedback.jobs.merging import under_way
from git_feedback.store import Git, GitFailed


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way, and the values of its words."""

    kind: Literal["unfinished", "detached", "alone", "elsewhere", "dirty"]
    values: Mapping[str, object] = field(default_factory=dict)


def obstacle(git: Git) -> Obstacle | None:
    """The first thing in the way of a pull with rebase and a push: asked of this clone only, nothing is fetched."""
    going_on = under_way(git)
    if going_on:
        return Obstacle("unfinished", {"what": going_on})
    branch = _branch(git)
    if not branch:
        return Obstacle("detached", {"branch": _main_branch(git) or "main"})
    try:
        remote, followed = pushing.upstream(git)
    except GitFailed:
        return Obstacle("alone", {"branch": branch})
    wanted = _main_branch(git, remote)
    if wanted and followed != f"refs/heads/{wanted}":
        return Obstacle("elsewhere", {"branch": branch, "wanted": wanted})
    changed = _changed(git)
    return Obstacle("dirty", {"number": len(changed), "file": changed[0]}) if changed else None


def reached(git: Git) -> None:
    """Ask the other side once.  Raises GitFailed when it does not answer."""
    git.run("fetch", "--quiet", pushing.upstream(git)[0])


def _branch(git: Git) -> str:
    """The branch that is checked out; empty for a detached head."""
    try:
        return git.run("symbolic-ref", "--quiet", "--short", "HEAD").strip()
    except GitFailed:
        return ""


def _main_branch(git: Git, remote: str = "origin") -> str:
    """What the other side calls its main branch, as far as this clone was told."""
    try:
        ref = git.run("symbolic-ref", "--quiet", f"refs/remotes/{remote}/HEAD").strip()
    except GitFailed:
        return ""
    return ref.removeprefix(f"refs/remotes/{remote}/")


def _changed(git: Git) -> list[str]:
    """Files of the record that were changed and not committed."""
    rows = git.run("status", "--porcelain", "--no-renames", "-z", "--untracked-files=no").split("\0")
    return [row[3:] for row in rows if row]
