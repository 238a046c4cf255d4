"""Calendar files checked, and years of public holidays brought into them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from git_feedback import notation
from git_feedback.i18n import text
from git_feedback.jobs.public_holidays import PublicHolidays
from git_feedback.model import Problem
from git_feedback.model.problem import Bad, nearest
from git_feedback.policy.calendar_files import CalendarFile, Year
from git_feedback.policy.calendar_reading import FOLDER, name_of, plan_of
from git_feedback.policy.calendar_writing import Listing, comments_of, new_file, remarks_of, with_year
from git_feedback.policy.calendar_years import days, missing_in, working_days
from git_feedback.store import Desk, write_file

Outcome = Literal["new-file", "added", "replaced", "already"]


def check(root: Path, now: datetime) -> list[Problem]:
    """Every mistake in the calendar files, and the years they lack: this one, from 1 November on the next one too."""
    return [problem for path, source in files(root).items() for problem in _wrong(path, source, now)]


def _wrong(path: str, source: bytes, now: datetime) -> Iterator[Problem]:
    plan, problems = plan_of(path, source)
    yield from problems
    if plan:
        today = now.astimezone(ZoneInfo(plan.zone)).date()
        places = notation.places(source)
        for missing in missing_in(name_of(path), plan, today):
            line, column = nearest(("years", str(missing.year), "status"), places)
            yield Problem(path, line, column, missing.code, {"calendar": missing.calendar, "year": missing.year})


def files(root: Path) -> Mapping[str, bytes]:
    """The calendar files of a desk by path."""
    return {path: source for path, source in Desk(root).policy().items() if path.startswith(FOLDER)}


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a year goes; zone and hours count for a new file only."""

    name: str
    zone: str
    hours: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What bringing in a year comes to, before anything is written.

    `lost` are dates that a provisional year had and the new one has not.
    """

    path: str
    content: bytes
    outcome: Outcome
    plan: CalendarFile
    year: int
    lost: tuple[date, ...]

    @property
    def listed(self) -> Year:
        """The year as the file will have it."""
        return self.plan.years[str(self.year)]

    @property
    def working_days(self) -> int:
        """How many days of the year have hours."""
        return working_days(days(self.plan, self.year))


def brought_in(root: Path, wish: Wish, found: PublicHolidays) -> Brought:
    """The calendar file with a year of public holidays.  Raises Bad with what is wrong with the file, before or after.

    An official year stays as it is, and so does a provisional one where the library has no more to say.
    """
    path = f"{FOLDER}{wish.name}.yml"
    source = files(root).get(path)
    if source is None:
        return _made(path, wish, found)
    plan = _plan(path, source)
    old = plan.year(found.year)
    if old and (old.status == "official" or found.lacking):
        return Brought(path, source, "already", plan, found.year, ())
    listing = (
        _listing(found, wish.language, plan) if old is None else _replacing(found, wish.language, plan, old, source)
    )
    content = with_year(path, source, listing)
    after = _plan(path, content)
    lost = tuple(sorted({*old.off, *old.work} - {*listing.off, *listing.work})) if old else ()
    return Brought(path, content, "replaced" if old else "added", after, found.year, lost)


def write_down(root: Path, brought: Brought) -> list[str]:
    """Write the file; its path, or none where it says all that already."""
    return [brought.path] if write_file(root / brought.path, brought.content) else []


def _made(path: str, wish: Wish, found: PublicHolidays) -> Brought:
    weekly = dict.fromkeys(found.open_weekdays, wish.hours)
    comment = text("calendar-file-comment", wish.language, country=found.country)
    content = new_file(comment, wish.zone, weekly, _listing(found, wish.language, None))
    return Brought(path, content, "new-file", _plan(path, content), found.year, ())


def _plan(path: str, source: bytes) -> CalendarFile:
    plan, problems = plan_of(path, source)
    if plan is None:
        raise Bad(problems)
    return plan


def _listing(found: PublicHolidays, language: str, plan: CalendarFile | None) -> Listing:
    """The year to write.  Weekend dates that the desk's own week opens anyway need no making up."""
    work = [day for day in found.work if plan is None or not plan.weekly.on(day)]
    weekdays = text("calendar-weekdays", language).split()
    return Listing(
        year=found.year,
        status="provisional" if found.lacking else "official",
        notice=_notice(found, language),
        off=found.off,
        work={day: weekdays[day.weekday()] for day in work},
    )


def _notice(found: PublicHolidays, language: str) -> str:
    """Where the year comes from, and what it lacks."""
    code = f"calendar-notice-{found.lacking or 'official'}"
    return text(code, language, source=found.source, country=found.country, year=found.year)


def _replacing(found: PublicHolidays, language: str, plan: CalendarFile, old: Year, source: bytes) -> Listing:
    """The official year in the place of a provisional one: hours of single dates and comments of people go with it."""
    new = _listing(found, language, plan)
    remarks = {key: remarks_of(source, found.year, key) for key in ("off", "work", "hours")}
    weekdays = text("calendar-weekdays", language).split()
    return Listing(
        year=new.year,
        status=new.status,
        notice=new.notice,
        off=_with_remarks(new.off, remarks["off"], found.spoken.__contains__),
        work=_with_remarks(new.work, remarks["work"], weekdays.__contains__),
        hours=old.hours,
        remarks=remarks["hours"],
        comments=comments_of(source, found.year),
    )


def _with_remarks(
    dates: Mapping[date, str], remarks: Mapping[date, str], is_ours: Callable[[str], bool]
) -> dict[date, str]:
    """What a person wrote beside a date stays beside it, after its new name."""
    return {
        day: name if is_ours(remarks.get(day, name)) else _joined((name, remarks[day])) for day, name in dates.items()
    }


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
