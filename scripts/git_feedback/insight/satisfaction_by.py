"""How content people were in a period: who answered, group by group, and what became of those who were not content.

The definitions are those of the key figures: an item counts in the period in which it was heard, by its last answer in
it; whoever was replied to in the period was asked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Literal

from git_feedback.clock.periods import Period
from git_feedback.desk.untold import counted
from git_feedback.insight.confidence import FEW, Interval, wilson
from git_feedback.insight.courses import Course, Heard
from git_feedback.insight.durations import DECIMALS, SHARE_DECIMALS
from git_feedback.insight.groups import BY
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.satisfaction import Promoters, promoters
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.model.measures import Measure

GROUPED = ("channel", "category", "department")
"""What answers are grouped by."""
STARS = (5, 4, 3, 2, 1)

Outcome = Literal["content-later", "solved-again", "reopened", "measure", "closed", "nothing"]
OUTCOMES: tuple[Outcome, ...] = ("content-later", "solved-again", "reopened", "measure", "closed", "nothing")
"""What became of somebody who was not content, the furthest first."""


@dataclass(frozen=True, slots=True)
class Answered:
    """`satisfied` of `n` items heard; `share` and its interval are None for fewer than FEW."""

    n: int
    satisfied: int
    share: float | None
    interval: Interval | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one group by its id; `together` is how many small groups it holds (0: it is one of its own)."""

    name: str
    together: int
    answers: Answered


@dataclass(frozen=True, slots=True)
class Discontent:
    """What people who were not satisfied were not satisfied with, and what became of it: ids by outcome."""

    category: str
    unsatisfied: tuple[str, ...]
    outcomes: tuple[tuple[Outcome, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """The stars that items received in the period came with: `counts` as (stars, ids), five first; `mean` needs FEW."""

    n: int
    mean: float | None
    counts: tuple[tuple[int, tuple[str, ...]], ...]


def answers(ledger: Ledger, period: Period) -> list[tuple[Course, Heard]]:
    """The items heard in a period, each with its last answer in it, in the order in which they were heard."""
    start, end = ledger.bounds(period)
    within = ((one, [heard for heard in one.heard if start <= heard.at < end]) for one in ledger.courses)
    last = [(one, heard[-1]) for one, heard in within if heard]
    return sorted(last, key=lambda pair: (pair[1].at, pair[0].standing.item.id))


def unanswered(ledger: Ledger, period: Period) -> tuple[str, ...]:
    """The items that were replied to in a period and not heard again since."""
    return tuple(sorted(_id(one) for one in ledger.look(period).replied if not one.heard))


def band(ledger: Ledger, period: Period) -> Promoters:
    """The answers of a period to "would you recommend us"."""
    return promoters(ledger.look(period).scores)


def by_groups(heard: Sequence[tuple[Course, Heard]]) -> dict[str, tuple[Group, ...]]:
    """The answers by channel, category and department.

    Groups come by number; those of fewer than FEW are put together, last.  Where no group has so many, or all are one,
    there is nothing to compare: none.
    """
    return {by: _groups(heard, BY[by]) for by in GROUPED}


def _groups(heard: Sequence[tuple[Course, Heard]], group_of: Callable[[Course], str]) -> tuple[Group, ...]:
    found: dict[str, list[tuple[Course, Heard]]] = {}
    for pair in heard:
        found.setdefault(group_of(pair[0]), []).append(pair)
    ranked = sorted(found, key=lambda name: (-len(found[name]), name))
    large = [Group(name, 0, _answered(found[name])) for name in ranked if len(found[name]) >= FEW]
    small = [name for name in ranked if len(found[name]) < FEW]
    if not large or len(found) < 2:
        return ()
    rest = [pair for name in small for pair in found[name]]
    return (*large, Group("", len(small), _answered(rest))) if small else tuple(large)


def _answered(pairs: Sequence[tuple[Course, Heard]]) -> Answered:
    n, satisfied = len(pairs), sum(heard.verdict == "satisfied" for _, heard in pairs)
    enough = n >= FEW
    return Answered(
        n=n,
        satisfied=satisfied,
        share=round(satisfied / n, SHARE_DECIMALS) if enough else None,
        interval=wilson(satisfied, n) if enough else None,
        items=tuple(sorted(_id(one) for one, _ in pairs)),
    )


def discontent(
    heard: Iterable[tuple[Course, Heard]], measures: Iterable[Measure], now: datetime
) -> tuple[Discontent, ...]:
    """What the unsatisfied were unsatisfied with, the most frequent category first, and what was done by `now`."""
    helped = {item for one in measures if one.status != "dropped" for item in one.items}
    unsatisfied = [(one, last) for one, last in heard if last.verdict == "unsatisfied"]
    outcome = {_id(one): _outcome(one, last, helped, now) for one, last in unsatisfied}
    counts = Counter(one.category for one, _ in unsatisfied)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    named = {name: sorted(_id(one) for one, _ in unsatisfied if one.category == name) for name in ranked}
    return tuple(Discontent(name, tuple(ids), tuple(_by_outcome(ids, outcome))) for name, ids in named.items())


def _by_outcome(ids: Sequence[str], outcome: Mapping[str, Outcome]) -> Iterator[tuple[Outcome, tuple[str, ...]]]:
    for name in OUTCOMES:
        found = tuple(one for one in ids if outcome[one] == name)
        if found:
            yield name, found


def _outcome(one: Course, last: Heard, helped: set[str], now: datetime) -> Outcome:
    """How far it came after somebody said that they were not satisfied."""
    later = [event for event in counted(one.standing.item, now) if event.at > last.at]
    if any(isinstance(event, ev.FollowUp) and event.verdict == "satisfied" for event in later):
        return "content-later"
    if any(isinstance(event, ev.Resolve) for event in later):
        return "solved-again"
    if any(isinstance(event, ev.Reopen) for event in later):
        return "reopened"
    if _id(one) in helped or any(map(_is_measure, later)):
        return "measure"
    return "closed" if one.standing.state.life == "closed" else "nothing"


def _is_measure(event: Event) -> bool:
    return isinstance(event, ev.Link) and event.kind == "measure"


def ratings(received: Iterable[Course]) -> Rated:
    """The stars of these items, those without any and those rejected left out."""
    there = [one.standing for one in received if one.standing.state.life != "rejected"]
    given = [(one.item.rating, one.item.id) for one in there if one.item.rating is not None]
    counts = tuple((stars, tuple(sorted(item for found, item in given if found == stars))) for stars in STARS)
    mean = round(fmean(stars for stars, _ in given), DECIMALS) if len(given) >= FEW else None
    return Rated(len(given), mean, counts)


def _id(one: Course) -> str:
    return one.standing.item.id
