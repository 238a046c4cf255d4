"""What a measure changed: said only when it can be, and right as often as it claims."""

import random
from datetime import datetime, timedelta

import pytest

from git_feedback.insight.effects import effect

DONE = datetime.fromisoformat("2026-09-01T00:00:00+08:00")


def spread(count: int, first: datetime, weeks: float) -> list[datetime]:
    """So many moments, evenly over so many weeks."""
    return [first + timedelta(weeks=weeks) * (n + 0.5) / count for n in range(count)]


def test_half_as_many_after_as_before_is_fewer_with_its_interval() -> None:
    items = [*spread(60, DONE - timedelta(weeks=8), 8), *spread(20, DONE, 8)]
    found = effect(items, DONE, DONE + timedelta(weeks=8))
    assert (found.verdict, found.before, found.after, found.weeks) == ("fewer", 60, 20, 8.0)
    assert found.ratio == pytest.approx(1 / 3, abs=1e-4)
    assert found.low and found.high
    assert found.low < 1 / 3 < found.high < 1


def test_a_small_difference_is_no_effect() -> None:
    items = [*spread(20, DONE - timedelta(weeks=4), 4), *spread(18, DONE, 4)]
    assert effect(items, DONE, DONE + timedelta(weeks=4)).verdict == "same"


def test_in_the_first_weeks_nothing_is_claimed_however_large_the_difference() -> None:
    items = spread(100, DONE - timedelta(weeks=8), 8)
    found = effect(items, DONE, DONE + timedelta(days=13))
    assert (found.verdict, found.ratio) == ("too-early", None)
    assert effect(items, DONE, DONE - timedelta(days=3)).verdict == "too-early"


def test_a_measure_without_data_says_so() -> None:
    assert effect([], DONE, DONE + timedelta(weeks=9)).verdict == "too-few"


def test_nothing_before_has_no_ratio_and_is_more() -> None:
    found = effect(spread(30, DONE, 6), DONE, DONE + timedelta(weeks=6))
    assert (found.verdict, found.ratio, found.high) == ("more", None, None)


def test_what_came_long_before_does_not_count() -> None:
    old = spread(500, DONE - timedelta(weeks=52), 30)
    found = effect([*old, *spread(10, DONE - timedelta(weeks=6), 6)], DONE, DONE + timedelta(weeks=40))
    assert (found.weeks, found.before) == (12.0, 10)


def test_where_nothing_changed_an_effect_is_claimed_one_time_in_twenty() -> None:
    draw = random.Random(5)
    claimed = 0
    for _ in range(400):
        items = [DONE + timedelta(weeks=draw.uniform(-8, 8)) for _ in range(80)]
        claimed += effect(items, DONE, DONE + timedelta(weeks=8)).verdict != "same"
    assert claimed / 400 < 0.08
