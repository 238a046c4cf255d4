"""Whole weeks: which of them count, and what stands in them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.insight.weekly import Weeks, day_after, monday_of, whole_weeks

DAYS = st.dates(date(2025, 12, 1), date(2026, 3, 31))


def test_a_week_in_which_the_first_item_came_late_is_not_whole() -> None:
    wednesday = date(2026, 1, 7)
    found = whole_weeks([wednesday, date(2026, 1, 12), date(2026, 1, 18), date(2026, 1, 20)], date(2026, 1, 26))
    assert found == Weeks(date(2026, 1, 12), (2, 1))


def test_a_week_that_is_not_over_is_not_counted() -> None:
    days = [date(2026, 1, 5), date(2026, 1, 12)]
    assert whole_weeks(days, date(2026, 1, 18)).counts == (1,)
    assert whole_weeks(days, date(2026, 1, 19)).counts == (1, 1)


def test_weeks_without_items_stand_there_with_zero() -> None:
    assert whole_weeks([date(2026, 1, 5)], date(2026, 2, 2)).counts == (1, 0, 0, 0)


def test_without_items_there_are_no_weeks() -> None:
    assert whole_weeks([], date(2026, 1, 7)) == Weeks(date(2026, 1, 5), ())


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("2026-10-31T23:59:59+08:00", "2026-11-01"),
        ("2026-10-31T16:30:00+00:00", "2026-11-01"),
        ("2026-10-31T08:00:00+08:00", "2026-10-31"),
    ],
)
def test_a_day_is_over_with_its_last_second_in_the_zone_of_the_desk(until: str, day: str) -> None:
    assert day_after(datetime.fromisoformat(until), ZoneInfo("Asia/Shanghai")).isoformat() == day


@given(st.lists(DAYS, max_size=40), DAYS)
def test_every_item_between_the_first_and_the_last_whole_week_is_counted_once(days: list[date], after: date) -> None:
    found = whole_weeks(days, after)
    assert sum(found.counts) == sum(found.first <= day < found.end for day in days)
    assert found.first.weekday() == 0 and found.end <= max(monday_of(after), found.first)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(0, 300))
def test_what_is_known_before_a_day_is_the_beginning_of_all(counts: list[int], later: int) -> None:
    weeks = Weeks(date(2026, 1, 5), tuple(counts))
    known = weeks.before(weeks.first + timedelta(days=later))
    assert weeks.counts[: len(known)] == known.counts
    assert known.end <= weeks.first + timedelta(days=later) and len(known) == min(len(weeks), later // 7)
