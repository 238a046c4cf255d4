"""`export` as people call it: a query chooses, the place is said, whatever is wrong is one line."""

import csv
import json
from pathlib import Path

import pytest
from tests.sample_desk import Sample, sample

ONE = """\
id: Q261119-0AAJN0D
received: 2026-11-19T09:15:00+08:00
channel: app
language: zh
title: 支付最后一步提示“系统繁忙”
"""
TWO = """\
id: Q261120-QYA161T
received: 2026-11-20T10:12:00+08:00
channel: social-media
source: post-7
title: 只有我这样吗？
"""


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, ONE, TWO)


def test_a_query_chooses_what_is_exported(desk: Sample) -> None:
    ran = desk.run("export", "--to", "csv", "支付")
    assert (ran.code, ran.out) == (0, "")
    assert "build/export/csv" in ran.err
    with (desk.root / "build/export/csv/items.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["Q261119-0AAJN0D"]


def test_json_says_how_many_rows_each_table_has(desk: Sample) -> None:
    ran = desk.run("export", "--to", "sqlite", "--out", "给数据组/反馈.sqlite", "--format", "json")
    told = json.loads(ran.out)
    assert told["rows"]["items"] == 2
    assert (desk.root / "给数据组/反馈.sqlite").read_bytes().startswith(b"SQLite format 3")


def test_an_unknown_target_is_wrong_usage_and_names_the_known_ones(desk: Sample) -> None:
    ran = desk.run("export", "--to", "word", "--lang", "en")
    assert ran.code == 2
    assert "csv, xlsx, parquet, sqlite" in ran.err


def test_what_a_database_refuses_is_one_line_without_the_password(desk: Sample) -> None:
    ran = desk.run("export", "--to", "nothing://gast:geheim@host/x")
    assert (ran.code, len(ran.err.strip().splitlines())) == (2, 1)
    assert "geheim" not in ran.err


def test_a_place_that_cannot_be_written_is_one_line(desk: Sample) -> None:
    (desk.root / "文件").write_text("已有", encoding="utf-8")
    ran = desk.run("export", "--to", "csv", "--out", "文件", "--lang", "zh")
    assert (ran.code, len(ran.err.strip().splitlines())) == (3, 1)
    assert "无法写入 文件" in ran.err


@pytest.mark.parametrize(("lang", "name"), [("zh", "新"), ("en", "new")])
def test_names_beside_ids_are_in_the_language_that_was_asked_for(desk: Sample, lang: str, name: str) -> None:
    desk.run("export", "--to", "csv", "--lang", lang)
    with (desk.root / "build/export/csv/items.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["state_name"] for row in csv.DictReader(file)} == {name}


def test_an_unknown_field_of_the_query_is_said_before_anything_is_written(desk: Sample) -> None:
    ran = desk.run("export", "--to", "csv", "colour:red")
    assert ran.code == 2
    assert not (desk.root / "build/export").exists()
