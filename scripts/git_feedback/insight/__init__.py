"""Figures about many items: of everything (`stats`), and of one month (`figures`).

Pure functions of standings, policy and the time of asking.  Each definition stands in the docstring of what it counts.
"""

from git_feedback.insight.findings import Finding
from git_feedback.insight.months import Attained, CategoryCount, DayCount, Figures, Month, figures
from git_feedback.insight.stats import later, month_of, stats
from git_feedback.insight.wording import clock_name, duration, length, month_name, named, percent, said

__all__ = [
    "Attained",
    "CategoryCount",
    "DayCount",
    "Figures",
    "Finding",
    "Month",
    "clock_name",
    "duration",
    "figures",
    "later",
    "length",
    "month_name",
    "month_of",
    "named",
    "percent",
    "said",
    "stats",
]
