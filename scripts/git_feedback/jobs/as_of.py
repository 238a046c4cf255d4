"""A look back: the desk as it stood at a commit, laid out in a folder that Git takes for a checkout of that commit.

Whatever reads a working tree reads that folder instead, so a site of then is made as today's is.  Every file comes from
the commit's own tree; a link is left out there as it is passed over here.  The folder borrows the repository's objects
and is no worktree that the repository knows of: it may be deleted at any time.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from git_feedback.store import Git, GitFailed, write_file

HELD = (".gitattributes", "feedback", "mkdocs.yml", "mkdocs.zh.yml", "policy", "reports", "site")
"""What a site is made from."""
_PLAIN = ("100644", "100755")
_AT_ONCE = 32 << 20


class NothingByThen(GitFailed):
    """A desk had no commit yet; `first` is the day of its first one."""

    def __init__(self, day: date, first: date) -> None:
        super().__init__(f"nothing was committed by {day}")
        self.day, self.first = day, first


def day_named(given: str | None) -> date | None:
    """The day in `2026-11-01`; None for anything else, such as the name of a commit."""
    try:
        found = date.fromisoformat(given or "")
    except ValueError:
        return None
    return found if found.isoformat() == given else None


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day."""
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(seconds=1)


def last_commit(git: Git, day: date, zone: ZoneInfo) -> str:
    """The last commit on the first-parent line of HEAD that was made by the end of a day.

    Raises NothingByThen, NoSuchCommit in a repository without commits.
    """
    head = git.commit_named("HEAD")
    by = int(end_of(day, zone).timestamp())
    found = git.run("rev-list", "--first-parent", "--max-count=1", f"--min-age={by}", head).strip()
    if not found:
        first = git.run("rev-list", "--first-parent", "--max-parents=0", head).split()[-1:] or [head]
        raise NothingByThen(day, committed(git, first[0]).astimezone(zone).date())
    return found


def committed(git: Git, commit: str) -> datetime:
    """When a commit was made, in the zone of whoever made it."""
    return datetime.fromisoformat(git.run("show", "--no-patch", "--format=%cI", commit).strip())


# ---- the folder -----------------------------------------------------------------------------------------------------


def laid_out(git: Git, commit: str, folder: Path) -> Path:
    """The desk as it stood at `commit` (a full id), below `folder`; the path of its top.

    Raises GitFailed.  What lies in the folder already is taken over where it is the same.
    """
    top, inside = folder / "desk", git.run("rev-parse", "--show-prefix").rstrip("\n")
    _borrow(git, commit, top, folder / "git")
    Git(top).run("read-tree", commit)  # refuses names that lead elsewhere
    listed = list(_listed(git, commit))
    _clear(top, {".git", *(f"{inside}{one.path}" for one in listed)})
    for path, content in _files(git, listed):
        write_file(top / inside / path, content, durable=False)
    return top / inside


def _clear(top: Path, held: Collection[str]) -> None:
    """Take away everything below a folder that is not held, and folders that are empty then: a file may want its place."""
    for folder, folders, files in os.walk(top, topdown=False):
        here = Path(folder)
        for path in (here / name for name in (*files, *folders)):
            if path.is_dir() and not path.is_symlink():
                with suppress(OSError):  # it is not empty
                    path.rmdir()
            elif path.relative_to(top).as_posix() not in held:
                path.unlink()


def _borrow(git: Git, commit: str, top: Path, own: Path) -> None:
    """Make `own` a folder that Git takes for the `.git` of a checkout in `top`: its own head, all else the repository's."""
    common = (git.folder / git.run("rev-parse", "--git-common-dir").rstrip("\n")).resolve()
    write_file(top / ".git", f"gitdir: ../{own.name}\n".encode(), durable=False)
    write_file(own / "HEAD", f"{commit}\n".encode(), durable=False)
    write_file(own / "commondir", f"{common}\n".encode("utf-8", "surrogateescape"), durable=False)


class _Blob(NamedTuple):
    """A file of a commit: where it lay, the id and the length of what it held."""

    path: str
    id: str
    size: int


def _files(git: Git, listed: Iterable[_Blob]) -> Iterator[tuple[str, bytes]]:
    """The plain files of a commit that a site is made from, some at a time."""
    waiting: dict[str, str] = {}
    size = 0
    for one in listed:
        waiting[one.path] = one.id
        size += one.size
        if size > _AT_ONCE:
            yield from git.contents(waiting).items()
            waiting, size = {}, 0
    yield from git.contents(waiting).items()


def _listed(git: Git, commit: str) -> Iterator[_Blob]:
    """Plain files only: a link would publish what it points to, and another repository is not this one."""
    for row in filter(None, git.run("ls-tree", "-r", "-l", "-z", commit, "--", *HELD).split("\0")):
        kind, _, path = row.partition("\t")
        mode, _, blob, size = kind.split()
        if mode in _PLAIN and "\\" not in path:
            yield _Blob(path, blob, int(size))
