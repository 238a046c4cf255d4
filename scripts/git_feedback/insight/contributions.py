"""What a change in number is made of: how much each category, channel, area or department added to it or took away.

Every change is made of something; not everything it is made of is a reason.  A group is told as one where all of this
holds, and so is a side (its largest group has to pass):
- it is at least a third of the change (LEAST_PART): so at most about three groups of a side can be named, and what is
  named is more than a detail;
- its own change is more than chance (`chance.counts_differ`);
- it is at least twice as large beside the rest of the change as it was beside the rest before (LEAST_ODDS): a large
  group makes a large part of every change, and one that only grew along with everything explains nothing;
- it is a group: items that do not say their area, or that nobody has classified, are no reason.
Where the whole has changed no more than by chance there is nothing to explain; then only those groups are told that
moved against each other beyond doubt.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from git_feedback.insight.chance import STRICT, counts_differ
from git_feedback.insight.courses import UNASSIGNED, UNCLASSIFIED, Course

UNKNOWN = ""
"""The group of items that do not say."""
NO_REASON = frozenset({UNKNOWN, UNCLASSIFIED, UNASSIGNED})

SIDES: Mapping[str, Callable[[Course], str]] = {
    "category": lambda course: course.category,
    "channel": lambda course: course.standing.item.channel,
    "area": lambda course: course.standing.item.area or UNKNOWN,
    "department": lambda course: course.standing.state.department or UNASSIGNED,
    "product": lambda course: course.standing.item.product or UNKNOWN,
}
"""The sides from which a change is looked at."""

FEWEST = 8
"""Two periods that both have fewer are too small to explain one by the other."""
LEAST_PART = 1 / 3
LEAST_ODDS = 2
SAME = 0.75
"""Groups of two sides that share so much of all their items are told in one."""
MOST_OF_A_SIDE = 2
MOST_SHIFTS = 3


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


@dataclass(frozen=True, slots=True)
class Mover:
    """A group that is told: `items` are those that came where it rose, and those that came before where it fell.

    `also`: groups of other sides, as (side, group), that are mostly the same items.
    """

    side: str
    group: str
    before: int
    now: int
    items: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()

    @property
    def change(self) -> int:
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why more or less came than before.

    `few`: both are below FEWEST, nothing is explained.  `beyond_chance`: the whole has changed.  `movers`: the groups
    that explain the change; where the whole stands still, those that moved against each other.
    """

    now: int
    before: int
    few: bool
    beyond_chance: bool
    movers: tuple[Mover, ...]
    groups: tuple[Contribution, ...]


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


def reasons(now: Sequence[Course], before: Sequence[Course]) -> Reasons:
    """Which groups explain the change in number between two periods."""
    sides = contributions(now, before)
    few = max(len(now), len(before)) < FEWEST
    beyond = not few and counts_differ(len(now), len(before))
    found: list[Contribution] = []
    if not few:
        found = [one for side in sides.values() for one in (explaining(side) if beyond else shifting(side))]
    movers = tuple(_told_once(_mover(one, now, before) for one in found))
    return Reasons(len(now), len(before), few, beyond, movers, tuple(one for side in sides.values() for one in side))


def explaining(groups: Sequence[Contribution]) -> list[Contribution]:
    """The groups of one side that explain its change, the largest part first; none where they only grew along."""
    before = sum(one.before for one in groups)
    whole = sum(one.now for one in groups) - before
    if not whole or len(groups) < 2:
        return []
    found = [one for one in groups if _explains(one, whole, before)]
    return sorted(found, key=lambda one: (-abs(one.change), one.group))[:MOST_OF_A_SIDE]


def _explains(one: Contribution, whole: int, before: int) -> bool:
    part, usual = one.change / whole, one.before / before if before else 0.0
    stands_out = part * (1 - usual) >= LEAST_ODDS * usual * (1 - part)
    return part >= LEAST_PART and stands_out and one.group not in NO_REASON and counts_differ(one.now, one.before)


def shifting(groups: Sequence[Contribution]) -> list[Contribution]:
    """The groups of one side that moved beyond doubt while the whole stood still, the largest change first."""
    moved = [one for one in groups if one.group not in NO_REASON and counts_differ(one.now, one.before, STRICT)]
    return sorted(moved, key=lambda one: (-abs(one.change), one.group))[:MOST_SHIFTS]


def _mover(one: Contribution, now: Iterable[Course], before: Iterable[Course]) -> Mover:
    group_of, there = SIDES[one.side], now if one.change > 0 else before
    items = tuple(course.standing.item.id for course in there if group_of(course) == one.group)
    return Mover(one.side, one.group, one.before, one.now, items)


def _told_once(found: Iterable[Mover]) -> Iterator[Mover]:
    """The movers, with those that are the same items from another side told with the first of them.

    A category and the department that it goes to are one reason, not two.
    """
    waiting = list(found)
    while waiting:
        first, *others = waiting
        same = [one for one in others if one.side != first.side and _is_same(one, first)]
        yield replace(first, also=tuple((one.side, one.group) for one in same))
        waiting = [one for one in others if one not in same]


def _is_same(one: Mover, other: Mover) -> bool:
    mine, theirs = set(one.items), set(other.items)
    return (one.change > 0) == (other.change > 0) and len(mine & theirs) >= SAME * len(mine | theirs)
