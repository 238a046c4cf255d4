"""What is known of a quarter before it begins."""

from datetime import date, datetime, time, timedelta

import pytest
from tests.insight.improving_desk import measure
from tests.sample_desk import policy

from git_feedback.clock.periods import Period
from git_feedback.insight.coming_quarter import Special, judgeable_later, office_days
from git_feedback.insight.measured import measured
from git_feedback.policy.calendar_files import CalendarFile

WEEK = {day: ["09:00-12:00", "13:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def plan(**year: object) -> CalendarFile:
    years = {"2027": {"status": "provisional", "notice": "暂定", **year}} if year else {}
    return CalendarFile.model_validate({"zone": "Asia/Shanghai", "weekly": WEEK, "years": years})


def test_special_days_are_told_in_runs_and_working_days_are_counted() -> None:
    """January to March 2027 have 63 weekdays; two are off, one Saturday works, a half day counts as one."""
    days = {
        "off": ["2027-01-01", "2027-02-08", "2027-04-05"],
        "work": ["2027-02-20"],
        "hours": {"2027-02-05": ["09:00-12:00"]},
    }
    found = office_days(plan(**days), Period.parse("2027-Q1"))
    assert found.working == 64 - 2 + 1
    assert found.status == "provisional"
    assert found.special == (
        Special("holiday", date(2027, 1, 1), date(2027, 1, 1)),
        Special("half", date(2027, 2, 5), date(2027, 2, 5)),
        Special("holiday", date(2027, 2, 8), date(2027, 2, 8)),
        Special("makeup", date(2027, 2, 20), date(2027, 2, 20)),
    )


def test_a_year_that_is_not_listed_is_missing_only_where_others_are() -> None:
    assert office_days(plan(off=["2027-01-01"]), Period.parse("2028-Q1")).status == "missing"
    assert office_days(plan(), Period.parse("2028-Q1")).status == "by-week"


def test_the_national_day_of_the_sample_desk_is_one_run() -> None:
    office = policy().calendars.plans[policy().desk.office]
    found = office_days(office, Period.parse("2026-Q4"))
    assert Special("holiday", date(2026, 10, 1), date(2026, 10, 7)) in found.special
    assert found.status == "official"


@pytest.mark.parametrize(("done", "is_there"), [
    ("2026-09-16", False), ("2026-09-17", True), ("2026-09-18", True), ("2026-09-30", True), ("2026-10-01", False),
])  # fmt: skip
def test_a_measure_is_looked_at_again_once_two_weeks_have_passed(done: str, is_there: bool) -> None:
    found = judgeable_later([measure(status="done", done=date.fromisoformat(done))], date(2026, 9, 30))
    assert bool(found) is is_there
    if found:
        assert (found[0].day - found[0].done).days == 14


def test_what_can_be_judged_first_stands_first_and_open_ones_are_not_there() -> None:
    days = {"M-b": 25, "M-a": 25, "M-c": 20}
    measures = [measure(name, status="done", done=date(2026, 9, day)) for name, day in days.items()] + [
        measure("M-open")
    ]
    assert [one.measure for one in judgeable_later(measures, date(2026, 9, 30))] == ["M-c", "M-a", "M-b"]


def test_it_is_too_early_exactly_as_long_as_the_effect_says_so() -> None:
    for days in range(10, 18):
        last = date(2026, 9, 30)
        one = measure(status="done", done=last - timedelta(days), counts="category:product/payment")
        until = datetime.combine(last + timedelta(1), time(), policy().zone) - timedelta(seconds=1)
        found = measured(one, (), policy(), until)
        assert found is not None
        assert (found.effect.verdict == "too-early") is bool(judgeable_later([one], last))
