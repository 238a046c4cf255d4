"""The chapter on changes: what it says of a month beside the one before and a year ago, and when it says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.insight.test_insight_contributions import PAYMENT, REFUND, arrived, solved
from tests.insight.test_insight_stats import event, made

from git_feedback.desk import standings
from git_feedback.insight import Period
from git_feedback.model import Item
from git_feedback.pages.reports.chapters import changes
from git_feedback.pages.reports.document import Paragraph, Part, Point, Points, Table
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.queries import received
from git_feedback.pages.reports.speech import Speech
from git_feedback.policy import Policy, load

DESK = Path(__file__).parents[1] / "data" / "report-desk"
LANGUAGES = ("zh", "en")


@cache
def policy() -> Policy:
    """The policy of the small desk."""
    found = load(
        {
            f"policy/{one.relative_to(DESK / 'policy').as_posix()}": one.read_bytes()
            for one in DESK.glob("policy/**/*.yml")
        }
    )
    assert found.policy
    return found.policy


def material(items: Sequence[Item], period: str = "2026-10") -> Material:
    """What a report on a period of these items is made from."""
    asked = Period.parse(period)
    until = asked.bounds(policy().office.tz)[1] - timedelta(seconds=1)
    return Material(policy(), asked, until, standings(items, policy(), until))


@dataclass(frozen=True)
class Told:
    """A chapter in one language."""

    parts: Sequence[Part]

    @property
    def points(self) -> list[Point]:
        return [point for part in self.parts if isinstance(part, Points) for point in part.points]

    @property
    def words(self) -> str:
        said = [part.text for part in self.parts if isinstance(part, Paragraph)]
        return "\n".join([*said, *(point.text for point in self.points)])

    @property
    def tables(self) -> list[Table]:
        return [part for part in self.parts if isinstance(part, Table)]

    def about(self, words: str) -> Point:
        """The one point that says so."""
        [found] = [point for point in self.points if words in point.text]
        return found


def told(items: Sequence[Item], language: str = "zh", period: str = "2026-10") -> Told:
    """What the chapter says."""
    asked = material(items, period)
    found = changes.find(asked)
    assert found
    return Told(changes.tell(found, asked, Speech(policy(), language)))


def row(month: int, payments: int, refunds: int, channel: str = "phone") -> list[Item]:
    kinds = [PAYMENT] * payments + [REFUND] * refunds
    return [arrived(month, number, kind, channel=channel) for number, kind in enumerate(kinds)]


def test_what_made_the_change_is_told_with_what_else_these_items_are_and_a_query() -> None:
    items = [*row(9, 2, 8), *row(10, 14, 9)]
    point = told(items).about("类别")
    assert point.text == "多出的 13 件中有 12 件来自类别“支付与账单”（2 → 14 件）。这些大多同时属于：部门“支付产品”。"
    assert point.query == "state:all category:product/payment received:2026-10"
    english = told(items, "en").points[:2]
    assert english[0].text == "23 received, 13 more than the 10 of September."
    assert english[1].text.startswith("12 of the 13 more came from the category “Payment | billing” (2 → 14).")


def test_a_group_that_moved_more_than_the_whole_is_no_part_of_it() -> None:
    point = told([*row(9, 3, 20), *row(10, 33, 8)]).about("类别")
    assert point.text.startswith("类别“支付与账单”多了 30 件（3 → 33 件），其余有增有减。")


def test_two_groups_that_together_moved_more_than_the_whole_are_no_parts_of_it() -> None:
    fell = [made(f"2026-09-{day:02}T15:00:00+08:00") for day in range(1, 25)]
    said = told([*row(9, 3, 3), *fell, *row(10, 30, 30)])
    assert "类别“支付与账单”多了 27 件" in said.words
    assert "类别“退款”多了 27 件" in said.words


def test_what_fell_leads_to_what_came_before() -> None:
    point = told([*row(9, 20, 6), *row(10, 2, 6)]).about("类别")
    assert point.text.startswith("减少的 18 件中有 18 件出在类别“支付与账单”（20 → 2 件）。")
    assert point.query == "state:all category:product/payment received:2026-09"


def test_a_change_that_chance_makes_has_no_reason() -> None:
    said = told([*row(9, 5, 5), *row(10, 7, 6)])
    assert said.points[0].text == "收到 13 件，比 9 月的 10 件多 3 件。这样的差别偶然也会出现，不必找原因。"
    assert "来自" not in said.words


def test_as_many_as_before_is_said_without_a_word_on_chance() -> None:
    assert told([*row(9, 5, 5), *row(10, 5, 5)]).points[0].text == "收到 10 件，与 9 月一样多。"


def test_what_grew_all_alike_has_no_reason_but_names_the_category_that_grew_most() -> None:
    said = told([*row(9, 6, 6), *row(10, 18, 17)]).points[0].text
    assert "没有哪一项特别突出；类别中变化最大的是“支付与账单”（6 → 18 件）" in said


def test_three_against_five_are_only_listed() -> None:
    said = told([*row(9, 3, 2), *row(10, 1, 2)])
    assert "太少，说不上原因" in said.points[0].text
    assert said.about("支付与账单").text == "支付与账单：1 件（9 月 3 件）。"
    assert said.tables == []
    assert "%" not in said.words


def test_more_working_days_are_told_where_they_make_a_part_of_the_change() -> None:
    """October 2026 has 18 working days here, September 23 with the make-up Sunday."""
    said = told([*row(9, 15, 15), *row(10, 13, 13)])
    assert said.about("工作日").text == "10 月有 18 个工作日，9 月有 23 个；平均每个工作日收到 1.4 件（9 月 1.3 件）。"
    assert "工作日" not in told([*row(9, 10, 10), *row(10, 40, 40)]).words


def test_the_same_time_a_year_ago_is_told_with_its_year() -> None:
    ago = [made(f"2025-10-0{day}T10:00:00+08:00") for day in range(1, 9)]
    headings = [part.heading for part in told([*ago, *row(9, 5, 5), *row(10, 5, 5)]).parts if isinstance(part, Points)]
    assert headings == ["与 9 月相比", "与 2025 年 10 月相比"]


def test_a_year_is_compared_once() -> None:
    ago = [made(f"2025-01-0{day}T10:00:00+08:00") for day in range(1, 9)]
    headings = [part.heading for part in told([*ago, *row(9, 5, 5)], "en", "2026").parts if isinstance(part, Points)]
    assert headings == ["Against 2025"]


@pytest.mark.parametrize(("language", "said"), [("zh", "还没有可比的"), ("en", "nothing to compare it with yet")])
def test_the_first_month_says_that_there_is_nothing_to_compare_with(language: str, said: str) -> None:
    assert said in told(row(10, 4, 4), language).words


def test_a_month_in_which_the_record_began_is_no_whole_month() -> None:
    late = [made(f"2026-09-2{day}T10:00:00+08:00") for day in range(9)]
    assert "记录从 2026 年 9 月 20 日才开始，9 月并不完整" in told([*late, *row(10, 5, 5)]).words
    assert "才开始" not in told([*row(9, 5, 5), *row(10, 5, 5)]).words


def test_a_month_in_which_nothing_happened_has_no_such_chapter() -> None:
    assert changes.find(material([], "2026-10")) is None


# ---- targets and times ----------------------------------------------------------------------------------------------


def answered(month: int, late: int, kept: int, category: str = REFUND) -> list[Item]:
    """So many items answered after days, and so many at once."""
    found = []
    for number in range(late + kept):
        start = datetime.fromisoformat(f"2026-{month:02}-12T09:00:00+08:00") + timedelta(minutes=number)
        said = start + (timedelta(days=6) if number < late else timedelta(minutes=30))
        named = event("classify", (start + timedelta(minutes=5)).isoformat(), category=category, urgency=3, impact=3)
        found.append(made(start.isoformat(), named, event("respond", said.isoformat(), channel="phone", text="收到。")))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_of_targets_is_told_with_what_it_lost_and_the_items_that_were_late(language: str) -> None:
    items = [*answered(9, 0, 20), *answered(10, 15, 5), *answered(9, 0, 10, PAYMENT), *answered(10, 0, 10, PAYMENT)]
    point = next(one for one in told(items, language).points if "%" in one.text)
    assert len(point.items) >= 15
    assert ("同类时限按时的更少" if language == "zh" else "kept less often") in point.text


def test_the_category_that_lost_the_share_is_named() -> None:
    items = [*answered(9, 0, 20), *answered(10, 15, 5), *answered(9, 0, 20, PAYMENT), *answered(10, 0, 20, PAYMENT)]
    late = {
        item.id for item in items if item.received.month == 10 and item.history[0].model_dump()["category"] == REFUND
    }
    point = next(one for one in told(items).points if one.text.startswith("类别“退款”"))
    assert "使按时率少了" in point.text
    assert set(point.items) <= late


def test_few_targets_are_counted_and_not_shared() -> None:
    said = told([*answered(9, 1, 1), *answered(10, 2, 0)])
    assert "太少，不作比较" in said.about("时限中按时").text
    assert "%" not in said.words


def test_the_median_is_told_with_the_category_that_moved_it() -> None:
    before = solved(9, pay=[10, 11, 12, 13, 14], refund=[9, 10, 11, 12, 13, 14, 15])
    now = solved(10, pay=[10, 11, 12, 13, 14], refund=[60, 61, 62, 63, 64, 65, 66])
    said = told([*before, *now])
    assert said.about("解决用时").text.startswith("解决用时的中位数 2.5 天（12 件），9 月 12 小时（12 件）。")
    point = said.about("使中位数长了")
    assert point.text == "类别“退款”使中位数长了 2 天：它自己的中位数是 2.6 天（7 件），9 月 12 小时（7 件）。"
    assert len(point.items) == 7
    assert "made the median 2 days longer" in told([*before, *now], "en").words


# ---- the table ------------------------------------------------------------------------------------------------------


def test_the_rows_of_every_side_sum_up_to_the_whole() -> None:
    [table] = told([*row(9, 2, 8), *row(10, 14, 9)]).tables
    for side in {line[0].text for line in table.rows}:
        lines = [line for line in table.rows if line[0].text == side]
        assert [sum(line[at].number or 0 for line in lines) for at in (2, 3, 4)] == [10, 23, 13]


def test_a_number_of_the_table_leads_to_its_items() -> None:
    [table] = told([*row(9, 2, 8), *row(10, 14, 9)]).tables
    first = table.rows[0]
    assert [cell.text for cell in first] == ["类别", "支付与账单", "2", "14", "+12"]
    assert first[3].query == "state:all category:product/payment received:2026-10"
    assert table.name == "contributions"


# ---- queries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sides", "query"),
    [
        ({}, "state:all received:2026-10"),
        ({"category": PAYMENT}, "state:all category:product/payment received:2026-10"),
        ({"category": "unclassified"}, ""),
        ({"category": "gone/long-ago"}, ""),
        ({"area": "Cow Hollow"}, ""),
        ({"area": "华东/上海"}, "state:all area:华东/上海 received:2026-10"),
        ({"product": "app"}, ""),
    ],
)
def test_what_the_query_language_cannot_say_has_no_query(sides: dict[str, str], query: str) -> None:
    assert received(material([]), "2026-10", sides) == query


def test_the_same_items_in_any_order_give_the_same_chapter() -> None:
    items = [*row(9, 2, 8), *row(10, 14, 9)]
    assert told(items) == told(items[::-1])
