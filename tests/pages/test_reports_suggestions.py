"""The chapter of suggestions: each with its evidence, and a sentence where there is nothing to suggest."""

import re
from datetime import date

import pytest
from tests.insight.improving_desk import at, many, measure, problem
from tests.pages.improving_report import material, points, told, words

from git_feedback.i18n import LANGUAGES, codes
from git_feedback.insight.advice import Suggestion
from git_feedback.pages.reports.chapters import suggestions
from git_feedback.pages.reports.speech import Speech

PAID = {"title": "银行卡扣款成功订单没有生成", "text": "银行卡扣款成功，订单没有生成，请查。"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quiet_period_says_that_nothing_is_suggested(language: str) -> None:
    parts = told(suggestions, material(many(3, at("10-12"))), language)
    assert len(parts) == 1
    assert {"zh": "没有建议", "en": "nothing to suggest"}[language] in words(parts)


def test_a_suggestion_names_its_evidence_and_leads_to_its_items() -> None:
    new = many(4, at("10-20"), category=None, text="扣款没有订单")
    parts = told(suggestions, material(new))
    [point] = points(parts)
    assert point.text.startswith("请尽快给新反馈分类")
    assert point.text.endswith("依据：期末有 4 件超过一个工作日还没有分类，最早的已等 11 天。")
    assert point.items == tuple(one.id for one in new)
    assert "由团队决定" in words(parts[1:])


def test_a_problem_without_a_record_comes_with_the_command_that_writes_one() -> None:
    items = many(4, at("10-12"), hours=30, title=PAID["title"], text=PAID["text"])
    [point] = points(told(suggestions, material(items, grouped=True)))
    assert re.search(rf"^为“支付与账单：.*”建立问题记录（git feedback problem new {items[0].id}）。", point.text)
    [english] = points(told(suggestions, material(items, grouped=True), "en"))
    assert english.text.endswith("Evidence: 4 items from 4 people, and nobody has written down why.")


def test_an_overdue_measure_is_called_by_its_title() -> None:
    items = many(2, at("10-12"))
    late = measure(due=date(2026, 10, 1), items=(items[0].id,))
    [point] = points(told(suggestions, material(items, measures=[late])))
    assert (
        point.text == "请决定“只扣一次”怎么办：改期、换人，还是不做。依据：过期的措施有 1 项，这一项最久，已过 31 天。"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_suggestion_fills_all_places_of_its_words(language: str) -> None:
    """No place in the words is left without a value, whichever rule speaks."""
    made = material(
        many(2, at("10-12"), title=PAID["title"], text=PAID["text"]),
        grouped=True,
        problem_records=[problem()],
        measures=[measure()],
    )
    values: dict[str, str | int | float] = {
        "category": "product/payment", "department": "payments", "clock": "respond", "level": "P1", "person": "ji.nan",
        "month": "2026-09", "measure": "M-once", "problem": "P-charged", "group": made.recurring[0].key, "key": "Q",
        "n": 4, "before": 5, "after": 2, "weeks": 6.0, "days": 9, "median": 2.5, "owners": 3, "late": 2, "heard": 1,
        "resolved": 8, "told": 1, "total": 9, "people": 3, "share": 0.25, "share_others": 0.5, "share_usual": 0.125,
    }  # fmt: skip
    rules = sorted(code.removesuffix("-because") for code in codes(language) if code.endswith("-because"))
    rules = [code for code in rules if code.startswith("advice-")]
    assert len(rules) == 14
    for code in rules:
        found = suggestions.Found((Suggestion(code, 1.0, values),))
        [point] = points(suggestions.tell(found, made, Speech(made.policy, language)))
        assert not re.search(r"[{}]", point.text)
        assert not re.search("product/|P-charged|M-once|ji\\.nan|respond", point.text), "names, no ids"
        assert {"zh": "依据：", "en": "Evidence: "}[language] in point.text
