"""When a report is due: on the first working day after its period."""

from datetime import date, datetime, timedelta
from pathlib import Path

from git_feedback.clock.periods import Period
from git_feedback.jobs.reading import Whole
from git_feedback.jobs.reporting import editions
from git_feedback.policy import Policy

_LONGEST_BREAK = 60
"""Days in a row without a working one, beyond which a calendar has none."""


def last_month(now: datetime, policy: Policy) -> Period:
    """The month that ended last in the desk's zone."""
    return Period.month_at(now, policy.zone).previous


def due_day(period: Period, policy: Policy) -> date:
    """The first working day after a period; the day after it where the calendar has none for long."""
    first = period.next.first
    days = (first + timedelta(days=days) for days in range(_LONGEST_BREAK))
    return next((day for day in days if policy.office.is_working_day(day)), first)


def is_due(root: Path, found: Whole, period: Period, now: datetime) -> bool:
    """Whether somebody should report on a period: its day has come, anything had come by its end, no report is there."""
    policy = found.policy
    today = now.astimezone(policy.zone).date()
    end = period.bounds(policy.zone)[1]
    came = any(item.received < end for item in found.items)
    return today >= due_day(period, policy) and came and not editions(root, period).last
