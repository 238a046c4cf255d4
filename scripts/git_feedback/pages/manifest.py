"""What stands in a folder, written down beside it: of each file its size, when it was written, what it holds, its key.

With it a build knows without reading a file that it is still the one that was written.  What cannot be used (torn, of
another edition of this program, of another kind) is passed over: then files are read and compared again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from git_feedback.pages.editions import of_code

_FIRST = "git-feedback manifest 1"


class Entry(NamedTuple):
    """One file: `written` is its modification time in nanoseconds, `holds` the letters of its content.

    `key` stands for what the content was made from; empty where that is not known.
    """

    size: int
    written: int
    holds: str
    key: str = ""


class Manifest:
    """The entries of a folder by path."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        """Take rows as `read` finds them; each is understood when somebody asks for it."""
        self._rows = rows

    def get(self, path: str) -> Entry | None:
        """The entry of a file; None where there is none, or none that can be understood."""
        size, _, rest = self._rows.get(path, "").partition("\t")
        written, _, rest = rest.partition("\t")
        holds, _, key = rest.partition("\t")
        if not (size.isdecimal() and written.isdecimal() and holds):
            return None
        return Entry(int(size), int(written), holds, key)


NOTHING = Manifest({})


def read(place: Path) -> Manifest:
    """The manifest at `place`; an empty one where there is none that can be used."""
    try:
        first, *rows, last, rest = place.read_bytes().decode().split("\n")
    except (OSError, ValueError):
        return NOTHING
    if place.is_symlink() or first != _heading() or last != _end(len(rows)) or rest:
        return NOTHING
    return Manifest(dict(row.split("\t", 1) for row in rows if "\t" in row))


def write(place: Path, entries: Mapping[str, Entry]) -> None:
    """Leave the entries at `place`, in one step."""
    rows = [f"{path}\t{size}\t{at}\t{holds}\t{key}" for path, (size, at, holds, key) in entries.items() if _fits(path)]
    temporary = place.with_name(place.name + ".fb-writing")
    temporary.unlink(missing_ok=True)
    temporary.write_bytes("\n".join([_heading(), *rows, _end(len(rows)), ""]).encode())
    temporary.replace(place)


def _fits(path: str) -> bool:
    return "\t" not in path and "\n" not in path


def _heading() -> str:
    return f"{_FIRST} {of_code()}"


def _end(count: int) -> str:
    return f"end {count}"
