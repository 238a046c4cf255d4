"""Which files below a folder are plain ones, and which of them are items: told without opening any."""

import os
from collections.abc import Iterator
from pathlib import Path

OTHER_RECORDS = (
    "feedback/attachments/",
    "feedback/draws/",
    "feedback/knowledge/",
    "feedback/measures/",
    "feedback/problems/",
    "feedback/training/",
)
"""Folders below feedback/ whose files are no items."""

POLICY = ("policy", (".yml", ".txt"))
"""Where the policy's files lie, and how their names end."""


def is_item_file(path: str) -> bool:
    """Whether a path from the top of the repository should be that of an item, in its right folder or not."""
    return path.startswith("feedback/") and path.endswith((".yml", ".yaml")) and not path.startswith(OTHER_RECORDS)


def plain_files(root: Path, folder: str) -> Iterator[os.DirEntry[str]]:
    """The plain files below a folder; neither files nor folders that are symlinks.  `path` of each is from the root."""
    if (root / folder).is_symlink() or not (root / folder).is_dir():
        return
    with os.scandir(root / folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from plain_files(root, f"{folder}/{entry.name}")
            elif entry.is_file(follow_symlinks=False):
                yield entry


def below(root: Path, folder: str) -> Iterator[str]:
    """The paths of the plain files below a folder, from the root."""
    return (entry.path.removeprefix(f"{root}/") for entry in plain_files(root, folder))


def policy_sources(root: Path) -> dict[str, bytes]:
    """The policy's files by path, in the order of names."""
    folder, endings = POLICY
    return {path: (root / path).read_bytes() for path in sorted(below(root, folder)) if path.endswith(endings)}


def is_plain(root: Path, path: str) -> bool:
    """Whether a plain file is there, and no folder on the way to it is a symlink."""
    place = root
    for part in path.split("/")[:-1]:
        place /= part
        if place.is_symlink():
            return False
    last = root / path
    return last.is_file() and not last.is_symlink()
