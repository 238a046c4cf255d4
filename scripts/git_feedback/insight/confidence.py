"""How far a figure from few cases can be trusted: intervals that hold the true value 95 times of 100."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from git_feedback.insight.durations import DECIMALS

Z = statistics.NormalDist().inv_cdf(0.975)
RESAMPLES = 2_000
FEW = 5
"""Fewer values drawn again only repeat themselves: their interval would be narrow and wrong."""
_LOW, _HIGH = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both in the unit of the figure."""

    low: float
    high: float


def wilson(part: int, whole: int) -> Interval | None:
    """The interval of a share (0 to 1) of `whole` cases; None without cases.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), formula (6):
    unlike the textbook interval it stays within 0 and 1 and is not empty at either end.
    """
    if not whole:
        return None
    share, z2 = part / whole, Z * Z / whole
    middle = (share + z2 / 2) / (1 + z2)
    reach = Z / (1 + z2) * sqrt(share * (1 - share) / whole + z2 / (4 * whole))
    return Interval(max(0.0, round(middle - reach, DECIMALS)), min(1.0, round(middle + reach, DECIMALS)))


def resampled(values: Sequence[float]) -> Interval | None:
    """The interval of a mean by drawing as many values again, with the same draws each time; None for fewer than FEW.

    B. Efron, "Bootstrap methods: another look at the jackknife", Ann. Statist. 7 (1979): percentiles of the means.
    """
    if len(values) < FEW:
        return None
    draw = random.Random(len(values))  # noqa: S311 - the same answer each time is what is wanted
    means = sorted(statistics.fmean(draw.choices(values, k=len(values))) for _ in range(RESAMPLES))
    ends = (means[int(share * (RESAMPLES - 1))] for share in (_LOW, _HIGH))
    return Interval(*(round(end, DECIMALS) for end in ends))
