"""Rows of a workbook: what its cells show is what is read, formulas as the values they had when it was saved.

A workbook is a packed folder: how much there is in it is asked before anything is unpacked.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from git_feedback.intake.rows import Row
from git_feedback.intake.sources import Source
from git_feedback.intake.tables import opening as tables
from git_feedback.intake.tables.opening import MOST_BYTES, Grid, Table
from git_feedback.model import Bad, Problem

_MOST_PARTS = 5_000
_MOST_EMPTY = 10_000
"""Rows in a row that say nothing: behind them nothing is looked for."""
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How a workbook begins that is in the format of 1997, or has a password."""
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_HALF_A_SECOND = timedelta(milliseconds=500)


def read(source: Source) -> Iterator[Row]:
    """Each data row in order.  Raises Bad when the file as a whole cannot be read or lacks a column."""
    return tables.rows(opened(source), source)


def opened(source: Source) -> Table:
    """The file's first sheet, or the one the mapping names, as a table.  Raises Bad."""
    return tables.table(grid(source), source.mapping.header_rows if source.mapping else 1)


def grid(source: Source) -> Grid:
    """The sheet's rows of cells as they lie there.  Raises Bad, also while they are asked for."""
    content = _checked(tables.small_enough(source.content))
    return _grid(content, source.mapping.sheet if source.mapping else None)


def _checked(content: bytes) -> bytes:
    """A workbook that may be unpacked.  Raises Bad."""
    if content.startswith(_OLD_OR_LOCKED):
        raise _bad("old-or-locked-workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise _bad("not-a-workbook") from None
    if not any(part.filename.startswith("xl/") for part in parts):
        raise _bad("not-a-workbook")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_BYTES or len(parts) > _MOST_PARTS:
        raise _bad("table-too-large", bytes=unpacked, most=MOST_BYTES)
    return content


def _bad(code: str, **values: object) -> Bad:
    return Bad([Problem("", 1, 1, code, values)])


def _grid(content: bytes, sheet: str | None) -> Grid:
    """The rows of a sheet at one width; whatever is wrong inside the parts of the file makes it no workbook."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        found = book[sheet] if sheet else book.worksheets[0]
    except KeyError:
        raise _without(content, sheet) from None
    except Exception as error:
        raise _bad("not-a-workbook") from error
    found.reset_dimensions()
    yield from _same_width(_rows(found.iter_rows(values_only=True)))


def _without(content: bytes, sheet: str | None) -> Bad:
    from openpyxl import load_workbook

    try:
        known = tuple(load_workbook(io.BytesIO(content), read_only=True).sheetnames)
    except Exception:  # noqa: BLE001 - as above
        return _bad("not-a-workbook")
    return _bad("no-such-sheet", given=sheet, known=known)


def _rows(values: Iterator[tuple[object, ...]]) -> Iterator[list[str]]:
    """The rows as texts, empty cells at their end left out; a long run of empty rows ends the sheet."""
    empty = 0
    while empty < _MOST_EMPTY:
        try:
            row = next(values, None)
        except Exception as error:
            raise _bad("not-a-workbook") from error
        if row is None:
            return
        cells = [_shown(value) for value in row[: _last(row) + 1]]
        empty = 0 if cells else empty + 1
        if cells:
            yield cells


def _last(row: tuple[object, ...]) -> int:
    """The place of the last cell that says something, -1 for none."""
    return next((at for at in range(len(row) - 1, -1, -1) if row[at] not in (None, "")), -1)


def _same_width(rows: Iterator[list[str]]) -> Grid:
    """Rows as wide as the first, if they are shorter: a sheet has no last cell, only cells that say nothing."""
    width = 0
    for cells in rows:
        width = width or len(cells)
        yield cells + [""] * (width - len(cells))


def _shown(value: object) -> str:
    """A cell's value as text: whole numbers without a point, no number with an exponent, times as ISO writes them."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if _ERROR.fullmatch(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return (value + _HALF_A_SECOND).replace(microsecond=0).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    exact = f"{Decimal(repr(value)):f}"
    return exact.rstrip("0").rstrip(".") if "." in exact else exact
