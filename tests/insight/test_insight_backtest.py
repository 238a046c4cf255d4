"""What forecasts would have been worth: which month ends count, and how wrong they were, worked by hand."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from tests.insight.arriving import scattered

from git_feedback.insight.backtest import FEWEST, MONTHS, BackTest, backtest, ready
from git_feedback.insight.forecast import Expected, forecast
from git_feedback.insight.weekly import Weeks

FIRST = date(2026, 1, 5)
NOVEMBER = date(2026, 11, 1)


def always(mean: float) -> "Sequence[Expected]":
    """A forecast that says the same of every week, and that it lies between 4 and 6."""
    return [Expected(FIRST, mean, 5, 5, 4, 6) for _ in range(8)]


def test_each_month_end_with_twelve_weeks_before_and_one_behind_it_counts() -> None:
    found = backtest(Weeks(FIRST, (5,) * 42), NOVEMBER, 8, lambda *_: always(5))
    # From 1 April (twelve weeks) to 1 October (four whole weeks behind it); 1 November has none yet.
    assert (found.origins, found.weeks) == (7, 6 * 8 + 4)
    assert (found.wrong, found.wrong_as_before, found.within_80) == (0, 0, 1)


def test_no_more_than_the_last_twelve_are_looked_back_at() -> None:
    found = backtest(Weeks(date(2020, 1, 6), (5,) * 355), NOVEMBER, 8, lambda *_: always(5))
    assert found.origins == MONTHS


def test_errors_are_means_over_weeks_against_the_last_known_week() -> None:
    counts = (*(5,) * 37, 9, 5, 5, 7, 3)  # week 37, the last before 1 October, had 9
    found = backtest(Weeks(FIRST, counts), NOVEMBER, 8, lambda *_: always(6))
    # The forecast of 6: 1 off in the 43 weeks of five at the first months; 1 September sees 5 5 5 9 5 5 7 3.
    assert found.wrong == round((40 * 1 + (1 + 1 + 1 + 3 + 1 + 1 + 1 + 3) + (1 + 1 + 1 + 3)) / 52, 4)
    assert found.wrong_as_before == round((0 + (4 + 2 + 2) + (4 + 4 + 2 + 6)) / 52, 4)
    assert found.within_80 == round((52 - 5) / 52, 4)


def test_a_forecast_sees_nothing_that_came_after_its_month_end() -> None:
    seen: list[Weeks] = []

    def spy(known: Weeks, ahead: int) -> Sequence[Expected]:
        seen.append(known)
        return always(5)

    backtest(Weeks(FIRST, tuple(range(42))), NOVEMBER, 8, spy)
    assert [known.end for known in seen] == [
        date(2026, month, day) for month, day in ((9, 28), (8, 31), (7, 27), (6, 29), (6, 1), (4, 27), (3, 30))
    ]


def test_equal_is_not_better_and_too_few_month_ends_say_nothing() -> None:
    assert not BackTest(FEWEST, 48, 2.0, 2.0, 0.8).is_better
    assert BackTest(FEWEST, 48, 1.9, 2.0, 0.8).is_better
    assert not BackTest(FEWEST - 1, 40, 1.0, 2.0, 0.8).is_better
    assert BackTest(FEWEST, 48, 1.5, 2.0, 0.8).gain == 0.25
    assert BackTest(FEWEST, 48, 1.5, 0.0, 0.8).gain is None


def test_without_any_month_end_there_is_no_error() -> None:
    assert backtest(Weeks(FIRST, (5,) * 12), date(2026, 4, 1), 8, lambda *_: always(5)) == BackTest(
        0, 0, None, None, None
    )


def test_it_beats_last_week_where_weeks_scatter_around_a_level() -> None:
    assert backtest(Weeks(FIRST, tuple(scattered(42, 12))), NOVEMBER, 8, forecast).is_better


def test_it_does_not_beat_last_week_where_every_week_is_like_the_one_before() -> None:
    growing = tuple(10 * number for number in range(42))
    found = backtest(Weeks(FIRST, growing), NOVEMBER, 8, forecast)
    assert found.is_enough and not found.is_better


@pytest.mark.parametrize("first", [date(2026, 1, 5), date(2026, 7, 6), date(2025, 2, 3), date(2026, 9, 7)])
def test_from_the_day_it_is_ready_six_month_ends_can_be_looked_back_at_and_not_a_week_before(first: date) -> None:
    day = ready(Weeks(first, (3,)))

    def origins(after: date) -> int:
        return backtest(Weeks(first, (3,) * ((after - first).days // 7)), after, 8, forecast).origins

    assert origins(day) == FEWEST
    assert origins(day - timedelta(days=7)) < FEWEST
