"""Whether a series is in control: its natural limits by moving ranges, the points outside of them, and a calm line.

The XmR chart of D. J. Wheeler, "Understanding Variation" (1993): limits are the mean plus and minus 2.66 times the mean
moving range, where 2.66 is 3 / 1.128 and 1.128 the expected range of two draws from a normal distribution.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FACTOR = 2.66
FEWEST = 8
"""Fewer points have no limits that mean anything."""
RUN = 8
"""So many points in a row on one side of the mean are no accident (the Western Electric rule)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of a series and its natural limits; counts have none below zero."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Control:
    """A series as a control chart shows it.

    `limits` is None for fewer than FEWEST points.  `outside` are places beyond a limit, `shifted` places in a run of
    at least RUN on one side of the mean.
    """

    values: tuple[float, ...]
    limits: Limits | None
    outside: tuple[int, ...]
    shifted: tuple[int, ...]


def control(values: Sequence[float], base: Sequence[float] | None = None) -> Control:
    """The control chart of a series of counts; the limits are those of `base` where one is given, else its own."""
    known = _limits(values if base is None else base)
    if known is None:
        return Control(tuple(values), None, (), ())
    outside = tuple(place for place, value in enumerate(values) if not known.low <= value <= known.high)
    return Control(tuple(values), known, outside, _shifted(values, known.mean))


def _limits(values: Sequence[float]) -> Limits | None:
    if len(values) < FEWEST:
        return None
    mean = statistics.fmean(values)
    reach = FACTOR * statistics.fmean(abs(later - earlier) for earlier, later in pairwise(values))
    return Limits(mean, max(0.0, mean - reach), mean + reach)


def _shifted(values: Sequence[float], mean: float) -> tuple[int, ...]:
    found: list[int] = []
    run: list[int] = []
    side = 0
    for place, value in enumerate(values):
        here = (value > mean) - (value < mean)
        run = [*run, place] if here and here == side else [place] if here else []
        side = here
        if len(run) >= RUN:
            found += run if len(run) == RUN else [place]
    return tuple(found)


def moving_mean(values: Sequence[float], width: int = 7) -> list[float | None]:
    """For each place the mean of it and the `width` - 1 before; None while there are not so many."""
    return [
        None if place + 1 < width else statistics.fmean(values[place + 1 - width : place + 1])
        for place in range(len(values))
    ]
