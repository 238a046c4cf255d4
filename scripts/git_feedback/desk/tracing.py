"""How a deadline came about: the working time of a clock day by day, and why the rest of the time does not count.

The seconds of a trace up to the deadline are the target of the clock, to the second.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice, pairwise
from typing import NamedTuple

from git_feedback.clock import Calendar
from git_feedback.clock.timeline import merged
from git_feedback.desk.rulebook import Goal, Rulebook, Span, seconds_of
from git_feedback.desk.sla import Clock, Cycle
from git_feedback.desk.tale import Tale

MOST = 8
"""How many steps a trace has at most; a longer one is folded in the middle."""
FIRST = 3
"""How many of its steps a folded trace shows before the fold."""
_SATURDAY = 5
_NOON = range(11, 14)
"""The hours of the day in which a break that begins is lunch."""


class Piece(NamedTuple):
    """A stretch of time within a day, as seconds since 1970.

    `kind`: open (it counts), paused, lunch, break, shut (before the first opening), night (until the next day opens).
    """

    kind: str
    start: int
    end: int


class Step(NamedTuple):
    """A line of a trace, from `start` to `end`; `seconds` of it count.

    `kind`: day (a date, in pieces), span (round the clock, over midnight, in pieces), weekend, off (holidays and other
    days without working time), over (what is left of a day after its closing time), paused (whole days), many (days
    that are not shown one by one: `days` of them count, and `paused` seconds of their working time do not).
    """

    kind: str
    start: int
    end: int
    seconds: int = 0
    pieces: tuple[Piece, ...] = ()
    days: int = 0
    paused: int = 0


class Basis(NamedTuple):
    """Where the time of a clock comes from: a rule of an edition, and what changed it on the way."""

    edition: int
    """The place of the edition in force when the clock started."""
    rule: int
    """The place of the rule in it."""
    days: tuple[date, ...]
    """The working days that were counted; empty where the target is one of hours."""
    close: int
    """Close of business of the last of them; 0 where the target is one of hours."""
    capped: bool
    """Whether the rule shortens what another one gave."""
    levels: tuple[tuple[int, str], ...]
    """The levels during the cycle, each since when; the first since its start."""
    grace: int
    """Seconds that were given on top as the level rose late."""
    kept: str
    """The level whose deadline was missed before the level fell, and counts still; else empty."""


def trace(cycle: Cycle, calendar: Calendar, most: int = MOST) -> list[Step]:
    """The steps of a cycle from its start to its deadline, at most `most` of them (at least five)."""
    return _Walk(cycle, calendar).steps(most)


def trace_of(clock: Clock, calendar: Calendar, most: int = MOST) -> list[Step]:
    """The steps of the shown cycle of a clock; of one that stands still up to there, as nobody knows its deadline."""
    cycle = clock.shown
    if cycle is None:
        return []
    if clock.state == "paused":
        cycle = cycle._replace(end=paused_since(cycle))
    return trace(cycle, calendar, most)


def paused_since(cycle: Cycle) -> int:
    """Since when a cycle that stands still does so."""
    return merged(cycle.pauses)[-1][0] if cycle.pauses else cycle.start


class _Walk:
    """The way from a cycle's start to its deadline, date by date as the desk's zone counts them."""

    def __init__(self, cycle: Cycle, calendar: Calendar) -> None:
        self.start, self.end, self.zone = cycle.start, cycle.end, cycle.zone
        self.calendar = calendar
        self.pauses = merged(cycle.pauses) if cycle.pauses else []

    def steps(self, most: int) -> list[Step]:
        if self.end <= self.start:
            return []
        if self._never_shuts():
            pieces = tuple(self._cut([(self.start, self.end)]))
            return [Step("span", self.start, self.end, _counted(pieces), pieces)]
        found = list(islice(_joined(self._days(self.start)), most + 1))
        if len(found) > most:
            found = self._folded(found[:FIRST])
        return [_with_night(one, after) for one, after in pairwise([*found, found[-1]])]

    def _never_shuts(self) -> bool:
        """Whether it is open from beginning to end, over a midnight at least."""
        if self._date(self.start) == self._date(self.end - 1):
            return False
        return self.calendar.intervals_s(self.start, self.end) == [(self.start, self.end)]

    def _folded(self, first: list[Step]) -> list[Step]:
        last = list(self._days(self._midnight(self._date(self.end - 1))))
        start, end = first[-1].end, last[0].start
        spans = self.calendar.counted_s(start, end, self.pauses)
        seconds = sum(until - since for since, until in spans)
        days = {day for since, until in spans for day in _ordinals(self._date(since), self._date(until - 1))}
        paused = self.calendar.elapsed_s(start, end) - seconds
        return [*first, Step("many", start, end, seconds, days=len(days), paused=paused), *last]

    def _days(self, start: int) -> Iterator[Step]:
        """A step for each date."""
        while start < self.end:
            day = self._date(start)
            midnight = self._midnight(day + timedelta(days=1))
            yield self._day(day, start, min(midnight, self.end))
            start = midnight

    def _day(self, day: date, start: int, end: int) -> Step:
        if any(since <= start and end <= until for since, until in self.pauses):
            return Step("paused", start, end, days=1)
        openings = self.calendar.intervals_s(start, end)
        if openings:
            pieces = tuple(self._pieces(start, openings))
            return Step("day", start, end, _counted(pieces), pieces)
        if start > self._midnight(day) and self.calendar.intervals_s(self._midnight(day), start):
            return Step("over", start, end)
        return Step("weekend" if day.weekday() >= _SATURDAY else "off", start, end, days=1)

    def _pieces(self, start: int, openings: Sequence[Span]) -> Iterator[Piece]:
        """What a day is made of, from its first opening on; for the first day, from the start of the clock on."""
        gaps = [self._gap(one[1], other[0]) for one, other in pairwise(openings)]
        found = [*self._cut(openings), *gaps]
        if start == self.start < openings[0][0]:
            found.append(self._gap(start, openings[0][0], "shut"))
        return _with_pauses_joined(sorted(found, key=lambda piece: piece.start))

    def _cut(self, openings: Iterable[Span]) -> Iterator[Piece]:
        """Opening hours in what counts and what a pause takes away."""
        for opening, closing in openings:
            at = opening
            for since, until in self.pauses:
                if until <= at or since >= closing:
                    continue
                if at < since:
                    yield Piece("open", at, since)
                at = min(until, closing)
                yield Piece("paused", max(since, opening), at)
            if at < closing:
                yield Piece("open", at, closing)

    def _gap(self, closing: int, opening: int, kind: str = "") -> Piece:
        """The time between two openings of a date: part of a pause, lunch, or another break."""
        if any(since <= closing and opening <= until for since, until in self.pauses):
            return Piece("paused", closing, opening)
        hour = datetime.fromtimestamp(closing, self.calendar.tz).hour
        return Piece(kind or ("lunch" if hour in _NOON else "break"), closing, opening)

    def _date(self, second: int) -> date:
        return datetime.fromtimestamp(second, self.zone).date()

    def _midnight(self, day: date) -> int:
        return midnight(day, self.zone)


def midnight(day: date, zone: tzinfo) -> int:
    """The second with which a date begins in a zone."""
    return seconds_of(datetime.combine(day, time(), zone))


def _counted(pieces: Iterable[Piece]) -> int:
    return sum(piece.end - piece.start for piece in pieces if piece.kind == "open")


def _ordinals(first: date, last: date) -> range:
    return range(first.toordinal(), last.toordinal() + 1)


def _with_pauses_joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """A pause over a break is one pause."""
    before: Piece | None = None
    for piece in pieces:
        if before and before.kind == piece.kind == "paused":
            before = Piece("paused", before.start, piece.end)
            continue
        if before:
            yield before
        before = piece
    if before:
        yield before


_WHOLE_DAYS = ("weekend", "off", "paused")


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Days without working time that follow each other as one step; a weekend among holidays is part of them."""
    before: Step | None = None
    for step in steps:
        if before and before.kind in _WHOLE_DAYS and step.kind in _WHOLE_DAYS and _alike(before.kind, step.kind):
            kind = step.kind if before.kind == "weekend" else before.kind
            before = Step(kind, before.start, step.end, days=before.days + step.days)
            continue
        if before:
            yield before
        before = step
    if before:
        yield before


