"""Figures about many items: of everything (`stats`), and of one month (`figures`).

Pure functions of standings, policy and the time of asking.  Each definition stands in the docstring of what it counts.
"""

from git_feedback.clock.periods import Period
from git_feedback.insight.counts import Attained, CategoryCount, DayCount
from git_feedback.insight.findings import Finding
from git_feedback.insight.key_figures import KeyFigures
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.period_figures import Figures, figures, figures_of
from git_feedback.insight.stats import later, month_of, stats
from git_feedback.insight.wording import clock_name, duration, length, month_name, named, percent, period_name, said

__all__ = [
    "Attained",
    "CategoryCount",
    "DayCount",
    "Figures",
    "Finding",
    "KeyFigures",
    "Ledger",
    "Period",
    "clock_name",
    "duration",
    "figures",
    "figures_of",
    "later",
    "length",
    "month_name",
    "month_of",
    "named",
    "percent",
    "period_name",
    "said",
    "stats",
]
