"""How working calendars differ: closed days, make-up days and days with hours of their own, the week, and its years."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from git_feedback.insight.rule_values import Difference, Kind
from git_feedback.policy.calendar_files import CalendarFile, Year
from git_feedback.policy.calendar_years import runs

NOT_LISTED = "missing"


def calendar_differences(before: Mapping[str, CalendarFile], after: Mapping[str, CalendarFile]) -> Iterator[Difference]:
    """What is otherwise in calendars, by the order of their names."""
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield Difference("calendar", "added" if now else "removed", name)
        else:
            yield from _differences(name, was, now)


def _differences(name: str, was: CalendarFile, now: CalendarFile) -> Iterator[Difference]:
    if (was.weekly, was.zone, was.makeup) != (now.weekly, now.zone, now.makeup):
        yield Difference("calendar-week", "changed", name)
    for year in sorted({*was.years, *now.years}):
        yield from _year(name, year, was.years.get(year), now.years.get(year))


def _year(name: str, year: str, was: Year | None, now: Year | None) -> Iterator[Difference]:
    earlier, later = (one.status if one else NOT_LISTED for one in (was, now))
    if earlier != later:
        yield Difference("calendar-year", "changed", name, earlier, later, about={"year": year})
    for subject, listed in (("calendar-closed", _closed), ("calendar-open", _open)):
        yield from _days(subject, name, listed(was), listed(now))


def _closed(year: Year | None) -> set[date]:
    return set(year.off) if year else set()


def _open(year: Year | None) -> set[date]:
    """Days with hours that the week does not give them."""
    return {*year.work, *year.hours} if year else set()


def _days(subject: str, name: str, was: set[date], now: set[date]) -> Iterator[Difference]:
    sides: tuple[tuple[Kind, set[date]], ...] = (("added", now - was), ("removed", was - now))
    for kind, days in sides:
        if days:
            yield Difference(subject, kind, name, words=tuple(_written(days)))


def _written(days: Iterable[date]) -> Iterator[str]:
    """Runs of days: `2026-10-01..2026-10-07`."""
    for first, last in runs(days):
        yield first.isoformat() if first == last else f"{first}..{last}"
