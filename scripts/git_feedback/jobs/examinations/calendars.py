"""Holidays of this year and the next are listed: days that are not count as working days, and deadlines come too soon."""

from collections.abc import Iterator

from git_feedback.jobs.examinations.ground import Finding, Ground, advice, broken
from git_feedback.policy.calendar_years import missing_years


def examine(ground: Ground) -> Iterator[Finding]:
    """Years that the calendars in use lack, the next one from November on."""
    today = ground.now.astimezone(ground.policy.zone).date()
    for one in missing_years(ground.policy, today):
        found = broken if one.year <= today.year and one.code == "calendar-year-missing" else advice
        yield found("doctor-no-holidays", calendar=one.calendar, year=one.year)
