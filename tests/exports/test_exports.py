"""The record as tables: every target holds the same rows, nothing sealed, nothing that computes."""

import csv
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.exports.star_sample import NOW, TEXT, hostile
from tests.sample_desk import policy

from git_feedback.desk import MACHINES
from git_feedback.exports import TABLES, star, write
from git_feedback.exports.addresses import CannotWrite
from git_feedback.exports.csv_folder import CsvFolder
from git_feedback.exports.database import Database
from git_feedback.exports.parquet import ParquetFolder
from git_feedback.exports.star import Star
from git_feedback.exports.workbook import Workbook
from git_feedback.i18n import LANGUAGES, text


def counts(made: Star) -> dict[str, int]:
    return {table.name: len(list(made.rows(table.name))) for table in TABLES}


def test_every_row_has_its_columns_and_keys_name_it_alone(sample: Star) -> None:
    for table in TABLES:
        rows = list(sample.rows(table.name))
        keys = [place for place, column in enumerate(table.columns) if column.key]
        assert {len(row) for row in rows} == {len(table.columns)}
        assert len({tuple(row[place] for place in keys) for row in rows}) == len(rows)


def test_what_a_column_names_is_there(sample: Star) -> None:
    known = {
        "items": {row[0] for row in sample.rows("items")},
        "calendar": {row[0] for row in sample.rows("calendar")},
        "names": {row[1] for row in sample.rows("names")},
    }
    machines = set(MACHINES)
    for table in TABLES:
        for row in sample.rows(table.name):
            for column, value in zip(table.columns, row, strict=True):
                if column.to and value is not None and value not in machines:
                    assert value in known[column.to], (table.name, column.name, value)


def test_csv_is_read_back_as_it_was_and_nothing_in_it_computes(sample: Star, tmp_path: Path) -> None:
    assert write(sample, CsvFolder(tmp_path, sample.zone)) == counts(sample)
    with (tmp_path / "items.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    mine = rows[hostile().id]
    assert (mine["title"], mine["area"]) == ("'＝SUM(A1) 发票抬头", "'-1+1|cmd")
    assert mine["text"] == f"'{TEXT}"
    assert mine["received"] == "2026-11-19T08:00:00+08:00"
    starters = tuple("=+-@")
    texts = [cell for row in rows.values() for cell in row.values() if not re.fullmatch(r"-?[\d.]+", cell or "0")]
    assert not any(cell.startswith(starters) for cell in texts)


def test_nothing_sealed_leaves_the_desk(sample: Star, tmp_path: Path) -> None:
    write(sample, CsvFolder(tmp_path, sample.zone))
    assert "AGE ENCRYPTED" not in "".join(path.read_text(encoding="utf-8-sig") for path in tmp_path.glob("*.csv"))


def test_a_workbook_holds_dates_as_dates_and_text_as_text(sample: Star, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "反馈.xlsx"
    assert write(sample, Workbook(path, sample.zone, NOW, "zh")) == counts(sample)
    book = load_workbook(path)
    assert book.sheetnames == ["about", *(table.name for table in TABLES)]
    items = {str(row[0].value): row for row in book["items"].iter_rows(min_row=2)}
    heads = [cell.value for cell in book["items"][1]]
    mine = dict(zip(heads, items[hostile().id], strict=True))
    assert mine["received"].value == datetime(2026, 11, 19, 8, 0)  # noqa: DTZ001 - Excel knows no zones
    assert (mine["title"].data_type, mine["title"].value) == ("s", "'＝SUM(A1) 发票抬头")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_the_same_record_gives_the_same_workbook_and_parquet(sample: Star, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(sample, Workbook(tmp_path / name / "x.xlsx", sample.zone, NOW, "en"))
        write(sample, ParquetFolder(tmp_path / name))
    assert [path.read_bytes() for path in sorted((tmp_path / "a").iterdir())] == [
        path.read_bytes() for path in sorted((tmp_path / "b").iterdir())
    ]


def test_a_second_export_replaces_the_first_and_leaves_strange_tables_alone(sample: Star, tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    address = f"sqlite:///{path}"
    write(sample, Database(address))
    fewer = star(sample.standings[:5], sample.policy, NOW, "zh")
    assert write(fewer, Database(address)) == counts(fewer)
    with sqlite3.connect(path) as found:
        assert found.execute("select count(*) from feedback_items").fetchone() == (5,)
        row = found.execute("select received, typeof(rating) from feedback_items order by received").fetchone()
        assert row[0].startswith("2026-07-20 02:12:38")
        found.execute("drop table feedback_clocks")
        found.execute("create table feedback_clocks (mine text)")
        found.execute("insert into feedback_clocks values ('别人的表')")
    with pytest.raises(CannotWrite) as refused:
        write(sample, Database(address))
    assert (refused.value.code, refused.value.values) == ("export-other-table", {"table": "feedback_clocks"})
    with sqlite3.connect(path) as found:
        assert found.execute("select mine from feedback_clocks").fetchall() == [("别人的表",)]
        assert found.execute("select count(*) from feedback_items").fetchone() == (5,)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nothing://host/x", "export-kind"),
        ("://", "export-address"),
        ("sqlite:////nowhere/at/all/x.sqlite", "export-database"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_line(sample: Star, address: str, code: str) -> None:
    with pytest.raises(CannotWrite) as refused:
        write(sample, Database(address))
    assert refused.value.code == code
    assert "\n" not in text(code, "zh", None, **refused.value.values)


def test_a_record_without_items_gives_empty_tables(tmp_path: Path) -> None:
    nothing = star([], policy(), NOW, "en")
    assert write(nothing, CsvFolder(tmp_path / "csv", nothing.zone))["items"] == 0
    assert write(nothing, ParquetFolder(tmp_path / "parquet"))["clocks"] == 0
    assert write(nothing, Workbook(tmp_path / "x.xlsx", nothing.zone, NOW, "en"))["events"] == 0


def test_every_column_has_a_meaning_in_both_languages() -> None:
    for table in TABLES:
        for column in table.columns:
            said = {text(f"export-{table.name}-{column.name}", language) for language in LANGUAGES}
            assert len(said) == 2
            assert all(len(words) > 2 and not words.startswith("export-") for words in said)


# ---- Parquet --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(sample: Star, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("parquet")
    write(sample, ParquetFolder(made))
    return made


def asked(query: str, folder: Path) -> list[tuple[Any, ...]]:
    import duckdb

    placed = re.sub(r"'(\w+\.parquet)'", lambda found: f"'{folder / found[1]}'", query)
    with duckdb.connect() as connection:
        rows: list[tuple[Any, ...]] = connection.execute(placed).fetchall()
    return rows


def test_moments_keep_their_instant_in_parquet(folder: Path) -> None:
    [(received,)] = asked("select epoch(received) from 'items.parquet' where id = '%s'" % hostile().id, folder)  # noqa: UP031
    assert received == datetime(2026, 11, 19, 0, 0, tzinfo=UTC).timestamp()
