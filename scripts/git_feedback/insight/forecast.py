"""How many items the next weeks will bring: a level that follows the last weeks, times the time of year.

The level is smoothed exponentially (R. G. Brown, "Statistical forecasting for inventory control", 1959); how fast it
follows is chosen among FOLLOWS by what would have been least wrong one week ahead.  From two years on the time of year
is a yearly wave, fitted with a trend by Poisson regression (statsmodels), where it is more than chance.  A damped trend,
two and three waves, and a value for each of 52 weeks (Holt-Winters) were tried on weekly counts of 5,003 requests to a
city and on four made-up desks: none was less wrong on the whole, and 52 values were wrong by a tenth more.

Weeks scatter more than dice, so what is to be expected is told as a negative binomial distribution whose spread is that
of the errors so far: whole numbers, never below zero, wider for weeks farther ahead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, lgamma, log
from operator import truediv
from typing import Any
from warnings import catch_warnings, simplefilter

from git_feedback.insight.durations import DECIMALS
from git_feedback.insight.weekly import Weeks

AHEAD = 8
"""So many weeks ahead a forecast looks, where nobody asks for others."""
FOLLOWS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
"""The share of a week's surprise that the level takes over."""
START = 12
"""The level begins at the mean of so many weeks; a shorter history has no level."""
SEASON_FROM = 104
"""So many weeks have seen each time of the year twice."""
SCATTER = 52
"""The spread is that of so many last weeks; longer ago the desk was another one, and bands grew too wide."""
_CHANCE = 9.21
"""What chance alone exceeds one time in a hundred: chi-squared for the two numbers of a wave."""
_YEAR_D = 365.25
_EXACT = 6
"""Digits of a factor: what a processor or a thread more or less changes lies far behind them."""
_SHARES = (0.1, 0.25, 0.75, 0.9)


class NoSeasons(Exception):
    """The library that finds the time of year is not installed."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected in the week that begins on a Monday; 5 times of 10 it lies in `low_50` to `high_50`, 8 of 10 in
    `low_80` to `high_80`, ends included."""

    week: date
    mean: float
    low_50: int
    high_50: int
    low_80: int
    high_80: int


@dataclass(frozen=True, slots=True)
class Level:
    """Where the level stands after the last week, how fast it follows, and the spread around it: the variance of a week
    as a multiple of what is expected, 1 for dice."""

    height: float
    follows: float
    spread: float


def forecast(weeks: Weeks, ahead: int = AHEAD) -> tuple[Expected, ...]:
    """The `ahead` weeks after the last one; nothing where the history is shorter than START.

    Raises NoSeasons where it would take statsmodels and there is none.
    """
    if len(weeks) < START:
        return ()
    factors = season(weeks, ahead) or (1.0,) * (len(weeks) + ahead)
    level = _level(weeks.counts, factors)
    return tuple(_expected(weeks, factors, level, step) for step in range(1, ahead + 1))


def season(weeks: Weeks, ahead: int) -> tuple[float, ...]:
    """The factor of each week and of `ahead` more; nothing below two years, and where it could be chance.

    Raises NoSeasons.
    """
    if len(weeks) < SEASON_FROM or not any(weeks.counts):
        return ()
    with catch_warnings():
        simplefilter("ignore")  # what did not converge is not used, and nobody at the desk can mend it
        return _wave(weeks, len(weeks), ahead)


def _wave(weeks: Weeks, known: int, ahead: int) -> tuple[float, ...]:
    """A trend alone, then with a wave, which stays where it explains more than the scatter would."""
    numpy, glm, poisson = _libraries()
    turn = 2 * numpy.pi * numpy.array([weeks.monday(n).toordinal() + 3 for n in range(known + ahead)]) / _YEAR_D
    trend = numpy.column_stack([numpy.ones(known), numpy.arange(known) / known])
    waves = numpy.column_stack([numpy.sin(turn), numpy.cos(turn)])
    try:
        plain = glm(weeks.counts, trend, family=poisson()).fit()
        full = glm(weeks.counts, numpy.hstack([trend, waves[:known]]), family=poisson()).fit(scale="X2")
    except ValueError:  # no finite numbers fit: a level alone has to do
        return ()
    if not full.converged or not (plain.deviance - full.deviance) / max(1.0, full.scale) > _CHANCE:
        return ()
    return tuple(round(float(factor), _EXACT) for factor in numpy.exp(waves @ full.params[-2:]))


def _libraries() -> tuple[Any, Any, Any]:
    """numpy, and of statsmodels the regression and its family; they take a second to load."""
    try:
        import numpy
        from statsmodels.genmod.families import Poisson
        from statsmodels.genmod.generalized_linear_model import GLM
    except ImportError:
        raise NoSeasons from None
    return numpy, GLM, Poisson


# ---- level and spread -----------------------------------------------------------------------------------------------


def _level(counts: Sequence[int], factors: Sequence[float]) -> Level:
    """The one among FOLLOWS whose squared errors one week ahead add up to least, the slowest of equals."""
    return min((_followed(counts, factors, share) for share in FOLLOWS), key=lambda found: found[0])[1]


def _followed(counts: Sequence[int], factors: Sequence[float], share: float) -> tuple[float, Level]:
    """The squared errors of a level that takes over `share` of every surprise, and where it ends."""
    height = sum(map(truediv, counts[:START], factors)) / START
    errors, spreads = [], []
    for count, factor in zip(counts, factors[: len(counts)], strict=True):
        wrong = count - height * factor
        errors.append((wrong / factor) ** 2)
        spreads.append((wrong * wrong, height * factor))
        height += share * wrong / factor
    late = spreads[-SCATTER:]
    expected = sum(mean for _, mean in late)
    spread = sum(square for square, _ in late) / expected if expected else 1.0
    return sum(errors), Level(height, share, max(1.0, spread))


def _expected(weeks: Weeks, factors: Sequence[float], level: Level, step: int) -> Expected:
    """The week `step` weeks after the last: the spread grows with every week that the level may wander off."""
    number = len(weeks) + step - 1
    mean = round(level.height * factors[number], DECIMALS)
    variance = mean * level.spread * (1 + (step - 1) * level.follows**2)
    low_80, low_50, high_50, high_80 = quantiles(mean, variance, _SHARES)
    return Expected(weeks.monday(number), mean, low_50, high_50, low_80, high_80)


def quantiles(mean: float, variance: float, shares: Sequence[float]) -> list[int]:
    """The least counts that are not exceeded with these probabilities, which rise: of a negative binomial distribution,
    or of Poisson's where the variance is not above the mean."""
    if mean <= 0:
        return [0 for _ in shares]
    found: list[int] = []
    count, reached = 0, _chance(0, mean, variance)
    for share in shares:
        while reached < share:
            count += 1
            reached += _chance(count, mean, variance)
        found.append(count)
    return found


def _chance(count: int, mean: float, variance: float) -> float:
    """Of exactly so many; by logarithms, which no count is too large for."""
    if variance <= mean * (1 + 1e-9):
        return exp(count * log(mean) - mean - lgamma(count + 1))
    size = mean * mean / (variance - mean)
    ways = lgamma(count + size) - lgamma(size) - lgamma(count + 1)
    return exp(ways + size * log(size / (size + mean)) + count * log(mean / (size + mean)))
