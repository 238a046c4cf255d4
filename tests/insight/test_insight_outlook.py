"""Forecasts of a desk: which categories have one, and why the others have none."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.insight.arriving import ZONE, scattered, weekly
from tests.insight.conftest import Stand

from git_feedback.insight.courses import courses
from git_feedback.insight.outlook import Outlook, outlook
from git_feedback.model import Item

UNTIL = "2026-02-28T23:59:59+08:00"
PAYMENT, REFUND, PRAISE = "product/payment", "service/refund", "praise/staff"


def looked(items: Sequence[Item], stand: Stand, until: str = UNTIL) -> Outlook:
    now = datetime.fromisoformat(until)
    return outlook(courses(stand(items, until), now), now, ZONE)


def desk() -> list[Item]:
    """Sixty weeks: payment nearly every day, refunds once a month, praise like the week before, and what nobody read."""
    payments = weekly(scattered(60, 4), PAYMENT)
    refunds = weekly([int(week % 4 == 0) for week in range(60)], REFUND, start=1000)
    praise = weekly([5 * (week // 12 + 1) for week in range(60)], PRAISE, start=2000)
    unread = weekly([1] * 60, "", start=4000)
    return [*payments, *refunds, *praise, *unread]


def test_a_category_is_shown_where_it_beat_last_week_and_the_others_say_why_not(stand: Stand) -> None:
    seen = looked(desk(), stand)
    assert {line.category: line.verdict for line in seen.categories} == {
        PAYMENT: "shown",
        REFUND: "few-items",
        PRAISE: "not-better",
    }
    assert [line.category for line in seen.of("shown")] == [PAYMENT]
    assert all(not line.expected for line in seen.categories if line.verdict != "shown")


def test_what_nobody_classified_counts_in_the_whole_alone(stand: Stand) -> None:
    seen = looked(desk(), stand)
    parts = sum(sum(line.latest.counts) for line in seen.categories)
    assert sum(seen.whole.latest.counts) == parts + 26


def test_the_forecast_begins_with_the_first_week_that_is_not_over(stand: Stand) -> None:
    seen = looked(desk(), stand)
    [line] = seen.of("shown")
    assert (seen.week.isoformat(), seen.after.isoformat()) == ("2026-02-23", "2026-03-01")
    assert line.latest.end == line.expected[0].week == seen.week and len(line.expected) == 8


def test_nothing_that_came_later_is_used(stand: Stand) -> None:
    then = datetime.fromisoformat("2025-12-31T23:59:59+08:00")
    items = desk()
    early = [one for one in items if one.received <= then]
    assert looked(items, stand, then.isoformat()) == looked(early, stand, then.isoformat())
    assert looked(items, stand) != looked(early, stand)


def test_the_order_of_items_changes_nothing(stand: Stand) -> None:
    items = desk()
    assert looked(items, stand) == looked(items[::-1], stand)


def test_a_young_desk_says_from_which_day_on_it_can_be_told(stand: Stand) -> None:
    young = list(weekly([6] * 20, PAYMENT))
    line = looked(young, stand, "2025-05-31T23:59:59+08:00").whole
    assert (line.verdict, line.known) == ("few-origins", 20)
    assert line.ready and line.ready > line.latest.end + timedelta(weeks=8)


def test_a_desk_without_items_has_too_few_weeks_and_no_day_to_wait_for(stand: Stand) -> None:
    seen = looked([], stand)
    assert (seen.whole.verdict, seen.whole.known, seen.whole.ready, seen.categories) == ("few-weeks", 0, None, ())


def test_a_desk_that_fell_asleep_is_too_rare_and_not_expected_to_wake(stand: Stand) -> None:
    seen = looked(desk(), stand, "2027-02-28T23:59:59+08:00")
    assert seen.whole.verdict == "few-items"
