"""`calendar`: working calendars listed, shown and checked, and years of public holidays brought in."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from git_feedback.cli.commands.check import problem_as_json
from git_feedback.cli.session import Session, common, reading, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs import calendars as jobs
from git_feedback.jobs.public_holidays import PublicHolidays, Unknown, public_holidays
from git_feedback.model.problem import Bad
from git_feedback.policy import Policy
from git_feedback.policy.calendar_files import ALWAYS, WEEKDAYS, CalendarFile, Year
from git_feedback.policy.calendar_reading import FOLDER
from git_feedback.policy.calendar_years import Planned, days, runs, status, used_calendars, working_days

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_HOURS = re.compile(r"[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}")
_HOURS_OF_NEW_FILES = "09:00-17:00"
_YEAR = click.IntRange(2000, 2099)


@click.group("calendar")
def command() -> None:
    """Working calendars: list, show, check, and bring in public holidays."""


@command.command("list")
@reading
def list_(session: Session) -> int:
    """List the calendars with zone, years, working days, and who uses them."""
    policy, today = session.policy, session.now.date()
    rows = [_summary(policy, name, today) for name in policy.calendars.plans]
    if session.style == "json":
        session.show_json({"calendars": rows})
        return 0
    for row, plan in zip(rows, policy.calendars.plans.values(), strict=True):
        _show_summary(session, row, plan)
    return 0


def _summary(policy: Policy, name: str, today: date) -> dict[str, object]:
    plan, edition = policy.calendars.plans[name], policy.editions[-1]
    years = [
        {"year": int(year), "status": listed.status, "working_days": working_days(days(plan, int(year)))}
        for year, listed in sorted(plan.years.items())
    ]
    return {
        "name": name,
        "zone": plan.zone,
        "office": name == policy.desk.office,
        "levels": [level.id for level in edition.levels.values() if level.calendar == name],
        "used": name in used_calendars(policy, today),
        "years": years,
    }


def _show_summary(session: Session, row: Mapping[str, object], plan: CalendarFile) -> None:
    click.echo(f"{row['name']}  {plan.zone}")
    click.echo(f"  {_use(session, row)}")
    for line in _week(session, plan):
        click.echo(f"  {line}")
    for year, listed in sorted(plan.years.items()):
        count = working_days(days(plan, int(year)))
        words = (session.words(f"calendar-status-{listed.status}"), session.words("calendar-working-days", n=count))
        click.echo(f"  {year}  {'  '.join(words)}")


def _use(session: Session, row: Mapping[str, object]) -> str:
    """Whether it is the office's, which levels run by it, or that only targets name it."""
    parts = [session.words("calendar-is-office")] if row["office"] else []
    parts += [session.words("calendar-used-by", levels=row["levels"])] if row["levels"] else []
    if not parts:
        parts = [session.words("calendar-used-by-targets" if row["used"] else "calendar-unused")]
    return ("；" if session.language == "zh" else "; ").join(parts)


def _week(session: Session, plan: CalendarFile) -> list[str]:
    """The ordinary week, weekdays with the same hours in one line."""
    if plan.weekly == ALWAYS:
        return [session.words("calendar-round-the-clock")]
    names = session.words("calendar-weekdays").split()
    hours = [plan.weekly.named(weekday) for weekday in WEEKDAYS]
    lines = []
    for spans, group in groupby(range(len(WEEKDAYS)), key=lambda n: hours[n]):
        numbers = list(group)
        if spans:
            lines.append(f"{_from_to(session, 'weekdays', names[numbers[0]], names[numbers[-1]])}  {' '.join(spans)}")
    return lines


def _from_to(session: Session, kind: str, first: str, last: str) -> str:
    return first if first == last else session.words(f"calendar-from-to-{kind}", first=first, last=last)


@command.command("show")
@click.argument("name")
@click.argument("year", required=False, type=_YEAR)
@reading
def show(session: Session, name: str, year: int | None) -> int:
    """Show a year of calendar NAME, month by month (default: this year)."""
    plans = session.policy.calendars.plans
    if name not in plans:
        raise Stop("calendar-unknown", USAGE, session.language, given=name, known=tuple(plans))
    plan = plans[name]
    number = year or session.now.astimezone(ZoneInfo(plan.zone)).year
    if session.style == "json":
        session.show_json(_year_as_json(session.policy, name, number))
    else:
        _show_year(session, name, plan, number)
    return 0


