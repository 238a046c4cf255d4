"""What the next weeks will bring, for everything and for each category that has a history: shown where it was worth it.

Counted is everything that was received, as in all figures; the category is the one it stood in at the end.  What nobody
has classified is in the whole alone: it will belong to a category as soon as somebody looks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from git_feedback.insight.backtest import BackTest, backtest, ready
from git_feedback.insight.courses import UNCLASSIFIED, Course
from git_feedback.insight.durations import DECIMALS
from git_feedback.insight.forecast import AHEAD, START, Expected, forecast, season
from git_feedback.insight.weekly import Weeks, day_after, monday_of, whole_weeks

LATEST = 26
"""How often something comes is seen from so many weeks."""
FEWEST_ITEMS = 26
"""One a week in the LATEST weeks: what is rarer is not to be told week by week."""
EVERYTHING = ""
"""The category of the whole."""
Verdict = Literal["shown", "few-weeks", "few-items", "few-origins", "not-better"]


@dataclass(frozen=True, slots=True)
class Line:
    """The forecast of a category (EVERYTHING: of all), or why there is none.

    `latest` are the last known weeks, up to LATEST; `known` counts all.  `expected` is empty unless `verdict` is
    "shown"; `seasonal`: whether the time of year is in it.  `ready`: the day from which it can be told whether a forecast
    is worth it, where the history is too short for that.
    """

    category: str
    verdict: Verdict
    known: int
    latest: Weeks
    test: BackTest
    seasonal: bool
    expected: tuple[Expected, ...]
    ready: date | None = None

    @property
    def total(self) -> float:
        """What is expected in all weeks together."""
        return round(sum(one.mean for one in self.expected), DECIMALS)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next `ahead` weeks, of which the first begins on Monday `week` (and runs, unless `after` is that day)."""

    week: date
    after: date
    ahead: int
    whole: Line
    categories: tuple[Line, ...]

    def of(self, verdict: Verdict) -> tuple[Line, ...]:
        """The categories with that verdict."""
        return tuple(line for line in self.categories if line.verdict == verdict)


def outlook(courses: Iterable[Course], until: datetime, zone: tzinfo, ahead: int = AHEAD) -> Outlook:
    """Forecasts for what was received by `until`, the last second that counts; categories by their last weeks, then id.

    Raises forecast.NoSeasons where two years are known and statsmodels is not installed.
    """
    after = day_after(until, zone)
    days: dict[str, list[date]] = {EVERYTHING: []}
    for course in courses:
        if course.received <= until:
            day = course.received.astimezone(zone).date()
            days[EVERYTHING].append(day)
            days.setdefault(course.category, []).append(day)
    lines = {name: _line(name, whole_weeks(found, after), after, ahead) for name, found in _named(days).items()}
    whole = lines.pop(EVERYTHING)
    ranked = sorted(lines.values(), key=lambda line: (-sum(line.latest.last(ahead).counts), line.category))
    return Outlook(monday_of(after), after, ahead, whole, tuple(ranked))


def _named(days: Mapping[str, list[date]]) -> dict[str, list[date]]:
    return {name: found for name, found in days.items() if name != UNCLASSIFIED}


def _line(category: str, weeks: Weeks, after: date, ahead: int) -> Line:
    latest = weeks.last(LATEST)
    verdict, test = _judged(weeks, after, ahead)
    if verdict == "shown":
        return Line(category, verdict, len(weeks), latest, test, bool(season(weeks, ahead)), forecast(weeks, ahead))
    is_short = weeks.counts and verdict in ("few-weeks", "few-origins")
    return Line(category, verdict, len(weeks), latest, test, False, (), ready(weeks) if is_short else None)


def _judged(weeks: Weeks, after: date, ahead: int) -> tuple[Verdict, BackTest]:
    none = BackTest(0, 0, None, None, None)
    if len(weeks) <= START:
        return "few-weeks", none
    if sum(weeks.last(LATEST).counts) < FEWEST_ITEMS:
        return "few-items", none
    test = backtest(weeks, after, ahead, forecast)
    if not test.is_enough:
        return "few-origins", test
    return ("shown" if test.is_better else "not-better"), test
