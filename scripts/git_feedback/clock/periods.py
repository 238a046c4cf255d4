"""Months, quarters and years by name: when they begin and end, what came before, and the same time a year ago; and spans
of days as people write them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from git_feedback.clock.moments import parse_day

_FORM = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2])|-Q(?P<quarter>[1-4]))?")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
SPANS = ("2026", "2026-Q3", "2026-10", "2026-10-03", "2026-10-03..2026-10-09")
"""Spans as people may write them."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """So many months (1, 3 or 12) from the first of a month; its name is `2026-10`, `2026-Q4` or `2026`."""

    year: int
    month: int
    months: int

    @classmethod
    def parse(cls, name: str) -> "Period":
        """The period of a name; raises ValueError for anything else."""
        found = _FORM.fullmatch(name)
        if found is None:
            raise ValueError(f"{name!r} is no month, quarter or year")
        year = int(found["year"])
        if found["month"]:
            return cls(year, int(found["month"]), 1)
        return cls(year, 3 * int(found["quarter"]) - 2, 3) if found["quarter"] else cls(year, 1, 12)

    @classmethod
    def month_at(cls, moment: datetime, zone: tzinfo) -> "Period":
        """The month of a moment in a zone."""
        there = moment.astimezone(zone)
        return cls(there.year, there.month, 1)

    @property
    def name(self) -> str:
        """How it is written: `2026-10`, `2026-Q4`, `2026`."""
        if self.months == 12:
            return str(self.year)
        return f"{self.year}-Q{(self.month + 2) // 3}" if self.months == 3 else f"{self.year}-{self.month:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def next(self) -> "Period":
        """The period of the same length after it."""
        return _later(self, self.months)

    @property
    def previous(self) -> "Period":
        """The period of the same length before it."""
        return _later(self, -self.months)

    @property
    def year_before(self) -> "Period":
        """The same time a year ago."""
        return _later(self, -12)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first moment in a zone, and that of the next period."""
        return _midnight(self.first, zone), _midnight(self.next.first, zone)

    def parts(self) -> Iterator["Period"]:
        """Its months in order; a month is its own only part."""
        for by in range(self.months):
            yield _later(Period(self.year, self.month, 1), by)

    def is_over(self, now: datetime, zone: tzinfo) -> bool:
        """Whether it has ended."""
        return now >= self.bounds(zone)[1]


def _later(period: Period, months: int) -> Period:
    year, index = divmod(period.year * 12 + period.month - 1 + months, 12)
    return Period(year, index + 1, period.months)


def span(text: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first moment of a span in a zone, and the first one after it.

    A span is a year, a quarter, a month or a day, or two of them with `..` between: both belong to it.  Raises ValueError
    for anything else, and where the second ends before the first begins.
    """
    first, dots, last = text.upper().partition("..")
    begin, end = _days(first)
    if dots:
        end = _days(last)[1]
    if begin >= end:
        raise ValueError(f"{text!r} ends before it begins")
    return _midnight(begin, zone), _midnight(end, zone)


def _days(text: str) -> tuple[date, date]:
    """The first day, and the first one after it."""
    if not _DAY.fullmatch(text):
        period = Period.parse(text)
        return period.first, period.next.first
    day = parse_day(text)
    return day, day + timedelta(1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day; where clocks are put forward at midnight, the moment at which they are."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)
