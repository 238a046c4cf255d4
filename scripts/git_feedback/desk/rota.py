"""The rota: who watches the board when, and the hours in which nobody does.

Times of day are texts such as `08:30`; `24:00` ends a day.  They are those of the wall clock where the calendar is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from git_feedback.clock.hours import WEEKDAYS
from git_feedback.policy import Policy
from git_feedback.policy.notify_files import Shift, Watch


class Span(NamedTuple):
    """Somebody watches from a time of day to another; `instead_of` is who would, but is on leave."""

    begins: str
    ends: str
    who: str
    instead_of: str | None = None


class Gap(NamedTuple):
    """From a time of day to another somebody should watch, and nobody does."""

    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Day:
    """A working day: who watches, and what is left open, each in the order of the day."""

    date: date
    spans: tuple[Span, ...]
    gaps: tuple[Gap, ...]


def rota(policy: Policy, first_day: date, days: int) -> list[Day]:
    """The working days among `days` days from `first_day` on, by the calendar that the watch names.

    A make-up day has the shifts of the weekday it falls on.  Who is on leave is replaced by the deputy; is there none,
    or is the deputy away too, nobody watches.  Empty where the policy knows no watch.
    """
    watch = policy.notify.watch if policy.notify else None
    if watch is None:
        return []
    calendar = policy.calendars[watch.calendar]
    dates = (first_day + timedelta(days=n) for n in range(days))
    return [_day(watch, policy, day) for day in dates if calendar.is_working_day(day)]


def _day(watch: Watch, policy: Policy, day: date) -> Day:
    shifts = (shift for shift in watch.shifts if WEEKDAYS[day.weekday()] in shift.days)
    spans = sorted((span for span in (_span(shift, policy, day) for shift in shifts) if span), key=_in_order)
    return Day(day, tuple(spans), tuple(_gaps(map(_times, watch.hours), spans)))


def _in_order(span: Span) -> tuple[str, str, str, str]:
    return span.begins, span.ends, span.who, span.instead_of or ""


def _span(shift: Shift, policy: Policy, day: date) -> Span | None:
    """A shift as it falls on a day; None when nobody is there for it."""
    begins, ends = _times(shift.hours)
    who = policy.on_duty(shift.who, day)
    if begins >= ends or _is_away(policy, who, day):
        return None
    return Span(begins, ends, who, None if who == shift.who else shift.who)


def _is_away(policy: Policy, person: str, day: date) -> bool:
    found = policy.people.get(person)
    return found is not None and any(leave.first <= day <= leave.last for leave in found.leave)


def _gaps(wanted: Iterable[tuple[str, str]], spans: Sequence[Span]) -> Iterator[Gap]:
    """What of the hours to be watched no span covers; spans come in the order in which they begin."""
    for since, ends in _joined(wanted):
        for span in spans:
            if span.ends <= since or span.begins >= ends:
                continue
            if since < span.begins:
                yield Gap(since, span.begins)
            since = span.ends
        if since < ends:
            yield Gap(since, ends)


def _joined(wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same hours in order, those that overlap or touch as one."""
    found: list[tuple[str, str]] = []
    for begins, ends in sorted(wanted):
        if found and begins <= found[-1][1]:
            begins, last = found.pop()
            ends = max(last, ends)
        found.append((begins, ends))
    return found


def _times(hours: str) -> tuple[str, str]:
    begins, _, ends = hours.partition("-")
    return begins, ends
