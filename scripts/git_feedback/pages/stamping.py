"""Putting pages where they belong: only what changed is written, in one step each; what is gone is deleted.

No symlink is followed, neither when reading what a builder left nor when writing: a link found in the tree is removed.
"""

import os
import re
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import NamedTuple

from git_feedback.pages.editions import letters
from git_feedback.pages.manifest import NOTHING, Entry, Manifest

_TEMPORARY = ".fb-writing"
_PART = r"(?!\.{1,2}(?:/|$))[^/\\\x00]+"
_PLACE = re.compile(rf"{_PART}(?:/{_PART})*")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Took(NamedTuple):
    """What was put into a folder by another hand: where, what is known of it, how much was written and was there."""

    put: set[str]
    entries: dict[str, Entry]
    written: int
    same: int


class Tree:
    """A folder that shall hold exactly the files put into it.

    `put` every file, then `close`; `written`, `same` and `removed` count what happened.  With a manifest of what an
    earlier build left, files that stand as it left them are neither read nor, where their key is known, made.
    """

    def __init__(self, top: Path, known: Manifest = NOTHING) -> None:
        """Take stock of `top`, which is made when it is missing; symlinks below it are removed."""
        _plain_folder(top)
        self.start()
        self._known = known
        self._top = os.fspath(top)
        self._stock = set(_stock(self._top, ""))
        self._folders = {"", *(path.rpartition("/")[0] for path in self._stock)}

    def start(self) -> None:
        """Nothing has been put yet."""
        self.written = self.same = self.removed = 0
        self.entries: dict[str, Entry] = {}
        self._put: set[str] = set()

    def keep(self, path: str, key: str) -> bool:
        """Have what is at `path` stay there if it was made from `key`; False when it is not, or nobody can tell."""
        known = self._known.get(path)
        if known is None or not key or known.key != key or not self._stands(path, known):
            return False
        self._claim(path)
        self.same += 1
        return True

    def put(self, path: str, content: bytes, key: str = "") -> bool:
        """Have `content`, made from `key`, at `path` (relative, with slashes); False when it is there already.

        Raises ValueError for a path that leads out of the tree or was put before: both are our mistakes.
        """
        self._claim(path)
        if self._holds(path, content, key):
            self.same += 1
            return False
        self._make_folder(path.rpartition("/")[0])
        found = _replace(f"{self._top}/{path}", content)
        self.entries[path] = Entry(found.st_size, found.st_mtime_ns, letters(content), key)
        self.written += 1
        return True

    def copy(self, path: str, size: int, source: Path) -> bool:
        """Have the content of a file at `path`, whose name says its content; False when one of that size is there."""
        self._claim(path)
        if path in self._stock and Path(self._top, path).stat().st_size == size:
            self.same += 1
            return False
        self._make_folder(path.rpartition("/")[0])
        _replace(f"{self._top}/{path}", source.read_bytes())
        self.written += 1
        return True

    def other_hand(self) -> "Tree":
        """The same folder for somebody who puts other files into it at the same time; `take` what it `took`."""
        other = copy(self)
        other.start()
        return other

    @property
    def took(self) -> Took:
        """What was put here."""
        return Took(self._put, self.entries, self.written, self.same)

    def take(self, other: Took) -> None:
        """Know what another hand put here.  Raises ValueError where both put the same."""
        if twice := self._put & other.put:
            raise ValueError(f"two files want to be {min(twice)!r}")
        self._put |= other.put
        self.entries |= other.entries
        self.written += other.written
        self.same += other.same

    def has(self, path: str) -> bool:
        """Whether something was put at `path`."""
        return path in self._put

    def close(self) -> None:
        """Delete what was there and was not put, and the folders that are empty then."""
        for path in self._stock - self._put:
            Path(self._top, path).unlink(missing_ok=True)  # a half written file may have been taken over
            self.removed += 1
        _prune(self._top)

    def _holds(self, path: str, content: bytes, key: str) -> bool:
        """Whether the content stands at a path; then that is noted."""
        if path not in self._stock:
            return False
        known = self._known.get(path)
        if known and known.size == len(content) and known.holds == letters(content):
            return self._stands(path, known._replace(key=key))
        found = _same(f"{self._top}/{path}", content)
        if found:
            self.entries[path] = Entry(found.st_size, found.st_mtime_ns, letters(content), key)
        return found is not None

    def _stands(self, path: str, known: Entry) -> bool:
        """Whether a file is the one that is known; then that is noted.  One that was touched or moved is read."""
        if path not in self._stock:
            return False
        target = f"{self._top}/{path}"
        found = os.stat(target, follow_symlinks=False)  # noqa: PTH116
        if found.st_size != known.size:
            return False
        if found.st_mtime_ns != known.written:
            if letters(Path(target).read_bytes()) != known.holds:
                return False
            known = known._replace(written=found.st_mtime_ns)
        self.entries[path] = known
        return True

    def _claim(self, path: str) -> None:
        if not _PLACE.fullmatch(path):
            raise ValueError(f"{path!r} is no place in a site")
        if path in self._put:
            raise ValueError(f"two files want to be {path!r}")
        self._put.add(path)

    def _make_folder(self, folder: str) -> None:
        if folder in self._folders:
            return
        full = Path(self._top)
        for part in folder.split("/"):
            full /= part
            if full.is_file():
                full.unlink()
                self._stock.discard(full.relative_to(self._top).as_posix())
                self.removed += 1
            full.mkdir(exist_ok=True)
        self._folders.add(folder)


def contents(top: Path) -> Iterator[tuple[str, bytes]]:
    """Every regular file below `top` with its path, in order; symlinks are passed over."""
    for path in sorted(_walk(os.fspath(top), "", _passed_over)):
        yield path, (top / path).read_bytes()


def _stock(top: str, prefix: str) -> Iterator[str]:
    return _walk(top, prefix, os.unlink)


def _walk(top: str, prefix: str, on_link: Callable[[str], None]) -> Iterator[str]:
    with os.scandir(f"{top}/{prefix}") as entries:
        for entry in entries:
            if entry.is_symlink():
                on_link(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                yield from _walk(top, f"{prefix}{entry.name}/", on_link)
            elif entry.is_file(follow_symlinks=False):
                yield prefix + entry.name


def _passed_over(_path: str) -> None:
    """What reading does with a symlink."""


def _plain_folder(top: Path) -> None:
    """Make `top` a folder of its own; a symlink in its place would let the site be written elsewhere."""
    if top.is_symlink():
        top.unlink()
    top.mkdir(parents=True, exist_ok=True)


def _replace(target: str, content: bytes) -> os.stat_result:
    """Write beside the target, then rename: nobody ever reads half a page."""
    temporary = target + _TEMPORARY
    with os.fdopen(os.open(temporary, _NEW, 0o644), "wb", buffering=0) as file:
        file.write(content)
        found = os.fstat(file.fileno())
    os.replace(temporary, target)  # noqa: PTH105
    return found


def _same(path: str, content: bytes) -> os.stat_result | None:
    """What is known of the file if it holds the content, else None."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        found = os.fstat(file.fileno())
        return found if found.st_size == len(content) and file.read() == content else None


def _prune(top: str) -> None:
    for folder, _, _ in os.walk(top, topdown=False):
        if folder != top and not os.listdir(folder):  # noqa: PTH208
            os.rmdir(folder)  # noqa: PTH106
