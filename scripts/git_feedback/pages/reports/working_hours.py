"""Amounts of working time in words: hours stay hours, for a day of work is not one of twenty-four."""

from git_feedback.i18n import text

_PLAIN_FROM = 10


def working_hours(seconds: int, language: str) -> str:
    """`40 minutes`, `6.8 hours`, `1,284 hours`; what is less than a minute says so."""
    if seconds < 60:
        return text("report-clocks-under-a-minute", language)
    if seconds < 3570:  # from 59.5 minutes on it is an hour
        number, unit = str(round(seconds / 60)), "minutes"
    else:
        hours = seconds / 3600
        number, unit = (f"{hours:.1f}".removesuffix(".0") if hours < _PLAIN_FROM else f"{round(hours):,}"), "hours"
    return f"{number} {text(f'insight-{unit}', language, n=1 if number == '1' else 2)}"
