"""Advice about what comes in, where it goes, and where it lies: when each rule speaks, and when it does not."""

from datetime import timedelta

from tests.insight.improving_desk import UNTIL, assigned, at, event, ground, item, many

from git_feedback.insight.advice import arrivals
from git_feedback.model import Item


def grown(before: int, now: int, others: int = 15, category: str = "service/refund") -> list[Item]:
    """So many of a category in September and in October, among so many others in each."""
    months = (("09-07", before), ("10-12", now))
    items = []
    for place, (day, count) in enumerate(months):
        items += many(count, at(day), start=1000 * place, category=category)
        items += many(others, at(day), start=1000 * place + 500, category="process/invoice")
    return items


def test_a_category_that_is_much_and_rose_beyond_chance_asks_for_its_cause() -> None:
    found = arrivals.category_grows(ground(grown(5, 20)))
    assert found is not None
    assert found.values == {"category": "service/refund", "n": 20, "before": 5, "share": 0.5714, "month": "2026-09"}
    assert len(found.items) == 20
    assert found.query == "state:all category:service/refund received:2026-10"


def test_a_category_that_chance_may_have_raised_or_that_is_little_or_praise_does_not() -> None:
    assert arrivals.category_grows(ground(grown(12, 20))) is None, "chance"
    assert arrivals.category_grows(ground(grown(0, 8, others=60))) is None, "little"
    assert arrivals.category_grows(ground(grown(0, 12, others=4))) is None, "too few in all"
    assert arrivals.category_grows(ground(grown(5, 20, category="praise/staff"))) is None, "praise"


def test_a_first_month_has_nothing_to_rise_from() -> None:
    assert arrivals.category_grows(ground(many(30, at("10-12")))) is None


def test_items_unclassified_for_more_than_a_working_day_ask_to_be_classified() -> None:
    old = many(3, at("10-21"), category=None)
    found = arrivals.unsorted_waits(ground(old))
    assert found is not None
    assert found.values == {"n": 3, "days": 10}
    assert found.items == tuple(one.id for one in old)


def test_new_items_of_the_last_working_day_and_imported_history_are_no_backlog() -> None:
    fresh = many(5, at("10-30", "09:00"), hours=0.1, category=None)
    assert arrivals.unsorted_waits(ground(fresh)) is None
    assert arrivals.unsorted_waits(ground(many(5, at("10-12"), category=None, record="history"))) is None
    assert arrivals.unsorted_waits(ground(many(2, at("10-12"), category=None))) is None


def sent_back(number: int, times: int, category: str) -> Item:
    received = at("10-12") + timedelta(hours=number)
    steps = [
        step
        for turn in range(times)
        for step in (
            assigned(received + timedelta(minutes=10 * turn + 1)),
            event("return", received + timedelta(minutes=10 * turn + 5), prose="reason: 不归支付。"),
        )
    ]
    return item(number, received, *steps, category=category)


def test_a_category_that_is_given_back_twice_asks_for_another_rule() -> None:
    items = [*(sent_back(n, 2, "service/refund") for n in range(3)), sent_back(9, 2, "process/invoice")]
    found = arrivals.sent_around(ground(items))
    assert found is not None
    assert found.values == {"category": "service/refund", "n": 3}
    assert found.items == tuple(one.id for one in items[:3])


def test_once_given_back_is_a_mistake_and_no_rule() -> None:
    assert arrivals.sent_around(ground([sent_back(n, 1, "service/refund") for n in range(6)])) is None
    assert arrivals.sent_around(ground([sent_back(n, 2, "service/refund") for n in range(2)])) is None


def held(owner: str, count: int, start: int) -> list[Item]:
    first = at("10-12")
    return [
        item(start + n, first + timedelta(hours=n), assigned(first + timedelta(hours=n, minutes=5), owner=owner))
        for n in range(count)
    ]


def test_twice_the_median_load_asks_to_share() -> None:
    items = [*held("ji.nan", 9, 0), *held("lin.wan", 4, 100), *held("fang.yu", 3, 200)]
    found = arrivals.uneven_load(ground(items))
    assert found is not None
    assert found.values == {"person": "ji.nan", "n": 9, "median": 4, "owners": 3}
    assert len(found.items) == 9


def test_loads_that_are_even_small_or_of_two_people_ask_nothing() -> None:
    assert (
        arrivals.uneven_load(ground([*held("ji.nan", 8, 0), *held("lin.wan", 4, 100), *held("fang.yu", 4, 200)]))
        is None
    )
    assert (
        arrivals.uneven_load(ground([*held("ji.nan", 7, 0), *held("lin.wan", 1, 100), *held("fang.yu", 1, 200)]))
        is None
    )
    assert arrivals.uneven_load(ground([*held("ji.nan", 20, 0), *held("lin.wan", 1, 100)])) is None


def asked(number: int, day: str, whom: str = "submitter") -> Item:
    received = at(day)
    steps = (timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=30 + number))
    given, taken, then = (received + step for step in steps)
    question = event("ask", then, prose="question: 订单号是多少？", whom=whom)
    return item(number, received, assigned(given), event("accept", taken), question)


def test_items_that_wait_long_for_an_answer_ask_for_a_reminder() -> None:
    found = arrivals.long_waits(ground([asked(n, "10-12") for n in range(3)]))
    assert found is not None
    assert found.values == {"n": 3, "days": 10}


def test_items_that_wait_for_a_partner_or_not_long_yet_do_not() -> None:
    assert arrivals.long_waits(ground([asked(n, "10-12", "partner") for n in range(3)])) is None
    assert arrivals.long_waits(ground([asked(n, "10-26") for n in range(3)])) is None
    assert arrivals.long_waits(ground([asked(n, "10-12") for n in range(2)], UNTIL)) is None
