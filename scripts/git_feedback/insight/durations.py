"""How long things took: mean, median and 90th percentile of many spans, by the wall clock and in working time."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from git_feedback.clock import Calendar

Span = tuple[datetime, datetime]
HOUR_S = 3600
DECIMALS = 4
SHARE_DECIMALS = 6
"""14 of 17 is 82.4 %; kept with four digits and then told with one decimal it would be 82.3 %."""


@dataclass(frozen=True, slots=True)
class Durations:
    """Figures over `n` spans in hours (`_h` wall clock, `_wh` working time); None where there is none.

    `excluded` counts what cannot be measured: an end before its start, or an end that is not known.
    """

    n: int
    excluded: int
    mean_h: float | None
    median_h: float | None
    p90_h: float | None
    mean_wh: float | None
    median_wh: float | None
    p90_wh: float | None


def durations(spans: Iterable[Span], unknown: int, office: Calendar) -> Durations:
    """Figures over `spans`; those that end before they start are excluded and counted with the `unknown` ones."""
    given = list(spans)
    real = [span for span in given if span[1] >= span[0]]
    wall = sorted(int((end - start).total_seconds()) for start, end in real)
    working = sorted(office.elapsed(start, end) for start, end in real)
    return Durations(len(real), unknown + len(given) - len(real), *_three(wall), *_three(working))


def p90(ordered: Sequence[int]) -> int:
    """The 90th percentile of numbers in order: `ordered[int(0.9 * (n - 1))]`, always one of them."""
    return ordered[int(0.9 * (len(ordered) - 1))]


def _three(seconds: Sequence[int]) -> tuple[float | None, float | None, float | None]:
    if not seconds:
        return None, None, None
    return _hours(statistics.fmean(seconds)), _hours(statistics.median(seconds)), _hours(p90(seconds))


def _hours(seconds: float) -> float:
    return round(seconds / HOUR_S, DECIMALS)
