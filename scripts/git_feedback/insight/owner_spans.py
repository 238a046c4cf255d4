"""Whose turn an item was at every moment of its life, and how much everybody had in hand then."""

import statistics
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from git_feedback.desk import MACHINES, Standing, State, states
from git_feedback.desk.rulebook import seconds_of
from git_feedback.desk.untold import counted
from git_feedback.policy import Policy

OVERLOADED_FROM = 10
"""Open items from which somebody can be called overloaded: with fewer in hand nobody is ..."""
OVERLOADED_TIMES = 2
"""... and only who has so many times what is usual among the others is."""


class Span(NamedTuple):
    """A stretch of an item's life (seconds since 1970) in which it stood in one state and nobody did anything to it.

    What machines note (an alarm, a receipt) ends no span as long as nothing changes by it.
    """

    start: int
    end: int
    state: State


def life_of(one: Standing, policy: Policy, now: datetime) -> list[Span]:
    """The spans of an item's life from its arrival to `now`, none of them empty; what was taken back never happened."""
    events = counted(one.item, now)
    begins = [(seconds_of(one.item.received), states(one.item, policy, [])[0])]
    for event, state in zip(events, states(one.item, policy, events)[1:], strict=True):
        if event.by not in MACHINES or _turn(state) != _turn(begins[-1][1]):
            begins.append((seconds_of(event.at), state))
    ends = [*begins, (seconds_of(now), begins[-1][1])]
    return [Span(start, end, state) for (start, state), (end, _) in pairwise(ends) if start < end]


def _turn(state: State) -> tuple[str, str | None, str | None]:
    return state.life, state.owner, state.department


class Loads:
    """How many open items each person had at any moment; imported history, which nobody works on, is left out."""

    def __init__(self, standings: Iterable[Standing], policy: Policy, now: datetime) -> None:
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._ends: dict[str, list[int]] = defaultdict(list)
        for owner, start, end in _turns(standings, policy, now):
            self._starts[owner].append(start)
            self._ends[owner].append(end)
        for moments in (*self._starts.values(), *self._ends.values()):
            moments.sort()

    def of(self, owner: str, second: int) -> int:
        """The open items somebody had at a moment."""
        begun = bisect_right(self._starts.get(owner, ()), second)
        return begun - bisect_right(self._ends.get(owner, ()), second)

    def is_overloaded(self, owner: str, second: int) -> bool:
        """Whether somebody had OVERLOADED_FROM items or more, and OVERLOADED_TIMES the median of all others who had any.

        Where nobody else had any, the number alone says it.
        """
        load = self.of(owner, second)
        if load < OVERLOADED_FROM:
            return False
        others = [count for other in self._starts if other != owner and (count := self.of(other, second))]
        return not others or load >= OVERLOADED_TIMES * statistics.median(others)


def _turns(standings: Iterable[Standing], policy: Policy, now: datetime) -> Iterator[tuple[str, int, int]]:
    for one in standings:
        if one.item.record != "history":
            yield from _owned(life_of(one, policy, now))


def _owned(spans: Sequence[Span]) -> Iterator[tuple[str, int, int]]:
    for span in spans:
        if span.state.owner and span.state.is_open:
            yield span.state.owner, span.start, span.end