def _year_as_json(policy: Policy, name: str, number: int) -> dict[str, object]:
    plan = policy.calendars.plans[name]
    planned, listed = days(plan, number), plan.year(number)
    months = [
        {"month": month, "working_days": working_days(one), **_differing(listed, one)}
        for month, one in _by_month(planned).items()
    ]
    return {
        "name": name,
        "year": number,
        "zone": plan.zone,
        "status": status(policy.calendars, name, number),
        "notice": listed.notice if listed else None,
        "weekly": {weekday: list(plan.weekly.named(weekday)) for weekday in WEEKDAYS},
        "working_days": working_days(planned),
        "months": months,
    }


def _differing(listed: Year | None, planned: list[Planned]) -> dict[str, object]:
    """The dates of a month that differ from the week."""
    dates = {day.date: day for day in planned}
    off = [day.isoformat() for day in sorted(listed.off if listed else ()) if day in dates]
    work = [day.isoformat() for day in sorted(listed.work if listed else ()) if day in dates]
    hours = {day.isoformat(): list(spans) for day, spans in (listed.hours if listed else {}).items() if day in dates}
    return {"off": off, "work": work, "hours": hours}


def _by_month(planned: tuple[Planned, ...]) -> dict[int, list[Planned]]:
    return {month: list(group) for month, group in groupby(planned, key=lambda day: day.date.month)}


def _show_year(session: Session, name: str, plan: CalendarFile, number: int) -> None:
    planned, listed = days(plan, number), plan.year(number)
    said = session.words(f"calendar-status-{status(session.policy.calendars, name, number)}")
    click.echo(f"{name} {number}  {said}  {session.words('calendar-working-days', n=working_days(planned))}")
    if listed:
        click.echo(listed.notice)
    for line in (plan.zone, *_week(session, plan)):
        click.echo(line)
    if listed and listed.work:
        weekday = session.words("calendar-weekdays").split()[WEEKDAYS.index(plan.makeup)]
        click.echo(session.words("calendar-makeup-hours", day=weekday))
    for month, one in _by_month(planned).items():
        _show_month(session, month, one, listed)


def _show_month(session: Session, month: int, planned: list[Planned], listed: Year | None) -> None:
    names = session.words("calendar-months").split()
    click.echo("")
    heading = session.words("calendar-month", month=names[month - 1])
    click.echo(f"{heading}  {session.words('calendar-working-days', n=working_days(planned))}")
    for _, line in sorted(_differences(session, listed, {day.date for day in planned}) if listed else ()):
        click.echo(f"  {line}")


def _differences(session: Session, listed: Year, dates: set[date]) -> Iterator[tuple[date, str]]:
    """What differs from the week on some dates: its first day, and a line about it."""
    for key, days_listed in (("off", listed.off), ("work", listed.work)):
        for first, last in runs(dates & set(days_listed)):
            words = _from_to(session, "days", _day(session, first), _day(session, last))
            yield first, f"{session.words(f'calendar-{key}')}  {words}"
    for day in dates & set(listed.hours):
        yield day, f"{session.words('calendar-hours')}  {_day(session, day)}  {' '.join(listed.hours[day])}"


def _day(session: Session, day: date) -> str:
    return f"{day:%m-%d} {session.words('calendar-weekdays').split()[day.weekday()]}"


@command.command("check")
@common
def check(session: Session) -> int:
    """Check the calendar files, and whether this year (from 1 November on the next one too) is there and official.

    Ends with 0 when all is well, 1 when something was found.
    """
    found = jobs.check(session.root, session.now)
    if session.style == "json":
        session.show_json({"problems": [problem_as_json(problem, session.language) for problem in found]})
    else:
        session.show_problems(found)
        session.say("calendar-checked", n=len(jobs.files(session.root)), problems=len(found))
    return 1 if found else 0


