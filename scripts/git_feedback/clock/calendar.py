"""A working calendar: how much working time lies between two moments, and when so much of it will have passed.

Moments come in and go out with a time zone, results in the zone of the calendar; a moment without one raises
ValueError, and fractions of a second are dropped.  The methods that end in `_s` do the same with whole seconds since
1970.  Pauses are (from, to) pairs that do not count as working time; they may overlap, and one that ends before it
starts pauses nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from git_feedback.clock.hours import WEEKDAYS, Hours, Interval, Override
from git_feedback.clock.timeline import Timeline, known, merged, without

_1970 = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_NO_PLACES = ("localtime", "posix/", "right/")
"""What some systems call zones too: the computer's own, and doubles that count leap seconds."""
_ALWAYS: dict[str, list[Interval]] = {name: [("00:00", "24:00")] for name in WEEKDAYS}

Pauses = Iterable[tuple[datetime, datetime]]
PausesS = Iterable[tuple[int, int]]


class Calendar:
    """Weekly opening hours in a zone, with closed dates and dates whose hours are replaced."""

    __slots__ = ("_hours", "_timeline", "tz")

    def __init__(
        self,
        tz: str,
        weekly: Mapping[str, Iterable[Interval]],
        off: Iterable[date | str] = (),
        override: Override | None = None,
    ) -> None:
        """Lay out a calendar in an IANA zone.

        `weekly` maps `mon` to `sun` to opening intervals such as `("09:00", "17:00")`; a weekday that is not named is
        closed, `24:00` ends a day, a night shift is split there.  `off` are closed dates, `override` maps dates to
        the intervals they have instead of the weekly ones; dates may be ISO strings, and a closed date beats an
        override.  ValueError: unknown zone or weekday; BadHours (one too): overlapping or reversed
        hours, an override with a date twice, a calendar that never opens.
        """
        self.tz = _zone(tz)
        self._hours = Hours(weekly, off, {} if override is None else override)
        self._timeline = Timeline(self._hours, self.tz)

    @classmethod
    def always(cls, tz: str) -> Self:
        """Round the clock, every day: real time."""
        return cls(tz, _ALWAYS)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self._definition() == other._definition()

    def __hash__(self) -> int:
        return hash((self.tz.key, self._hours.weekly))

    def __repr__(self) -> str:
        return f"<Calendar {self.tz.key}, {len(self._hours.dates)} dates of its own>"

    @property
    def week_s(self) -> tuple[int, ...]:
        """The seconds of each weekday that ordinarily opens, Monday first; empty where only single dates do."""
        days = (sum(closes - opens for opens, closes in spans) for spans in self._hours.weekly)
        return tuple(length for length in days if length)

    def add(self, start: datetime, seconds: int, pauses: Pauses = ()) -> datetime:
        """The earliest moment by which that much working time has passed: a closing time rather than the opening after it.

        Zero seconds give `start` itself when it is open, else the next opening (a pause closes).  ValueError when
        seconds are negative or the calendar has not that much working time in a hundred years.
        """
        return self._moment(self.add_s(_seconds(start), seconds, _pairs(pauses)))

    def sub(self, end: datetime, seconds: int, pauses: Pauses = ()) -> datetime:
        """The latest moment from which that much working time passes until `end`: an opening rather than the closing before it.

        Zero seconds give `end` itself when it is open or a closing time, else the closing before it (a pause closes).
        """
        return self._moment(self.sub_s(_seconds(end), seconds, _pairs(pauses)))

    def elapsed(self, start: datetime, end: datetime, pauses: Pauses = ()) -> int:
        """Seconds of working time between two moments; 0 when `end` is not after `start`."""
        return self.elapsed_s(_seconds(start), _seconds(end), _pairs(pauses))

    def is_open(self, moment: datetime) -> bool:
        """Whether a moment is working time; an opening time is, a closing time is not."""
        return self._timeline.is_open(_seconds(moment))

    def next_opening(self, moment: datetime) -> datetime:
        """The first open moment at or after this one."""
        return self.add(moment, 0)

    def intervals(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The opening intervals between two moments, cut to them; intervals that touch are one."""
        return self._moments(self.intervals_s(_seconds(start), _seconds(end)))

    def counted(self, start: datetime, end: datetime, pauses: Pauses = ()) -> list[tuple[datetime, datetime]]:
        """The working time between two moments that counts: the opening intervals without the pauses.

        In order, none of them empty, apart from each other; together they are as long as `elapsed` says.
        """
        return self._moments(self.counted_s(_seconds(start), _seconds(end), _pairs(pauses)))

    def close_of_day(self, day: date, days: int = 1) -> datetime:
        """The close of business of the n-th working day after a date (never of the date itself; n is at least 1).

        Of a moment, its date in the calendar's zone is taken.
        """
        return self._moment(self.close_of_day_s(self._date(day), days))

    def is_working_day(self, day: date) -> bool:
        """Whether a date (of a moment: its date in the calendar's zone) has any working time."""
        return self._timeline.is_working_day(self._date(day).toordinal())

    def add_s(self, start: int, seconds: int, pauses: PausesS = ()) -> int:
        """`add` in seconds since 1970."""
        if seconds < 0:
            raise ValueError(f"cannot add {seconds} seconds; use sub")
        if not seconds:  # the beginning of the first second that counts
            return self.add_s(start, 1, pauses) - 1
        forth = self._timeline.forth
        for begins, ends in merged(pauses) if pauses else ():
            if ends <= start:
                continue
            due = forth(start, seconds)
            if due <= begins:
                return due
            seconds -= self.elapsed_s(start, begins)
            start = ends
        return forth(start, seconds)

    def sub_s(self, end: int, seconds: int, pauses: PausesS = ()) -> int:
        """`sub` in seconds since 1970."""
        if seconds < 0:
            raise ValueError(f"cannot subtract {seconds} seconds; use add")
        blocks = merged(pauses) if pauses else []
        if not seconds:  # `end`, or else the end of the last second that counts
            return end if self.elapsed_s(end, end + 1, blocks) else self.sub_s(end, 1, blocks) + 1
        back = self._timeline.back
        for begins, ends in reversed(blocks):
            if begins >= end:
                continue
            since = back(end, seconds)
            if since >= ends:
                return since
            seconds -= self.elapsed_s(ends, end)
            end = begins
        return back(end, seconds)

    def elapsed_s(self, start: int, end: int, pauses: PausesS = ()) -> int:
        """`elapsed` in seconds since 1970."""
        if end <= start:
            return 0
        worked = self._timeline.worked
        total = worked(end) - worked(start)
        for begins, ends in merged(pauses) if pauses else ():
            if begins < end and start < ends:
                total -= worked(min(ends, end)) - worked(max(begins, start))
        return total

    def intervals_s(self, start: int, end: int) -> list[tuple[int, int]]:
        """`intervals` in seconds since 1970."""
        return list(self._timeline.intervals(start, end))

    def counted_s(self, start: int, end: int, pauses: PausesS = ()) -> list[tuple[int, int]]:
        """`counted` in seconds since 1970."""
        return list(without(self._timeline.intervals(start, end), merged(pauses)))

    def close_of_day_s(self, day: date, days: int = 1) -> int:
        """`close_of_day` in seconds since 1970."""
        if days < 1:
            raise ValueError(f"cannot count {days} working days ahead; the first one after the date is 1")
        return self._timeline.close_of_day(day.toordinal(), days)

    def _date(self, day: date) -> date:
        if not isinstance(day, datetime):
            return day
        return self._moment(known(_seconds(day))).date()

    def _moment(self, second: int) -> datetime:
        return datetime.fromtimestamp(second, self.tz)

    def _moments(self, pairs: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
        return [(self._moment(begins), self._moment(ends)) for begins, ends in pairs]

    def _definition(self) -> tuple[object, ...]:
        return self.tz.key, self._hours.weekly, self._hours.dates


def _zone(name: str) -> ZoneInfo:
    try:
        if str(name).startswith(_NO_PLACES):
            raise ValueError(name)
        return ZoneInfo(name)
    except (KeyError, OSError, TypeError, ValueError):
        raise ValueError(f"no time zone {name!r}; use an IANA name such as Asia/Shanghai") from None


def _seconds(moment: datetime) -> int:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone")
    return (moment - _1970) // _SECOND


def _pairs(pauses: Pauses) -> list[tuple[int, int]]:
    return [(_seconds(begins), _seconds(ends)) for begins, ends in pauses]
