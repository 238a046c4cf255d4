"""What forecasts of a desk take: ten years, thirty categories, each with its back-test at twelve month ends.

statsmodels is loaded before, and what that takes is told apart.
Run it by hand: python tests/bench/bench_forecast.py
"""

import sys
from datetime import date, timedelta
from math import exp, pi, sin
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from git_feedback.insight.backtest import backtest
from git_feedback.insight.forecast import forecast, season
from git_feedback.insight.weekly import Weeks

ROUNDS, CATEGORIES, WEEKS = 3, 30, 520
FIRST = date(2016, 1, 4)


def made(dice: Random) -> Weeks:
    """Weeks around a mean, with a time of year."""
    mean, height = dice.uniform(2, 200), dice.uniform(0, 0.6)
    waves = (mean * exp(height * sin(2 * pi * week * 7 / 365.25)) for week in range(WEEKS))
    return Weeks(FIRST, tuple(max(0, round(dice.gauss(one, one**0.5))) for one in waves))


def main() -> None:
    dice = Random(20260310)
    desk = [made(dice) for _ in range(CATEGORIES)]
    began = process_time()
    season(desk[0], 8)
    loading = process_time() - began
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        for weeks in desk:
            backtest(weeks, weeks.end + timedelta(days=3), 8, forecast)
            forecast(weeks)
        times.append(process_time() - began)
    total = sum(sum(weeks.counts) for weeks in desk)
    print(f"{CATEGORIES} categories, {WEEKS} weeks, {total:,} items: {median(times):.2f} s; loading {loading:.2f} s")


if __name__ == "__main__":
    main()
