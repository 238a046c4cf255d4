"""The figures of one period, worked out by hand for the small desk."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import pytest

from git_feedback.desk import Standing
from git_feedback.insight import Attained, CategoryCount, Figures, figures
from git_feedback.model import Item
from git_feedback.policy import Policy

Stand = Callable[[Sequence[Item], str], list[Standing]]
ISSUED = "2026-11-02T09:00:00+08:00"


def _figures(policy: Policy, stand: Stand, items: Sequence[Item], month: str, now: str = ISSUED) -> Figures:
    return figures(stand(items, now), policy, month, datetime.fromisoformat(now))


@pytest.fixture
def october(policy: Policy, stand: Stand, items: list[Item]) -> Figures:
    return _figures(policy, stand, items, "2026-10")


def test_october_is_what_one_counts_by_hand(october: Figures) -> None:
    month = october.now
    assert (month.received, month.resolved) == (10, 9)
    assert (month.on_time_share, month.on_time_n, month.on_time_excluded) == (0.736842, 19, 0)
    assert (month.resolve_median_h, month.resolve_n) == (71.5, 9)
    assert (month.respond_median_h, month.respond_n) == (16.25, 9)
    assert (month.satisfied_share, month.satisfied_n) == (0.75, 4)
    assert october.complete
    assert not october.is_empty


def test_the_month_before_has_the_figures_it_had_as_a_month_of_its_own(
    policy: Policy, stand: Stand, items: list[Item], october: Figures
) -> None:
    assert october.previous == _figures(policy, stand, items, "2026-09").now


def test_a_month_that_is_over_keeps_its_figures(
    policy: Policy, stand: Stand, items: list[Item], october: Figures
) -> None:
    half_a_year_later = _figures(policy, stand, items, "2026-10", "2027-04-01T09:00:00+08:00")
    assert half_a_year_later.now == october.now
    assert half_a_year_later.attainment == october.attainment


def test_days_categories_and_hours_add_up_to_what_was_received(october: Figures) -> None:
    assert sum(day.received for day in october.days) == 10
    assert sum(day.resolved for day in october.days) == 9
    assert sum(one.count for one in october.categories) == 10
    assert sum(map(sum, october.arrivals)) == 10
    assert sum(one.met + one.breached for one in october.attainment) == october.now.on_time_n


def test_categories_say_how_many_were_late(october: Figures) -> None:
    assert october.categories == (
        CategoryCount("product/payment", 5, 2),
        CategoryCount("service/refund", 3, 0),
        CategoryCount("praise/staff", 1, 0),
        CategoryCount("unclassified", 1, 1),
    )


def test_promises_are_counted_by_clock_and_level(october: Figures) -> None:
    assert october.attainment[0] == Attained("respond", "P1", met=3, breached=2, excluded=0)
    assert [(one.clock, one.level) for one in october.attainment] == [
        ("respond", "P1"), ("respond", "P2"), ("respond", "P3"), ("respond", ""), ("resolve", "P1"), ("resolve", "P2"),
    ]  # fmt: skip


def test_every_day_of_the_month_is_there_and_says_whether_the_office_opened(october: Figures) -> None:
    assert len(october.days) == 31
    closed = {day.date for day in october.days if not day.working}
    assert date(2026, 10, 1) in closed
    assert date(2026, 10, 17) in closed
    assert date(2026, 10, 10) not in closed, "a make-up Saturday"


def test_an_hour_of_the_week_is_that_of_the_desk(october: Figures) -> None:
    saturday_at_ten = october.arrivals[5][10]
    assert saturday_at_ten == 2


def test_a_month_that_still_runs_ends_with_today(policy: Policy, stand: Stand, items: list[Item]) -> None:
    running = _figures(policy, stand, items, "2026-10", "2026-10-12T12:00:00+08:00")
    assert not running.complete
    assert running.days[-1].date == date(2026, 10, 12)
    assert running.now.received == 4


def test_the_first_month_of_a_desk_has_no_month_before(policy: Policy, stand: Stand, items: list[Item]) -> None:
    september = _figures(policy, stand, items, "2026-09")
    assert september.previous is None
    assert [one.period for one in september.series] == ["2026-09"]


def test_the_series_has_twelve_months_at_most_and_ends_with_the_month(
    policy: Policy, stand: Stand, items: list[Item]
) -> None:
    series = _figures(policy, stand, items, "2027-10", "2027-11-02T09:00:00+08:00").series
    assert [one.period for one in series][::11] == ["2026-11", "2027-10"]


@pytest.mark.parametrize("month", ["2026-08", "2031-01"])
def test_a_month_in_which_nothing_happened_is_empty_and_its_shares_unknown(
    policy: Policy, stand: Stand, items: list[Item], month: str
) -> None:
    empty = _figures(policy, stand, items, month, "2031-02-02T09:00:00+08:00")
    assert empty.is_empty
    assert (empty.now.on_time_share, empty.now.resolve_median_h, empty.now.satisfied_share) == (None, None, None)
    assert [finding.code for finding in empty.findings] == ["finding-nothing"]


def test_a_desk_without_items_has_empty_figures(policy: Policy, stand: Stand) -> None:
    assert _figures(policy, stand, [], "2026-10").is_empty


@pytest.mark.parametrize("month", ["2026-13", "2026-Q5", "10-2026", "二〇二六"])
def test_what_is_no_month_is_refused(policy: Policy, stand: Stand, month: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        _figures(policy, stand, [], month)


def test_a_target_missed_in_one_month_and_answered_in_the_next_counts_once_where_it_ran_out(
    policy: Policy, stand: Stand, items: list[Item]
) -> None:
    both = [_figures(policy, stand, items, month, "2026-12-01T09:00:00+08:00") for month in ("2026-09", "2026-10")]
    judged = sum(month.now.on_time_n for month in both)
    clocks = [clock for one in stand(items, "2026-12-01T09:00:00+08:00") for clock in one.clocks]
    late_in_november = sum(bool(clock.due and clock.due.month == 11) for clock in clocks if clock.late_by)
    assert judged + late_in_november == len(clocks)


def test_a_quarter_is_made_of_what_happened_in_its_months(policy: Policy, stand: Stand, items: list[Item]) -> None:
    quarter = _figures(policy, stand, items, "2026-Q4", "2027-01-02T09:00:00+08:00").now
    months = [
        _figures(policy, stand, items, f"2026-{month}", "2027-01-02T09:00:00+08:00").now for month in (10, 11, 12)
    ]
    for name in ("received", "resolved", "on_time_n", "respond_n", "resolve_n", "reopened"):
        assert getattr(quarter, name) == sum(getattr(month, name) for month in months), name
    assert quarter.backlog == months[-1].backlog


def test_the_backlog_is_carried_from_month_to_month(policy: Policy, stand: Stand, items: list[Item]) -> None:
    found = _figures(policy, stand, items, "2026-11", "2026-12-02T09:00:00+08:00")
    assert found.previous
    assert found.previous.backlog == _figures(policy, stand, items, "2026-10", "2026-11-01T00:00:00+08:00").now.backlog


def test_the_same_time_a_year_ago_stands_beside_a_month_when_anything_had_come_by_then(
    policy: Policy, stand: Stand, items: list[Item]
) -> None:
    year_later = _figures(policy, stand, items, "2027-10", "2027-11-02T09:00:00+08:00")
    assert year_later.year_before
    assert year_later.year_before.period == "2026-10"
    assert year_later.year_before.received == 10
    assert _figures(policy, stand, items, "2027-08", "2027-11-02T09:00:00+08:00").year_before is None
