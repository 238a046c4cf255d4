"""A trace in words, a line a step: `Tue 10 Mar 11:30–12:00 30 min, lunch, 13:30–15:00 90 min → due 15:00`.

Whoever shows it brings its own way to say a code and to name a date, so pages and the terminal read the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from git_feedback.clock import Calendar
from git_feedback.desk.sla import Clock
from git_feedback.desk.tracing import Basis, Piece, Step, paused_since, trace_of

_SHORT = 7200
"""Up to here minutes are told as minutes."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How a language says a code (with its values) and names a date; moments are told in a zone."""

    say: Callable[..., str]
    on: Callable[[date], str]
    zone: tzinfo

    def exactly(self, seconds: int) -> str:
        """A length of time to the second: `2 h 44 min 43 s`; so the parts of a trace add up to its target."""
        rest = seconds % 60
        if not rest or seconds < 60:
            return self.amount(seconds)
        return f"{self.amount(seconds - rest)} {self.say('trace-seconds', n=rest)}"

    def amount(self, seconds: int) -> str:
        """A length of time: `30 min`, `90 min`, `2 h`, `4 h 30 min`; what is under a minute in seconds."""
        if 0 < seconds < 60:
            return self.say("trace-seconds", n=seconds)
        minutes = seconds // 60
        if minutes % 60 and seconds < _SHORT:
            return self.say("trace-minutes", n=minutes)
        if not minutes:
            return self.say("trace-minutes", n=0)
        hours, rest = divmod(minutes, 60)
        return self.say("trace-hours-minutes", hours=hours, minutes=rest) if rest else self.say("trace-hours", n=hours)

    def moment(self, second: int) -> str:
        """Date and time of day."""
        local = datetime.fromtimestamp(second, self.zone)
        return f"{self.on(local.date())} {local.hour:02}:{local.minute:02}"

    def end(self, second: int) -> str:
        """Date and time of day of an end: midnight is `24:00` of the date that ends."""
        local = datetime.fromtimestamp(second, self.zone)
        return f"{self.day(second - 1)} 24:00" if _is_midnight(local) else self.moment(second)

    def day(self, second: int) -> str:
        """The date of a moment."""
        return self.on(datetime.fromtimestamp(second, self.zone).date())

    def time(self, second: int, *, ends: bool = False) -> str:
        """The time of day, with its seconds where it has any; the midnight that ends a stretch is `24:00`."""
        local = datetime.fromtimestamp(second, self.zone)
        if ends and _is_midnight(local):
            return "24:00"
        plain = f"{local.hour:02}:{local.minute:02}"
        return f"{plain}:{local.second:02}" if local.second else plain

    def joined(self, parts: Sequence[str]) -> str:
        """Parts of a line, one after the other."""
        return self.say("trace-comma").join(parts)


def _is_midnight(local: datetime) -> bool:
    return local.hour == local.minute == local.second == 0


def lines(steps: Sequence[Step], telling: Telling, *, due: int | None) -> list[str]:
    """A line for each step; the last one ends with the deadline, where there is one."""
    found = [_line(step, telling) for step in steps]
    if found and due is not None:
        found[-1] += telling.say("trace-due", time=telling.time(due, ends=True))
    return found


def _line(step: Step, telling: Telling) -> str:
    if step.kind == "many":
        return _many(step, telling)
    if step.kind == "span":
        return telling.joined([_over_midnight(piece, telling) for piece in step.pieces])
    if step.kind == "day":
        pieces = telling.joined([_within(piece, telling) for piece in step.pieces])
        return f"{telling.day(step.start)} {pieces}"
    if step.kind == "over":
        return telling.say("trace-over", day=telling.day(step.start), start=telling.time(step.start))
    return telling.say(f"trace-{step.kind}", days=_dates(step, telling))


def _many(step: Step, telling: Telling) -> str:
    said = telling.say("trace-many", n=step.days, amount=telling.exactly(step.seconds))
    if not step.paused:
        return said
    return telling.joined([said, telling.say("trace-many-paused", amount=telling.amount(step.paused))])


