"""A folder of CSV files, one a table: UTF-8 with the mark that Excel needs, and no cell that could compute."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from git_feedback.exports.new_files import new_files
from git_feedback.exports.rows import Row
from git_feedback.exports.safe_text import safe
from git_feedback.exports.schema import TABLES, Kind, Table
from git_feedback.exports.writing import Part, Put


@dataclass(frozen=True)
class CsvFolder:
    """`<table>.csv` for every table in a folder; moments as ISO 8601 in a zone."""

    folder: Path
    zone: ZoneInfo

    def prepare(self) -> None:
        """Nothing can be missing."""

    def told(self, table: Table, rows: Sequence[Row]) -> bytes:
        """Lines of the file."""
        writers = [_writer(column.kind, self.zone) for column in table.columns]
        lines = StringIO()
        plain = ([write(value) for write, value in zip(writers, row, strict=True)] for row in rows)
        csv.writer(lines).writerows(plain)
        return lines.getvalue().encode("utf-8")

    @contextmanager
    def open(self) -> Iterator[Put]:
        """Files that grow side by side."""
        names = {table.name: f"{table.name}.csv" for table in TABLES}
        with new_files(self.folder, list(names.values())) as there, ExitStack() as opened:
            files = {table: opened.enter_context((there / name).open("wb")) for table, name in names.items()}
            for table in TABLES:
                files[table.name].write(("\ufeff" + ",".join(table.heads) + "\r\n").encode())

            def put(part: Part) -> None:
                files[part.table.name].write(part.told)

            yield put
            opened.close()


def _writer(kind: Kind, zone: ZoneInfo) -> Callable[[Any], object]:
    """How a value of a kind is written; what is not there is an empty cell."""

    def moment(value: datetime | None) -> str | None:
        return None if value is None else value.astimezone(zone).isoformat()

    def flag(value: bool | None) -> int | None:
        return None if value is None else int(value)

    def said(value: str | None) -> str | None:
        return None if value is None else safe(value)

    writers: Mapping[str, Callable[[Any], object]] = {"moment": moment, "flag": flag, "text": said}
    return writers.get(kind, lambda value: value)
