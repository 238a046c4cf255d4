"""The days of a year by kind, and the years that a desk still has to bring in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.sample_desk import policy, policy_files

from git_feedback.i18n import text
from git_feedback.policy import Policy, load
from git_feedback.policy.calendar_years import (
    Missing,
    days,
    missing_years,
    runs,
    status,
    used_calendars,
    wanted_years,
    working_days,
)

OFFICE = "policy/calendars/office.yml"
PROVISIONAL = '  "2027":\n    status: provisional\n    notice: 尚未公布\n    off: [2027-01-01]\n'


def with_year(year: str) -> Policy:
    """The policy with one more year in the office calendar."""
    files = policy_files()
    files[OFFICE] += year.encode()
    found = load(files).policy
    assert found
    return found


@pytest.mark.parametrize(("year", "number"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_days_of_a_year_are_those_of_the_clock(year: int, number: int) -> None:
    planned = days(policy().calendars.plans["office"], year)
    assert working_days(planned) == number
    assert [day.date for day in planned if day.is_working != policy().office.is_working_day(day.date)] == []


def test_each_kind_of_day_is_told_from_the_others() -> None:
    half = "    hours: {2026-12-24: [08:30-12:00], 2026-12-26: [09:00-10:00], 2026-12-28: [08:00-20:00]}\n"
    plan = with_year(half).calendars.plans["office"]
    kinds = {day.date.isoformat()[5:]: day.kind for day in days(plan, 2026)}
    assert [kinds[day] for day in ("12-23", "12-27", "10-01", "10-04", "10-10", "12-24", "12-26", "12-28")] == [
        "working", "weekend", "holiday", "holiday", "makeup", "half", "makeup", "working",
    ]  # fmt: skip


def test_a_year_that_is_not_listed_goes_by_the_week() -> None:
    planned = days(policy().calendars.plans["office"], 2031)
    assert {day.kind for day in planned} == {"working", "weekend"}
    assert all(day.is_working == (day.date.weekday() < 5) for day in planned)


@pytest.mark.parametrize(("day", "expected"), [
    ("2026-03-10", []),
    ("2026-10-31", []),
    ("2026-11-01", [(2027, "calendar-year-missing")]),
    ("2026-12-31", [(2027, "calendar-year-missing")]),
    ("2027-01-01", [(2027, "calendar-year-missing")]),
    ("2027-11-01", [(2027, "calendar-year-missing"), (2028, "calendar-year-missing")]),
])  # fmt: skip
def test_the_next_year_is_asked_for_from_the_first_of_november_on(day: str, expected: list[tuple[int, str]]) -> None:
    found = missing_years(policy(), date.fromisoformat(day))
    assert [(missing.year, missing.code) for missing in found] == expected
    assert all(missing.calendar == "office" for missing in found)


def test_a_provisional_year_is_named_as_what_it_is() -> None:
    found = missing_years(with_year(PROVISIONAL), date(2026, 11, 20))
    assert found == [Missing("office", 2027, "calendar-year-provisional")]
    said = text(found[0].code, "zh", calendar=found[0].calendar, year=found[0].year)
    assert said.startswith("日历“office”中 2027 年的节假日还是暂定的；")


def test_only_calendars_that_clocks_run_by_are_asked_for() -> None:
    files = policy_files()
    loaded = load({**files, "policy/calendars/old.yml": files[OFFICE]}).policy
    assert loaded
    assert {missing.calendar for missing in missing_years(loaded, date(2027, 6, 1))} == {"office"}
    levels = files["policy/sla.yml"].replace(
        b"name: {en: Low, zh: \xe4\xbd\x8e}, calendar: office", b"name: {en: Low, zh: \xe4\xbd\x8e}, calendar: old"
    )
    changed = load({**files, "policy/calendars/old.yml": files[OFFICE], "policy/sla.yml": levels}).policy
    assert changed
    assert {missing.calendar for missing in missing_years(changed, date(2027, 6, 1))} == {"office", "old"}


def test_office_levels_and_targets_say_which_calendars_are_in_use() -> None:
    assert used_calendars(policy(), date(2026, 11, 20)) == {"office", "24x7"}
    desk = policy().desk.model_copy(update={"office": "plain"})
    assert used_calendars(replace(policy(), desk=desk), date(2026, 11, 20)) == {"plain", "office", "24x7"}


def test_a_calendar_without_years_lacks_none_and_one_with_provisional_years_only_is_provisional() -> None:
    plain = policy().calendars
    assert not plain.is_provisional("plain", 2026, 2027)
    assert not plain.is_provisional("24x7", 2026, 2027)
    only = policy_files()["policy/calendars/plain.yml"].decode() + "years:\n" + PROVISIONAL
    found = load({**policy_files(), "policy/calendars/plain.yml": only.encode()}).policy
    assert found
    assert found.calendars.is_provisional("plain", 2027, 2027)
    assert [status(found.calendars, "plain", year) for year in (2026, 2027)] == ["missing", "provisional"]
    assert [status(plain, name, 2026) for name in ("office", "plain")] == ["official", "by-week"]


def test_wanted_years_are_one_or_two() -> None:
    everyday = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in everyday if len(wanted_years(day)) == 2] == [day for day in everyday if day.month >= 11]


def test_unbroken_dates_become_one_run() -> None:
    dates = [date(2026, 10, 7), date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 6), date(2026, 12, 31)]
    assert [(str(first)[5:], str(last)[5:]) for first, last in runs(dates)] == [
        ("10-01", "10-02"), ("10-06", "10-07"), ("12-31", "12-31"),
    ]  # fmt: skip
