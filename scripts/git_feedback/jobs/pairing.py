"""Which items of a desk may be one matter, and which problems come again: looked for once a run, within bounds.

Everything open and everything of the last weeks is compared.  A large desk is bounded by what came in last, so that
neither a night nor a site waits for it; the libraries that make it fast come late, and without them less is compared.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from itertools import islice
from typing import NamedTuple

from git_feedback.desk import Standing
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.triage.pairing import OF_ONE, RECENT, Pair, Pairing, Twins
from git_feedback.triage.recurring import Recurring, recurring

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


def copies(found: Sequence[Pair]) -> list[Pair]:
    """Those of the pairs whose texts are the same, or nearly so word for word."""
    return [pair for pair in found if pair.exact]


def problems(
    standings: Sequence[Standing], policy: Policy, now: datetime, within: Bounds | None = None
) -> list[Recurring]:
    """The problems that come again in the last half year: those that rise first, then the largest."""
    listed = [one.item for one in standings if now - one.item.received <= HALF_A_YEAR]
    return recurring(listed[-(within or bounds()).compared :], policy, now)


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
