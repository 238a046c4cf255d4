"""One Excel workbook, a sheet a table: dates are dates, text is text whatever it begins with, heads stay in sight.

A library lays the book out, with the heads alone; the rows are put into its sheets afterwards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from git_feedback.exports import sheet_xml
from git_feedback.exports.new_files import new_files
from git_feedback.exports.rows import Row
from git_feedback.exports.schema import TABLES, Column, Kind, Table
from git_feedback.exports.writing import Part, Put
from git_feedback.i18n import text

MOST_ROWS = 1_048_575
"""What a sheet of Excel holds below its head."""
_FIRST = 2
"""The number of the first row below the head."""
_END = b"</sheetData>"
_QUICK = 3
"""How hard to press: pressing harder takes twice as long, and saves a tenth."""
_WIDTHS: Mapping[Kind, int] = {"text": 18, "whole": 9, "real": 10, "flag": 8, "moment": 19, "date": 11}
_WIDE = {"title": 44, "text": 60, "words": 60}
_STYLED = re.compile(r'<col min="(\d+)" max="(\d+)" width="[^"]*" style="(\d+)"')


class TooManyRows(Exception):
    """A table has more rows than a sheet holds: its name and how many."""

    def __init__(self, table: str, rows: int) -> None:
        super().__init__(f"{table}: {rows} rows")
        self.table, self.rows = table, rows


@dataclass(frozen=True)
class Workbook:
    """The file `path`; moments in `zone`, what columns mean in `language`.

    The same record and moment give the same bytes: what a workbook says of its making is the moment of asking.
    """

    path: Path
    zone: ZoneInfo
    now: datetime
    language: str

    def prepare(self) -> None:
        """Raises ImportError without xlsxwriter."""
        import xlsxwriter  # noqa: F401

    def told(self, table: Table, rows: Sequence[Row]) -> bytes:
        """Rows of a sheet, not numbered yet."""
        return sheet_xml.told(table, rows, self.zone, self._styles[table.name])

    @contextmanager
    def open(self) -> Iterator[Put]:
        """Rows of each sheet; put together at the end.  Raises TooManyRows."""
        counts = {table.name: 0 for table in TABLES}
        with new_files(self.path.parent, [self.path.name]) as there, ExitStack() as opened:
            files = {name: opened.enter_context((there / f"{name}.rows").open("wb+")) for name in counts}

            def put(part: Part) -> None:
                name = part.table.name
                if counts[name] + part.rows > MOST_ROWS:
                    raise TooManyRows(name, counts[name] + part.rows)
                files[name].write(sheet_xml.numbered(part.told, counts[name] + _FIRST))
                counts[name] += part.rows

            yield put
            self._put_together(there / self.path.name, files, counts)

    def _put_together(self, path: Path, files: Mapping[str, BinaryIO], counts: Mapping[str, int]) -> None:
        rows = {_place(number): files[table.name] for number, table in enumerate(TABLES)}
        with ZipFile(BytesIO(self._laid_out(counts))) as heads, ZipFile(path, "w") as book:
            for name in heads.namelist():
                entry = ZipInfo(name)
                entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
                entry._compresslevel = _QUICK  # type: ignore[attr-defined]  # noqa: SLF001 - public from Python 3.13 on
                with book.open(entry, "w", force_zip64=name in rows) as written:
                    _fill(written, heads.read(name), rows.get(name))

    @cached_property
    def _styles(self) -> dict[str, dict[str, str]]:
        """The numbers that the styles of columns have in the book, by table and column."""
        found: dict[str, dict[str, str]] = {}
        with ZipFile(BytesIO(self._laid_out({table.name: 0 for table in TABLES}))) as book:
            for number, table in enumerate(TABLES):
                styled = _STYLED.findall(book.read(_place(number)).decode())
                found[table.name] = {
                    column.name: style
                    for first, last, style in styled
                    for column in table.columns[int(first) - 1 : int(last)]
                }
        return found

    def _laid_out(self, counts: Mapping[str, int]) -> bytes:
        """The book without rows."""
        import xlsxwriter

        out = BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            book.set_properties({"created": self.now.astimezone(self.zone).replace(tzinfo=None)})
            formats = _formats(book)
            self._about(book, formats)
            for table in TABLES:
                _heads(book, table, formats, counts[table.name])
        return out.getvalue()

    def _about(self, book: Any, formats: Mapping[str, Any]) -> None:
        """What every column means, on the first sheet."""
        sheet = book.add_worksheet("about")
        sheet.set_column(0, 1, 18)
        sheet.set_column(2, 2, 90, formats["wrapped"])
        when = f"{self.now.astimezone(self.zone):%Y-%m-%d %H:%M}"
        sheet.write_string(0, 0, text("export-about", self.language, time=when, zone=self.zone.key))
        heads = [text(f"export-about-{name}", self.language) for name in ("table", "column", "meaning")]
        sheet.write_row(2, 0, heads, formats["head"])
        sheet.freeze_panes(3, 0)
        rows = [(table, column) for table in TABLES for column in table.columns]
        for place, (table, column) in enumerate(rows, 3):
            sheet.write_row(place, 0, (table.name, column.name, meaning(table, column, self.language)))


def meaning(table: Table, column: Column, language: str) -> str:
    """What a column means, in a sentence."""
    return text(f"export-{table.name}-{column.name}", language)


def _place(number: int) -> str:
    """Where a table's sheet lies in the book; the first sheet is the one that explains."""
    return f"xl/worksheets/sheet{number + 2}.xml"


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _heads(book: Any, table: Table, formats: Mapping[str, Any], rows: int) -> None:
    """A sheet with its heads, which stay in sight, and a filter over so many rows."""
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        wide = max(_WIDE.get(column.name, _WIDTHS[column.kind]), len(column.name) + 3)
        sheet.set_column(place, place, wide, formats.get(column.kind))
    sheet.write_row(0, 0, table.heads, formats["head"])
    sheet.autofilter(0, 0, max(1, rows), len(table.columns) - 1)


def _fill(written: Any, sheet: bytes, rows: BinaryIO | None) -> None:
    """A file of the book; into a sheet go its rows."""
    if rows is None:
        written.write(sheet)
        return
    before, end, after = _without_extent(sheet).partition(_END)
    written.write(before)
    rows.seek(0)
    copyfileobj(rows, written, 1 << 20)
    written.write(end + after)


def _without_extent(sheet: bytes) -> bytes:
    """The library knows of the head alone; a sheet need not say how far it reaches."""
    return re.sub(rb"<dimension [^>]*/>", b"", sheet, count=1)
