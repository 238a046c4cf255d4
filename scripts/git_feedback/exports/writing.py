"""How rows get to a target: told a part at a time, in whatever process, and put down in one.

A part is bytes, so that rows can be told by another process than the one that writes; what they mean is the target's.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import NamedTuple, Protocol

from git_feedback.exports.rows import Row
from git_feedback.exports.schema import TABLES, Table
from git_feedback.exports.star import Star

BATCH = 5_000
"""Rows in a part."""


class Part(NamedTuple):
    """Some rows of a table as its target wants them: how many, and what they are."""

    table: Table
    rows: int
    told: bytes


Put = Callable[[Part], None]


class Target(Protocol):
    """Where an export goes."""

    def prepare(self) -> None:
        """Raise whatever would keep it from being written, as far as that shows before anything is computed."""

    def told(self, table: Table, rows: Sequence[Row]) -> bytes:
        """Rows as this target wants them."""

    def open(self) -> AbstractContextManager[Put]:
        """Where parts go, in any order; what was there before is replaced when all are there, and not earlier."""


def parts(table: Table, rows: Iterable[Row], target: Target) -> Iterator[Part]:
    """The rows of a table, a part at a time."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield Part(table, len(batch), target.told(table, batch))


def parts_of(star: Star, tables: Iterable[Table], target: Target) -> Iterator[Part]:
    """The rows of some tables, one table after the other."""
    for table in tables:
        yield from parts(table, star.rows(table.name), target)


def put_all(given: Iterable[Part], put: Put, counts: dict[str, int]) -> None:
    """Put parts down, and count their rows by table."""
    for part in given:
        put(part)
        counts[part.table.name] += part.rows


def write(star: Star, target: Target) -> dict[str, int]:
    """Write every table, in this process.  Gives the rows by table."""
    counts = {table.name: 0 for table in TABLES}
    target.prepare()
    with target.open() as put:
        put_all(parts_of(star, TABLES, target), put, counts)
    return counts
