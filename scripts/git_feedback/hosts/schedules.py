"""When a host runs something: times of day in the desk's zone as cron lines, which hosts read in UTC.

A cron line knows no summer time, so it is made for standard time; while summer time is kept, everything runs an hour later
by the clock on the wall, and never twice or not at all on the day that it begins or ends.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_HOUR = 60
_DAY = 24 * _HOUR
_SETTLED = 2100
"""A year in which only the rules hold that a zone has from now on."""
LAST_FIRST_DAY = 12
"""The day of a month by which its first working day has come: after New Year or a golden week, too."""


def nightly(zone: ZoneInfo, at: str) -> str:
    """The cron line of something that runs every day at a time of day (`02:17`)."""
    minute, _ = _utc(zone, at)
    return f"{minute % _HOUR} {minute // _HOUR} * * *"


def between(zone: ZoneInfo, at: str, every: str) -> str:
    """The cron line of something that runs all day long (`30m`, `2h`), as far from a nightly time as can be.

    A run that waits for another may be dropped for the next one, and that should not be the night's.
    """
    step = _minutes(every)
    minute, _ = _utc(zone, at)
    if step < _HOUR:
        first = (minute + step // 2) % step
        return f"{','.join(str(one) for one in range(first, _HOUR, step))} * * * *"
    hours = "*" if step == _HOUR else f"*/{step // _HOUR}"
    return f"{(minute + _HOUR // 2) % _HOUR} {hours} * * *"


def early_in_a_month(zone: ZoneInfo, at: str) -> str:
    """The cron line of something that runs at a time of day on days of which one is the first working day of a month."""
    minute, shift = _utc(zone, at)
    days = {0: f"1-{LAST_FIRST_DAY}", 1: f"2-{LAST_FIRST_DAY + 1}", -1: f"28-31,1-{LAST_FIRST_DAY - 1}"}[shift]
    return f"{minute % _HOUR} {minute // _HOUR} {days} * *"


def _utc(zone: ZoneInfo, at: str) -> tuple[int, int]:
    """A time of day as the minute of a day in UTC, and whether that is the same day there (-1: the day before)."""
    hour, _, minute = at.partition(":")
    local = int(hour) * _HOUR + int(minute) - _standard(zone) // timedelta(minutes=1)
    return local % _DAY, local // _DAY


def keeps_summer_time(zone: ZoneInfo) -> bool:
    """Whether the clocks of a zone are put forward for a part of the year."""
    return len(_offsets(zone)) > 1


def _standard(zone: ZoneInfo) -> timedelta:
    """How far a zone is ahead of UTC while it keeps no summer time."""
    return min(_offsets(zone))


def _offsets(zone: ZoneInfo) -> set[timedelta]:
    """How far a zone is ahead of UTC in one half of the year and in the other."""
    found = (datetime(_SETTLED, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))
    return {offset for offset in found if offset is not None}


def _minutes(every: str) -> int:
    return int(every[:-1]) * (_HOUR if every.endswith("h") else 1)
