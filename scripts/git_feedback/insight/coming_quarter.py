"""What is known of a period before it begins: days on which the desk is closed or open otherwise, effects to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from git_feedback.clock.periods import Period
from git_feedback.insight.measured import sayable_from
from git_feedback.model.measures import Measure
from git_feedback.policy.calendar_files import CalendarFile
from git_feedback.policy.calendar_years import Kind, Planned, days, runs


@dataclass(frozen=True, slots=True)
class Special:
    """Days in a row that are not as the week has them: holiday (weekends within it too), makeup or half."""

    kind: Kind
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """A period in the office's calendar: how many working days it has, and which days are special.

    `status` of its year: official, provisional (announced, may change), missing (the calendar lists other years and not
    this one: holidays are unknown) or by-week (it lists none at all).
    """

    working: int
    special: tuple[Special, ...]
    status: str


def office_days(plan: CalendarFile, period: Period) -> OfficeDays:
    """The days of a period of one year."""
    within = [one for one in days(plan, period.year) if period.first <= one.date < period.next.first]
    special = [Special(kind, *run) for kind in ("holiday", "makeup", "half") for run in _runs(within, kind)]
    listed = plan.year(period.year)
    status = listed.status if listed else "missing" if plan.years else "by-week"
    return OfficeDays(sum(one.is_working for one in within), tuple(sorted(special, key=lambda one: one.first)), status)


def _runs(planned: Iterable[Planned], kind: str) -> list[tuple[date, date]]:
    return runs(one.date for one in planned if one.kind == kind)


@dataclass(frozen=True, slots=True)
class Judgeable:
    """A measure that was done too lately to say what it changed, and the first day on which that can be said."""

    measure: str
    done: date
    day: date


def judgeable_later(measures: Iterable[Measure], last: date) -> list[Judgeable]:
    """The measures of which nothing could be said on the day `last`, the one that can be judged first before others."""
    found = [
        Judgeable(one.id, one.done, sayable_from(one.done)) for one in measures if one.done and _is_fresh(one, last)
    ]
    return sorted(found, key=lambda one: (one.day, one.measure))


def _is_fresh(one: Measure, last: date) -> bool:
    """Done by the end of that day, and by then for less time than an effect takes to be seen."""
    return one.status == "done" and one.done is not None and one.done <= last < sayable_from(one.done)
