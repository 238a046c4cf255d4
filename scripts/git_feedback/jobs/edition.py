"""To what an index belongs: the policy, to the byte, and the program that made it, told without loading either.

Of the program every source and catalogue counts with its size and time, so that nobody has to remember a number; of the
libraries the folder that they were installed into.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import git_feedback


def bound(sources: Mapping[str, bytes]) -> str:
    """The mark of a policy's files and of this program: with another mark nothing that was computed counts."""
    return f"{policy_digest(sources)} {code_digest()}"


def policy_digest(sources: Mapping[str, bytes]) -> str:
    """The policy, to the byte and by the names of its files."""
    hashed = sha256()
    for path, content in sorted(sources.items()):
        for part in (path.encode("utf-8", "surrogateescape"), content):
            hashed.update(b"%d\n" % len(part))
            hashed.update(part)
    return hashed.hexdigest()


@cache
def code_digest() -> str:
    """The program as it lay there when this process asked first, its Python, and the state of its libraries."""
    hashed = sha256(sys.version.encode())
    package = Path(git_feedback.__file__).parent
    reader = find_spec("pydantic")
    libraries = Path(reader.origin if reader and reader.origin else package).parents[1].stat()
    hashed.update(f"{package} {libraries.st_mtime_ns} {libraries.st_ino}\n".encode("utf-8", "surrogateescape"))
    for line in sorted(_files(package)):
        hashed.update(line.encode("utf-8", "surrogateescape"))
    return hashed.hexdigest()


def _files(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name != "__pycache__" and entry.is_dir():
                yield from _files(Path(entry.path))
            elif entry.name.endswith((".py", ".po")):
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns}\n"
