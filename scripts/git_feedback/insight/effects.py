"""What a measure changed: as many weeks before it was done as after, and whether the difference is more than chance.

Arrivals are taken as a Poisson process: given the sum of both counts, the later one is binomial, so the interval of the
ratio of the two rates follows from that of a share (Przyborowski and Wilenski, Biometrika 31, 1940), here Wilson's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from git_feedback.insight.confidence import wilson
from git_feedback.insight.durations import DECIMALS

WEEKS = 12
"""No more is looked at on either side: what is longer ago had other reasons."""
SOONEST = timedelta(weeks=2)
"""Before so much time has passed nothing is said."""
FEWEST = 8
"""So few on both sides together tell nothing."""

Verdict = Literal["fewer", "more", "same", "too-early", "too-few"]


@dataclass(frozen=True, slots=True)
class Effect:
    """Items in equally long times before and after; `weeks` is the length of each.

    `ratio`: the rate after over the rate before, with the interval from `low` to `high` (`high` is None where nothing
    came before); None while nothing is said.  `verdict`: `fewer` or `more` where the interval leaves out 1, `same`
    where it holds 1, `too-early` in the first two weeks, `too-few` where hardly anything came at all.
    """

    verdict: Verdict
    weeks: float
    before: int
    after: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


def effect(received: Iterable[datetime], done: datetime, now: datetime) -> Effect:
    """What became of the number of items received, `done` being the moment from which the measure worked."""
    moments = list(received)
    passed = now - done
    length = max(min(passed, timedelta(weeks=WEEKS)), timedelta())
    before = sum(done - length <= moment < done for moment in moments)
    after = sum(done <= moment < done + length for moment in moments)
    weeks = round(length / timedelta(weeks=1), 1)
    if passed < SOONEST:
        return Effect("too-early", weeks, before, after)
    if before + after < FEWEST:
        return Effect("too-few", weeks, before, after)
    return _judged(weeks, before, after)


def _judged(weeks: float, before: int, after: int) -> Effect:
    share = wilson(after, before + after)
    assert share is not None
    low, high = _odds(share.low) or 0.0, _odds(share.high)
    ratio = round(after / before, DECIMALS) if before else None
    verdict: Verdict = "fewer" if high is not None and high < 1 else "more" if low > 1 else "same"
    return Effect(verdict, weeks, before, after, ratio, low, high)


def _odds(share: float) -> float | None:
    """The ratio of two rates when the later one holds this share of both; None for all of it."""
    return round(share / (1 - share), DECIMALS) if share < 1 else None
