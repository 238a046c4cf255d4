"""Mapping files: mistakes are told at their line, and patterns choose in order."""

import re

import pytest
from tests.sample_desk import ROOT

from git_feedback.intake import ColumnMapping, load_mapping, preset
from git_feedback.intake.tables.header import named_columns
from git_feedback.intake.tables.mapping import Fields, presets
from git_feedback.model import Bad

MAP = """\
name: 表格
columns:
  source: 编号
  received: 时间
  title: 标题
channel: survey
categories:
  - {when: {标题: "*退款*"}, gives: service/refund}
  - {when: {标题: "*"}, gives: other/unclear}
"""


@pytest.mark.parametrize(("old", "new", "line", "code"), [
    ("  source: 编号\n", "", 2, "missing-field"),
    ("  title: 标题", "  标题: 标题", 5, "unknown-field"),
    ("channel: survey", "channel: 问卷", 6, "bad-form"),
    ("channel: survey", "zone: 火星", 6, "unknown-zone"),
    ("channel: survey", "record: 旧的", 6, "not-allowed"),
    ("gives: service/refund", "gives: 退款", 8, "bad-form"),
    ('when: {标题: "*退款*"}', "when: {}", 8, "empty-field"),
    ("name: 表格", "name: &a 表格", 1, "yaml-anchor"),
    ("channel: survey", "name: 再来一次", 6, "duplicate-key"),
])  # fmt: skip
def test_a_mistake_in_a_mapping_is_told_at_its_line(old: str, new: str, line: int, code: str) -> None:
    with pytest.raises(Bad) as caught:
        load_mapping(MAP.replace(old, new).encode(), "映射.yml")
    assert (line, code) in [(problem.line, problem.code) for problem in caught.value.problems]
    assert all(problem.said("zh").startswith("映射.yml:") for problem in caught.value.problems)


def test_rows_that_are_resolved_already_are_refused_as_fresh_ones() -> None:
    resolved = MAP.replace("  title: 标题", "  title: 标题\n  resolved: 完成")
    for text in (resolved, f"{resolved}record: fresh\n"):
        with pytest.raises(Bad) as caught:
            load_mapping(text.encode(), "映射.yml")
        (problem,) = caught.value.problems
        assert problem.said("zh") == (
            "映射.yml:6:3: resolved-but-fresh: 已解决的行不是新反馈；请写“record: history”，或去掉 resolved"
        )
    assert load_mapping(f"{resolved}record: history\n".encode(), "映射.yml").columns.resolved == ("完成",)


def test_the_first_entry_that_fits_counts_and_case_counts_too() -> None:
    mapping = load_mapping(MAP.encode(), "映射.yml")
    for title, category in (("催退款", "service/refund"), ("别的", "other/unclear"), ("", "other/unclear")):
        found = mapping.given("categories", {"标题": title})
        assert found
        assert found.gives == category
    assert mapping.given("channels", {"标题": "甲"}) is None


def test_a_mapping_names_every_column_that_a_file_must_have() -> None:
    assert named_columns(load_mapping(MAP.encode(), "映射.yml")) == {"编号", "时间", "标题"}


def test_the_mapping_that_ships_is_one_and_an_unknown_name_is_none() -> None:
    assert "sf311" in presets()
    for name in presets():
        source = preset(name)
        assert source
        assert load_mapping(source, name).name
    assert preset("没有") is None


def test_every_key_stands_in_the_example_that_ships_and_in_the_manual() -> None:
    example = (preset("example") or b"").decode()
    manual = (ROOT / "man/git-feedback.1").read_text(encoding="utf-8")
    section = (
        manual[manual.index(".SH MAPPING FILES") : manual.index(".SH OPTIONS")].replace("\\-", "-").replace("\\fB", "")
    )
    for key in (*ColumnMapping.model_fields, *Fields.model_fields):
        assert re.search(rf"^(?:# |  |  # )?{key}:", example, re.MULTILINE), key
        assert re.search(rf"\b{key}\b", section), key
    assert all(name in section for name in presets())


@pytest.mark.parametrize("name", ["../example", "maps/example", "", ".", "example.yml"])
def test_only_the_names_of_mappings_that_ship_are_mappings_that_ship(name: str) -> None:
    assert preset(name) is None
