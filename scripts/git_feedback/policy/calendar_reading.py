"""Calendar files joined into working calendars.  What is wrong comes back as problems with file, line and column."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pydantic import ValidationError

from git_feedback import notation
from git_feedback.clock import BadHours, Calendar
from git_feedback.model import Place, Problem, translated
from git_feedback.model.problem import nearest
from git_feedback.policy.calendar_files import ALWAYS as ROUND_THE_CLOCK
from git_feedback.policy.calendar_files import WEEKDAYS, CalendarFile, Year
from git_feedback.policy.files import Part
from git_feedback.policy.model import ALWAYS, Calendars

FOLDER = "policy/calendars/"

Mistake = tuple[Place, str, Mapping[str, object]]
"""Where in the file, the code of its words, and what is filled into them."""


def calendars_in(
    parts: Mapping[str, Part | None], zone: str, sources: Mapping[str, bytes], problems: list[Problem]
) -> Calendars:
    """The calendars of these files by name, and round the clock in `zone`; what is wrong is added to `problems`."""
    plans: dict[str, CalendarFile] = {}
    for path, part in parts.items():
        if isinstance(part, CalendarFile):
            found = list(mistakes(path, part, sources[path]))
            problems += found
            if not found:
                plans[name_of(path)] = part
    plans.setdefault(ALWAYS, CalendarFile(zone=zone, weekly=ROUND_THE_CLOCK))
    return Calendars(
        by_name={name: calendar(plan) for name, plan in plans.items()},
        years={name: official(plan) for name, plan in plans.items()},
        plans=plans,
    )


def name_of(path: str) -> str:
    """What a calendar file calls its calendar."""
    return path.removeprefix(FOLDER).removesuffix(".yml")


def official(plan: CalendarFile) -> frozenset[int]:
    """The years with official data."""
    return frozenset(int(year) for year, days in plan.years.items() if days.status == "official")


def calendar(part: CalendarFile) -> Calendar:
    """The working calendar that a file describes; BadHours when its hours make none."""
    weekly = {weekday: _intervals(part.weekly.named(weekday)) for weekday in WEEKDAYS}
    off = [day for year in part.years.values() for day in year.off]
    replaced = {day: weekly[part.makeup] for year in part.years.values() for day in year.work}
    replaced |= {day: _intervals(hours) for year in part.years.values() for day, hours in year.hours.items()}
    return Calendar(part.zone, weekly, off, replaced)


def _intervals(hours: Sequence[str]) -> list[tuple[str, str]]:
    return [(opening, closing) for opening, _, closing in (span.partition("-") for span in hours)]


def mistakes(path: str, part: CalendarFile, source: bytes) -> Iterator[Problem]:
    """All that the form of a single field does not show: hours, and dates that contradict each other or their year."""
    places = notation.places(source)
    for place, code, values in _mistakes(part):
        line, column = nearest(place, places)
        yield Problem(path, line, column, code, values)


def _mistakes(part: CalendarFile) -> Iterator[Mistake]:
    if not any(part.weekly.named(weekday) for weekday in WEEKDAYS):
        yield ("weekly",), "never-open", {}
    for weekday in WEEKDAYS:
        yield from _bad_hours(("weekly", weekday), weekday, part.weekly.named(weekday))
    for name, year in part.years.items():
        yield from _of_another_year(name, year)
        yield from _twice(name, year)
        yield from _open_anyway(name, year, part)
        for day, hours in year.hours.items():
            yield from _bad_hours(("years", name, "hours", day.isoformat()), day.isoformat(), hours)
        if year.work and not part.weekly.named(part.makeup):
            yield ("years", name, "work"), "makeup-closed", {"day": part.makeup}


def _bad_hours(place: Place, day: str, hours: Sequence[str]) -> Iterator[Mistake]:
    """What is wrong with the hours of one day, asked of a calendar that has no others."""
    try:
        if hours:
            Calendar("UTC", {"mon": _intervals(hours)})
    except BadHours as bad:
        yield place, bad.code, {"day": day, "at": bad.at}


def _of_another_year(name: str, year: Year) -> Iterator[Mistake]:
    for place, day in _dates(name, year):
        if str(day.year) != name:
            yield place, "day-of-another-year", {"day": day.isoformat(), "year": name}


def _twice(name: str, year: Year) -> Iterator[Mistake]:
    seen: dict[date, str] = {}
    for place, day in _dates(name, year):
        shelf = str(place[2])
        if day in seen:
            yield place, "day-twice", {"day": day.isoformat(), "first": seen[day], "second": shelf}
        seen.setdefault(day, shelf)


def _open_anyway(name: str, year: Year, part: CalendarFile) -> Iterator[Mistake]:
    for index, day in enumerate(year.work):
        if part.weekly.on(day):
            weekday = WEEKDAYS[day.weekday()]
            yield ("years", name, "work", index), "work-anyway", {"day": day.isoformat(), "weekday": weekday}


def _dates(name: str, year: Year) -> Iterator[tuple[Place, date]]:
    """Every date that a year lists, with its place."""
    for key, days in (("off", year.off), ("work", year.work)):
        yield from ((("years", name, key, index), day) for index, day in enumerate(days))
    yield from ((("years", name, "hours", day.isoformat()), day) for day in year.hours)


def plan_of(path: str, source: bytes) -> tuple[CalendarFile | None, tuple[Problem, ...]]:
    """What one calendar file says, whatever the rest of the policy is like; None and the reasons where it is wrong."""
    try:
        part = CalendarFile.model_validate(notation.read(source))
    except notation.Bad as bad:
        return None, tuple(Problem(path, fault.line, fault.column, fault.code, fault.values) for fault in bad.faults)
    except ValidationError as error:
        return None, tuple(translated(error, path, notation.places(source)))
    found = tuple(mistakes(path, part, source))
    return (None, found) if found else (part, ())