def _dates(step: Step, telling: Telling) -> str:
    """The dates of whole days: one, or the first and the last."""
    first = datetime.fromtimestamp(step.start, telling.zone).date()
    last = first + timedelta(days=step.days - 1)
    return telling.on(first) if first == last else f"{telling.on(first)} – {telling.on(last)}"


def _within(piece: Piece, telling: Telling) -> str:
    """A stretch of a day whose date is told already."""
    if piece.kind in ("lunch", "break", "night"):
        return telling.say(f"trace-{piece.kind}")
    start, end = telling.time(piece.start), telling.time(piece.end, ends=True)
    if piece.kind == "open":
        return f"{start}–{end} {telling.exactly(piece.end - piece.start)}"
    return telling.say(f"trace-piece-{piece.kind}", start=start, end=end)


def _over_midnight(piece: Piece, telling: Telling) -> str:
    start, end = telling.moment(piece.start), telling.end(piece.end)
    if piece.kind == "open":
        return f"{start} – {end} {telling.exactly(piece.end - piece.start)}"
    return telling.say("trace-span-paused", start=start, end=end)


# ---- all that there is to say of a clock ----------------------------------------------------------------------------


def account(clock: Clock, based: Basis | None, steps: Sequence[Step], telling: Telling) -> list[str]:
    """How the deadline of a clock came about: what its target depended on, then its working time step by step."""
    due = clock.shown.end if clock.shown and clock.state != "paused" else None
    return [*_notes(clock, based, telling), *lines(steps, telling, due=due)]


def telling_steps(clock: Clock, based: Basis | None, calendar: Calendar, most: int) -> list[Step]:
    """The steps that say how a deadline came about; none where it is close of business of a working day as it stands."""
    cycle = clock.shown
    if cycle is None or (based and based.days and based.close == cycle.end):
        return []
    return trace_of(clock, calendar, most)


def _notes(clock: Clock, based: Basis | None, telling: Telling) -> Iterator[str]:
    if "assumed-level" in clock.flags:
        yield telling.say("trace-assumed")
    if based is None:
        return
    if len(based.levels) > 1:
        yield telling.joined(list(_levels(based, telling)))
    if based.kept:
        yield telling.say("trace-kept", level=based.kept)
    if based.capped:
        yield telling.say("trace-capped")
    if based.days:
        days = telling.joined([telling.on(day) for day in based.days])
        yield telling.say("trace-working-days", n=len(based.days), days=days, time=telling.time(based.close, ends=True))
    if based.grace:
        yield telling.say("trace-grace", amount=telling.amount(based.grace))
    if "provisional" in clock.flags:
        yield telling.say("trace-provisional")


def _levels(based: Basis, telling: Telling) -> Iterator[str]:
    for (_, level), (until, _) in pairwise(based.levels):
        yield telling.say("trace-level-until", level=level, time=telling.moment(until))
    yield telling.say("trace-level-then", level=based.levels[-1][1])


def outcome(clock: Clock, telling: Telling, now: int | None) -> str:
    """How far a clock is, or how it ended; without `now` nothing that changes while it runs."""
    cycle = clock.shown
    if cycle is None:
        return ""
    used, left = telling.amount(clock.elapsed), telling.amount(max(clock.left, 0))
    if clock.state == "paused":
        return telling.say("trace-stands-still", time=telling.moment(paused_since(cycle)), used=used, left=left)
    if clock.state == "running":
        return telling.say("trace-now", time=telling.moment(now), used=used, left=left) if now is not None else ""
    if clock.state == "breached-open":
        code = "trace-late-since" if now is None else "trace-late-now"
        return telling.say(code, time=telling.end(cycle.end), amount=telling.amount(clock.late_by or 0))
    stop = cycle.end if cycle.stop is None else cycle.stop
    late = telling.amount(clock.late_by or 0)
    return telling.say(f"trace-{clock.state}", time=telling.moment(stop), used=used, amount=late)
