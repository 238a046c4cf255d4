"""The chapter about causes: how many are known, on which branches, and the fishbones of the problems that came."""

from typing import Any

import pytest
from tests.insight.improving_desk import at, item, problem, solved
from tests.pages.improving_report import charts, material, points, tables, told, words

from git_feedback.i18n import LANGUAGES
from git_feedback.model import Item
from git_feedback.model.problems import Cause
from git_feedback.pages.reports.chapters import causes
from git_feedback.pages.reports.document import Part


def resolved(count: int, cause: str = "") -> list[Item]:
    return [item(n, at(f"10-1{n}"), *solved(at(f"10-1{n}"), cause)) for n in range(count)]


def test_causes_are_listed_with_their_items_most_first() -> None:
    other = item(9, at("10-19"), *solved(at("10-19"), "漏扫会员码"))
    parts = told(causes, material([*resolved(3, "银行答复超时没有重试"), other]))
    assert words(parts[:1]) == "10 月解决 4 件，都写明了原因。"
    rows = tables(parts)["causes"].rows
    assert [(row[0].text, row[1].text, row[2].number) for row in rows] == [
        ("银行答复超时没有重试", "处理结果", 3),
        ("漏扫会员码", "处理结果", 1),
    ]
    assert len(rows[0][2].items) == 3
    assert "branches" not in tables(parts)


def test_solutions_without_a_cause_are_counted_aloud() -> None:
    silent = [item(9, at("10-19"), *solved(at("10-19")))]
    assert words(told(causes, material([*resolved(2, "漏扫会员码"), *silent]))[:1]) == (
        "10 月解决 3 件，其中 2 件写明了原因。"
    )
    assert words(told(causes, material(silent))) == "10 月解决 1 件，都没有写明原因。"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_in_which_nothing_was_resolved_says_so(language: str) -> None:
    parts = told(causes, material([item(1, at("10-12"))]), language)
    assert len(parts) == 1
    assert {"zh": "没有需要说明原因的", "en": "nothing has a cause"}[language] in words(parts)


def test_causes_that_all_stand_alone_are_said_to_do_so() -> None:
    items = [
        item(n, at(f"10-1{n}"), *solved(at(f"10-1{n}"), cause))
        for n, cause in enumerate(("漏扫会员码", "内胆没有烘烤"))
    ]
    assert "没有哪条原因出现两次。" in words(told(causes, material(items)))


def drawn(**facts: Any) -> list[Part]:
    items = resolved(3)
    known = {
        "machine": (Cause(cause="等待时还能再点。"),),
        "method": (Cause(cause="上线没有评审", items=("Q261119-0AAJN0D",)),),
    }
    record = problem(**({"items": tuple(one.id for one in items), "causes": known} | facts))
    return told(causes, material(items, problem_records=[record]))


def test_a_problem_of_the_period_is_drawn_with_its_whys_its_root_and_its_scenario() -> None:
    parts = drawn(whys=("没有等到答复。",), root="没有“等待确认”这一状态。", scenario="1. 点击付款。\n2. 页面报错。")
    [chart] = charts(parts).values()
    assert chart.name == "fishbone-P-charged"
    assert chart.heading == "扣了款没有订单（当期 3 件）"
    assert ("机", "等待时还能再点") in chart.rows
    assert [point.text for point in points(parts)] == ["没有等到答复。", "根本原因：没有“等待确认”这一状态。"]
    assert "经过：1. 点击付款。 2. 页面报错。" in words(parts)


def test_a_cause_that_was_seen_only_in_later_items_is_not_known_yet() -> None:
    [chart] = charts(drawn()).values()
    assert "上线没有评审" not in str(chart.rows)


def test_branches_are_counted_where_there_is_something_to_count() -> None:
    table = tables(drawn())["branches"]
    assert [(row[0].text[0], row[2].number) for row in table.rows] == [
        ("人", 0), ("机", 3), ("料", 0), ("法", 0), ("环", 0), ("测", 0),
    ]  # fmt: skip


def test_a_record_without_causes_is_not_drawn() -> None:
    assert charts(drawn(causes={})) == {}


def test_a_long_scenario_is_cut() -> None:
    said = words(drawn(scenario="一步一步地说。" * 60)[-1:])
    assert said.endswith("…")
    assert len(said) < 140
