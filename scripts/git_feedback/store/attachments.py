"""Files that came along, kept by their hash: in Git itself, or as pointers of Git LFS to where they are.

A pointer says the hash and the size of what it stands for, so every rule holds for it as for the file.
"""

import re
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from git_feedback.store.files import write_file

_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,15})\n"
)
_POINTER_MOST = 1024
_FOLDER = "feedback"


@dataclass(frozen=True, slots=True)
class Holding:
    """What lies at a path: hash and size of the file, or of the one that a pointer stands for."""

    digest: str
    size: int
    is_pointer: bool = False


def held(content: bytes) -> Holding:
    """What these bytes are, or stand for."""
    found = _POINTER.fullmatch(content) if len(content) <= _POINTER_MOST else None
    if found:
        return Holding(found[1].decode(), int(found[2]), is_pointer=True)
    return Holding(sha256(content).hexdigest(), len(content))


def holding(path: Path) -> Holding | None:
    """What lies at a path; None where no plain file is, or it cannot be read."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        size = path.stat().st_size
        if size <= _POINTER_MOST:
            return held(path.read_bytes())
        with path.open("rb") as file:
            return Holding(file_digest(file, "sha256").hexdigest(), size)
    except OSError:
        return None


def plain_size(path: Path) -> int | None:
    """The bytes of a plain file that is there itself; None for a link, a pointer, nothing."""
    if path.is_symlink() or not path.is_file():
        return None
    size = path.stat().st_size
    return None if size <= _POINTER_MOST and held(path.read_bytes()).is_pointer else size


def write_attachment(root: Path, path: str, content: bytes) -> bool:
    """Put a file where its hash says (`attachments/ab/HASH.png`), whole or not at all; False when it is there already.

    It is there as well where a pointer stands for it: fetching it is for Git LFS.
    """
    there = holding(root / _FOLDER / path)
    if there and there == Holding(sha256(content).hexdigest(), len(content), there.is_pointer):
        return False
    return write_file(root / _FOLDER / path, content)
