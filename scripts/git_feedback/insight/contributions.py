"""What a change in number is made of: how much each category, channel, area or department added to it or took away."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from git_feedback.insight.courses import UNASSIGNED, Course

UNKNOWN = ""
"""The group of items that do not say."""

SIDES: Mapping[str, Callable[[Course], str]] = {
    "category": lambda course: course.category,
    "channel": lambda course: course.standing.item.channel,
    "area": lambda course: course.standing.item.area or UNKNOWN,
    "department": lambda course: course.standing.state.department or UNASSIGNED,
    "product": lambda course: course.standing.item.product or UNKNOWN,
}
"""The sides from which a change is looked at."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One group: how many it had, has, and `change` between.  The changes of all groups of a side sum up to the whole."""

    side: str
    group: str
    before: int
    now: int

    @property
    def change(self) -> int:
        return self.now - self.before


def contributions(now: Iterable[Course], before: Iterable[Course]) -> dict[str, list[Contribution]]:
    """For each side its groups, the largest change in the direction of the whole first."""
    later, earlier = list(now), list(before)
    way = 1 if len(later) >= len(earlier) else -1
    return {
        side: sorted(_of(side, group_of, later, earlier), key=lambda one: (-way * one.change, -one.now, one.group))
        for side, group_of in SIDES.items()
    }


def _of(
    side: str, group_of: Callable[[Course], str], later: Iterable[Course], earlier: Iterable[Course]
) -> list[Contribution]:
    now, before = Counter(map(group_of, later)), Counter(map(group_of, earlier))
    return [Contribution(side, group, before[group], now[group]) for group in sorted({*now, *before})]
