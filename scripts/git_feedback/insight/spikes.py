"""What rises steeply: seven days of each category, channel, area and product against the four weeks before.

The rule is that by which problems that come again rise (`triage.recurring.spike`): at least three times the weekly mean,
and more than chance explains.  Given the items of all five weeks, those of the last are binomial with a fifth where
nothing has changed (J. Przyborowski, H. Wilenski, "Homogeneity of results in testing samples from Poisson series",
Biometrika 31, 1940).  The chance is multiplied by the number of groups that are looked at (Bonferroni), for one item
stands in several groups, and this holds however groups hang together; groups too small ever to be told are not among
them (R. E. Tarone, "A modified Bonferroni method for discrete data", Biometrics 46, 1990).

Unlike an alarm, a figure counts all that was received: imported history by its own dates, duplicates, what was rejected.
What nobody has classified yet is no category: on any day the newest items are in it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import floor, log10

from git_feedback.desk import Standing
from git_feedback.triage.recurring import spike

KINDS = ("category", "channel", "area", "product", "area-category")
"""What items are grouped by; the last is a category in an area."""
FEWEST = 5
"""Fewer items in seven days are no spike, whatever was before."""
WEEK = timedelta(days=7)
WEEKS_BEFORE = 4
_REACH = (1 + WEEKS_BEFORE) * WEEK
_DIGITS = 3
_RAREST = 1_000_000

Group = tuple[str, tuple[str, ...]]
"""A kind, and the names it has: one, or an area and a category."""


@dataclass(frozen=True, slots=True)
class Spike:
    """A group that rises: `count` items in the seven days up to `until`, the weekly mean `before` in the four weeks.

    `chance` is corrected for the groups looked at.  `is_new`: the record holds no item of the group from before these
    seven days.
    """

    kind: str
    names: tuple[str, ...]
    until: datetime
    count: int
    before: float
    chance: float
    is_new: bool
    items: tuple[str, ...]
    """In the order of arrival."""

    @property
    def times(self) -> float | None:
        """How many times the mean week before; None where there was nothing before, which is no number of times."""
        return round(self.count / self.before, 1) if self.before else None

    @property
    def one_in(self) -> int:
        """The chance as a round number: below one in 100, 1,000, ... up to a million."""
        return min(_RAREST, 10 ** floor(log10(1 / self.chance))) if self.chance else _RAREST


@dataclass(frozen=True, slots=True)
class Matter:
    """A spike, and those that consist mostly of its items, each with how many of its own are among them."""

    spike: Spike
    within: tuple[tuple[Spike, int], ...]


@dataclass(frozen=True, slots=True)
class Risen:
    """What rose; `is_young`: at no moment that was looked at did the record reach back five weeks."""

    spikes: tuple[Spike, ...]
    is_young: bool


def risen(standings: Sequence[Standing], ends: Sequence[datetime]) -> Risen:
    """Every spike of seven days that ended at one of the moments `ends` (in order), told once at its height.

    Moments of one group whose seven days overlap are one spike; its height is the most items, then the least chance.
    The live page asks for one moment, a month for the end of each of its days.  Who looks longer sees more by chance:
    the weeks between the first and the last moment count as so many looks at each group.
    """
    arrivals = _Arrivals(standings)
    old = [end for end in ends if arrivals.since is not None and end - arrivals.since >= _REACH]
    weeks = (old[-1] - old[0]) // WEEK + 1 if old else 1
    runs: dict[Group, list[list[Spike]]] = {}
    for end in old:
        for group, one in arrivals.rising(end, weeks):
            there = runs.setdefault(group, [])
            if there and one.until - there[-1][-1].until < WEEK:
                there[-1].append(one)
            else:
                there.append([one])
    heights = [
        min(run, key=lambda one: (-one.count, one.chance, one.until)) for found in runs.values() for run in found
    ]
    return Risen(tuple(sorted(heights, key=_by_size)), is_young=not old)


def matters(spikes: Iterable[Spike]) -> list[Matter]:
    """Spikes without telling the same items again: the largest leads those of which at least half are its own items."""
    free = sorted(spikes, key=_by_size)
    found = []
    while free:
        first, rest = free[0], free[1:]
        own = set(first.items)
        shared = {place: len(own.intersection(one.items)) for place, one in enumerate(rest)}
        joined = [place for place, one in enumerate(rest) if 2 * shared[place] >= one.count]
        found.append(Matter(first, tuple((rest[place], shared[place]) for place in joined)))
        free = [one for place, one in enumerate(rest) if place not in joined]
    return found


def _by_size(one: Spike) -> tuple[int, int, float, tuple[str, ...], datetime]:
    """Of spikes with as many items the category is told first: it says what they are about."""
    return -one.count, KINDS.index(one.kind), one.chance, one.names, one.until


class _Arrivals:
    """When the items of each group were received, in order."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        self._moments: dict[Group, list[datetime]] = {}
        self._ids: dict[Group, list[str]] = {}
        there = sorted(
            ((one.item.received.astimezone(UTC), one.item.id, one) for one in standings), key=lambda one: one[:2]
        )
        self.since = there[0][0] if there else None
        for received, name, one in there:
            for group in _groups(one):
                self._moments.setdefault(group, []).append(received)
                self._ids.setdefault(group, []).append(name)

    def rising(self, end: datetime, weeks: int) -> Iterator[tuple[Group, Spike]]:
        """The groups that rise in the seven days up to a moment, of so many weeks looked at; the first second is outside."""
        counted = {group: self._bounds(moments, end) for group, moments in self._moments.items()}
        tried = weeks * sum(last - first >= FEWEST for first, _, last in counted.values())
        for group, (first, middle, last) in counted.items():
            rise = spike(last - middle, middle - first, tried=tried) if last - middle >= FEWEST else None
            if rise:
                chance = float(f"{rise.chance:.{_DIGITS}g}")
                ids = tuple(self._ids[group][middle:last])
                yield group, Spike(*group, end, rise.now, rise.before, chance, not middle, ids)

    def _bounds(self, moments: Sequence[datetime], end: datetime) -> tuple[int, int, int]:
        """Where the four weeks before begin, where the seven days do, and where they end."""
        until = end.astimezone(UTC)
        return bisect_right(moments, until - _REACH), bisect_right(moments, until - WEEK), bisect_right(moments, until)


def _groups(one: Standing) -> Iterator[Group]:
    item, category = one.item, one.state.category
    plain: Mapping[str, str | None] = {
        "category": category,
        "channel": item.channel,
        "area": item.area,
        "product": item.product,
    }
    yield from ((kind, (name,)) for kind, name in plain.items() if name)
    if item.area and category:
        yield "area-category", (item.area, category)
