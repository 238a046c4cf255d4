"""Forecasts of weekly counts: level, time of year, and how sure they are."""

import subprocess
import sys
from datetime import date
from math import exp, pi, sin
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.insight.arriving import scattered
from tests.sample_desk import environment

from git_feedback.insight.forecast import SEASON_FROM, START, forecast, quantiles, season
from git_feedback.insight.weekly import Weeks

FIRST = date(2023, 1, 2)
SHARES = (0.1, 0.25, 0.75, 0.9)


def weeks(counts: list[int]) -> Weeks:
    return Weeks(FIRST, tuple(counts))


def wave(number: int, mean: float = 30) -> list[int]:
    """A wave with its height at the beginning of April, without scatter."""
    return [round(mean * exp(0.5 * sin(2 * pi * week * 7 / 365.25))) for week in range(number)]


def test_what_was_five_every_week_will_be_five_and_scatters_like_dice() -> None:
    [first, *_, last] = forecast(weeks([5] * 20))
    assert (first.mean, first.low_80, first.low_50, first.high_50, first.high_80) == (5, 2, 3, 6, 8)
    assert last.mean == 5 and last.week == date(2023, 7, 10)


def test_the_weeks_follow_the_last_known_one_without_a_gap() -> None:
    assert [one.week.isoformat() for one in forecast(weeks([3] * 12), 2)] == ["2023-03-27", "2023-04-03"]


def test_a_history_shorter_than_the_start_has_no_forecast() -> None:
    assert forecast(weeks([5] * (START - 1))) == ()
    assert forecast(weeks([5] * START))


def test_a_level_that_moved_for_good_is_followed() -> None:
    [one, *_] = forecast(weeks([*scattered(30, 5), *scattered(30, 20)]))
    assert 17 < one.mean < 23


def test_a_single_wild_week_moves_the_forecast_little() -> None:
    calm = scattered(40, 10)
    [before, *_], [after, *_] = forecast(weeks(calm)), forecast(weeks([*calm[:-1], 60]))
    assert after.mean < before.mean + 12


def test_what_scatters_more_has_wider_bands() -> None:
    dice = Random(7)
    wild = [dice.choice((0, 0, 0, 40)) for _ in range(60)]
    [calm], [wide] = forecast(weeks([10] * 60), 1), forecast(weeks(wild), 1)
    assert wide.high_80 - wide.low_80 > calm.high_80 - calm.low_80


def test_weeks_without_anything_are_expected_to_stay_so() -> None:
    [one] = forecast(weeks([0] * 120), 1)
    assert (one.mean, one.low_80, one.high_80) == (0, 0, 0)


# ---- the time of year -----------------------------------------------------------------------------------------------


def test_a_yearly_wave_is_found_and_carried_on() -> None:
    known = weeks(wave(160))
    factors = season(known, 8)
    assert len(factors) == 168 and max(factors[:52]) == pytest.approx(exp(0.5), abs=0.05)
    for one, truth in zip(forecast(known), wave(168)[160:], strict=True):
        assert one.mean == pytest.approx(truth, rel=0.06)


def test_before_two_years_are_known_there_is_no_time_of_year() -> None:
    assert season(weeks(wave(SEASON_FROM - 1)), 8) == ()
    assert season(weeks(wave(SEASON_FROM)), 8) != ()


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_mere_scatter_has_no_time_of_year(seed: int) -> None:
    assert season(weeks(scattered(156, 6, seed)), 8) == ()


def test_growth_is_not_taken_for_a_time_of_year() -> None:
    assert season(weeks([10 + number // 4 for number in range(130)]), 8) == ()


def test_what_cannot_be_fitted_falls_back_to_the_level_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    assert len(forecast(weeks([0] * 119 + [400]))) == 8
    assert len(forecast(weeks([1, *[0] * 150]))) == 8
    assert capfd.readouterr() == ("", "")


def test_without_the_library_a_long_history_says_what_is_missing_and_a_short_one_needs_none() -> None:
    code = (
        "import sys; sys.modules['statsmodels'] = None\n"
        "from datetime import date\n"
        "from git_feedback.insight.forecast import NoSeasons, forecast\n"
        "from git_feedback.insight.weekly import Weeks\n"
        "print(len(forecast(Weeks(date(2026, 1, 5), (3,) * 50))))\n"
        "try: forecast(Weeks(date(2023, 1, 2), (3,) * 150))\n"
        "except NoSeasons: print('none')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment({}))
    assert done.stdout.split() == ["8", "none"]


# ---- laws -----------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=START, max_size=130))
def test_bands_lie_in_each_other_are_not_below_zero_and_the_same_history_gives_the_same(counts: list[int]) -> None:
    found = forecast(weeks(counts))
    assert found == forecast(weeks(counts))
    for one in found:
        assert 0 <= one.low_80 <= one.low_50 <= one.high_50 <= one.high_80
        assert one.mean >= 0


@given(st.floats(0.05, 300), st.floats(1, 20))
def test_quantiles_are_those_of_the_distribution(mean: float, spread: float) -> None:
    variance = mean * spread
    size = mean / (spread - 1) if spread > 1.000001 else None
    known = stats.nbinom(size, 1 / spread) if size else stats.poisson(mean)
    for share, found in zip(SHARES, quantiles(mean, variance, SHARES), strict=True):
        assert known.cdf(found) >= share - 1e-6
        assert found == 0 or known.cdf(found - 1) < share + 1e-6


def test_no_count_is_too_large_for_the_quantiles() -> None:
    [low, high] = quantiles(20_000, 60_000, (0.1, 0.9))
    assert 19_500 < low < 20_000 < high < 20_500


@pytest.mark.parametrize(
    "setting", ["OPENBLAS_NUM_THREADS=1", "OPENBLAS_CORETYPE=Prescott", "OPENBLAS_CORETYPE=Haswell"]
)
def test_threads_and_kind_of_processor_change_no_figure(setting: str) -> None:
    counts = wave(200, 12)
    code = (
        "from datetime import date\n"
        "from git_feedback.insight.forecast import forecast\n"
        "from git_feedback.insight.weekly import Weeks\n"
        f"print(forecast(Weeks(date(2023, 1, 2), tuple({counts}))))\n"
    )
    name, _, value = setting.partition("=")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment({name: value})
    )
    assert done.stdout.strip() == str(forecast(weeks(counts)))
