"""Working time: calendars, durations as policy writes them, and moments as items write them.

Everything here is a pure function of its arguments; nothing here knows what the time is used for.
"""

from git_feedback.clock.calendar import Calendar
from git_feedback.clock.durations import Duration
from git_feedback.clock.hours import BadHours
from git_feedback.clock.moments import parse_day, parse_moment, write_moment

__all__ = ["BadHours", "Calendar", "Duration", "parse_day", "parse_moment", "write_moment"]
