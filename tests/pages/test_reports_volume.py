"""The chapter on volume: days outside the limits by name, hours only where there are enough, weeks that sum up."""

from collections.abc import Sequence
from datetime import date

import pytest
from tests.insight.test_insight_contributions import REFUND
from tests.insight.test_insight_volume import MONDAYS, WEEKDAYS, came, each
from tests.pages.test_reports_changes import Told, material, policy

from git_feedback.model import Item
from git_feedback.pages.reports.chapters import volume
from git_feedback.pages.reports.document import Chart
from git_feedback.pages.reports.speech import Speech

CALM = [2, 1] * 10 + [2]


def told(items: Sequence[Item], language: str = "zh", period: str = "2026-11") -> Told:
    asked = material(items, period)
    found = volume.find(asked)
    assert found
    return Told(volume.tell(found, asked, Speech(policy(), language)))


def charts(said: Told) -> list[str]:
    return [part.name for part in said.parts if isinstance(part, Chart)]


def test_a_day_outside_the_limits_is_named_with_its_items() -> None:
    burst = [came("2026-11-11", 10 + by, REFUND) for by in range(9)]
    items = [*each(WEEKDAYS, CALM), *burst]
    point = told(items).about("超出正常波动")
    assert point.text.startswith("11 月 11 日（周三）收到 10 件，超出正常波动的上限 ")
    assert point.text.endswith("其中 9 件是“退款”。")
    assert {item.id for item in burst} < set(point.items)
    english = told(items, "en").about("ordinary ups and downs").text
    assert english.startswith("10 came on Wed, 11 November, above the ")
    assert english.endswith("9 of them: Refunds.")


def test_a_calm_month_says_that_no_day_is_news() -> None:
    said = told(each(WEEKDAYS, CALM))
    assert "没有哪个工作日超出正常波动" in said.words
    assert "最多的是" not in said.words, "two on a day are not worth naming"


def test_a_busy_month_has_days_hours_and_both_charts() -> None:
    said = told(each(WEEKDAYS, CALM))
    assert charts(said) == ["volume-trend", "volume-hours"]
    assert said.points[0].text == "11 月收到 32 件，解决 0 件；平均每个工作日收到 1.5 件，每个休息日 0 件。"
    assert said.points[0].query == "state:all received:2026-11"


def test_a_few_items_show_no_hours_and_are_counted_by_the_week() -> None:
    said = told(each(MONDAYS, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 3, 1]))
    assert charts(said) == ["volume-trend"]
    assert "看不出一周里哪些时段忙" in said.words
    assert "没有哪一周超出正常波动" in said.words
    assert said.about("最多的是").text == "最多的是 11 月 16 日开始的一周：3 件。其中 3 件是“支付与账单”。"


def test_a_young_record_says_that_it_has_no_limits_yet() -> None:
    assert "时间还短" in told([came("2026-11-04"), came("2026-11-18")]).words


def test_what_came_out_of_hours_is_told_with_its_share() -> None:
    night = [came("2026-11-11", by, hour=22) for by in range(8)]
    assert told([*each(WEEKDAYS, CALM), *night]).about("下班时间").text == "40 件中有 8 件（20 %）在下班时间收到。"
    assert "全部在上班时间收到" in told(each(WEEKDAYS, CALM)).words


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "连续 10 个工作日多于平均"), ("en", "10 working days in a row, from 17 November")]
)
def test_a_stretch_above_the_mean_is_told_with_its_days(language: str, said: str) -> None:
    assert said in told(each(WEEKDAYS, [1, 2] * 5 + [1] + [3, 2] * 5), language).words


def test_the_weeks_lead_to_their_items_and_sum_up_to_the_month() -> None:
    [table] = told(each([date(2026, 11, 1), date(2026, 11, 12), date(2026, 11, 30)], [1, 2, 3])).tables
    assert [line[2].number for line in table.rows] == [1, 0, 2, 0, 0, 3]
    assert table.rows[2][2].query == "state:all received:2026-11-09..2026-11-15"
    assert table.rows[1][2].query == ""
    assert [line[0].text for line in table.rows][:2] == ["11 月 1 日", "11 月 2 日至 11 月 8 日"]


def test_a_quarter_is_told_by_the_week() -> None:
    said = told(each(WEEKDAYS, [9] * 21), period="2026-Q4")
    assert charts(said)[0] == "volume-trend"
    assert "11 月 2 日开始的一周收到 45 件，超出正常波动的上限" in said.words


def test_a_month_without_items_has_no_such_chapter() -> None:
    assert volume.find(material([came("2026-09-01")], "2026-11")) is None
