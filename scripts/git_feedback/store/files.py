"""The working tree of a desk: where its files lie, read in one order, written whole or not at all."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from git_feedback.model import Item, Problem, ids
from git_feedback.store.items import BadItem, read
from git_feedback.store.plain_files import below, is_item_file, policy_sources


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk in a folder."""

    root: Path

    def item_files(self) -> list[str]:
        """Every item file, from the top of the repository, in the order of names; symlinks are left out."""
        return sorted(path for path in below(self.root, "feedback") if is_item_file(path))

    def attachment_files(self) -> list[str]:
        """Every file that came along, from the top of the repository, in the order of names; symlinks are left out."""
        return sorted(below(self.root, "feedback/attachments"))

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
        """The path and the item of an id; raises KeyError where there is none, BadItem where it is broken.

        ValueError for a text that has not the form of an id.
        """
        path = ids.path(item_id)
        if not _is_plain_file(self.root / path):
            moved = (one for one in self.item_files() if Path(one).stem == item_id)
            path = next(moved, "")
        if not path:
            raise KeyError(item_id)
        return path, read((self.root / path).read_bytes(), file=path)

    def sources(self, folder: str, suffixes: tuple[str, ...] = ()) -> Mapping[str, bytes]:
        """Files below a folder by path from the top, symlinks left out."""
        found = sorted(below(self.root, folder))
        return {path: (self.root / path).read_bytes() for path in found if not suffixes or path.endswith(suffixes)}

    def policy(self) -> Mapping[str, bytes]:
        """The policy's files, templates of words to submitters and the list of recipients among them."""
        return policy_sources(self.root)


def _is_plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.parent.is_symlink()


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
