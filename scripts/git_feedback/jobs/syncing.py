"""One record among many clones: what others pushed is merged by fields and events, then ours is pushed.

Git hosts never run merge drivers; so what was pushed to the base is merged here into branches that are open there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from git_feedback.jobs import erasing, keys_shared, pushing
from git_feedback.jobs.merging import CONFLICTING, Progress, Resolution, conflicted, resolve
from git_feedback.jobs.pushing import Patience
from git_feedback.model import Problem
from git_feedback.store import Git, GitFailed

_LONGEST_WAIT_S = 2.0


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of merging the base into a branch.

    `merged` (and pushed, where that was asked for), `left` to a person because of `problems`, or `refused` by Git for
    `reason`.
    """

    branch: str
    outcome: Literal["merged", "left", "refused"]
    problems: tuple[Problem, ...] = ()
    reason: str = ""


def joined(git: Git, root: Path, commit: str, progress: Progress) -> Resolution:
    """Merge `commit` into what is checked out.  What cannot be settled is left, and the merge stays open then.

    Raises GitFailed when Git does not begin (uncommitted changes in the way, nothing in common).
    """
    try:
        git.run(*CONFLICTING, "merge", "--quiet", "--no-edit", commit)
    except GitFailed:
        if not conflicted(git):
            raise
        found = resolve(git, root, progress)
        if not found.left:
            git.run("commit", "--quiet", "--no-edit")
        return found
    return Resolution()


def synced(
    git: Git,
    root: Path,
    patience: Patience,
    progress: Progress,
    *,
    push: bool = True,
    crossed: Callable[[int], None] | None = None,
) -> Resolution:
    """Fetch, merge, push; anew while others push too.  With something left nothing is pushed, and the merge stays open.

    The items' keys come and go with it; `crossed` is told how many of them both sides had changed.
    Raises GitFailed when there is nowhere to fetch from, or no push came through within the time.
    """
    end = patience.clock() + patience.limit_s
    while True:
        git.run("fetch", "--quiet")
        before = git.head()
        found = joined(git, root, "@{upstream}", progress)
        if _was_erased(git, before):
            erasing.forget(root)
        if found.left:
            return found
        if (both := _keys_fetched(git)) and crossed:
            crossed(both)
        if not push:
            return found
        try:
            pushing.push(git)
        except GitFailed:
            if patience.clock() >= end:
                raise
            patience.sleep(_LONGEST_WAIT_S * patience.chance())
        else:
            return found


def _was_erased(git: Git, before: str) -> bool:
    """Whether an erasure came in: what caches here still tell of it must go too."""
    since = (f"{before}..HEAD",) if before else ("HEAD",)
    return bool(git.run("log", "-1", "--format=%h", "-G", "^  - erase: ", *since, "--", "feedback").strip())


def _keys_fetched(git: Git) -> int:
    remote, _ = pushing.upstream(git)
    return 0 if remote == "." else keys_shared.fetched(git, remote)


def brought_into_branches(git: Git, patience: Patience, progress: Progress, *, push: bool = True) -> Iterator[Brought]:
    """Merge the branch that is checked out, as it is on the other side, into every branch there that needs it.

    That is one that has changed a file of the record which the base has changed too: all others the host can merge.
    Nothing is checked out here, and nothing is forced.  Raises GitFailed when there is no other side.
    """
    base = git.run("symbolic-ref", "--short", "HEAD").strip()
    remote = git.run("config", f"branch.{base}.remote").strip()
    git.run("fetch", "--quiet", remote)
    tip, prefix = f"refs/remotes/{remote}/{base}", f"refs/remotes/{remote}/"
    refs = git.run("for-each-ref", "--format=%(refname)", prefix).split("\n")
    open_ones = [ref for ref in refs if ref not in ("", tip, f"{prefix}HEAD") and _both_changed(git, tip, ref)]
    if not open_ones:
        return
    with _scratch(git, tip) as beside:
        for ref in open_ones:
            yield _brought(beside, remote, ref.removeprefix(prefix), tip, patience, progress, push=push)


def _both_changed(git: Git, tip: str, ref: str) -> bool:
    """Whether a file of the record was changed on both sides since they parted."""
    try:
        parting = git.run("merge-base", tip, ref).strip()
    except GitFailed:
        return False  # nothing in common: the branch of a site, say
    mine, yours = (
        {*git.raw("diff", "--name-only", "-z", "--no-renames", parting, one, "--", "feedback").split(b"\0")} - {b""}
        for one in (tip, ref)
    )
    return bool(mine & yours)


@contextmanager
def _scratch(git: Git, commit: str) -> Iterator[Git]:
    """A second working tree, beside the one that people see."""
    with TemporaryDirectory() as folder:
        place = Path(folder, "branch")
        git.run("worktree", "add", "--quiet", "--detach", str(place), commit)
        try:
            yield Git(place)
        finally:
            git.run("worktree", "remove", "--force", str(place))


def _brought(
    git: Git, remote: str, branch: str, tip: str, patience: Patience, progress: Progress, *, push: bool
) -> Brought:
    """One branch; anew on its fresh tip when somebody else has pushed to it meanwhile."""
    end = patience.clock() + patience.limit_s
    while True:
        try:
            git.run("checkout", "--quiet", "--detach", f"refs/remotes/{remote}/{branch}")
            found = joined(git, git.folder, tip, progress)
        except GitFailed as failed:
            return Brought(branch, "refused", reason=str(failed))
        if found.left:
            git.run("merge", "--abort")
            return Brought(branch, "left", found.left)
        if not push:
            return Brought(branch, "merged")
        try:
            git.run("push", "--quiet", remote, f"HEAD:refs/heads/{branch}")
        except GitFailed as failed:
            if patience.clock() >= end:
                return Brought(branch, "refused", reason=str(failed))
            patience.sleep(_LONGEST_WAIT_S * patience.chance())
            git.run("fetch", "--quiet", remote)
        else:
            return Brought(branch, "merged")
