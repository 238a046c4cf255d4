"""The figures of one month: what came, what was settled, which promises were kept, and how that compares.

A month is one of the desk's zone.  Everything counts in the month in which it happened: an item in the month it was
received, a resolution in the month it came, a kept promise in the month it was kept and a broken one in the month its
time ran out.  So a month that is over keeps its figures.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from git_feedback.desk import Standing
from git_feedback.desk.sla import NAMES
from git_feedback.insight.courses import Course, courses
from git_feedback.insight.durations import DECIMALS
from git_feedback.insight.findings import Finding, Look, findings
from git_feedback.insight.stats import TOP, later, month_of, resolve_times, respond_times
from git_feedback.insight.verdicts import BREACHED, EXCLUDED, MET, promises
from git_feedback.policy import Policy

SERIES = 12


@dataclass(frozen=True, slots=True)
class Month:
    """The key figures of a month; None where there is nothing to count from (`n` is 0 then).

    - `received`: items received.  `resolved`: items whose first resolution came.
    - `on_time_share`: of the `on_time_n` runs of clocks that were judged, those kept; `on_time_excluded` do not count
      (cancelled, or unknown in imported history).
    - `respond_median_h`, `_wh`: from received to the first answer by a person, for the `respond_n` answers that came.
      `resolve_median_h`, `_wh`: from received to the resolution, for those that came.  `_h` is wall clock, `_wh` the
      office calendar; excluded are ends before their start, and imported history received that does not tell.
    - `satisfied_share`: of the `satisfied_n` items heard again, those last satisfied.
    """

    month: str
    received: int
    resolved: int
    on_time_share: float | None
    on_time_n: int
    on_time_excluded: int
    respond_median_h: float | None
    respond_median_wh: float | None
    respond_n: int
    respond_excluded: int
    resolve_median_h: float | None
    resolve_median_wh: float | None
    resolve_n: int
    resolve_excluded: int
    satisfied_share: float | None
    satisfied_n: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """Items received and resolved on a date; `working`: the office opens on it."""

    date: date
    received: int
    resolved: int
    working: bool


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """Items received of a category, and how many of them have been late with anything so far."""

    category: str
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Attained:
    """Runs of a clock that were judged, for items of a level (empty: unclassified)."""

    clock: str
    level: str
    met: int
    breached: int
    excluded: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A month's report in numbers.

    `complete`: the month was over at the time of asking.  `previous` is None when nothing had been received before
    the month.  `series`: up to twelve months, this one last.  `days`: every day of the month that had begun.
    `arrivals`: items received by weekday (Monday first) and hour.  `top`: the most frequent categories.
    """

    month: Month
    previous: Month | None
    complete: bool
    series: tuple[Month, ...]
    days: tuple[DayCount, ...]
    categories: tuple[CategoryCount, ...]
    attainment: tuple[Attained, ...]
    arrivals: tuple[tuple[int, ...], ...]
    top: tuple[CategoryCount, ...]
    findings: tuple[Finding, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in the month: nothing received, nothing resolved, no target met or missed."""
        return not (self.month.received or self.month.resolved or self.month.on_time_n)


def figures(standings: Sequence[Standing], policy: Policy, month: str, now: datetime) -> Figures:
    """The figures of `month` (`2026-10`) as known at `now`; ValueError when that is no month."""
    ledger = _Ledger(standings, policy, now)
    start, end = ledger.bounds(month)
    first = min((course.received for course in ledger.courses), default=end)
    series = tuple(map(ledger.month, _months(ledger.month_of(first), month)))
    previous = ledger.month(later(month, -1)) if first < start else None
    categories = ledger.categories(month)
    return Figures(
        month=series[-1],
        previous=previous,
        complete=now >= end,
        series=series,
        days=ledger.days(month),
        categories=categories,
        attainment=ledger.attainment(month),
        arrivals=ledger.arrivals(month),
        top=categories[:TOP],
        findings=findings(ledger.look(month), ledger.look(later(month, -1)) if previous else None, policy.office),
    )


def _months(first: str, last: str) -> list[str]:
    """Up to twelve months that end with `last`, none of them before `first`."""
    return [month for month in (later(last, by) for by in range(1 - SERIES, 1)) if month >= min(first, last)]


class _Ledger:
    """What happened to all items, to be looked up by month."""

    def __init__(self, standings: Sequence[Standing], policy: Policy, now: datetime) -> None:
        self.policy, self.now = policy, now
        self.zone = ZoneInfo(policy.desk.zone)
        self.courses = courses(standings, now)
        self.verdicts = [verdict for standing in standings for verdict in promises(standing) if verdict.at <= now]

    def month_of(self, moment: datetime) -> str:
        return month_of(moment, self.zone)

    def bounds(self, month: str) -> tuple[datetime, datetime]:
        """The first moment of a month, and that of the next."""
        starts = (date.fromisoformat(f"{which}-01") for which in (month, later(month, 1)))
        start, end = (datetime(day.year, day.month, 1, tzinfo=self.zone) for day in starts)
        return start, end

    def look(self, month: str) -> Look:
        within = _Within(*(bound.astimezone(UTC) for bound in self.bounds(month)))
        return Look(
            month=month,
            received=tuple(course for course in self.courses if course.received in within),
            answered=tuple(course for course in self.courses if course.answered in within),
            resolved=tuple(course for course in self.courses if course.resolved in within),
            judged=tuple(verdict for verdict in self.verdicts if verdict.at in within),
            satisfied=tuple(_satisfied(self.courses, within)),
        )

    def month(self, month: str) -> Month:
        look = self.look(month)
        answers = respond_times(look.answered, self.policy.office)
        solutions = resolve_times(look.resolved, self.policy.office)
        return Month(
            month=month,
            received=len(look.received),
            resolved=len(look.resolved),
            on_time_share=_share(len(look.met), len(look.counted)),
            on_time_n=len(look.counted),
            on_time_excluded=len(look.judged) - len(look.counted),
            respond_median_h=answers.median_h,
            respond_median_wh=answers.median_wh,
            respond_n=answers.n,
            respond_excluded=answers.excluded + sum(course.answer_is_unknown for course in look.received),
            resolve_median_h=solutions.median_h,
            resolve_median_wh=solutions.median_wh,
            resolve_n=solutions.n,
            resolve_excluded=solutions.excluded + sum(course.resolution_is_unknown for course in look.received),
            satisfied_share=_share(sum(look.satisfied), len(look.satisfied)),
            satisfied_n=len(look.satisfied),
        )

    def days(self, month: str) -> tuple[DayCount, ...]:
        received = Counter(course.received.astimezone(self.zone).date() for course in self.courses)
        resolved = Counter(course.resolved.astimezone(self.zone).date() for course in self.courses if course.resolved)
        start, end = (bound.date() for bound in self.bounds(month))
        last = min(end - timedelta(1), self.now.astimezone(self.zone).date())
        there = (start + timedelta(days) for days in range((last - start).days + 1))
        return tuple(
            DayCount(day, received[day], resolved[day], self.policy.office.is_working_day(day)) for day in there
        )

    def categories(self, month: str) -> tuple[CategoryCount, ...]:
        late = {id(verdict.standing) for verdict in self.verdicts if verdict.outcome == BREACHED}
        received = self.look(month).received
        counts = Counter(course.category for course in received)
        of_late = Counter(course.category for course in received if id(course.standing) in late)
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(CategoryCount(category, count, of_late[category]) for category, count in ranked)

    def attainment(self, month: str) -> tuple[Attained, ...]:
        counts = Counter((v.clock, v.level, v.outcome) for v in self.look(month).judged)
        pairs = sorted({key[:2] for key in counts}, key=lambda pair: (NAMES.index(pair[0]), pair[1] or "~"))
        return tuple(
            Attained(*pair, *(counts[(*pair, outcome)] for outcome in (MET, BREACHED, EXCLUDED))) for pair in pairs
        )

    def arrivals(self, month: str) -> tuple[tuple[int, ...], ...]:
        there = (course.received.astimezone(self.zone) for course in self.look(month).received)
        counts = Counter((moment.weekday(), moment.hour) for moment in there)
        return tuple(tuple(counts[weekday, hour] for hour in range(24)) for weekday in range(7))


class _Within:
    """A span of time; its end is outside."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end

    def __contains__(self, moment: object) -> bool:
        return isinstance(moment, datetime) and self.start <= moment < self.end


def _satisfied(found: Iterable[Course], within: _Within) -> Iterable[bool]:
    """For each item heard again in the span: whether its last word in it was satisfied."""
    for course in found:
        heard = [one for one in course.heard if one.at in within]
        if heard:
            yield heard[-1].verdict == "satisfied"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, DECIMALS) if whole else None