@command.command("import")
@click.argument("country")
@click.argument("year", type=_YEAR)
@click.option("--name", help="The calendar that gets the year (default: the country's code).")
@click.option("--subdivision", metavar="CODE", help="A part of the country with holidays of its own.")
@click.option("--hours", metavar="HH:MM-HH:MM", help=f"Hours of a new calendar (default: {_HOURS_OF_NEW_FILES}).")
@click.option("--zone", help="Time zone of a new calendar (default: the desk's).")
@writing
def import_(
    session: Session,
    country: str,
    year: int,
    name: str | None,
    subdivision: str | None,
    hours: str | None,
    zone: str | None,
) -> int:
    """Bring the public holidays and make-up days of COUNTRY in YEAR into policy/calendars/NAME.yml.

    A year that is there stays, unless it is provisional and an official one is known by now.  A year whose notice has
    not been published is written as provisional.  Ends with 0, or 1 when the file would not be a calendar.
    """
    found = _holidays(session, country, year, subdivision)
    wish = _wish(session, name or _named_after(found), zone, hours)
    try:
        brought = jobs.brought_in(session.root, wish, found)
    except Bad as bad:
        session.show_problems(bad.problems)
        raise Stop("calendar-nothing-written", 1, session.language) from None
    paths = [] if session.dry_run else jobs.write_down(session.root, brought)
    _show_brought(session, brought)
    session.commit(paths, f"calendar {wish.name}: {found.country} {year}")
    return 0


def _holidays(session: Session, country: str, year: int, subdivision: str | None) -> PublicHolidays:
    try:
        return public_holidays(country, year, subdivision, session.policy.desk.language)
    except Unknown as unknown:
        kind = 3 if unknown.code == "calendar-library-missing" else USAGE
        raise Stop(unknown.code, kind, session.language, **unknown.values) from None


def _named_after(found: PublicHolidays) -> str:
    return found.country.lower()


def _wish(session: Session, name: str, zone: str | None, hours: str | None) -> jobs.Wish:
    """What was asked for, in the form that files have; zone and hours of a calendar that is there are not changed."""
    if not _NAME.fullmatch(name):
        raise Stop("calendar-bad-name", USAGE, session.language, given=name[:80])
    file = f"{FOLDER}{name}.yml"
    if (zone or hours) and (session.root / file).is_file():
        raise Stop("calendar-has-hours", USAGE, session.language, file=file)
    spans = tuple(span.strip() for span in (hours or _HOURS_OF_NEW_FILES).split(","))
    if not all(map(_HOURS.fullmatch, spans)):
        raise Stop("calendar-bad-hours", USAGE, session.language, given=hours)
    desk = session.policy.desk
    return jobs.Wish(name, _zone(session, zone) if zone else desk.zone, spans, desk.language)


def _zone(session: Session, given: str) -> str:
    try:
        return ZoneInfo(given).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Stop("calendar-bad-zone", USAGE, session.language, given=given[:40]) from None


def _show_brought(session: Session, brought: jobs.Brought) -> None:
    if session.style == "json":
        session.show_json(_brought_as_json(brought))
        return
    click.echo(brought.path)
    session.say(
        f"calendar-written-{brought.outcome}",
        file=brought.path,
        year=brought.year,
        zone=brought.plan.zone,
        status=session.words(f"calendar-status-{brought.listed.status}"),
        days=brought.working_days,
    )
    if brought.lost:
        session.say("calendar-lost", days=[day.isoformat() for day in brought.lost])
    if brought.listed.status == "provisional":
        session.say("calendar-still-provisional", year=brought.year, notice=brought.listed.notice)


def _brought_as_json(brought: jobs.Brought) -> dict[str, object]:
    listed = brought.listed
    return {
        "file": brought.path,
        "year": brought.year,
        "outcome": brought.outcome,
        "status": listed.status,
        "notice": listed.notice,
        "zone": brought.plan.zone,
        "working_days": brought.working_days,
        "off": [day.isoformat() for day in listed.off],
        "work": [day.isoformat() for day in listed.work],
        "lost": [day.isoformat() for day in brought.lost],
    }
