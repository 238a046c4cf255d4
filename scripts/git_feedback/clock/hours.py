"""The opening hours of each date, as the clock on the wall shows them: weekly hours, closed dates, replaced hours."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from git_feedback.clock.moments import parse_day

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Interval = Sequence[str]
"""Opening and closing time of day, as `("09:00", "17:00")`."""

Override = (
    Mapping[date, Iterable[Interval]] | Mapping[str, Iterable[Interval]] | Mapping[date | str, Iterable[Interval]]
)

Spans = tuple[tuple[int, int], ...]
"""Opening and closing as seconds after midnight on the wall: sorted, apart from each other, never empty ones."""

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")


class BadHours(ValueError):
    """Hours that make no calendar: the weekday or date, what is wrong, and where in it, as it is written.

    `code` is `hours-overlap`, `hours-backwards`, `no-time-of-day` or `date-twice`; `never-open` has neither day nor
    place.
    """

    def __init__(self, day: str, code: str, at: str, words: str) -> None:
        super().__init__(words)
        self.day, self.code, self.at = day, code, at


class Hours:
    """Which hours a date has.  A closed date beats replaced hours, and those beat the weekly ones."""

    __slots__ = ("dates", "weekly")

    def __init__(
        self,
        weekly: Mapping[str, Iterable[Interval]],
        off: Iterable[date | str],
        override: Override,
    ) -> None:
        """Raise BadHours for hours that make no sense, a date twice or no open date, ValueError for other mistakes."""
        for name in weekly:
            if name not in WEEKDAYS:
                raise ValueError(f"no weekday {name!r}; use {', '.join(WEEKDAYS)}")
        self.weekly: tuple[Spans, ...] = tuple(_spans(weekly.get(name, ()), name) for name in WEEKDAYS)
        self.dates = _dates(override)
        self.dates.update((_ordinal(day), ()) for day in off)
        if not any(self.weekly) and not any(self.dates.values()):
            words = "the calendar never opens; give at least one weekday its hours"
            raise BadHours("", "never-open", "", words)

    def of(self, ordinal: int) -> Spans:
        """The hours of the date with this proleptic ordinal (`date.toordinal`)."""
        spans = self.dates.get(ordinal)
        return self.weekly[(ordinal - 1) % 7] if spans is None else spans


def _dates(override: Override) -> dict[int, Spans]:
    dates: dict[int, Spans] = {}
    for day, spans in override.items():
        ordinal = _ordinal(day)
        if ordinal in dates:
            written = date.fromordinal(ordinal).isoformat()
            raise BadHours(written, "date-twice", written, f"{written}: the date has hours of its own twice; keep one")
        dates[ordinal] = _spans(spans, str(day))
    return dates


def _ordinal(day: date | str) -> int:
    return (parse_day(day) if isinstance(day, str) else day).toordinal()


def _spans(intervals: Iterable[Interval], where: str) -> Spans:
    spans = sorted(_span(interval, where) for interval in intervals)
    for (_, closing), (opening, _) in pairwise(spans):
        if opening < closing:
            at = _written(opening)
            raise BadHours(where, "hours-overlap", at, f"{where}: opening hours overlap at {at}")
    return tuple(spans)


def _span(interval: Interval, where: str) -> tuple[int, int]:
    if isinstance(interval, str) or len(interval) != 2:
        raise ValueError(f"{where}: {interval!r} is not a pair of opening and closing time")
    opening, closing = (_seconds(time, where) for time in interval)
    if closing <= opening:
        at = f"{interval[0]}-{interval[1]}"
        words = f"{where}: {at} closes before it opens; split a night shift at 24:00"
        raise BadHours(where, "hours-backwards", at, words)
    return opening, closing


def _seconds(time: str, where: str) -> int:
    if not _TIME.fullmatch(str(time)):
        words = f"{where}: {time!r} is not a time of day; write 00:00 to 24:00"
        raise BadHours(where, "no-time-of-day", str(time), words)
    return int(time[:2]) * 3600 + int(time[3:]) * 60


def _written(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
