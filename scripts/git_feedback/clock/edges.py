"""The opening edges of one year: hours on the wall turned into seconds since 1970.

A moment is open when the clock on the wall shows an opening time.  So an hour that the clock skips is not there, an
hour that it shows twice is open twice, and every second counts as one real second.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from git_feedback.clock.hours import Hours

DAY_S = 86_400
_ORDINAL_1970 = date(1970, 1, 1).toordinal()


@dataclass(slots=True)
class Edges:
    """Openings and closings side by side, sorted; `last_closing` maps each date that opens to its close of business."""

    openings: list[int] = field(default_factory=list)
    closings: list[int] = field(default_factory=list)
    last_closing: dict[int, int] = field(default_factory=dict)

    def add(self, ordinal: int, opening: int, closing: int) -> None:
        self.last_closing[ordinal] = closing
        self.openings.append(opening)
        self.closings.append(closing)


def year_start(year: int) -> int:
    """Seconds since 1970 at which a year begins in UTC."""
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def day_start(ordinal: int) -> int:
    """Seconds since 1970 at which a date begins in UTC."""
    return (ordinal - _ORDINAL_1970) * DAY_S


def edges_of_year(hours: Hours, zone: ZoneInfo, year: int) -> Edges:
    """The edges within one UTC year; what is open across its ends is cut there."""
    edges = Edges()
    for start, end, offset in _offsets(zone, year_start(year), year_start(year + 1)):
        for ordinal, opening, closing in _on_the_wall(hours, start + offset, end + offset):
            edges.add(ordinal, opening - offset, closing - offset)
    return edges


def _on_the_wall(hours: Hours, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Date, opening and closing of each piece of opening time between two wall-clock times."""
    for day in range(start // DAY_S, (end - 1) // DAY_S + 1):
        midnight = day * DAY_S
        for opens, closes in hours.of(day + _ORDINAL_1970):
            opening, closing = max(midnight + opens, start), min(midnight + closes, end)
            if opening < closing:
                yield day + _ORDINAL_1970, opening, closing


def _offsets(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The stretches (from, to, offset from UTC) into which the zone's clock changes cut a range of whole days.

    The first or the last is empty when the clock changes at an end of the range.
    """
    since, offset = start, _offset(zone, start)
    for later in range(start + DAY_S, end + 1, DAY_S):
        # No zone since 1900 has changed its clock twice within three days, so one look a day misses nothing.
        if _offset(zone, later) != offset:
            change = _change(zone, later - DAY_S, later)
            yield since, change, offset
            since, offset = change, _offset(zone, change)
    yield since, end, offset


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second of the new offset, between a moment of the old one and a moment of the new one."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, zone).utcoffset()
    assert offset is not None, zone
    return offset.days * DAY_S + offset.seconds
