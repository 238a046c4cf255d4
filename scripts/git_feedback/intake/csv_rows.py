"""Rows of a CSV file: BOM, CRLF, quotes and newlines in cells are taken as they come."""

import csv
import io
from collections.abc import Iterator

from git_feedback.intake.mapping import Mapping
from git_feedback.intake.rows import Remark, Row
from git_feedback.intake.table import submission
from git_feedback.model import Bad, Problem

MOST = 1_000_000
"""Characters a cell may have before it is cut by the model's own limits."""


def read(source: bytes, mapping: Mapping) -> Iterator[Row]:
    """Each data row in order.  Raises Bad when the file as a whole cannot be read or lacks a column."""
    csv.field_size_limit(MOST)
    text = _decoded(source)
    reader = csv.reader(io.StringIO(text, newline=""))
    header = _header(reader, mapping)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield Row(number, None, (Remark(number, "bad-row", {"reason": str(error)}),))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if len(cells) != len(header):
            facts = {"cells": len(cells), "columns": len(header)}
            yield Row(number, None, (Remark(number, "wrong-number-of-cells", facts),))
            continue
        yield submission(number, dict(zip(header, cells, strict=True)), mapping)


def _decoded(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig").replace("\0", "[U+0000]")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise Bad([Problem("<csv>", line, 1, "not-utf8", {"byte": f"0x{source[error.start]:02X}"})]) from None


def _header(reader: Iterator[list[str]], mapping: Mapping) -> list[str]:
    header = [name.strip() for name in next(reader, [])]
    missing = sorted(mapping.named_columns() - set(header))
    if missing:
        raise Bad([Problem("<csv>", 1, 1, "missing-column", {"missing": tuple(missing), "known": tuple(header)})])
    return header
