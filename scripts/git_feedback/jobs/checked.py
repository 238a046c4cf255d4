"""Items that were checked and are well: unchanged, under the same rules, they need not be checked again.

What is kept is a cache beside Git's own files; without it everything is checked, with the same result.  An item stays
well as time goes on: the only check that looks at the clock finds what lies ahead, and that becomes less.
"""

from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b, sha256
from pathlib import Path

from git_feedback.checks import Subject
from git_feedback.store import write_file
from git_feedback.store.sight import cache_folder

NAME = "checked"
_ID, _TIME = 16, 8
_HEAD = 32


class Checked:
    """Items that are known to be well, each since when."""

    def __init__(self, file: Path | None = None, rules: str = "", well: Iterable[tuple[bytes, int]] = ()) -> None:
        self._file, self._rules = file, rules
        self._known = dict(well)
        self._seen: dict[bytes, int] = {}

    @classmethod
    def of(cls, root: Path | None, rules: str) -> "Checked":
        """What is known of a desk under rules of that mark; nothing where there is no place to keep it."""
        folder = cache_folder(root) if root else None
        if folder is None:
            return cls()
        file = folder / NAME
        return cls(file, rules, _read(file, rules))

    def is_well(self, subject: Subject) -> bool:
        """Whether an item was well as it is, at that moment or before."""
        if self._file is None:
            return False
        own = _id(subject)
        since = self._known.get(own)
        if since is None or int(subject.now.timestamp()) < since:
            return False
        self._seen[own] = since
        return True

    def note(self, subject: Subject) -> None:
        """An item was found to be well."""
        if self._file is not None:
            self._seen[_id(subject)] = int(subject.now.timestamp())

    def keep(self) -> None:
        """Keep what was seen, where it is other than what was known; a place that takes nothing is no trouble."""
        if self._file is None or self._seen == self._known:
            return
        rows = (own + since.to_bytes(_TIME, "big", signed=True) for own, since in self._seen.items())
        with suppress(OSError):
            write_file(self._file, _head(self._rules, said := b"".join(rows)) + said, durable=False)


def _read(file: Path, rules: str) -> Iterable[tuple[bytes, int]]:
    try:
        content = file.read_bytes()
    except OSError:
        return []
    head, said = content[:_HEAD], content[_HEAD:]
    if head != _head(rules, said):
        return []
    step = _ID + _TIME
    rows = (said[at : at + step] for at in range(0, len(said), step))
    return [(row[:_ID], int.from_bytes(row[_ID:], "big", signed=True)) for row in rows]


def _head(rules: str, said: bytes) -> bytes:
    """A sum over the rules and all that follows: what is torn, or of other rules, does not count."""
    return sha256(rules.encode() + b"\n" + said).digest()


def _id(subject: Subject) -> bytes:
    """The item's path and bytes in one."""
    hashed = blake2b(subject.file.encode("utf-8", "surrogateescape") + b"\0", digest_size=_ID)
    hashed.update(subject.source)
    return hashed.digest()
