"""A table of any format: a header and rows of cells; how it is read by a mapping is the same for all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from git_feedback.intake.rows import Remark, Row
from git_feedback.intake.sources import Source, mapping_of
from git_feedback.intake.tables.header import against, names
from git_feedback.intake.tables.mapping import Cells
from git_feedback.intake.tables.table import submission
from git_feedback.model import Bad, Problem

MOST_ROWS = 200_000
MOST_BYTES = 100_000_000
"""How large a file may be, unpacked."""
Grid = Iterator[list[str] | Remark]
"""Rows of cells by their place, header first; a Remark is a row that cannot be read (its number is not known here)."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: the names of its columns, and its rows once, in order."""

    header: Sequence[str]
    rows: Iterator[Cells | Remark]
    remarks: tuple[Remark, ...] = ()
    """What people should know about the file as a whole."""


Opener = Callable[[Source], Table]
"""Opens a file as a table; raises Bad when the file as a whole cannot be read."""


def small_enough(content: bytes, most: int = MOST_BYTES) -> bytes:
    """The content; raises Bad where there is more of it than is read at once."""
    if len(content) > most:
        raise Bad([Problem("", 1, 1, "table-too-large", {"bytes": len(content), "most": most})])
    return content


def table(grid: Grid, header_rows: int, remarks: tuple[Remark, ...] = ()) -> Table:
    """A grid as a table: rows that say nothing are none, and the first that say something are the header."""
    rows = (row for row in grid if isinstance(row, Remark) or any(cell.strip() for cell in row))
    head = list(islice(rows, header_rows))
    bad = next((row for row in head if isinstance(row, Remark)), None)
    if bad:
        raise Bad([Problem("", 1, 1, bad.code, bad.values)])
    header = names([row for row in head if not isinstance(row, Remark)])
    return Table(header, _by_column(header, rows), remarks)


def _by_column(header: Sequence[str], rows: Iterable[list[str] | Remark]) -> Iterator[Cells | Remark]:
    for row in rows:
        if isinstance(row, Remark):
            yield row
        elif len(row) != len(header):
            yield Remark(0, "wrong-number-of-cells", {"cells": len(row), "columns": len(header)})
        else:
            yield dict(zip(header, row, strict=True))


def rows(opened: Table, source: Source) -> Iterator[Row]:
    """Each data row in order, by the source's mapping.  Raises Bad when the table lacks a column."""
    mapping = against(mapping_of(source), opened.header)
    remarks = opened.remarks
    for number, cells in enumerate(opened.rows, 1):
        if number > MOST_ROWS:
            yield Row(number, None, (Remark(number, "too-many-rows", {"most": MOST_ROWS}),))
            return
        if isinstance(cells, Remark):
            yield Row(number, None, (Remark(number, cells.code, cells.values),))
        elif (row := submission(number, cells, mapping, source.policy.desk)) is not None:
            yield row if not remarks else _with(row, remarks)
            remarks = ()


def _with(row: Row, remarks: tuple[Remark, ...]) -> Row:
    """The first row that is one tells what is to be known about the file."""
    told = tuple(Remark(row.number, one.code, one.values) for one in remarks)
    return replace(row, remarks=(*told, *row.remarks))
