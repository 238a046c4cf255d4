"""The chapter about measures: what was due, done and late, and what the finished ones changed, as far as can be said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.insight.improving_desk import at, item, many, measure
from tests.pages.improving_report import charts, material, points, tables, told, words

from git_feedback.i18n import LANGUAGES
from git_feedback.model import Item
from git_feedback.model.measures import Measure
from git_feedback.pages.reports.chapters import measures
from git_feedback.pages.reports.document import Part

FIRST = item(1, at("08-03"))
DONE = datetime.fromisoformat("2026-09-21T00:00:00+08:00")


def of_first(name: str, **facts: Any) -> Measure:
    return measure(name, items=(FIRST.id,), title=name, **facts)


def test_what_was_due_done_late_and_comes_is_said_and_listed() -> None:
    listed = [
        of_first("M-kept", due=date(2026, 10, 15), done=date(2026, 10, 9), status="done"),
        of_first("M-slow", due=date(2026, 10, 2), done=date(2026, 10, 12), status="done"),
        of_first("M-late", due=date(2026, 10, 20)),
        of_first("M-last-day", due=date(2026, 10, 31)),
        of_first("M-next", due=date(2026, 11, 20)),
        of_first("M-some-day"),
    ]
    parts = told(measures, material([FIRST], measures=listed))
    assert words(parts[:1]) == (
        "10 月到期 4 项，完成了其中 2 项。过期未完成的有 2 项。11 月有 1 项到期。另有 1 项未完成，到期更晚或没有定日期。"
    )
    rows = tables(parts)["measures"].rows
    assert [(row[0].text, row[4].text, row[4].turn) for row in rows] == [
        ("M-late", "已过期 12 天", "worse"),
        ("M-last-day", "已过期 1 天", "worse"),
        ("M-slow", "2026 年 10 月 12 日完成，晚 10 天", "worse"),
        ("M-kept", "2026 年 10 月 9 日完成", ""),
        ("M-next", "未完成", ""),
    ]
    assert {row[2].text for row in rows} == {"纪南"}
    assert rows[0][1].items == (FIRST.id,)


def test_nothing_due_and_nothing_late_is_said_too() -> None:
    assert words(told(measures, material([FIRST], measures=[of_first("M-some-day")]))[:1]) == (
        "10 月没有措施到期。没有过期未完成的措施。11 月没有措施到期。另有 1 项未完成，到期更晚或没有定日期。"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_desk_without_measures_is_told_how_to_make_one(language: str) -> None:
    [part] = told(measures, material([FIRST]), language)
    assert "feedback/measures" in words([part])


def test_a_measure_of_which_no_item_had_come_yet_is_not_known() -> None:
    ahead = measure(items=("Q261119-0AAJN0D",), due=date(2026, 10, 20))
    assert measures.find(material([FIRST], measures=[ahead])).late == ()


def finished(before: int, after: int, done: datetime = DONE, **facts: Any) -> list[Part]:
    """The chapter with a measure that was done 41 days before the end, unless said otherwise."""
    items: list[Item] = [FIRST, *many(before, done - timedelta(days=20), start=10, hours=20)]
    items += many(after, done, start=500, hours=20)
    made = {"status": "done", "done": done.date(), "counts": "category:product/payment"} | facts
    return told(measures, material(items, measures=[of_first("M-once", **made)]))


def test_an_effect_is_told_with_its_interval_and_with_what_was_expected() -> None:
    parts = finished(20, 4, expects=-50)
    [point] = points(parts)
    assert point.text == (
        "M-once（2026 年 9 月 21 日完成）：之前 5.9 周 20 件，之后 5.9 周 4 件。"
        "确实减少了：减少 80 %。100 次中有 95 次，真实值在减少 93 % 与减少 44 % 之间，很难说是偶然。预期减少 50 %：已达到。"
    )
    assert (len(point.items), point.query) == (24, "")
    [chart] = charts(parts).values()
    assert chart.name == "effect-M-once"
    assert len(chart.rows) == 10


def test_where_nothing_came_before_there_is_nothing_to_compare_with() -> None:
    [point] = points(finished(0, 12))
    assert point.text.endswith("之前 5.9 周 0 件，之后 5.9 周 12 件。之前一件也没有，没有可比的数字。")


def test_an_effect_that_chance_explains_is_none() -> None:
    [point] = points(finished(9, 8, expects=-50))
    assert "没有明显差别：减少 11 %。" in point.text
    assert point.text.endswith("预期减少 50 %：没有达到。")


def test_too_early_says_from_which_day_on_and_draws_nothing() -> None:
    parts = finished(9, 3, datetime(2026, 10, 24, 16, tzinfo=UTC))
    assert points(parts)[0].text == (
        "M-once（2026 年 10 月 24 日完成）：现在下结论为时过早，最早 2026 年 11 月 7 日可以判断。"
    )
    assert charts(parts) == {}


def test_too_few_says_so_and_until_when_it_is_looked_at() -> None:
    parts = finished(2, 1)
    assert points(parts)[0].text.endswith(
        "件数太少，还不能判断：前后合计至少要 8 件。最后一次判断在 2026 年 12 月 14 日。"
    )
    assert charts(parts) == {}


def test_a_measure_without_data_says_so() -> None:
    bare = item(1, at("08-03"), category=None)
    one = measure(items=(bare.id,), status="done", done=date(2026, 10, 9))
    [point] = points(told(measures, material([bare], measures=[one])))
    assert point.text.endswith("没有写明要减少什么，看不出效果；请在 counts 里写明。")


def test_english_says_the_same() -> None:
    items = [FIRST, *many(20, DONE - timedelta(days=20), start=10, hours=20), *many(4, DONE, start=500, hours=20)]
    one = of_first("M-once", status="done", done=DONE.date(), counts="category:product/payment", expects=-50)
    parts = told(measures, material(items, measures=[one]), "en")
    assert words(parts[:1]) == ("No measure was due in October. None is overdue. None falls due in November.")
    [point] = points(parts)
    assert "Items in the 5.9 weeks before: 20; in the 5.9 weeks since: 4. It became rarer: 80 % fewer." in point.text
    assert point.text.endswith("Expected: 50 % fewer. Reached.")
