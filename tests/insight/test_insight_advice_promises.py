"""Advice about promises kept, solutions that hold, and what people say: when each rule speaks, and when it does not."""

from datetime import datetime, timedelta

from tests.insight.improving_desk import assigned, at, event, ground, item, solved

from git_feedback.insight.advice import promises
from git_feedback.model import Item

IN_TIME, LATE = timedelta(hours=1), timedelta(days=3)


def answered(number: int, received: datetime, took: timedelta, department: str = "payments") -> Item:
    """A P2 item: the first answer is due after eight working hours."""
    owner = {"payments": "ji.nan", "stores": "owen.vale"}[department]
    steps = [assigned(received + timedelta(minutes=1), department, owner)]
    steps += [event("accept", received + timedelta(minutes=2), owner)]
    steps += [event("respond", received + took, owner, "text: 正在查。", progress="true")]
    return item(number, received, *steps, category="process/invoice")


def desk(late: int, of: int, others_late: int = 0, others: int = 20) -> list[Item]:
    days = [at(f"10-{day:02}") for day in (12, 13, 14, 19, 20, 21)]
    own = [answered(n, days[n % 6], LATE if n < late else IN_TIME, "stores") for n in range(of)]
    rest = [answered(100 + n, days[n % 6], LATE if n < others_late else IN_TIME) for n in range(others)]
    return [*own, *rest]


def test_a_department_that_keeps_less_of_the_same_promise_asks_for_a_look() -> None:
    found = promises.keeps_less(ground(desk(7, 10)))
    assert found is not None
    assert (found.values["department"], found.values["clock"], found.values["level"]) == ("stores", "respond", "P2")
    assert (found.values["late"], found.values["n"], found.values["share"]) == (7, 10, 0.3)
    assert len(found.items) == 7


def test_few_items_or_a_difference_that_chance_explains_are_no_reason() -> None:
    assert promises.keeps_less(ground(desk(6, 7))) is None, "seven items"
    assert promises.keeps_less(ground(desk(2, 10, others_late=2))) is None, "chance"
    assert promises.keeps_less(ground(desk(10, 10, others=5))) is None, "nobody to compare with"


def at_night(number: int, took: timedelta) -> Item:
    return answered(number, at(f"10-{12 + number % 3:02}", "22:30"), took)


SATURDAY = at("10-17", "23:00")
"""Before any solution is due."""


def nights_and_days(nights: int) -> list[Item]:
    return [*(at_night(n, LATE) for n in range(nights)), *(answered(50 + n, at("10-14"), IN_TIME) for n in range(12))]


def test_lateness_of_what_came_at_night_asks_for_a_rota() -> None:
    items = nights_and_days(6)
    found = promises.late_after_hours(ground(items, SATURDAY))
    assert found is not None
    assert found.values["n"] == found.values["late"] == 6
    assert sorted(found.items) == sorted(one.id for one in items[:6])


def test_few_late_ones_or_lateness_by_day_do_not() -> None:
    assert promises.late_after_hours(ground(nights_and_days(2), SATURDAY)) is None
    by_day = [answered(n, at("10-13"), LATE) for n in range(7)]
    assert promises.late_after_hours(ground([*nights_and_days(6), *by_day], SATURDAY)) is None


def test_where_everything_comes_at_night_lateness_has_another_reason() -> None:
    nights = [at_night(n, LATE if n < 6 else IN_TIME) for n in range(12)]
    assert promises.late_after_hours(ground(nights, SATURDAY)) is None
    mostly = [*nights, *(answered(50 + n, at("10-14"), LATE if n == 0 else IN_TIME) for n in range(6))]
    assert promises.late_after_hours(ground(mostly, SATURDAY)) is None, "six of seven late, two of three anyway: chance"


def replied(number: int, day: str, *, heard: bool) -> Item:
    received = at(day)
    done = event("review", received + timedelta(hours=2), "lin.wan", verdict="pass")
    told = event("reply", received + timedelta(hours=3), prose="text: 已处理。")
    says = event("follow-up", received + timedelta(hours=30), "xu.bei", verdict="satisfied")
    return item(number, received, *solved(received), done, told, *([says] if heard else []))


def test_hardly_any_answer_asks_for_another_way_of_asking() -> None:
    found = promises.few_answers(ground([replied(n, "10-12", heard=n < 2) for n in range(10)]))
    assert found is not None
    assert found.values == {"n": 10, "heard": 2, "share": 0.2}
    assert len(found.items) == 8


def test_enough_answers_or_replies_of_the_last_week_ask_nothing() -> None:
    assert promises.few_answers(ground([replied(n, "10-12", heard=n < 3) for n in range(10)])) is None
    assert promises.few_answers(ground([replied(n, "10-27", heard=False) for n in range(10)])) is None
    assert promises.few_answers(ground([replied(n, "10-12", heard=False) for n in range(9)])) is None


def came_back(number: int, *, reopened: bool, category: str = "service/refund") -> Item:
    received = at("10-12") + timedelta(hours=number)
    again = event("reopen", received + timedelta(days=1), "xu.bei", "reason: 还是没有到账。", kind="unsatisfied")
    done = event("review", received + timedelta(hours=2), "lin.wan", verdict="pass")
    told = event("reply", received + timedelta(hours=3), prose="text: 已退款。")
    steps = [*solved(received), done, told, *([again] if reopened else [])]
    return item(number, received, *steps, category=category)


def test_a_category_that_comes_back_asks_for_its_review() -> None:
    found = promises.comes_back(ground([came_back(n, reopened=n < 3) for n in range(10)]))
    assert found is not None
    assert found.values == {"category": "service/refund", "n": 3, "resolved": 10}
    assert len(found.items) == 3


def test_one_in_ten_or_a_few_in_all_do_not() -> None:
    assert promises.comes_back(ground([came_back(n, reopened=n < 2) for n in range(10)])) is None
    assert promises.comes_back(ground([came_back(n, reopened=n < 3) for n in range(30)])) is None
    assert promises.comes_back(ground([came_back(n, reopened=n < 3) for n in range(7)])) is None


def explained(count: int, told: int, **facts: str) -> list[Item]:
    day = at("10-12")
    return [item(n, day, *solved(day, "漏扫会员码" if n < told else ""), **facts) for n in range(count)]


def test_solutions_that_do_not_say_why_ask_for_causes() -> None:
    found = promises.why_untold(ground(explained(10, 4)))
    assert found is not None
    assert found.values == {"n": 10, "told": 4}
    assert len(found.items) == 6


def test_half_of_them_few_or_imported_ones_do_not() -> None:
    assert promises.why_untold(ground(explained(10, 5))) is None
    assert promises.why_untold(ground(explained(9, 0))) is None
    assert promises.why_untold(ground(explained(12, 0, record="history"))) is None
