"""How many people a desk needs: Erlang's formula against worked examples and its own laws."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.insight.staffing import staffing, waiting_share

LOADS = st.floats(0.1, 40)


def test_the_share_that_waits_is_that_of_published_tables() -> None:
    assert waiting_share(10, 8) == pytest.approx(0.409, abs=0.0005)
    assert waiting_share(14, 10) == pytest.approx(0.174, abs=0.0005)


def test_two_hundred_calls_of_three_minutes_take_fourteen_people_for_80_percent_within_20_seconds() -> None:
    found = staffing(per_hour=200, handling_s=180, within_s=20, share=0.8)
    assert found and found.people == 14
    assert found.in_time == pytest.approx(0.888, abs=0.0005)
    assert found.mean_wait_s == pytest.approx(7.8, abs=0.05)
    assert found.busy == pytest.approx(10 / 14)


@given(st.floats(0.01, 0.99))
def test_one_person_makes_wait_as_often_as_they_are_busy(load: float) -> None:
    assert waiting_share(1, load) == pytest.approx(load)


@given(LOADS, st.integers(1, 20))
def test_one_more_person_never_makes_more_wait(load: float, spare: int) -> None:
    people = int(load) + spare
    assert 0 <= waiting_share(people + 1, load) <= waiting_share(people, load) <= 1


@given(st.floats(0, 300), st.floats(1, 3600), st.floats(0, 3600), st.floats(0, 0.99))
def test_the_promise_is_kept_with_these_people_and_with_no_fewer(
    per_hour: float, handling_s: float, within_s: float, share: float
) -> None:
    found = staffing(per_hour, handling_s, within_s, share)
    assert found and found.in_time >= share and found.busy < 1
    load, fewer = per_hour * handling_s / 3600, found.people - 1
    if fewer > load:
        assert 1 - waiting_share(fewer, load) * exp(-(fewer - load) * within_s / handling_s) < share


def test_where_nothing_arrives_one_person_is_there_and_nobody_waits() -> None:
    found = staffing(0, 600, 0, 0.99)
    assert found and (found.people, found.in_time, found.mean_wait_s, found.busy) == (1, 1, 0, 0)


def test_beyond_all_people_there_is_no_answer() -> None:
    assert staffing(10_000, 3600, 20, 0.8) is None


@pytest.mark.parametrize("numbers", [(-1, 60, 60, 0.8), (1, -60, 60, 0.8), (1, 60, -60, 0.8), (1, 60, 60, 1)])
def test_numbers_that_cannot_be_are_refused(numbers: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="below zero"):
        staffing(*numbers)
