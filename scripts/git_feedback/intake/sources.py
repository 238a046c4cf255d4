"""What a format is given to read, and what a format is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from git_feedback.intake.rows import Row
from git_feedback.intake.tables.mapping import Mapping
from git_feedback.policy import Policy


@dataclass(frozen=True, slots=True)
class Source:
    """A file that arrived: its bytes, its name (words, never a path to follow), when it is read, and by which rules."""

    content: bytes
    name: str
    policy: Policy
    now: datetime
    mapping: Mapping | None = None
    """How its columns are read; every format with `maps` has one."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way in: bytes to rows.  `read` raises Bad when the file as a whole cannot be read."""

    read: Callable[[Source], Iterator[Row]]
    maps: bool = False
    """Whether a mapping file says what its columns are."""
    suffixes: tuple[str, ...] = ()
    """Endings of names by which a folder's files are known to be of this format."""


def mapping_of(source: Source) -> Mapping:
    """The mapping of a table; whoever asks for a format with `maps` gives one."""
    if source.mapping is None:
        raise ValueError("a table is read by a mapping")
    return source.mapping
