"""A desk that is looked at while people work on it: what changed on disk, and only that read again."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from git_feedback.checks import Subject
from git_feedback.jobs import edition
from git_feedback.jobs.reading import Whole, load_policy
from git_feedback.model import Problem
from git_feedback.policy import Policy
from git_feedback.store import BadItem, Desk, Git, is_item_file, read

Stamp = tuple[int, int, int, int]
"""Size, times of the last change of content and of anything else, and the file's own number: a file that was saved
differs in one of them, also when it is as long as before and was saved within one tick of the disk's clock."""
Stamps = Mapping[str, Stamp]
FOLDERS = ("feedback", "policy", "reports", "site")
FILES = ("mkdocs.yml", "mkdocs.zh.yml")


def beside(git: Git) -> tuple[Path, ...]:
    """Git's own files that tell of a commit, and of a page that was added: a page is published once Git knows it."""
    named = git.run("rev-parse", "--git-path", "index", "--git-path", "logs/HEAD").splitlines()
    return tuple(git.folder / name for name in named)


def stamps(root: Path, more: tuple[Path, ...] = ()) -> dict[str, Stamp]:
    """How everything that the site is made from lies on disk; what vanishes meanwhile is not there."""
    found = {path: stamp for folder in FOLDERS for path, stamp in _below(f"{root}/{folder}", folder)}
    for path in (*(root / name for name in FILES), *more):
        if path.is_file():
            found[path.name] = _stamp(path.stat())
    return found


def _below(full: str, folder: str) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(full) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    yield from _below(entry.path, path)
                else:
                    yield path, _stamp(entry.stat(follow_symlinks=False))
    except OSError:
        return


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


class Shelf:
    """The items of a working tree as they were read; one that lies as it lay is not read again."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._rules: tuple[str, Policy] | None = None
        self._read: dict[str, tuple[Stamp, Subject | tuple[Problem, ...]]] = {}

    def whole(self, seen: Stamps, now: datetime) -> Whole:
        """The desk as `seen`, from `stamps`, found it.  Raises NoPolicy."""
        sources = Desk(self._root).policy()
        mark = edition.bound(sources)
        if self._rules is None or self._rules[0] != mark:
            self._rules = mark, load_policy(sources)
        paths = [path for path in Desk(self._root).item_files() if path in seen and is_item_file(path)]
        self._read = {path: (seen[path], self._of(path, seen[path], now)) for path in paths}
        found = [one for _, one in self._read.values()]
        subjects = tuple(one for one in found if isinstance(one, Subject))
        broken = tuple(problem for one in found if not isinstance(one, Subject) for problem in one)
        return Whole(subjects, broken, self._rules[1], self._root, mark)

    def _of(self, path: str, stamp: Stamp, now: datetime) -> Subject | tuple[Problem, ...]:
        before, one = self._read.get(path, (None, ()))
        if before != stamp:
            return _looked_at(self._root, path, now)
        if isinstance(one, Subject) and one.now != now:
            return replace(one, now=now)
        return one


def _looked_at(root: Path, path: str, now: datetime) -> Subject | tuple[Problem, ...]:
    """An item, or what is wrong with its file."""
    try:
        content = (root / path).read_bytes()
        return Subject(read(content, file=path), path, content, now)
    except BadItem as bad:
        return bad.problems
    except OSError as error:
        return (Problem(path, 1, 1, "unreadable-file", {"reason": error.strerror or str(error)}),)
