"""The chapter about problems that came again: what it says, what is behind it, and whose words it never holds."""

from datetime import date
from typing import Any

import pytest
from tests.insight.improving_desk import at, item, many, measure, problem
from tests.pages.improving_report import material, points, tables, told, words

from git_feedback.i18n import LANGUAGES
from git_feedback.pages.reports.chapters import recurring

PAID: dict[str, Any] = {"title": "银行卡扣款成功订单没有生成", "text": "银行卡扣款成功，订单没有生成，请查。"}
RECORD = problem(query="category:product/payment", title={"zh": "扣了款，却没有订单", "en": "Money is taken, no order"})


def test_a_group_is_named_by_its_category_and_by_shared_words_and_leads_to_its_items() -> None:
    items = many(4, at("10-12"), hours=30, area="华东/上海", **PAID)
    parts = told(recurring, material(items, grouped=True))
    assert "10 月有 1 个问题反复出现，当期共 4 件。都有三人以上反映，还没有问题记录。" in words(parts)
    [row] = tables(parts)["recurring"].rows
    assert row[0].text.startswith("支付与账单：")
    assert [cell.number for cell in row[1:5]] == [4, 4, 4, 4]
    assert row[1].items == tuple(one.id for one in items)
    [point] = points(parts)
    assert "始于 2026 年 10 月 12 日，多见于：华东/上海（4 件）。还没有问题记录。" in point.text
    assert point.items == tuple(one.id for one in items)


def test_a_record_is_told_with_its_owner_its_measure_and_what_came_all_the_same() -> None:
    items = [item(n, at(day)) for n, day in enumerate(("09-08", "10-12", "10-20"))]
    done = measure(problem="P-charged", status="done", done=date(2026, 10, 15))
    made = material(items, problem_records=[RECORD], measures=[done])
    assert "扣了款，却没有订单：始于 2026 年 9 月 1 日" in words(told(recurring, made))
    assert points(told(recurring, made))[0].text.endswith(
        "负责人：林晚。措施“只扣一次”已于 2026 年 10 月 15 日完成。此后又来了 1 件。"
    )
    english = points(told(recurring, made, "en"))[0].text
    assert english == (
        "Money is taken, no order: since 1 September 2026. Lin Wan looks after it. "
        "Measure “只扣一次”: done on 15 October 2026. One more item has come since then."
    )


def test_a_measure_that_was_done_after_the_period_is_told_as_open() -> None:
    items = [item(n, at(day)) for n, day in enumerate(("10-12", "10-20"))]
    later = measure(problem="P-charged", status="done", due=date(2026, 11, 10), done=date(2026, 11, 5))
    said = words(told(recurring, material(items, problem_records=[RECORD], measures=[later])))
    assert "措施“只扣一次”应于 2026 年 11 月 10 日完成。" in said
    assert "11 月 5 日" not in said


def test_a_record_without_measure_says_so() -> None:
    items = [item(n, at(day)) for n, day in enumerate(("10-12", "10-20"))]
    assert "还没有改进措施。" in words(told(recurring, material(items, problem_records=[RECORD])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_without_repetition_says_so(language: str) -> None:
    parts = told(recurring, material([item(1, at("10-12"))], grouped=True), language)
    assert len(parts) == 1
    assert {"zh": "没有反复出现的问题", "en": "No problem came again"}[language] in words(parts)


def test_only_the_first_ten_are_listed_and_the_others_counted() -> None:
    categories = sorted(material().policy.categories)[:12]
    items = [
        item(100 * n + k, at(f"10-{12 + k}"), category=name) for n, name in enumerate(categories) for k in range(2)
    ]
    records = [problem(f"P-{n}", query=f"category:{name}") for n, name in enumerate(categories)]
    parts = told(recurring, material(items, problem_records=records))
    assert len(tables(parts)["recurring"].rows) == 10
    assert len(points(parts)) == 5
    assert "另有 2 个件数更少，没有列出。" in words(parts)


def test_no_sentence_of_a_submitter_is_told() -> None:
    items = many(3, at("10-12"), hours=30, **PAID)
    said = words(told(recurring, material(items, grouped=True)))
    assert "银行卡扣款成功，订单没有生成" not in said
    assert "请查" not in said
