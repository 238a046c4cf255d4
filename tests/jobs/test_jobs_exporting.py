"""A large desk is exported by two processes, and nobody can tell from what they wrote."""

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.sample_desk import NOW, item, policy

from git_feedback.desk import standings
from git_feedback.exports import star, write
from git_feedback.exports.addresses import CannotWrite
from git_feedback.exports.csv_folder import CsvFolder
from git_feedback.exports.database import Database
from git_feedback.exports.parquet import ParquetFolder
from git_feedback.exports.workbook import Workbook
from git_feedback.exports.writing import Target
from git_feedback.jobs.exporting import MANY, Wanted, export
from git_feedback.model import Item, ids

AT = datetime.fromisoformat(NOW)


def many(count: int) -> list[Item]:
    """So many items, an hour between one and the next, the newest first."""
    first = item()
    return [
        first.model_copy(
            update={
                "id": ids.make("Q", first.received.date(), "web-form", str(number), lambda _: False),
                "received": first.received - timedelta(hours=number),
                "title": f"支付报错 {number}",
            }
        )
        for number in range(count)
    ]


def wanted() -> Wanted:
    return Wanted(policy(), AT, "zh", lambda one: not one.item.title.endswith("7"))


def at_once(items: Sequence[Item], target: Target) -> dict[str, int]:
    """The same in one piece."""
    found = [one for one in standings(items, policy(), AT) if wanted().fits(one)]
    return write(star(found, policy(), AT, "zh"), target)


@pytest.mark.parametrize("count", [0, 3, MANY + 101])
def test_two_processes_write_what_one_would(count: int, tmp_path: Path) -> None:
    items, zone = many(count), policy().zone
    counts = export(items, wanted(), CsvFolder(tmp_path / "two", zone))
    assert at_once(items, CsvFolder(tmp_path / "one", zone)) == counts
    for path in (tmp_path / "one").iterdir():
        assert (tmp_path / "two" / path.name).read_bytes() == path.read_bytes()
    with (tmp_path / "two" / "items.csv").open(encoding="utf-8-sig", newline="") as file:
        received = [row["received"] for row in csv.DictReader(file)]
    assert received == sorted(received)


def test_a_workbook_of_two_processes_is_that_of_one(tmp_path: Path) -> None:
    items = many(MANY + 1)
    made = [Workbook(tmp_path / name, policy().zone, AT, "zh") for name in ("two.xlsx", "one.xlsx")]
    export(items, wanted(), made[0])
    at_once(items, made[1])
    assert made[0].path.read_bytes() == made[1].path.read_bytes()


def test_the_same_export_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        export(many(MANY + 1), wanted(), ParquetFolder(tmp_path / name))
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()
    }


def test_an_export_that_fails_leaves_the_files_of_the_one_before(tmp_path: Path) -> None:
    export(many(2), wanted(), CsvFolder(tmp_path, policy().zone))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fails(_: object) -> bool:
        raise RuntimeError("mitten darin")

    with pytest.raises(RuntimeError):
        export(many(MANY + 1), Wanted(policy(), AT, "zh", fails), CsvFolder(tmp_path, policy().zone))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_cannot_be_reached_is_found_before_anything_is_computed(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        Database(f"sqlite:///{tmp_path}/nowhere/at/all.sqlite").prepare()
