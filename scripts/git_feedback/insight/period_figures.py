"""The figures of one period (a month, a quarter, a year): its key figures, those it is compared with, and plain counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing
from git_feedback.insight.counts import Attained, CategoryCount, DayCount
from git_feedback.insight.findings import Finding, findings
from git_feedback.insight.key_figures import KeyFigures
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.stats import TOP
from git_feedback.policy import Policy

SERIES = 12


@dataclass(frozen=True, slots=True)
class Figures:
    """A period's report in numbers.

    `complete`: the period was over at the time of asking.  `previous` is None when nothing had been received before
    the period, `year_before` when nothing had been received before the end of that one.  `series`: up to twelve periods
    of the same length, this one last.  `days`: every day of the period that had begun.  `arrivals`: items received by
    weekday (Monday first) and hour.  `top`: the most frequent categories.
    """

    now: KeyFigures
    previous: KeyFigures | None
    year_before: KeyFigures | None
    complete: bool
    series: tuple[KeyFigures, ...]
    days: tuple[DayCount, ...]
    categories: tuple[CategoryCount, ...]
    attainment: tuple[Attained, ...]
    arrivals: tuple[tuple[int, ...], ...]
    top: tuple[CategoryCount, ...]
    findings: tuple[Finding, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in the period: nothing received, nothing resolved, no target met or missed."""
        return not (self.now.received or self.now.resolved or self.now.on_time_n)


def figures(standings: Sequence[Standing], policy: Policy, name: str, now: datetime) -> Figures:
    """The figures of a period (`2026-10`, `2026-Q3`, `2026`) as known at `now`; ValueError when it is none."""
    return figures_of(Ledger(standings, policy, now), Period.parse(name))


def figures_of(ledger: Ledger, period: Period) -> Figures:
    """The figures of a period out of a ledger."""
    start, end = ledger.bounds(period)
    first = min((course.received for course in ledger.courses), default=end)
    previous = ledger.key_figures(period.previous) if first < start else None
    a_year_ago = period.year_before
    categories = ledger.categories(period)
    before = ledger.look(period.previous) if previous else None
    return Figures(
        now=ledger.key_figures(period),
        previous=previous,
        year_before=ledger.key_figures(a_year_ago) if first < ledger.bounds(a_year_ago)[1] else None,
        complete=ledger.now >= end,
        series=tuple(map(ledger.key_figures, _series(ledger, first, period))),
        days=ledger.days(period),
        categories=categories,
        attainment=ledger.attainment(period),
        arrivals=ledger.arrivals(period),
        top=categories[:TOP],
        findings=findings(ledger.look(period), before, ledger.policy.office),
    )


def _series(ledger: Ledger, first: datetime, last: Period) -> list[Period]:
    """Up to twelve periods that end with `last`, none of them over before the `first` thing came."""
    found = [last]
    while len(found) < SERIES and ledger.bounds(found[0])[0] > first:
        found.insert(0, found[0].previous)
    return found
