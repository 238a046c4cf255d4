"""What a forecast would have been worth: made again at the end of each of the last months, held against what came.

Beside it stands the simplest of all, "every week will be as last week was"; a forecast that is not better than that is
not worth showing.  Each time only the weeks are known that were over by then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from git_feedback.insight.durations import DECIMALS
from git_feedback.insight.forecast import START, Expected
from git_feedback.insight.weekly import WEEK, Weeks, monday_of

MONTHS = 12
"""So many month ends are looked back at, at most."""
FEWEST = 6
"""Fewer month ends would let one lucky month decide; that one of two equal ways wins at all six is a chance of 1 in 64."""
Forecast = Callable[[Weeks, int], Sequence[Expected]]


@dataclass(frozen=True, slots=True)
class BackTest:
    """How a forecast did from `origins` month ends over `weeks` weeks in all (a week may stand in two of them).

    `wrong`: by how many items a week it was off on average; `wrong_as_before`: the same for "as last week".
    `within_80`: the share of weeks that lay where 8 of 10 were to lie.  The three are None without any month end.
    """

    origins: int
    weeks: int
    wrong: float | None
    wrong_as_before: float | None
    within_80: float | None

    @property
    def is_enough(self) -> bool:
        """Whether there were month ends enough to say."""
        return self.origins >= FEWEST

    @property
    def is_better(self) -> bool:
        """Whether it was less wrong than "as last week", with month ends enough to say so."""
        return self.is_enough and (self.wrong or 0) < (self.wrong_as_before or 0)

    @property
    def gain(self) -> float | None:
        """The part (0 to 1) by which it was less wrong; below zero where it was more wrong."""
        if self.wrong is None or not self.wrong_as_before:
            return None
        return round(1 - self.wrong / self.wrong_as_before, DECIMALS)


def backtest(weeks: Weeks, after: date, ahead: int, forecast: Forecast) -> BackTest:
    """The forecast of the `ahead` weeks after each month end, the last MONTHS that have a whole week behind them.

    `after` is the first day that is not over; a month end with less than START weeks before it is none.
    """
    trials = [
        trial for day in _month_ends(weeks, after) for trial in _trials(weeks, weeks.before(day), ahead, forecast)
    ]
    origins = len({known for known, _, _ in trials})
    if not trials:
        return BackTest(0, 0, None, None, None)
    off = [abs(one.mean - count) for _, one, count in trials]
    as_before = [abs(weeks.counts[known - 1] - count) for known, _, count in trials]
    within = sum(one.low_80 <= count <= one.high_80 for _, one, count in trials)
    return BackTest(origins, len(trials), _mean(off), _mean(as_before), round(within / len(trials), DECIMALS))


def _trials(weeks: Weeks, known: Weeks, ahead: int, forecast: Forecast) -> Iterator[tuple[int, Expected, int]]:
    """For each week that came after what was known: how many were known, what was expected, and what came."""
    came = weeks.counts[len(known) : len(known) + ahead]
    for one, count in zip(forecast(known, ahead), came, strict=False):
        yield len(known), one, count


def _month_ends(weeks: Weeks, after: date) -> list[date]:
    """The first days of months by which START weeks were known, and after which at least one more is; the last ones."""
    found: list[date] = []
    day = after.replace(day=1)
    while len(found) < MONTHS and len(weeks.before(day)) >= START:
        if len(weeks.before(day)) < len(weeks):
            found.append(day)
        day = _months_later(day, -1)
    return found


def ready(weeks: Weeks) -> date:
    """The day from which FEWEST month ends can be looked back at, if nothing comes between."""
    day = weeks.monday(START)
    day = day if day.day == 1 else _months_later(day, 1)
    return monday_of(_months_later(day, FEWEST - 1)) + WEEK


def _months_later(day: date, by: int) -> date:
    """The first of the month so many months after (before, when negative)."""
    year, index = divmod(day.year * 12 + day.month - 1 + by, 12)
    return date(year, index + 1, 1)


def _mean(errors: Sequence[float]) -> float:
    return round(sum(errors) / len(errors), DECIMALS)
