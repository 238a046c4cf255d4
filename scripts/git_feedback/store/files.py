"""The working tree of a desk: where its files lie, read in one order, written whole or not at all."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from git_feedback.model import Item, Problem, ids
from git_feedback.store.items import BadItem, read


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk in a folder."""

    root: Path

    def item_files(self) -> list[str]:
        """Every item file, from the top of the repository, in the order of names; symlinks are left out."""
        found = []
        for year in _folders(self.root / "feedback"):
            for month in _folders(year):
                names = (entry.name for entry in os.scandir(month) if entry.is_file(follow_symlinks=False))
                found += [f"feedback/{year.name}/{month.name}/{name}" for name in names if name.endswith(".yml")]
        return sorted(found)

    def items(self, paths: list[str] | None = None) -> Iterator[tuple[str, Item | BadItem]]:
        """Each file's path and its item, or what is wrong with it."""
        for path in self.item_files() if paths is None else paths:
            try:
                yield path, read((self.root / path).read_bytes(), file=path)
            except BadItem as bad:
                yield path, bad
            except OSError as error:
                yield path, BadItem([Problem(path, 1, 1, "unreadable-file", {"reason": error.strerror or str(error)})])

    def item(self, item_id: str) -> tuple[str, Item]:
        """The path and the item of an id; raises KeyError where there is none, BadItem where it is broken."""
        path = ids.path(item_id)
        full = self.root / path
        if not full.is_file():
            moved = next((self.root / "feedback").glob(f"*/*/{item_id}.yml"), None)
            if moved is None:
                raise KeyError(item_id)
            full, path = moved, moved.relative_to(self.root).as_posix()
        return path, read(full.read_bytes(), file=path)

    def sources(self, folder: str, suffixes: tuple[str, ...] = ()) -> Mapping[str, bytes]:
        """Files below a folder by path from the top, symlinks left out."""
        top = self.root / folder
        found = (path for path in sorted(top.rglob("*")) if path.is_file() and not path.is_symlink())
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in found
            if not suffixes or path.suffix in suffixes
        }

    def policy(self) -> Mapping[str, bytes]:
        """The policy's files."""
        return self.sources("policy", (".yml",))


def _folders(top: Path) -> list[Path]:
    if not top.is_dir():
        return []
    return sorted(path for path in top.iterdir() if path.name.isdigit() and path.is_dir() and not path.is_symlink())


def write_file(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Put `content` at `path` in one step (temporary file, fsync, rename); False when it is there already.

    Thousands of new files at once (an import that can be run again) need not wait for the disk: `durable=False`.
    """
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as temporary:
        try:
            temporary.write(content)
            temporary.flush()
            if durable:
                os.fsync(temporary.fileno())
            Path(temporary.name).chmod(0o644)
            Path(temporary.name).replace(path)
        except BaseException:
            Path(temporary.name).unlink(missing_ok=True)
            raise
    return True
