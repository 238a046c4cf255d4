"""The calendar files of the default policy, against two public libraries that know the same holidays."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import holidays
import pytest

from git_feedback.clock import Calendar

YEARS = {2024: 251, 2025: 248, 2026: 248}


def _dates(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_date_of_the_office_agrees_with_holidays(year: int, office: Calendar) -> None:
    china = holidays.country_holidays("CN", years=year)
    assert [day for day in _dates(year) if office.is_working_day(day) != china.is_working_day(day)] == []


@pytest.mark.parametrize("year", YEARS)
def test_every_date_of_the_office_agrees_with_chinesecalendar(year: int, office: Calendar) -> None:
    assert [day for day in _dates(year) if office.is_working_day(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(("year", "working_days"), YEARS.items())
def test_a_year_of_the_office_has_its_known_number_of_working_days(
    year: int, working_days: int, office: Calendar
) -> None:
    assert sum(map(office.is_working_day, _dates(year))) == working_days


@pytest.mark.parametrize(("year", "working_days"), YEARS.items())
def test_every_working_day_of_the_office_has_eight_hours(year: int, working_days: int, office: Calendar) -> None:
    start = datetime(year, 1, 1, tzinfo=office.tz)
    assert office.elapsed(start, start.replace(year=year + 1)) == working_days * 8 * 3600


def test_the_make_up_days_of_2026_are_the_published_ones(office: Calendar) -> None:
    weekends = [day for day in _dates(2026) if day.weekday() >= 5 and office.is_working_day(day)]
    assert [day.strftime("%m-%d") for day in weekends] == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_holidays_and_chinesecalendar_agree_with_each_other() -> None:
    known = {day.year for day in chinese_calendar.holidays} & set(YEARS)
    assert known == set(YEARS), "a chinesecalendar that does not know these years proves nothing"
    for year in known:
        china = holidays.country_holidays("CN", years=year)
        differing = [day for day in _dates(year) if china.is_working_day(day) != chinese_calendar.is_workday(day)]
        assert differing == []


def test_a_make_up_saturday_has_the_hours_of_a_monday(office: Calendar) -> None:
    start = datetime(2026, 10, 10, tzinfo=office.tz)
    hours = [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in office.intervals(start, start + timedelta(days=1))]
    assert hours == ["08:30-12:00", "13:30-18:00"]


def test_a_year_that_the_office_file_does_not_know_is_counted_monday_to_friday(office: Calendar) -> None:
    closed = [day for day in _dates(2031) if day.weekday() < 5 and not office.is_working_day(day)]
    opened = [day for day in _dates(2031) if day.weekday() >= 5 and office.is_working_day(day)]
    assert (closed, opened) == ([], [])


def test_the_plain_calendar_works_nine_to_five_in_utc(calendars: Mapping[str, Calendar]) -> None:
    friday = datetime(2026, 10, 2, 16, 0, tzinfo=UTC)
    assert calendars["plain"].add(friday, 2 * 3600) == datetime(2026, 10, 5, 10, 0, tzinfo=UTC)
