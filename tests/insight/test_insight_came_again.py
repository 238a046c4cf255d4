"""Which problems came again in a period, what they are called by, and where they go."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.insight.improving_desk import UNTIL, at, item, known, many, measure, problem

from git_feedback.insight.came_again import Turn, came_again, turn
from git_feedback.triage.recurring import recurring

PAID: dict[str, Any] = {"title": "银行卡扣款成功订单没有生成", "text": "银行卡扣款成功，订单没有生成，请查。"}


@pytest.mark.parametrize(
    ("trend", "total", "wanted"),
    [
        ((0, 0, 0, 0, 0, 1, 1, 1), 3, "new"),
        ((0, 1, 0, 0, 0, 1, 1, 1), 4, "few"),
        ((0, 0, 1, 0, 1, 2, 3, 4), 11, "rising"),
        ((4, 3, 2, 1, 0, 1, 0, 0), 11, "falling"),
        ((2, 1, 2, 1, 1, 2, 1, 2), 30, "steady"),
        ((0, 0, 0, 0, 2, 2, 2, 2), 30, "rising"),
    ],
)
def test_a_trend_is_told_only_where_chance_does_not_explain_it(
    trend: tuple[int, ...], total: int, wanted: Turn
) -> None:
    assert turn(trend, total) == wanted


def test_a_trend_backwards_goes_the_other_way() -> None:
    other = {"rising": "falling", "falling": "rising", "steady": "steady", "few": "few"}
    for trend in [(0, 1, 0, 1, 3, 4, 3, 4), (1, 1, 1, 1, 1, 1, 1, 1), (1, 0, 0, 0, 1, 0, 0, 0)]:
        assert turn(trend[::-1], 100) == other[turn(trend, 100)]


def test_a_record_is_told_with_all_that_its_query_finds() -> None:
    items = [item(1, at("09-08")), item(2, at("10-12")), item(3, at("10-20"))]
    [one] = came_again(known(items, records=[problem(query="category:product/payment")]))
    assert (one.problem, len(one.items), len(one.came), one.since) == ("P-charged", 3, 2, date(2026, 9, 1))
    assert one.people == 3


def test_what_came_only_once_or_not_in_the_period_did_not_come_again() -> None:
    record = problem(query="category:product/payment")
    assert came_again(known([item(1, at("10-12"))], records=[record])) == []
    assert came_again(known([item(1, at("09-08")), item(2, at("09-12"))], records=[record])) == []


def test_a_record_that_was_made_later_or_dropped_is_not_told() -> None:
    items = [item(1, at("10-08")), item(2, at("10-12"))]
    for facts in ({"since": date(2026, 11, 2)}, {"status": "dropped"}):
        assert came_again(known(items, records=[problem(query="category:product/payment", **facts)])) == []


def test_a_group_of_like_items_is_told_with_the_record_that_has_most_of_it() -> None:
    items = many(4, at("10-12"), hours=30, **PAID)
    there = known(items)
    groups = recurring([one.item for one in there.standings], there.policy, UNTIL)
    assert len(groups) == 1
    [alone] = came_again(known(items, groups=groups))
    assert (alone.problem, alone.key, alone.proposes_problem) == (None, items[0].id, True)
    record = problem(items=tuple(one.id for one in items))
    [told] = came_again(known(items, groups=groups, records=[record]))
    assert (told.problem, told.key, told.proposes_problem) == ("P-charged", "P-charged", False)


def test_a_word_that_only_one_person_said_names_nothing() -> None:
    said: dict[str, Any] = {"submitter": "{kind: returning, ref: 5b1c6e0a}"}
    items = many(2, at("10-12"), hours=30, **PAID, **said)
    groups = recurring(items, known(items).policy, UNTIL)
    assert groups[0].terms
    [one] = came_again(known(items, groups=groups))
    assert one.people == 1
    assert not any(one.terms.values())
    strangers = many(2, at("10-12"), hours=30, **PAID)
    [other] = came_again(known(strangers, groups=recurring(strangers, known(items).policy, UNTIL)))
    assert "扣款" in "".join(other.terms["zh"])


def test_what_came_after_its_measure_was_done_is_counted() -> None:
    items = [item(1, at("10-02")), item(2, at("10-12")), item(3, at("10-20"))]
    record = problem(query="category:product/payment")

    def since(**facts: Any) -> int | None:
        done = measure(problem="P-charged", **facts)
        return came_again(known(items, records=[record], measures=[done]))[0].since_done

    assert since(status="done", done=date(2026, 10, 12)) == 2
    assert since(status="done", done=date(2026, 11, 5)) is None, "done only after the period"
    assert since() is None


def test_a_measure_belongs_to_a_problem_by_its_items_too() -> None:
    items = [item(1, at("10-02")), item(2, at("10-12"))]
    mine, other = measure("M-mine", items=(items[1].id,)), measure("M-other")
    [one] = came_again(known(items, records=[problem(query="category:product/payment")], measures=[other, mine]))
    assert one.measures == ("M-mine",)


def test_areas_and_products_are_those_named_most_and_never_long_ones() -> None:
    places = ["华东/上海", "华东/上海", "华南/广州", "很长" * 30]
    items = [item(n, at("10-12") + timedelta(hours=n), area=place) for n, place in enumerate(places)]
    [one] = came_again(known(items, records=[problem(query="category:product/payment")]))
    assert one.areas == (("华东/上海", 2), ("华南/广州", 1))
