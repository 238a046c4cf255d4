"""How much came when, and what it was about: days and weeks, limits, categories in a row."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.test_insight_contributions import PAYMENT, REFUND
from tests.insight.test_insight_stats import event, made

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.ranking import columns, ranking, vital_few
from git_feedback.insight.volume import volume
from git_feedback.model import Item
from git_feedback.policy import Policy

Stand = Callable[[Sequence[Item], str], list[Standing]]
Desk = Callable[[Sequence[Item]], Ledger]
UNTIL = "2026-11-30T23:59:59+08:00"
NOVEMBER = Period.parse("2026-11")


def came(day: str, number: int = 0, category: str = PAYMENT, hour: int = 10) -> Item:
    """The `number`-th item of a day."""
    start = datetime.fromisoformat(f"{day}T{hour:02}:00:00+08:00") + timedelta(seconds=number)
    named = event("classify", (start + timedelta(minutes=9)).isoformat(), category=category, urgency=3, impact=3)
    return made(start.isoformat(), named)


def each(days: Sequence[date], counts: Sequence[int], category: str = PAYMENT) -> list[Item]:
    return [
        came(day.isoformat(), number, category)
        for day, count in zip(days, counts, strict=True)
        for number in range(count)
    ]


WEEKDAYS = [day for day in (date(2026, 11, 1) + timedelta(by) for by in range(30)) if day.weekday() < 5]
MONDAYS = [date(2026, 8, 31) + timedelta(weeks=by) for by in range(13)]


@pytest.fixture
def desk(policy: Policy, stand: Stand) -> Desk:
    """The ledger of items at the end of November."""
    return lambda items: Ledger(stand(items, UNTIL), policy, datetime.fromisoformat(UNTIL))


# ---- days and weeks -------------------------------------------------------------------------------------------------


def test_a_day_far_above_the_others_is_named_with_what_it_was_mostly_about(desk: Desk) -> None:
    calm = each(WEEKDAYS, [2, 1] * 10 + [2])
    found = volume(desk([*calm, *(came("2026-11-11", 10 + by, REFUND) for by in range(9))]), NOVEMBER)
    assert found.every == "day"
    assert found.limits
    [one] = found.limits.above
    assert (one.date, one.count, one.category, one.alike) == (date(2026, 11, 11), 10, REFUND, 9)
    assert one == found.busiest
    assert found.limits.below == ()


def test_days_that_the_desk_is_closed_are_in_no_limit(desk: Desk) -> None:
    calm = each(WEEKDAYS, [2, 1] * 10 + [2])
    saturday = [came("2026-11-14", by) for by in range(9)]
    found = volume(desk([*calm, *saturday]), NOVEMBER)
    assert found.limits
    assert found.limits == volume(desk(calm), NOVEMBER).limits
    assert (found.received, found.on_open_days, found.open_days, found.closed_days) == (41, 32, 21, 9)
    assert found.busiest
    assert found.busiest.date == date(2026, 11, 14)


def test_a_desk_with_less_than_one_a_day_is_looked_at_by_the_week(desk: Desk) -> None:
    found = volume(desk(each(MONDAYS, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])), NOVEMBER)
    assert found.every == "week"
    assert [point.date for point in found.points] == MONDAYS
    assert found.limits
    assert found.limits.above == ()


def test_a_week_of_an_earlier_month_counts_for_the_limits_and_is_not_named(desk: Desk) -> None:
    found = volume(desk(each(MONDAYS, [1, 2, 1, 9, 1, 2, 1, 2, 1, 2, 1, 2, 1])), NOVEMBER)
    assert found.limits
    assert found.limits.above == ()
    assert found.busiest
    assert found.busiest.date >= date(2026, 10, 26)


def test_a_young_record_has_only_the_weeks_since_it_began(desk: Desk) -> None:
    found = volume(desk([came("2026-11-04"), came("2026-11-18")]), NOVEMBER)
    assert [point.date.day for point in found.points] == [2, 9, 16, 23]
    assert found.limits is None


def test_the_weeks_of_a_month_sum_up_to_it_though_the_first_and_last_are_cut(desk: Desk) -> None:
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 12), date(2026, 11, 30)]
    found = volume(desk(each(days, [5, 1, 2, 3])), NOVEMBER)
    assert [(week.first.day, week.last.day, week.received) for week in found.weeks] == [
        (1, 1, 1), (2, 8, 0), (9, 15, 2), (16, 22, 0), (23, 29, 0), (30, 30, 3),
    ]  # fmt: skip
    assert found.received == 6


def test_the_points_of_a_quarter_are_the_whole_weeks_that_ended_in_it(desk: Desk) -> None:
    items = each([date(2026, 6, 29), date(2026, 7, 1), date(2026, 9, 28)], [1, 1, 1])
    found = volume(desk([came("2026-06-01"), *items]), Period.parse("2026-Q3"))
    assert (found.points[0].date, found.points[0].count) == (date(2026, 6, 29), 2)
    assert found.points[-1].date == date(2026, 9, 21)
    assert len(found.points) == 13


def test_a_long_stretch_on_one_side_is_told_where_no_day_lies_outside(desk: Desk) -> None:
    found = volume(desk(each(WEEKDAYS, [1, 2] * 5 + [1] + [3, 2] * 5)), NOVEMBER)
    assert found.limits
    assert found.limits.stretch
    assert (found.limits.stretch.above, found.limits.stretch.points) == (True, 10)
    assert found.limits.stretch.first == WEEKDAYS[11]
    disturbed = volume(desk(each(WEEKDAYS, [1, 2] * 5 + [1] + [3, 2] * 4 + [3, 40])), NOVEMBER)
    assert disturbed.limits
    assert disturbed.limits.above
    assert disturbed.limits.stretch is None


def test_what_came_while_the_office_was_closed_is_counted(desk: Desk) -> None:
    items = [came("2026-11-11", hour=10), came("2026-11-11", hour=12), came("2026-11-11", hour=22)]
    assert volume(desk([*items, came("2026-11-14", hour=10)]), NOVEMBER).closed == 3


def test_a_desk_without_items_has_an_empty_volume(desk: Desk) -> None:
    found = volume(desk([]), NOVEMBER)
    assert (found.received, found.points, found.limits, found.busiest) == (0, (), None, None)


# ---- categories -----------------------------------------------------------------------------------------------------


def test_categories_stand_in_a_row_with_what_they_had_before_and_the_late_ones(desk: Desk) -> None:
    october = each([date(2026, 10, 20)], [2], REFUND)
    november = each(WEEKDAYS[:3], [1, 1, 1])
    found = ranking(desk([*october, *november]), NOVEMBER, Period.parse("2026-10"))
    assert [(one.category, one.count, one.before, one.change) for one in found] == [
        (PAYMENT, 3, 0, 3),
        (REFUND, 0, 2, -2),
    ]
    assert set(found[0].late) == {item.id for item in november}
    assert ranking(desk(november), NOVEMBER, None)[0].change is None


def test_the_vital_few_reach_four_fifths() -> None:
    assert vital_few([50, 30, 10, 10]) == 2
    assert vital_few([50, 29, 11, 10]) == 3
    assert vital_few([7]) == 1
    assert vital_few([]) == 0


@given(st.lists(st.integers(1, 50), min_size=1, max_size=20))
def test_one_category_less_than_the_vital_few_does_not_reach_four_fifths(counts: list[int]) -> None:
    ordered = sorted(counts, reverse=True)
    few = vital_few(ordered)
    assert 5 * sum(ordered[:few]) >= 4 * sum(ordered)
    assert 5 * sum(ordered[: few - 1]) < 4 * sum(ordered)


def test_a_month_stands_at_the_end_of_six_and_none_before_the_record_began(desk: Desk) -> None:
    items = each([date(2026, 9, 30), date(2026, 11, 2)], [2, 1])
    found = columns(desk(items), NOVEMBER)
    assert found.starts == (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))
    assert found.counts == {PAYMENT: (2, 0, 1)}
    assert len(columns(desk([came("2026-01-05"), *items]), NOVEMBER).starts) == 6


def test_a_quarter_has_the_twelve_weeks_that_ended_in_it_and_a_year_its_months(desk: Desk) -> None:
    ledger = desk([came("2026-01-05"), came("2026-09-28"), came("2026-09-27")])
    quarter = columns(ledger, Period.parse("2026-Q3"))
    assert (quarter.every, len(quarter.starts)) == ("week", 12)
    assert (quarter.starts[-1], quarter.counts[PAYMENT][-1]) == (date(2026, 9, 21), 1)
    assert columns(ledger, Period.parse("2026")).starts[0] == date(2026, 1, 1)
