"""Which items of a desk may be one matter, and which problems come again: looked for once a run, within bounds.

Everything open and everything of the last weeks is compared.  A large desk is bounded by what came in last, so that
neither a night nor a site waits for it; the libraries that make it fast come late, and without them less is compared.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from git_feedback.desk import Standing
from git_feedback.model import Event, Item
from git_feedback.policy import Policy
from git_feedback.triage.pairing import OF_ONE, RECENT, Pair, Pairing, Twins
from git_feedback.triage.recurring import Recurring, recurring

Found = TypeVar("Found")

HALF_A_YEAR = timedelta(weeks=26)
"""What came in longer ago tells nothing of what comes again now."""


class Bounds(NamedTuple):
    """So many items are compared, the newest ones; beyond `thorough` only `asked` open ones, with all the others."""

    compared: int
    thorough: int
    asked: int


FAST = Bounds(compared=3_000, thorough=3_000, asked=500)
PLAIN = Bounds(compared=1_200, thorough=400, asked=300)


def bounds() -> Bounds:
    """How much is compared here: with the extra `ml` ten times as fast, so more."""
    return FAST if all(find_spec(name) for name in ("scipy", "sparse_dot_topn")) else PLAIN


def pairs(standings: Sequence[Standing], policy: Policy, now: datetime, within: Bounds | None = None) -> list[Pair]:
    """The pairs that a person should look at: same texts first, then the most alike; the older item is the original.

    Neither what somebody linked is among them, nor what somebody took apart.
    """
    limits = within or bounds()
    pool = compared(standings, now, limits.compared)
    return _PAIRS.told(_Asked(policy, now, limits, pool), lambda: _pairs(pool, policy, now, limits))


def _pairs(pool: Sequence[Standing], policy: Policy, now: datetime, limits: Bounds) -> list[Pair]:
    pairing = Pairing([one.item for one in pool], policy, now)
    if len(pool) <= limits.thorough:
        return pairing.pairs()
    newest = [one.item for one in reversed(pool) if one.state.is_open][: limits.asked]
    return _each_once([pair for item in newest for pair in _of(item, pairing, pool, OF_ONE)])


def pairs_of(item: Item, standings: Sequence[Standing], policy: Policy, now: datetime) -> list[Pair]:
    """The items that one item may be the same matter as, best first; it may be over and done long ago."""
    pool = compared(standings, now, bounds().compared)
    own = [one for one in standings if one.item.id == item.id and one not in pool]
    return _of(item, Pairing([one.item for one in pool], policy, now), [*own, *pool], OF_ONE)


class _Asked(NamedTuple):
    """A question about many items: under which rules, when, how thoroughly, about what."""

    policy: Policy
    now: datetime
    within: Bounds
    about: Sequence[Standing]

    def is_same(self, other: "_Asked") -> bool:
        """Whether the answer to another question is that to this one: what was written meanwhile reminds of clocks only."""
        if (self.now, self.within, len(self.about)) != (other.now, other.within, len(other.about)):
            return False
        if self.policy is not other.policy and self.policy != other.policy:
            return False
        return all(_is_same(one.item, another.item) for one, another in zip(self.about, other.about, strict=True))


def _is_same(item: Item, other: Item) -> bool:
    """Whether two readings of an item differ at most in reminders, of which no likeness knows."""
    if item is other:
        return True
    if item.id != other.id or _unreminded(item) != _unreminded(other):
        return False
    return all(getattr(item, name) == getattr(other, name) for name in _FIELDS)


_FIELDS = tuple(name for name in Item.model_fields if name != "history")


def _unreminded(item: Item) -> list[Event]:
    return [event for event in item.history if event.verb != "alarm"]


class _Last(Generic[Found]):
    """The newest answer: a night asks the same several times, of items that it has read anew meanwhile."""

    def __init__(self) -> None:
        self._kept: tuple[_Asked, list[Found]] | None = None

    def told(self, asked: _Asked, answer: Callable[[], list[Found]]) -> list[Found]:
        """The answer kept where the question is the same, else a new one."""
        if self._kept is None or not asked.is_same(self._kept[0]):
            self._kept = asked, answer()
        return list(self._kept[1])


_PAIRS: _Last[Pair] = _Last()
_PROBLEMS: _Last[Recurring] = _Last()


def copies(found: Sequence[Pair]) -> list[Pair]:
    """Those of the pairs whose texts are the same, or nearly so word for word."""
    return [pair for pair in found if pair.exact]


def problems(
    standings: Sequence[Standing], policy: Policy, now: datetime, within: Bounds | None = None
) -> list[Recurring]:
    """The problems that come again in the last half year: those that rise first, then the largest."""
    limits = within or bounds()
    listed = [one for one in standings if now - one.item.received <= HALF_A_YEAR][-limits.compared :]
    asked = _Asked(policy, now, limits, listed)
    return _PROBLEMS.told(asked, lambda: recurring([one.item for one in listed], policy, now))


def compared(standings: Sequence[Standing], now: datetime, most: int) -> list[Standing]:
    """What is open or came in lately, in the order of arrival; of too many the newest."""
    kept = (one for one in reversed(standings) if one.state.is_open or now - one.item.received <= RECENT)
    return list(islice(kept, most))[::-1]


def _of(item: Item, pairing: Pairing, pool: Sequence[Standing], most: int) -> list[Pair]:
    """The proposals for one item, turned so that the older of two is the original; only what is open is set aside."""
    came = {one.item.id: place for place, one in enumerate(pool)}
    is_open = any(one.item.id == item.id and one.state.is_open for one in pool)
    found = [_turned(pair, came, is_open=is_open) for pair in pairing.of(item, most)]
    return [pair for pair in found if pair is not None]


def _turned(pair: Pair, came: dict[str, int], *, is_open: bool) -> Pair | None:
    if not is_open:
        return replace(pair.swapped, swappable=False) if pair.swappable else None
    if pair.swappable and came.get(pair.id, 0) < came.get(pair.original, 0):
        return pair.swapped
    return pair


def _each_once(found: Sequence[Pair]) -> list[Pair]:
    """Every pair once, whichever of the two was asked for it, in the order of all pairs."""
    seen: dict[Twins, Pair] = {}
    for pair in found:
        seen.setdefault(frozenset((pair.id, pair.original)), pair)
    return sorted(seen.values(), key=lambda pair: (not pair.exact, -pair.score, pair.id, pair.original))
