"""A bare repository on a machine of one's own: what a push brought is checked, and the work clone beside it follows.

What people push are names and commits on standard input; they are compared here and never reach a shell.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from git_feedback.store import Git, GitFailed, write_file

SETTING = "feedback.work"
"""Where a bare repository notes which clone follows it."""
_ROW = re.compile(rb"([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (refs/[^\n]*)")
_NOBODY = re.compile(r"0+")
_HOOK = """#!/bin/sh
# Made by `git feedback post-receive --install`: checks what came, and has the work clone and its site follow.
# Names of branches come on standard input; no shell sees them.  A push is never refused from here.
{program} post-receive
exit 0
"""
_MARK = b"# Made by `git feedback post-receive --install`"


class ForeignHook(Exception):
    """Another hook is there already."""


class NotBare(Exception):
    """The folder is no bare repository."""


@dataclass(frozen=True, slots=True)
class Came:
    """What a push changed on the desk's branch; `old` is empty where the branch is new."""

    old: str
    new: str


def came(rows: bytes, branch: str) -> Came | None:
    """What the rows of a post-receive hook say of the desk's branch; None where it stayed, or was deleted."""
    for row in rows.split(b"\n"):
        found = _ROW.fullmatch(row)
        if found is None or found[3] != f"refs/heads/{branch}".encode():
            continue
        old, new = (found[1].decode(), found[2].decode())
        return None if _NOBODY.fullmatch(new) else Came("" if _NOBODY.fullmatch(old) else old, new)
    return None


def branch_of(bare: Git) -> str:
    """The branch on which the desk lives.  Raises GitFailed."""
    return bare.run("symbolic-ref", "--short", "HEAD").strip()


def work_of(bare: Git) -> Path | None:
    """The clone that follows; None where none was named."""
    try:
        return Path(bare.run("config", "--type=path", SETTING).rstrip("\n"))
    except GitFailed:
        return None


@contextmanager
def laid_out(bare: Git, commit: str) -> Iterator[Path]:
    """The files of a commit in a folder of their own, with the repository's history behind them.  Raises GitFailed."""
    with TemporaryDirectory(prefix="git-feedback-") as folder:
        place = Path(folder, "desk")
        bare.run("worktree", "add", "--quiet", "--detach", str(place), commit)
        try:
            yield place
        finally:
            bare.run("worktree", "remove", "--force", str(place))


def follow(work: Git) -> None:
    """Bring the clone to the tip of what it follows; what it has not pushed yet stays on top.  Raises GitFailed."""
    try:
        work.run("pull", "--quiet", "--rebase")
    except GitFailed:
        if any((work.folder / work.run("rev-parse", "--git-path", name).strip()).exists() for name in _OPEN):
            work.run("rebase", "--abort")
        raise


_OPEN = ("rebase-merge", "rebase-apply")


def install(bare: Git, work: Path, program: Sequence[str]) -> list[Path]:
    """Put the hook into a bare repository and make the clone that follows, where it is not there; what was written.

    Pushes that rewrite history are refused from then on (Git refuses by itself to delete the branch of the desk).  Raises NotBare, ForeignHook, GitFailed.
    """
    try:
        is_bare = bare.run("rev-parse", "--is-bare-repository").strip() == "true"
    except GitFailed:
        is_bare = False
    if not is_bare:
        raise NotBare
    top = (bare.folder / bare.run("rev-parse", "--git-dir").strip()).resolve()
    hook = top / "hooks" / "post-receive"
    if hook.exists() and _MARK not in hook.read_bytes():
        raise ForeignHook
    written = []
    if not work.exists():
        bare.run("clone", "--quiet", str(top), str(work))
        written.append(work)
    for key, value in ((SETTING, str(work)), ("receive.denyNonFastForwards", "true")):
        bare.run("config", key, value)
    if write_file(hook, _HOOK.format(program=shlex.join(program)).encode()):
        written.append(hook)
    hook.chmod(0o755)
    return written
