"""One Excel workbook, a sheet a table: dates are dates, text is text whatever it begins with, heads stay in sight."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from git_feedback.escaping import cell
from git_feedback.exports.schema import TABLES, Column, Kind, Table
from git_feedback.exports.star import Cell, Star
from git_feedback.i18n import text
from git_feedback.text import shorten

MOST_ROWS = 1_048_575
"""What a sheet of Excel holds below its head."""
MOST_CHARACTERS = 32_767
"""What a cell of Excel holds."""
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no zones; the sheet `about` says which one is meant
_WIDTHS: Mapping[Kind, int] = {"text": 18, "whole": 9, "real": 10, "flag": 8, "moment": 19, "date": 11}
_WIDE = {"title": 44, "text": 60, "words": 60}


class TooManyRows(Exception):
    """A table has more rows than a sheet holds: its name and how many."""

    def __init__(self, table: str, rows: int) -> None:
        super().__init__(f"{table}: {rows} rows")
        self.table, self.rows = table, rows


def write(star: Star, path: Path, language: str) -> dict[str, int]:
    """Write the workbook at `path`; moments in the desk's zone.  Gives the rows by table.  Raises TooManyRows.

    The same record and moment give the same bytes: what a workbook says of its making is the moment of asking.
    """
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": star.now.astimezone(star.zone).replace(tzinfo=None)})
        formats = _formats(book)
        _about(book, formats, star, language)
        return {table.name: _sheet(book, table, star, formats) for table in TABLES}


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _about(book: Any, formats: Mapping[str, Any], star: Star, language: str) -> None:
    """What every column means, on the first sheet."""
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 2, 90, formats["wrapped"])
    when = f"{star.now.astimezone(star.zone):%Y-%m-%d %H:%M}"
    sheet.write_string(0, 0, text("export-about", language, time=when, zone=star.zone.key))
    sheet.write_row(
        2, 0, [text(f"export-about-{name}", language) for name in ("table", "column", "meaning")], formats["head"]
    )
    rows = [(table, column) for table in TABLES for column in table.columns]
    for place, (table, column) in enumerate(rows, 3):
        sheet.write_row(place, 0, (table.name, column.name, meaning(table, column, language)))


def meaning(table: Table, column: Column, language: str) -> str:
    """What a column means, in a sentence."""
    return text(f"export-{table.name}-{column.name}", language)


def _sheet(book: Any, table: Table, star: Star, formats: Mapping[str, Any]) -> int:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDE.get(column.name, _WIDTHS[column.kind]), formats.get(column.kind))
    sheet.write_row(0, 0, table.heads, formats["head"])
    writers = [_writer(sheet, column.kind, formats, star.zone) for column in table.columns]
    number = 0
    for number, row in enumerate(star.rows(table.name), 1):
        if number > MOST_ROWS:
            raise TooManyRows(table.name, number)
        for place, (write_one, value) in enumerate(zip(writers, row, strict=True)):
            if value is not None:
                write_one(number, place, value)
    sheet.autofilter(0, 0, max(1, number), len(table.columns) - 1)
    return number


def _writer(sheet: Any, kind: Kind, formats: Mapping[str, Any], zone: ZoneInfo) -> Callable[[int, int, Any], None]:
    """How a column's values are put down."""

    def moment(row: int, place: int, value: datetime) -> None:
        sheet.write_datetime(row, place, value.astimezone(zone).replace(tzinfo=None), formats["moment"])

    def day(row: int, place: int, value: date) -> None:
        sheet.write_datetime(row, place, value, formats["date"])

    def said(row: int, place: int, value: Cell) -> None:
        sheet.write_string(row, place, shorten(cell(value), MOST_CHARACTERS))

    makers: Mapping[Kind, Callable[[int, int, Any], None]] = {
        "moment": moment,
        "date": day,
        "flag": sheet.write_boolean,
        "whole": sheet.write_number,
        "real": sheet.write_number,
        "text": said,
    }
    return makers[kind]
