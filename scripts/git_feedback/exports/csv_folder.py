"""A folder of CSV files, one a table: UTF-8 with the mark that Excel needs, and no cell that could compute."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from git_feedback.escaping import cell
from git_feedback.exports.schema import TABLES, Kind, Table
from git_feedback.exports.star import Cell, Star


def write(star: Star, folder: Path) -> dict[str, int]:
    """Write `<table>.csv` for every table; moments as ISO 8601 in the desk's zone.  Gives the rows by table."""
    folder.mkdir(parents=True, exist_ok=True)
    return {table.name: _table(table, star, folder / f"{table.name}.csv") for table in TABLES}


def _table(table: Table, star: Star, path: Path) -> int:
    kinds = [column.kind for column in table.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(table.heads)
        count = 0
        for row in star.rows(table.name):
            rows.writerow(_plain(row, kinds, star.zone))
            count += 1
    return count


def _plain(row: Iterable[Cell], kinds: Iterable[Kind], zone: ZoneInfo) -> list[object]:
    return [cell(value) if kind == "text" else _said(value, zone) for value, kind in zip(row, kinds, strict=True)]


def _said(value: Cell, zone: ZoneInfo) -> object:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, bool):
        return int(value)
    return value
