"""The days of a year as a calendar has them, and the years that a desk still has to bring in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from git_feedback.policy.calendar_files import CalendarFile
from git_feedback.policy.model import Calendars, Policy

Kind = Literal["working", "weekend", "holiday", "makeup", "half"]
WARNED_FROM = (11, 1)
"""Month and day from which the next year is asked for (mainland China publishes it in November)."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One date: what kind of day it is, and the hours it has."""

    date: date
    kind: Kind
    hours: tuple[str, ...]

    @property
    def is_working(self) -> bool:
        """Whether it has any hours."""
        return bool(self.hours)


def days(plan: CalendarFile, year: int) -> tuple[Planned, ...]:
    """Every date of a year.  A year that the file does not list goes by the week."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    return tuple(_day(plan, first + timedelta(days=n)) for n in range((after - first).days))


def working_days(planned: Iterable[Planned]) -> int:
    """How many of these dates have hours."""
    return sum(day.is_working for day in planned)


def _day(plan: CalendarFile, day: date) -> Planned:
    """A closed date beats hours of its own, and those beat the week: the order of the clock."""
    listed, ordinary = plan.year(day.year), plan.weekly.on(day)
    if listed and day in listed.off:
        return Planned(day, "holiday", ())
    if listed and day in listed.hours:
        return Planned(day, _kind(listed.hours[day], ordinary), listed.hours[day])
    if listed and day in listed.work:
        return Planned(day, "makeup", plan.weekly.named(plan.makeup))
    return Planned(day, "working" if ordinary else "weekend", ordinary)


def _kind(own: tuple[str, ...], ordinary: tuple[str, ...]) -> Kind:
    if not ordinary:
        return "makeup"
    return "half" if _minutes(own) < _minutes(ordinary) else "working"


def _minutes(hours: Iterable[str]) -> int:
    return sum(_time(span[6:]) - _time(span[:5]) for span in hours)


def _time(words: str) -> int:
    return int(words[:2]) * 60 + int(words[3:])


@dataclass(frozen=True, slots=True)
class Missing:
    """A year that a calendar should list and does not, or has only provisionally.

    `code` has words in the catalogues, with the places `calendar` and `year`.
    """

    calendar: str
    year: int
    code: Literal["calendar-year-missing", "calendar-year-provisional"]


def missing_years(policy: Policy, day: date) -> list[Missing]:
    """What the calendars in use lack on a day: its own year always, from 1 November on the next one too."""
    used = (name for name in policy.calendars.plans if name in used_calendars(policy, day))
    return [missing for name in used for missing in missing_in(name, policy.calendars.plans[name], day)]


def missing_in(name: str, plan: CalendarFile, day: date) -> Iterator[Missing]:
    """What one calendar lacks on a day; one that lists no year at all needs none."""
    for year in wanted_years(day) if plan.years else ():
        listed = plan.year(year)
        if listed is None:
            yield Missing(name, year, "calendar-year-missing")
        elif listed.status == "provisional":
            yield Missing(name, year, "calendar-year-provisional")


def wanted_years(day: date) -> tuple[int, ...]:
    """The years that clocks of that day may run into."""
    return (day.year, day.year + 1) if (day.month, day.day) >= WARNED_FROM else (day.year,)


def used_calendars(policy: Policy, day: date) -> frozenset[str]:
    """The calendars that clocks run by: the office's, those of levels and those that targets name.

    Editions in force on a day and later ones count.
    """
    current = policy.edition(day)
    editions = [edition for edition in policy.editions if edition.effective >= current.effective]
    levels = {level.calendar for edition in editions for level in edition.levels.values()}
    lengths = [edition.reopen_within for edition in editions]
    lengths += [rule.target for edition in editions for rule in edition.rules if rule.target]
    return frozenset({policy.desk.office, *levels, *(length.calendar for length in lengths if length.calendar)})


def status(calendars: Calendars, name: str, year: int) -> Literal["official", "provisional", "missing", "by-week"]:
    """How far a year of a calendar can be relied on; `by-week` is a calendar that lists no years at all."""
    listed = calendars.plans[name].year(year)
    if listed:
        return listed.status
    return "missing" if calendars.lists_years(name) else "by-week"


def runs(dates: Iterable[date]) -> list[tuple[date, date]]:
    """Dates in order as first and last of each unbroken run."""
    found: list[tuple[date, date]] = []
    for day in sorted(dates):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
