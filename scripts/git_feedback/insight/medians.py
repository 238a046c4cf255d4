"""Which category or department moved the median time to a solution.

A median is no sum, so it has no parts.  What a group did to it is asked as J. DiNardo, N. Fortin and T. Lemieux ask it
of wages ("Labor Market Institutions and the Distribution of Wages", Econometrica 64, 1996): what would the median be
had this group alone stayed as it was, and everything else come as it did?  The effects of groups need not sum up.
"""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.insight.chance import times_differ
from git_feedback.insight.contributions import FEWEST, LEAST_PART
from git_feedback.insight.courses import UNASSIGNED, Course
from git_feedback.insight.durations import DECIMALS, HOUR_S

SIDES: Mapping[str, Callable[[Course], str]] = {
    "category": lambda course: course.category,
    "department": lambda course: course.standing.state.department or UNASSIGNED,
}
FEWEST_OF_A_GROUP = 3
"""A group with fewer solutions in both periods moves nothing that is worth telling."""


@dataclass(frozen=True, slots=True)
class Pull:
    """What one group did to the median: `moved_h` longer (shorter below 0) than had it stayed as it was before.

    `median_h` and `before_h` are the group's own medians of `n` and `before_n` solutions, None of none.  `items`: what
    it solved now, the slowest first.
    """

    side: str
    group: str
    before_h: float | None
    before_n: int
    median_h: float | None
    n: int
    moved_h: float
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Medians:
    """The median time to a solution beside an earlier one, in hours of the wall clock; None of no solutions.

    `few`: one of them rests on fewer than FEWEST solutions.  `told`: the groups that moved it, where it has moved.
    `slowest`: the three solutions that took longest now.
    """

    before_h: float | None
    before_n: int
    median_h: float | None
    n: int
    few: bool
    beyond_chance: bool
    told: tuple[Pull, ...]
    slowest: tuple[str, ...]


def medians(now: Iterable[Course], before: Iterable[Course]) -> Medians:
    """What moved the median between the solutions of two periods; those before their own arrival are left out."""
    later, earlier = ([one for one in some if _hours(one) is not None] for some in (now, before))
    times, were = _times(later), _times(earlier)
    few = min(len(times), len(were)) < FEWEST
    beyond = not few and times_differ(times, were)
    told = tuple(one for side in SIDES for one in _leading(pulls(side, later, earlier), later, earlier))
    slowest = _slowest_first(later)[:3]
    return Medians(
        _median(were), len(were), _median(times), len(times), few, beyond, told if beyond else (), tuple(slowest)
    )


def pulls(side: str, now: Sequence[Course], before: Sequence[Course]) -> list[Pull]:
    """What each group of a side did to the median of `now`, by group."""
    group_of = SIDES[side]
    return [_pull(side, group, now, before) for group in sorted({group_of(one) for one in (*now, *before)})]


def _pull(side: str, group: str, now: Sequence[Course], before: Sequence[Course]) -> Pull:
    group_of = SIDES[side]
    mine, were = ([one for one in some if group_of(one) == group] for some in (now, before))
    others = [one for one in now if group_of(one) != group]
    without = _median(_times([*others, *were]))
    moved = (_median(_times(now)) or 0.0) - (without or 0.0) if without is not None else 0.0
    own, earlier = _median(_times(mine)), _median(_times(were))
    items = tuple(_slowest_first(mine))
    return Pull(side, group, earlier, len(were), own, len(mine), round(moved, DECIMALS), items)


def _leading(found: Sequence[Pull], now: Sequence[Course], before: Sequence[Course]) -> list[Pull]:
    """The group of a side that moved the median most in its direction, where that is a third of the way at least."""
    whole = (_median(_times(now)) or 0.0) - (_median(_times(before)) or 0.0)
    real = [one for one in found if max(one.n, one.before_n) >= FEWEST_OF_A_GROUP and one.moved_h * whole > 0]
    first = max(real, key=lambda one: (abs(one.moved_h), one.n, one.group), default=None)
    return [first] if first and len(found) > 1 and abs(first.moved_h) >= LEAST_PART * abs(whole) else []


def _slowest_first(some: Iterable[Course]) -> list[str]:
    ranked = sorted(some, key=lambda one: (-(_hours(one) or 0.0), one.standing.item.id))
    return [one.standing.item.id for one in ranked]


def _times(some: Iterable[Course]) -> list[float]:
    return [hours for one in some if (hours := _hours(one)) is not None]


def _hours(one: Course) -> float | None:
    if one.resolved is None or one.resolved < one.received:
        return None
    return (one.resolved - one.received).total_seconds() / HOUR_S


def _median(times: Sequence[float]) -> float | None:
    return round(statistics.median(times), DECIMALS) if times else None
