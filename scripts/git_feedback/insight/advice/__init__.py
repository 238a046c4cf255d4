"""What might be done, said by rules that name what they rest on: never by a feeling, and never against a person.

A rule is a function of the record of a period; it gives one suggestion at most.  Its thresholds are constants beside it,
each with its reason.
"""

from collections.abc import Callable, Sequence

from git_feedback.insight.advice.arrivals import category_grows, long_waits, sent_around, uneven_load, unsorted_waits
from git_feedback.insight.advice.ground import Ground, Suggestion
from git_feedback.insight.advice.improving import overdue_measures, unmeasured, unrecorded, without_effect
from git_feedback.insight.advice.promises import comes_back, few_answers, keeps_less, late_after_hours, why_untold

__all__ = ["MOST", "RULES", "Ground", "Suggestion", "advice"]

MOST = 5
"""More than five are a list that nobody works through."""

RULES: Sequence[Callable[[Ground], Suggestion | None]] = (
    keeps_less,
    late_after_hours,
    unsorted_waits,
    unrecorded,
    unmeasured,
    overdue_measures,
    without_effect,
    category_grows,
    comes_back,
    sent_around,
    uneven_load,
    long_waits,
    few_answers,
    why_untold,
)
"""Every rule there is; of two that are equally strong the earlier one is told first."""


def advice(ground: Ground) -> list[Suggestion]:
    """The suggestions of a period, the strongest first, at most five."""
    found = [one for rule in RULES if (one := rule(ground))]
    return sorted(found, key=lambda one: -one.strength)[:MOST]
