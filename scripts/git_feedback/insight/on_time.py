"""Why the share of kept targets rose or fell: other targets came due, or the same ones were kept more or less often.

The decomposition of E. M. Kitagawa, "Components of a Difference Between Two Rates" (Journal of the American Statistical
Association 50, 1955), with the mean of both periods as weights, so that nothing is left over:
    difference = sum of (change of weight x mean rate) + sum of (change of rate x mean weight)
The first sum is the mix ("more of what is usually late came"), the second the rate ("the same was kept less often").
A group's mix counts its rate from the mean of the two shares; the weights sum up to one, so the sum stays the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.insight.chance import shares_differ
from git_feedback.insight.contributions import FEWEST, LEAST_PART
from git_feedback.insight.courses import UNASSIGNED, UNCLASSIFIED
from git_feedback.insight.durations import DECIMALS
from git_feedback.insight.verdicts import BREACHED, EXCLUDED, MET, Verdict

SIDES: Mapping[str, Callable[[Verdict], str]] = {
    "clock": lambda verdict: f"{verdict.clock}:{verdict.level}",
    "category": lambda verdict: verdict.standing.state.category or UNCLASSIFIED,
    "department": lambda verdict: verdict.standing.state.department or UNASSIGNED,
}
"""The sides from which the share is looked at; a clock with its level is `resolve:P2`."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one group did to the share of kept targets: of `n` targets `met` were kept, before and now.

    `mix`: what the change of its weight did, `rate`: what the change of its own share did, as parts of one.
    `late`: the items that missed one of its targets now.
    """

    side: str
    group: str
    before_met: int
    before_n: int
    met: int
    n: int
    mix: float
    rate: float
    late: tuple[str, ...]

    @property
    def both(self) -> float:
        """What it did altogether; over a side this sums up to the change of the share."""
        return self.mix + self.rate

    @property
    def is_rate(self) -> bool:
        """Whether it counts for how often it was kept rather than for how much of it there was."""
        return abs(self.rate) >= abs(self.mix)


@dataclass(frozen=True, slots=True)
class OnTime:
    """The share of kept targets beside an earlier one; `mix` and `rate` are those of clocks and levels.

    `few`: one of them rests on fewer than FEWEST targets.  `told`: the groups that made the change, where it is one.
    """

    before_met: int
    before_n: int
    met: int
    n: int
    few: bool
    beyond_chance: bool
    mix: float
    rate: float
    told: tuple[Effect, ...]
    late: tuple[Effect, ...]
    """The clocks and levels that missed a target now, the most first."""

    @property
    def change(self) -> float:
        """The difference of the shares; 0 where one is of nothing."""
        return self.met / self.n - self.before_met / self.before_n if self.n and self.before_n else 0.0


def on_time(now: Iterable[Verdict], before: Iterable[Verdict]) -> OnTime:
    """What the change of the share of kept targets is made of."""
    later, earlier = ([one for one in some if one.outcome != EXCLUDED] for some in (now, before))
    met, was_met = (sum(one.outcome == MET for one in some) for some in (later, earlier))
    few = min(len(later), len(earlier)) < FEWEST
    beyond = not few and shares_differ(met, len(later), was_met, len(earlier))
    sides = {side: effects(side, later, earlier) for side in SIDES}
    clocks = sides["clock"]
    told = tuple(_told_once(one for side in sides.values() for one in _leading(side))) if beyond else ()
    mix, rate = (_rounded(sum(getattr(one, name) for one in clocks)) for name in ("mix", "rate"))
    late = sorted((one for one in clocks if one.met < one.n), key=lambda one: (one.met - one.n, one.group))
    return OnTime(was_met, len(earlier), met, len(later), few, beyond, mix, rate, told, tuple(late))


def effects(side: str, now: Sequence[Verdict], before: Sequence[Verdict]) -> list[Effect]:
    """What each group of a side did to the share, by group; nothing where one of the shares is of nothing."""
    if not (now and before):
        return [_effect(side, group, now, before, 0.0, (0.0, 0.0)) for group in _groups(side, now, before)]
    level = (_kept(now) / len(now) + _kept(before) / len(before)) / 2
    return [
        _effect(side, group, now, before, level, (1 / len(now), 1 / len(before)))
        for group in _groups(side, now, before)
    ]


def _groups(side: str, now: Sequence[Verdict], before: Sequence[Verdict]) -> list[str]:
    return sorted({SIDES[side](one) for one in (*now, *before)})


def _effect(
    side: str,
    group: str,
    now: Sequence[Verdict],
    before: Sequence[Verdict],
    level: float,
    weights: tuple[float, float],
) -> Effect:
    """`level`: the mean of the two shares; `weights`: what one target weighs now and before."""
    later, earlier = ([one for one in some if SIDES[side](one) == group] for some in (now, before))
    weight, weight_before = len(later) * weights[0], len(earlier) * weights[1]
    rate = _kept(later) / len(later) if later else _kept(earlier) / len(earlier)
    rate_before = _kept(earlier) / len(earlier) if earlier else rate
    mix = (weight - weight_before) * ((rate + rate_before) / 2 - level)
    own = (rate - rate_before) * (weight + weight_before) / 2
    late = tuple(dict.fromkeys(one.standing.item.id for one in later if one.outcome == BREACHED))
    counts = (_kept(earlier), len(earlier), _kept(later), len(later))
    return Effect(side, group, *counts, _rounded(mix), _rounded(own), late)


def _rounded(part: float) -> float:
    return round(part, DECIMALS) + 0.0  # no minus before a zero


def _told_once(found: Iterable[Effect]) -> Iterator[Effect]:
    """A category that is all a department has is told as the category."""
    told = set()
    for one in found:
        counts = (one.before_met, one.before_n, one.met, one.n)
        if one.side == "clock" or counts not in told:
            yield one
        if one.side != "clock":
            told.add(counts)


def _kept(some: Iterable[Verdict]) -> int:
    return sum(one.outcome == MET for one in some)


def _leading(side: Sequence[Effect]) -> list[Effect]:
    """The group that did the most in the direction of the whole, where that is a third of it and not all there is."""
    whole = sum(one.both for one in side)
    first = max(side, key=lambda one: (one.both if whole > 0 else -one.both, one.group), default=None)
    return [first] if first and len(side) > 1 and first.both / (whole or 1.0) >= LEAST_PART else []
