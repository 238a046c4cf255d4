"""Which clock of an item asks first, and until when: told ahead, so that `list` need not count working time.

As long as nothing happens to an item, its clocks only run down.  Those of one calendar do so side by side, and the one
that asks first stays the first; of several calendars each stands still at times of its own, and others overtake it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from git_feedback.clock import Calendar
from git_feedback.desk.rulebook import Rulebook
from git_feedback.desk.sla import Clock
from git_feedback.desk.tale import Tale

AHEAD_S = 14 * 86_400
"""So far ahead is told what several calendars bring."""
_GRACE_S = 31 * 86_400
"""A rise of the level gives grace for less than that."""
_STANDING_STILL = frozenset({"resolve", "reply", "second"})
"""Clocks that stand still while an answer is awaited."""


class Phase(NamedTuple):
    """From `since` on and before `until` this clock asks first; `late_from` is the first second at which it is late.

    Without a clock nothing goes on; a clock that is `paused` has no time at which it is late.
    """

    since: int
    until: int
    clock: Clock | None = None
    late_from: int | None = None

    @property
    def kind(self) -> str:
        """`running` (or late), `paused`, or nothing."""
        if self.clock is None:
            return ""
        return "paused" if self.late_from is None else "running"


def phases(tale: Tale, clocks: Sequence[Clock], book: Rulebook, now: int, span: tuple[int, int]) -> list[Phase]:
    """The phases of an item within a span around `now` in which nothing happens to it; `clocks` are those at `now`.

    Together they may begin later and end earlier than the span: of what lies outside nothing is said.  None at all
    where it cannot be told.
    """
    since, until = span
    going = [clock for clock in clocks if clock.goes_on]
    counting = [clock for clock in going if clock.state != "paused"]
    if not going:
        return [Phase(since, until)]
    try:
        if _is_unsure(tale, going, book, now):
            since, until = now, now + 1
        if not counting:
            return [Phase(since, until, going[0])]
        racing = [_Racing(clock, _calendar(clock, tale, book), now) for clock in counting]
        if len({one.calendar for one in racing}) == 1:
            first = min(counting, key=lambda clock: clock.left)
            return [Phase(since, until, first, _late_from(first, book))]
        return list(_race(racing, book, now, min(until, now + AHEAD_S)))
    except ValueError:  # beyond the years whose working time is known
        return []


def _is_unsure(tale: Tale, going: Sequence[Clock], book: Rulebook, now: int) -> bool:
    """Whether a clock stands still whose target may change meanwhile: one of several, or one with grace after a rise."""
    if tale.paused_since is None:
        return False
    return any(_may_change(one, tale, book, now) for one in going if one.name in _STANDING_STILL)


def _may_change(clock: Clock, tale: Tale, book: Rulebook, now: int) -> bool:
    assert clock.shown is not None
    start = clock.shown.start
    goals = (book.goals(start, weight, tale.item).get(clock.name, ()) for _, weight in tale.weights)
    levels = [(since, book.level(start, weight)) for since, weight in tale.weights]
    risen = any(after < before and since + _GRACE_S > now for (_, before), (since, after) in pairwise(levels))
    return risen or any(len(asked) > 1 for asked in goals)


def _calendar(clock: Clock, tale: Tale, book: Rulebook) -> Calendar | None:
    """The calendar that a clock runs by; None where it stands still."""
    still = tale.paused_since is not None and clock.name in _STANDING_STILL
    return None if still else book.policy.calendars[clock.calendar]


def _late_from(clock: Clock, book: Rulebook) -> int:
    """The first second at which more than the target has passed."""
    assert clock.shown is not None
    calendar = book.policy.calendars[clock.calendar]
    return calendar.add_s(clock.shown.start, clock.target + 1, clock.shown.pauses)


class _Racing(NamedTuple):
    clock: Clock
    calendar: Calendar | None
    now: int

    def left(self, at: int) -> int:
        """Seconds of working time until it is late, at a later moment."""
        return self.clock.left - (self.calendar.elapsed_s(self.now, at) if self.calendar else 0)


def _race(racing: Sequence[_Racing], book: Rulebook, now: int, end: int) -> Iterator[Phase]:
    """One phase after the other, as long as the same one leads."""
    leads = list(_leads(racing, now, end))
    changes = [one for before, one in pairwise([(now, -1), *leads]) if before[1] != one[1]]
    for (since, leader), (until, _) in pairwise([*changes, (end, -1)]):
        first = racing[leader].clock
        yield Phase(since, until, first, _late_from(first, book))


def _leads(racing: Sequence[_Racing], now: int, end: int) -> Iterator[tuple[int, int]]:
    """Who leads, each time that it may have changed: between two edges of the calendars each runs or stands still."""
    for begins, ends in pairwise(_edges(racing, now, end)):
        at = begins
        while at < ends:
            lefts = [one.left(at) for one in racing]
            first = min(range(len(racing)), key=lambda place: (lefts[place], place))
            yield at, first
            running = [place for place, one in enumerate(racing) if one.left(at + 1) < lefts[place]]
            gaps = (lefts[place] - lefts[first] + (place > first) for place in running if first not in running)
            at = min([ends, *(at + gap for gap in gaps)])


def _edges(racing: Sequence[_Racing], now: int, end: int) -> list[int]:
    calendars = {one.calendar for one in racing if one.calendar}
    spans = (span for calendar in calendars for span in calendar.intervals_s(now, end))
    return sorted({now, end, *(edge for span in spans for edge in span)})
