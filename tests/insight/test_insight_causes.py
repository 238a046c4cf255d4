"""Which items belong to a problem, and why things come in: records weighed by items, solutions by their own words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.sample_desk import policy

from git_feedback.desk import Standing, standings
from git_feedback.insight.belonging import belonging, submitters, weekly
from git_feedback.insight.causes import Reason, by_category, of_records, of_solutions, together
from git_feedback.model.problems import Cause, ProblemRecord
from git_feedback.store import read

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
HEAD = """\
id: {id}
received: 2026-{day}T09:00:00+08:00
channel: app
title: 扣款没有订单
text: 付了款，没有订单。
history:
  - classify: {{at: 2026-{day}T09:10:00+08:00, by: ines.brandt, category: {category}, urgency: 3, impact: 3}}
"""
ONE, TWO, THREE, FOUR = "Q261012-9Z6X629", "Q261119-0AAJN0D", "Q261119-V9T67N3", "Q261008-REDHPZD"


def item(name: str, more: str = "", category: str = "product/payment") -> str:
    return HEAD.format(id=name, day=f"{name[3:5]}-{name[5:7]}", category=category) + more


def solved(name: str, cause: str, category: str = "product/payment") -> str:
    day = f"2026-{name[3:5]}-{name[5:7]}"
    steps = (
        f"  - assign: {{at: {day}T09:20:00+08:00, by: ines.brandt, department: payments, owner: ji.nan}}\n"
        f"  - accept: {{at: {day}T09:30:00+08:00, by: ji.nan}}\n"
        f"  - resolve: {{at: {day}T09:40:00+08:00, by: ji.nan}}\n    cause: {cause}\n"
    )
    return item(name, steps, category)


def stood(*sources: str) -> list[Standing]:
    return standings([read(source.encode()) for source in sources], policy(), NOW)


def record(**facts: Any) -> ProblemRecord:
    known = {
        "id": "P-pay",
        "title": "扣了款，没有订单",
        "language": "zh",
        "status": "open",
        "owner": "ji.nan",
        "since": date(2026, 10, 1),
    }
    return ProblemRecord(**(known | facts))


DUPLICATE = f"  - duplicate: {{at: 2026-11-19T10:00:00+08:00, by: ines.brandt, of: {TWO}}}\n"
LINKED = "  - link: {at: 2026-10-12T10:00:00+08:00, by: ji.nan, kind: problem, to: P-pay}\n"
REJECTED = "  - reject: {at: 2026-10-12T10:00:00+08:00, by: ines.brandt, kind: spam}\n"


def ids(found: tuple[Standing, ...]) -> list[str]:
    return [one.item.id for one in found]


# ---- what belongs to it -----------------------------------------------------------------------------------------------


def test_named_and_linked_items_belong_to_a_problem_and_so_do_their_duplicates() -> None:
    found = belonging(record(items=(TWO,)), stood(item(ONE, LINKED), item(TWO), item(THREE, DUPLICATE)), policy(), NOW)
    assert ids(found.confirmed) == [ONE, TWO, THREE]
    assert found.by_query == ()


def test_what_was_rejected_belongs_to_nothing() -> None:
    found = belonging(record(items=(ONE,), query="扣款"), stood(item(ONE, REJECTED)), policy(), NOW)
    assert found.all == []


def test_a_query_adds_what_came_since_and_is_not_there_yet() -> None:
    there = stood(item(FOUR), item(ONE), item(TWO))
    asked = record(items=(TWO,), query="category:product/payment", since=date(2026, 10, 9))
    found = belonging(asked, there, policy(), NOW)
    assert (ids(found.confirmed), ids(found.by_query)) == ([TWO], [ONE])
    assert [one.item.id for one in found.all] == [ONE, TWO]


def test_a_query_that_cannot_be_read_finds_nothing() -> None:
    for asked in ("类别:支付", "state:paid", "owner:me"):
        assert belonging(record(query=asked), stood(item(ONE)), policy(), NOW).all == []


def test_what_came_later_than_now_does_not_belong_yet() -> None:
    before = datetime(2026, 11, 1, tzinfo=UTC)
    found = belonging(record(items=(ONE, TWO)), stood(item(ONE), item(TWO)), policy(), before)
    assert ids(found.confirmed) == [ONE]


def test_eight_weeks_are_counted_from_now_with_the_newest_last() -> None:
    assert weekly(stood(item(FOUR), item(ONE), item(TWO)), NOW) == (0, 1, 1, 0, 0, 0, 0, 1)


def test_the_same_person_again_is_one() -> None:
    there = stood(item(ONE), item(TWO), item(FOUR))
    assert submitters(there) == 3
    same = [replace(one, item=there[0].item) for one in there]
    assert submitters(same) == 1


# ---- causes of records ------------------------------------------------------------------------------------------------


def test_a_cause_weighs_the_items_it_names_else_all_that_people_put_there() -> None:
    there = stood(item(ONE, LINKED), item(TWO), item(THREE, DUPLICATE), item(FOUR))
    asked = record(
        items=(TWO,),
        query="category:product/payment",
        causes={"machine": (Cause(cause="回调超时", items=(TWO,)),), "method": (Cause(cause="没有评审"),)},
    )
    found = of_records([asked], there, NOW)
    assert [(one.branch, one.items) for one in found] == [("machine", (TWO, THREE)), ("method", (ONE, TWO, THREE))]


def test_two_records_with_one_cause_are_one_cause_of_both() -> None:
    first = record(items=(ONE,), causes={"man": (Cause(cause="周末没人审。"),)})
    other = record(id="P-two", items=(TWO,), causes={"man": (Cause(cause="周末没人审"),)})
    (found,) = of_records([first, other], stood(item(ONE), item(TWO)), NOW)
    assert (found.count, found.problems) == (2, ("P-pay", "P-two"))


def test_dropped_records_and_causes_without_items_are_left_out() -> None:
    causes: dict[str, Any] = {"causes": {"man": (Cause(cause="周末没人审"),)}}
    listed = [record(status="dropped", items=(ONE,), **causes), record(id="P-two", **causes)]
    assert of_records(listed, stood(item(ONE)), NOW) == []


# ---- causes of solutions ----------------------------------------------------------------------------------------------


def test_sentences_that_read_the_same_or_nearly_so_are_one_cause_in_the_words_of_most() -> None:
    there = stood(
        solved(ONE, "银行回调超过 30 秒。"),
        solved(TWO, "银行回调超过３０秒"),
        solved(THREE, "银行的回调超过 30 秒时限"),
        solved(FOUR, "新人未完成服务培训即上岗。"),
    )
    first, other = of_solutions(there, NOW)
    assert (first.cause, first.items) == ("银行回调超过 30 秒。", (ONE, TWO, THREE))
    assert (other.count, other.branch, other.language) == (1, None, "zh")


def test_only_the_last_solution_counts_and_one_that_was_taken_back_does_not() -> None:
    again = solved(ONE, "看错了") + (
        "  - review: {at: 2026-10-12T10:00:00+08:00, by: lin.wan, verdict: fail}\n    reason: 不对\n"
        "  - resolve: {at: 2026-10-12T11:00:00+08:00, by: ji.nan}\n    cause: 回调超时\n"
    )
    assert [one.cause for one in of_solutions(stood(again), NOW)] == ["回调超时"]
    back = solved(ONE, "看错了") + (
        "  - retract: {at: 2026-10-12T10:00:00+08:00, by: ji.nan, what: resolve, when: 2026-10-12T09:40:00+08:00}\n"
        "    because: 写错了\n"
    )
    assert of_solutions(stood(back), NOW) == []


def test_a_desk_without_solutions_has_no_causes() -> None:
    assert of_solutions(stood(item(ONE)), NOW) == []
    assert of_solutions([], NOW) == []
    assert together([], []) == []
    assert by_category([], []) == {}


def test_a_solution_in_the_words_of_a_record_counts_with_the_record() -> None:
    told = [Reason("银行回调超过时限", "zh", (ONE,), "machine", ("P-pay",))]
    same = [Reason("银行回调超过时限。", "zh", (TWO,)), Reason("新人未完成培训", "zh", (FOUR,))]
    first, other = together(told, same)
    assert (first.branch, first.items) == ("machine", (ONE, TWO))
    assert other.items == (FOUR,)


def test_a_table_a_category_holds_the_items_of_that_category_alone() -> None:
    there = stood(item(ONE), item(TWO), item(FOUR, category="service/logistics"))
    reasons = [Reason("甲", "zh", (FOUR, ONE, TWO)), Reason("乙", "zh", (ONE,), "man")]
    found = by_category(reasons, there)
    assert list(found) == ["product/payment", "service/logistics"]
    assert [(one.cause, one.count) for one in found["product/payment"]] == [("甲", 2), ("乙", 1)]
    assert [(one.cause, one.items) for one in found["service/logistics"]] == [("甲", (FOUR,))]


def test_what_is_too_long_ago_is_counted_in_no_week() -> None:
    assert sum(weekly(stood(item(ONE)), NOW + timedelta(weeks=30))) == 0
