"""Periods by name, and what a series and a change are made of."""

import random
import statistics
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.test_insight_stats import LATER, Stand, event, made

from git_feedback.clock.periods import Period
from git_feedback.insight.contributions import contributions
from git_feedback.insight.control import FEWEST, RUN, control, moving_mean
from git_feedback.insight.courses import courses
from git_feedback.insight.staffing import staffing, waiting_share

SHANGHAI = ZoneInfo("Asia/Shanghai")
NAMES = st.sampled_from(["2026-10", "2026-01", "2026-Q1", "2026-Q4", "2026", "1999-12"])


@given(NAMES)
def test_a_period_is_named_as_it_was_written_and_the_next_one_begins_where_it_ends(name: str) -> None:
    period = Period.parse(name)
    assert period.name == name
    assert period.next.previous == period
    assert period.bounds(SHANGHAI)[1] == period.next.bounds(SHANGHAI)[0]
    assert [part.months for part in period.parts()] == [1] * period.months
    assert list(period.parts())[-1].next.first == period.next.first


def test_a_year_ago_is_the_same_time_of_the_year() -> None:
    assert Period.parse("2026-10").year_before.name == "2025-10"
    assert Period.parse("2026-Q1").previous.name == "2025-Q4"
    assert Period.parse("2026").year_before.name == "2025"


@pytest.mark.parametrize("name", ["2026-13", "2026-Q5", "26-10", "2026-1", "十月", "", "2026-10-01", "2026-10\n"])
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        Period.parse(name)


def test_a_month_ends_in_the_zone_of_the_desk() -> None:
    last = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    assert Period.month_at(last, SHANGHAI).name == "2026-11"
    assert Period.parse("2026-10").is_over(last, SHANGHAI)
    assert not Period.parse("2026-10").is_over(last, UTC)


# ---- control --------------------------------------------------------------------------------------------------------


def test_limits_are_those_of_the_worked_example() -> None:
    """Mean 10, moving ranges 2 2 2 2 2 2 2: limits 10 plus and minus 2.66 times 2."""
    found = control([9, 11, 9, 11, 9, 11, 9, 11])
    assert found.limits
    assert (found.limits.mean, found.limits.low, found.limits.high) == pytest.approx((10, 4.68, 15.32))
    assert (found.outside, found.shifted) == ((), ())


def test_a_point_beyond_the_limits_and_a_run_on_one_side_are_found() -> None:
    base = [9.0, 11.0] * 10
    assert control([*base, 40], base).outside == (20,)
    found = control([*base, *([12.0] * RUN)], base)
    assert found.shifted == tuple(range(19, 20 + RUN))


def test_few_points_have_no_limits() -> None:
    assert control([3.0] * (FEWEST - 1)).limits is None


def test_random_points_stay_within_their_limits_nearly_always() -> None:
    draw = random.Random(3)
    outside = sum(len(control([draw.gauss(50, 5) for _ in range(60)]).outside) for _ in range(100))
    assert outside / 6000 < 0.012


def test_the_calm_line_begins_with_the_seventh_day() -> None:
    values = [7.0, 0, 0, 0, 0, 0, 0, 7]
    assert moving_mean(values) == [None] * 6 + [1.0, 1.0]


# ---- contributions --------------------------------------------------------------------------------------------------


def test_the_changes_of_every_side_sum_up_to_the_whole(stand: Stand) -> None:
    now = datetime.fromisoformat(LATER)
    before = stand([made(f"2026-10-0{day}T10:00:00+08:00", area="华东/上海") for day in (1, 2, 3)], LATER)
    day = "2026-11-0{}T10:00:00+08:00"
    paid = event("classify", day.format(9), category="product/payment", urgency=3, impact=3)
    later = stand([made(day.format(n), *([paid] if n < 5 else []), area="华南/广州") for n in range(1, 9)], LATER)
    found = contributions(courses(later, now), courses(before, now))
    assert {side: sum(one.change for one in groups) for side, groups in found.items()} == dict.fromkeys(found, 5)
    assert (found["area"][0].group, found["area"][0].change) == ("华南/广州", 8)
    assert (found["category"][0].group, found["category"][0].change) == ("product/payment", 4)


# ---- staffing -------------------------------------------------------------------------------------------------------


def test_the_share_that_waits_is_that_of_the_tables() -> None:
    """Ten erlangs and fourteen servers: C = 0.1741 in the published tables of Erlang's second formula."""
    assert waiting_share(14, 10) == pytest.approx(0.1741, abs=2e-4)
    assert waiting_share(1, 0.5) == pytest.approx(0.5)


def test_the_hint_agrees_with_a_queue_that_is_played_through() -> None:
    found = staffing(per_hour=20, handling_s=600, within_s=300, share=0.8)
    assert found
    assert found.in_time == pytest.approx(played(20, 600, 300, found.people), abs=0.03)
    assert played(20, 600, 300, found.people - 1) < 0.8


def played(per_hour: float, handling_s: float, within_s: float, people: int) -> float:
    """The share taken up in time when so many people work through random arrivals."""
    draw = random.Random(11)
    free = [0.0] * people
    at, waits = 0.0, []
    for _ in range(40_000):
        at += draw.expovariate(per_hour / 3600)
        first = min(range(people), key=free.__getitem__)
        begins = max(at, free[first])
        free[first] = begins + draw.expovariate(1 / handling_s)
        waits.append(begins - at)
    return statistics.fmean(wait <= within_s for wait in waits)


def test_nothing_arriving_needs_one_person_who_is_never_busy() -> None:
    found = staffing(0, 600, 60, 0.9)
    assert found
    assert (found.people, found.busy, found.waits) == (1, 0, 0)


def test_numbers_that_cannot_be_are_refused_and_too_many_people_are_none() -> None:
    with pytest.raises(ValueError, match="below zero"):
        staffing(10, 600, 60, 1.0)
    assert staffing(1e6, 3600, 60, 0.9) is None
    assert Counter([staffing(6, 600, 60, share) is not None for share in (0.5, 0.9, 0.99)]) == {True: 3}
