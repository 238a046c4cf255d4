"""Rows of a CSV file: BOM, CRLF, quotes and newlines in cells are taken as they come.

A quote that is never closed would swallow every row after it in silence, so quotes are read strictly.
"""

import csv
import io
from collections.abc import Iterator

from git_feedback.intake.mapping import Mapping
from git_feedback.intake.rows import Remark, Row
from git_feedback.intake.table import submission
from git_feedback.model import Bad, Problem

MOST = 1_000_000
"""Characters a cell may have; a row with more is refused."""


def read(source: bytes, mapping: Mapping) -> Iterator[Row]:
    """Each data row in order.  Raises Bad when the file as a whole cannot be read or lacks a column."""
    for number, cells in enumerate(table(source, mapping), 1):
        if isinstance(cells, Remark):
            yield Row(number, None, (Remark(number, cells.code, cells.values),))
        else:
            yield submission(number, cells, mapping)


def table(source: bytes, mapping: Mapping) -> Iterator[dict[str, str] | Remark]:
    """The cells of each data row by column, or what is wrong with the row.  Raises Bad as `read` does."""
    csv.field_size_limit(MOST)
    reader = csv.reader(io.StringIO(_decoded(source), newline=""), strict=True)
    header = _header(reader, mapping)
    for cells in _rows(reader):
        if isinstance(cells, csv.Error):
            yield Remark(0, "bad-row", {"reason": str(cells)})
        elif len(cells) != len(header):
            yield Remark(0, "wrong-number-of-cells", {"cells": len(cells), "columns": len(header)})
        else:
            yield dict(zip(header, cells, strict=True))


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str] | csv.Error]:
    """Rows that say something, and for each that cannot be read the reason."""
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error
        else:
            if any(cell.strip() for cell in cells):
                yield cells


def _decoded(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig").replace("\0", "[U+0000]")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise Bad([Problem("<csv>", line, 1, "not-utf8", {"byte": f"0x{source[error.start]:02X}"})]) from None


def _header(reader: Iterator[list[str]], mapping: Mapping) -> list[str]:
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise Bad([Problem("<csv>", 1, 1, "bad-row", {"reason": str(error)})]) from None
    named = mapping.named_columns()
    missing, twice = sorted(named - set(header)), sorted(name for name in named if header.count(name) > 1)
    if missing:
        raise Bad([Problem("<csv>", 1, 1, "missing-column", {"missing": tuple(missing), "known": tuple(header)})])
    if twice:
        raise Bad([Problem("<csv>", 1, 1, "column-twice", {"given": tuple(twice)})])
    return header
