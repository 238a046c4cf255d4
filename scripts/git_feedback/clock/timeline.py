"""Working time in whole seconds since 1970: sorted opening edges, running sums of open seconds, and `bisect`.

Years are built when they are first asked for, and stay.  Between the first and the last year asked for there is no
gap, so that one search answers for any span.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from git_feedback.clock.edges import Edges, day_start, edges_of_year, year_start
from git_feedback.clock.hours import Hours

FIRST_YEAR, LAST_YEAR = 1900, 2299
FAR_YEARS = 100
"""Searching stops here: who needs a century of working time made a mistake."""

_FIRST, _END = year_start(FIRST_YEAR), year_start(LAST_YEAR + 1)

Pause = tuple[int, int]


class Timeline:
    """The opening hours laid out along real time.  All arguments and results are seconds."""

    __slots__ = (
        "_before",
        "_closings",
        "_day_closings",
        "_days",
        "_hours",
        "_openings",
        "_years",
        "_zone",
        "end",
        "start",
    )

    def __init__(self, hours: Hours, zone: ZoneInfo) -> None:
        self._hours = hours
        self._zone = zone
        self._years = range(0)
        self.start, self.end = 1, 0
        self._openings: list[int] = []
        self._closings: list[int] = []
        self._before: list[int] = [0]
        self._days: list[int] = []
        self._day_closings: dict[int, int] = {}

    # -- questions about a moment ---------------------------------------------------------------------------------

    def is_open(self, second: int) -> bool:
        self._cover(second)
        i = bisect_right(self._openings, second) - 1
        return i >= 0 and second < self._closings[i]

    def worked(self, second: int) -> int:
        """Open seconds up to a moment, counted from a fixed but arbitrary one: only differences mean something."""
        if not self.start <= second < self.end:
            self._cover(second)
        i = bisect_right(self._openings, second) - 1
        if i < 0:
            return self._before[0]
        if second >= self._closings[i]:
            return self._before[i + 1]
        return self._before[i] + second - self._openings[i]

    # -- there and back -------------------------------------------------------------------------------------------

    def forth(self, start: int, seconds: int) -> int:
        """The earliest moment by which `seconds` of opening time have passed; at least one."""
        target = self.worked(start) + seconds
        before = self._before
        while before[-1] < target:
            self._extend_forth(start)
        i = bisect_left(before, target) - 1
        return self._openings[i] + target - before[i]

    def back(self, end: int, seconds: int) -> int:
        """The latest moment since which `seconds` of opening time have passed; at least one."""
        target = self.worked(end) - seconds
        before = self._before
        while before[0] > target:
            self._extend_back(end)
        i = bisect_right(before, target) - 1
        return self._openings[i] + target - before[i]

    # -- lists ----------------------------------------------------------------------------------------------------

    def intervals(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The opening intervals between two moments, cut to them; those that touch are one."""
        if end <= start:
            return
        self._cover(start)
        self._cover(end)
        opened = closed = start
        for i in range(bisect_right(self._closings, start), bisect_left(self._openings, end)):
            opening, closing = max(start, self._openings[i]), min(end, self._closings[i])
            if opening > closed:
                if opened < closed:
                    yield opened, closed
                opened = opening
            closed = closing
        if opened < closed:
            yield opened, closed

    def is_working_day(self, ordinal: int) -> bool:
        """Whether a date opens at all, in real time: hours that the clock skips do not count."""
        self._cover_day(ordinal)
        return ordinal in self._day_closings

    def close_of_day(self, ordinal: int, days: int) -> int:
        """The close of business of the n-th working day after a date."""
        self._cover_day(ordinal)
        wanted = bisect_right(self._days, ordinal) + days - 1
        # A date near the end of what is built may go on in the year after it.
        while wanted >= len(self._days) or day_start(self._days[wanted] + 2) > self.end:
            self._extend_forth(day_start(ordinal))
        return self._day_closings[self._days[wanted]]

    # -- building years when they are needed ------------------------------------------------------------------------

    def _cover_day(self, ordinal: int) -> None:
        self._cover(day_start(ordinal - 2))
        self._cover(day_start(ordinal + 2))

    def _cover(self, second: int) -> None:
        if self.start <= second < self.end:
            return
        year = datetime.fromtimestamp(known(second), UTC).year
        if not self._years:
            self._years = range(year, year)
        for later in range(self._years.stop, year + 1):
            self._append(later)
        for earlier in range(self._years.start - 1, year - 1, -1):
            self._prepend(earlier)

    def _extend_forth(self, asked: int) -> None:
        year = self._years.stop
        if year > LAST_YEAR or year - datetime.fromtimestamp(asked, UTC).year > FAR_YEARS:
            raise ValueError(f"the calendar has no such working time before {year}")
        self._append(year)

    def _extend_back(self, asked: int) -> None:
        year = self._years.start - 1
        if year < FIRST_YEAR or datetime.fromtimestamp(asked, UTC).year - year > FAR_YEARS:
            raise ValueError(f"the calendar has no such working time after {year}")
        self._prepend(year)

    def _append(self, year: int) -> None:
        edges = edges_of_year(self._hours, self._zone, year)
        self._openings += edges.openings
        self._closings += edges.closings
        self._before += list(accumulate(_lengths(edges), initial=self._before.pop()))
        self._know(edges, range(self._years.start, year + 1))

    def _prepend(self, year: int) -> None:
        edges = edges_of_year(self._hours, self._zone, year)
        self._openings[:0] = edges.openings
        self._closings[:0] = edges.closings
        first = self._before[0] - sum(_lengths(edges))
        self._before[:1] = accumulate(_lengths(edges), initial=first)
        self._know(edges, range(year, self._years.stop))

    def _know(self, edges: Edges, years: range) -> None:
        for ordinal, closing in edges.last_closing.items():
            self._day_closings[ordinal] = max(closing, self._day_closings.get(ordinal, closing))
        self._days = sorted(self._day_closings)
        self._years = years
        self.start, self.end = year_start(years.start), year_start(years.stop)


def known(second: int) -> int:
    """The second itself when working time is known there, else ValueError."""
    if not _FIRST <= second < _END:
        raise ValueError(f"working time is known from {FIRST_YEAR} to {LAST_YEAR} only")
    return second


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, with those that overlap or touch made one; a pause that ends before it starts is none."""
    sound = [pause for pause in pauses if pause[0] < pause[1]]
    if len(sound) < 2:
        return sound
    sound.sort()
    blocks: list[Pause] = []
    for start, end in sound:
        if blocks and start <= blocks[-1][1]:
            blocks[-1] = (blocks[-1][0], max(end, blocks[-1][1]))
        else:
            blocks.append((start, end))
    return blocks


def without(spans: Iterable[Pause], pauses: list[Pause]) -> Iterator[Pause]:
    """What pauses leave of spans; both in order and each apart from the next, as `merged` gives them."""
    first = 0
    for since, until in spans:
        while first < len(pauses) and pauses[first][1] <= since:
            first += 1
        for begins, ends in pauses[first:]:
            if begins >= until:
                break
            if since < begins:
                yield since, begins
            since = ends
        if since < until:
            yield since, until


def _lengths(edges: Edges) -> list[int]:
    return [closing - opening for opening, closing in zip(edges.openings, edges.closings, strict=True)]