def _alike(kind: str, other: str) -> bool:
    return (kind == "paused") == (other == "paused")


def _with_night(step: Step, after: Step) -> Step:
    """A day that the next one follows ends with the night in between."""
    if step is after or step.kind != "day" or after.kind != "day":
        return step
    closing, opening = step.pieces[-1], after.pieces[0]
    if closing.end == opening.start or (closing.kind == opening.kind == "paused"):
        return step
    return step._replace(pieces=(*step.pieces, Piece("night", closing.end, opening.start)))


# ---- where the time comes from --------------------------------------------------------------------------------------


def basis(clock: Clock, tale: Tale, book: Rulebook) -> Basis | None:
    """Where the time of the shown cycle comes from; None for a clock that has not started, or says nothing."""
    cycle = clock.shown
    if cycle is None or clock.rule is None:
        return None
    levels = _levels(cycle, tale, book)
    level, goal = _source(clock, cycle, tale, book)
    edition = book.place(cycle.start)
    capped = book.policy.editions[edition].rules[clock.rule].cap
    if goal is None:
        return Basis(edition, clock.rule, (), 0, capped, levels, 0, "")
    close, seconds = book.due(goal, cycle.start, ())
    days = _working_days(cycle, goal, book)
    is_kept = level != levels[-1][1] and goal not in _goals(clock, cycle, tale, book, -1)
    grace = max(0, cycle.target - seconds)
    return Basis(edition, clock.rule, days, close if days else 0, capped, levels, grace, level if is_kept else "")


def _levels(cycle: Cycle, tale: Tale, book: Rulebook) -> tuple[tuple[int, str], ...]:
    """The levels during a cycle, each since when."""
    found: list[tuple[int, str]] = []
    for since, weight in tale.weights:
        level = book.level(cycle.start, weight)
        if since <= cycle.start or not found:
            found = [(cycle.start, level)]
        elif (cycle.stop is None or since < cycle.stop) and level != found[-1][1]:
            found.append((since, level))
    return tuple(found)


def _source(clock: Clock, cycle: Cycle, tale: Tale, book: Rulebook) -> tuple[str, Goal | None]:
    """The newest weight whose targets hold the rule of a clock: its level, and the target."""
    for place in range(len(tale.weights) - 1, -1, -1):
        for goal in _goals(clock, cycle, tale, book, place):
            if goal.rule == clock.rule:
                return book.level(cycle.start, tale.weights[place][1]), goal
    return "", None


def _goals(clock: Clock, cycle: Cycle, tale: Tale, book: Rulebook, place: int) -> Sequence[Goal]:
    return book.goals(cycle.start, tale.weights[place][1], tale.item).get(clock.name, ())


def _working_days(cycle: Cycle, goal: Goal, book: Rulebook) -> tuple[date, ...]:
    """The working days after the start that a target counts."""
    found: list[date] = []
    day = cycle.started.date()
    while len(found) < goal.days:
        day += timedelta(days=1)
        if book.office.is_working_day(day):
            found.append(day)
    return tuple(found)
