"""The chapter on categories: five of them and the rest, the few that make up most, and nothing of too few."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from tests.insight.test_insight_contributions import PAYMENT, REFUND
from tests.insight.test_insight_volume import came, each
from tests.pages.test_reports_changes import Told, material, policy

from git_feedback.insight.ranking import Columns, Ranked
from git_feedback.model import Item
from git_feedback.pages.reports.chapters import top
from git_feedback.pages.reports.document import Chart
from git_feedback.pages.reports.speech import Speech

PRAISE = "praise/staff"


def told(items: Sequence[Item], language: str = "zh", period: str = "2026-11") -> Told:
    asked = material(items, period)
    found = top.find(asked)
    assert found
    return Told(top.tell(found, asked, Speech(policy(), language)))


def month(payments: int, refunds: int, praises: int, day: date = date(2026, 11, 4)) -> list[Item]:
    kinds = [(PAYMENT, payments), (REFUND, refunds), (PRAISE, praises)]
    return [item for kind, count in kinds for item in each([day], [count], kind)]


def charts(said: Told) -> list[str]:
    return [part.name for part in said.parts if isinstance(part, Chart)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "3 类中的 1 类占了 85 %：支付与账单。"),
        ("en", "One of 3 categories makes up 85 %: Payment | billing."),
    ],
)
def test_the_few_that_make_up_most_are_named(language: str, said: str) -> None:
    assert told(month(17, 2, 1), language).words == said


def test_where_many_are_needed_it_is_spread_out() -> None:
    assert told(month(7, 6, 5)).words == "内容分散：要 3 类才占到 80 %（共 3 类，合计 100 %）。"


def test_where_no_category_has_three_there_is_nothing_it_was_mostly_about() -> None:
    five = [came(f"2026-11-{day:02}", 0, kind) for day in (3, 4) for kind in (PAYMENT, REFUND, PRAISE)]
    nine = [*five, came("2026-11-05", 0, "other"), came("2026-11-06", 0, "other/x")]
    said = told(nine)
    assert said.words == "8 件分散在 5 类，最多的一类也只有 2 件，看不出重点。"
    assert charts(said) == []


def test_seven_items_have_no_shares_and_no_charts() -> None:
    said = told(month(5, 1, 1))
    assert said.words == "只收到 7 件，不谈占比。"
    assert "%" not in str(said.tables)
    assert charts(said) == []


def test_a_row_leads_to_its_items_now_and_before_and_to_those_that_were_late() -> None:
    items = [*month(9, 4, 0), *month(3, 3, 2, date(2026, 10, 14))]
    [table] = told(items).tables
    first, second, rest = table.rows
    assert [cell.text for cell in first[:5]] == ["支付与账单", "9", "69.2 %", "3", "+6"]
    assert first[1].query == "state:all category:product/payment received:2026-11"
    assert first[3].query == "state:all category:product/payment received:2026-10"
    assert first[5].number == len(first[5].items) == 9
    assert [cell.text for cell in rest] == ["其余各类", "0", "0 %", "2", "-2", "0"]
    assert second[0].text == "退款"


def test_the_first_month_has_no_change() -> None:
    [table] = told(month(9, 4, 0)).tables
    assert [cell.text for cell in table.rows[0][3:5]] == ["–", "–"]


def test_the_months_stand_side_by_side_where_there_are_two() -> None:
    assert charts(told(month(9, 4, 1))) == ["top-pareto"]
    said = told([*month(9, 4, 1), *month(3, 3, 2, date(2026, 10, 14))])
    assert charts(said) == ["top-pareto", "top-stacked"]
    stacked = next(part for part in said.parts if isinstance(part, Chart) and part.name == "top-stacked")
    assert stacked.heading == "最近 2 个月各类别的件数"
    assert [line[0] for line in stacked.rows] == ["2026-10", "2026-11"]


def test_columns_that_would_mostly_show_the_rest_are_not_drawn() -> None:
    asked = material(month(9, 4, 1), "2026-11")
    found = top.find(asked)
    assert found
    spread = Columns("month", (date(2026, 10, 1), date(2026, 11, 1)), {f"a/{by:02}": (1, 1) for by in range(12)})
    parts = top.tell(replace(found, columns=spread), asked, Speech(policy(), "zh"))
    assert charts(Told(parts)) == ["top-pareto"]


def test_only_one_category_is_told_as_all() -> None:
    assert told(month(12, 0, 0)).words == "12 件全部属于“支付与账单”。"


def test_more_than_five_of_the_few_are_named_up_to_five() -> None:
    asked = material(month(9, 4, 1), "2026-11")
    found = top.find(asked)
    assert found
    many = tuple(Ranked(f"a/{by:02}", 10 if by < 6 else 1, None, ()) for by in range(18))
    parts = top.tell(replace(found, total=72, vital=6, categories=many), asked, Speech(policy(), "zh"))
    assert Told(parts).words == "18 类中的 6 类占了 83.3 %，前几类是：a/00、a/01、a/02、a/03、a/04。"


def test_a_month_without_items_has_no_such_chapter() -> None:
    assert top.find(material([came("2026-09-01")], "2026-11")) is None
