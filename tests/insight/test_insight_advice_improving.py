"""Advice about problems that come again, and about measures: when each rule speaks, and when it does not."""

from datetime import date, timedelta
from typing import Any

from tests.insight.improving_desk import UNTIL, at, ground, known, many, measure, problem

from git_feedback.insight.advice import Ground, improving
from git_feedback.triage.recurring import recurring

PAID: dict[str, Any] = {"title": "银行卡扣款成功订单没有生成", "text": "银行卡扣款成功，订单没有生成，请查。"}


def grouped(people: int, **more: Any) -> Ground:
    items = many(people, at("10-12"), hours=30, **PAID)
    return ground(items, groups=recurring(items, known(items).policy, UNTIL), **more)


def test_a_problem_of_several_people_without_a_record_asks_for_one() -> None:
    there = grouped(4)
    found = improving.unrecorded(there)
    assert found is not None
    assert (found.values["n"], found.values["people"]) == (4, 4)
    assert found.values["key"] == there.known.groups[0].key, "what the command takes"
    assert len(found.items) == 4


def test_two_people_or_a_record_that_is_there_do_not() -> None:
    assert improving.unrecorded(grouped(2)) is None
    assert improving.unrecorded(grouped(4, records=[problem(query="category:product/payment")])) is None


def recorded(count: int, *measures: Any, **facts: Any) -> Ground:
    record = problem(**({"query": "category:product/payment"} | facts))
    return ground(many(count, at("10-12"), hours=30), records=[record], measures=measures)


def test_a_problem_that_still_comes_and_has_no_measure_asks_for_one() -> None:
    found = improving.unmeasured(recorded(3))
    assert found is not None
    assert found.values == {"problem": "P-charged", "n": 3, "total": 3}


def test_a_planned_measure_or_a_solved_problem_does_not() -> None:
    assert improving.unmeasured(recorded(3, measure(problem="P-charged"))) is None
    assert improving.unmeasured(recorded(3, status="solved")) is None
    once = [*many(3, at("09-12")), *many(1, at("10-12"), start=10)]
    assert improving.unmeasured(ground(once, records=[problem(query="category:product/payment")])) is None, "one more"


def test_overdue_measures_ask_for_a_decision_the_oldest_first() -> None:
    late = [measure("M-b", due=date(2026, 10, 1)), measure("M-a", due=date(2026, 10, 24))]
    found = improving.overdue_measures(ground(many(2, at("10-12")), measures=late))
    assert found is not None
    assert found.values == {"measure": "M-b", "n": 2, "days": 31}


def test_a_measure_is_more_urgent_the_longer_it_is_overdue() -> None:
    def strength(day: date) -> float:
        found = improving.overdue_measures(ground([], measures=[measure(due=day)]))
        assert found is not None
        return found.strength

    assert strength(date(2026, 10, 1)) > strength(date(2026, 10, 20)) > strength(date(2026, 10, 29))


def test_measures_that_are_done_or_due_later_do_not() -> None:
    later = measure(due=date(2026, 11, 1))
    done = measure("M-done", due=date(2026, 10, 1), done=date(2026, 10, 9), status="done")
    assert improving.overdue_measures(ground([], measures=[later, done])) is None


def finished(before: int, after: int, weeks: int = 6, **facts: Any) -> Ground:
    """A measure that was done so many weeks before the end."""
    done = UNTIL + timedelta(seconds=1) - timedelta(weeks=weeks)
    items = [*many(before, done - timedelta(days=10), hours=10), *many(after, done, start=500, hours=10)]
    known_facts: dict[str, Any] = {"status": "done", "done": done.date(), "counts": "category:product/payment"}
    return ground(items, measures=[measure(**(known_facts | facts))])


def test_a_measure_that_changed_nothing_asks_to_be_thought_over() -> None:
    found = improving.without_effect(finished(12, 11))
    assert found is not None
    assert found.values == {"measure": "M-once", "before": 12, "after": 11, "weeks": 6.0}
    assert found.query == "state:all category:product/payment"
    assert improving.without_effect(finished(20, 10, expects=-90)) is not None, "fewer, yet far from what was hoped for"


def test_one_that_worked_that_is_young_or_has_few_items_does_not() -> None:
    assert improving.without_effect(finished(20, 4)) is None
    assert improving.without_effect(finished(12, 11, weeks=3)) is None
    assert improving.without_effect(finished(3, 2)) is None
    assert improving.without_effect(finished(4, 20, expects=100)) is None, "more was what was hoped for"
