"""A write that many do at once: pull, write, push; whoever was slower drops the own commit and writes anew on the fresh tip.

Tries are not counted: where several push without pause, one of them may need a hundred.  Time decides.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from git_feedback.jobs import keys_shared
from git_feedback.store import Git, GitFailed, Keys

Result = TypeVar("Result")

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.2, 5.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try, and where time and chance come from."""

    limit_s: float
    clock: Callable[[], float]
    """Seconds of a clock that never goes back."""
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    """A number from 0 to 1: without it, all who failed together would try again together."""


def written_and_pushed(git: Git, write: Callable[[], Result], patience: Patience) -> Result:
    """What `write` gave the time its commit reached the other side; `write` commits, or finds nothing left to do.

    Keys that `write` made for items go along, both or neither.  Raises GitFailed when the first pull failed, or no push
    came through within the time; the own commit is dropped then and its keys with it, as if nothing had been done.
    Commits and keys that were here before stay and are pushed along.
    """
    end = patience.clock() + patience.limit_s
    wait_s = _FIRST_WAIT_S
    _pull(git)
    while True:
        before, keys = git.head(), Keys(git).names()
        result = write()
        own = Keys(git).names().items() - keys.items()
        try:
            _push(git)
        except GitFailed:
            git.run("reset", "--quiet", "--keep", before)
            _drop_keys(Keys(git), dict(own))
            if patience.clock() >= end:
                raise
        else:
            return result
        patience.sleep(wait_s * patience.chance())
        wait_s = min(2 * wait_s, _LONGEST_WAIT_S)
        with suppress(GitFailed):  # a push on the old tip fails next, and that is tried again
            _pull(git)


def _push(git: Git) -> None:
    remote, _ = upstream(git)
    if has_keys_for(git, remote):
        keys_shared.fetched(git, remote)
    push(git)


def push(git: Git) -> bool:
    """Push what is ahead of the other side, keys together with commits; whether there was anything.  Raises GitFailed."""
    remote, branch = upstream(git)
    if has_keys_for(git, remote) and keys_shared.is_ahead(git, remote):
        keys_shared.pushed(git, remote, branch)
        return True
    if not git.run("rev-list", "--max-count=1", "@{upstream}..HEAD").strip():
        return False
    git.run("push", "--quiet")
    return True


def upstream(git: Git) -> tuple[str, str]:
    """The other side of the branch that is checked out, and the branch there.  Raises GitFailed when there is none."""
    git.run("rev-parse", "--verify", "--quiet", "@{upstream}")
    form = "--format=%(upstream:remotename) %(upstream:remoteref)"
    remote, _, branch = git.run("for-each-ref", form, git.run("symbolic-ref", "HEAD").strip()).strip().partition(" ")
    return remote, branch


def has_keys_for(git: Git, remote: str) -> bool:
    """Whether this clone has keys to share; a branch that follows another one here has no other side."""
    return remote != "." and bool(Keys(git).commit())


def _drop_keys(keys: Keys, own: Mapping[str, str]) -> None:
    if own:
        keys.change(lambda there: dict(there.items() - own.items()))
        keys.forget(own.values())


def _pull(git: Git) -> None:
    """The fresh tip under whatever was committed here; a conflict leaves everything as it was."""
    try:
        git.run("pull", "--quiet", "--rebase")
    except GitFailed:
        if _is_rebasing(git):
            git.run("rebase", "--abort")
        raise


def _is_rebasing(git: Git) -> bool:
    names = ("rebase-merge", "rebase-apply")
    return any((git.folder / git.run("rev-parse", "--git-path", name).strip()).exists() for name in names)
