"""Intervals: known values, laws, and how often they hold the truth."""

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.insight.confidence import FEW, resampled, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_the_interval_of_a_share_is_that_of_the_tables(part: int, whole: int, low: float, high: float) -> None:
    """81 of 263: R. Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    found = wilson(part, whole)
    assert found
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-4)


def test_a_share_of_nothing_has_no_interval() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_share_and_stays_between_none_and_all(case: tuple[int, int]) -> None:
    part, whole = case
    found = wilson(part, whole)
    assert found
    assert 0 <= found.low <= round(part / whole, 4) <= found.high <= 1


def test_a_resampled_mean_holds_the_truth_about_as_often_as_it_says() -> None:
    draw = random.Random(7)
    held = 0
    for _ in range(150):
        found = resampled([draw.choice((-100, 0, 100, 100)) for _ in range(60)])
        held += bool(found and found.low <= 25 <= found.high)
    assert 0.88 <= held / 150 <= 0.99


def test_the_same_answers_give_the_same_interval_and_few_give_none() -> None:
    answers = [100.0, 0.0, -100.0, 100.0, 100.0, 0.0]
    found = resampled(answers)
    assert found == resampled(list(answers))
    assert found and found.low < statistics.fmean(answers) < found.high
    assert resampled(answers[: FEW - 1]) is None
