"""The calendar against a slow witness that looks at the clock on the wall, minute by minute."""

import random
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from git_feedback.clock import Calendar

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = list[tuple[str, str]]

PATTERNS: dict[str, dict[str, Hours]] = {
    "office": {day: [("08:30", "12:00"), ("13:30", "18:00")] for day in WEEK[:5]},
    "always": {day: [("00:00", "24:00")] for day in WEEK},
    "night shift": {day: [("00:00", "06:00"), ("22:00", "24:00")] for day in WEEK},
    "odd hours": {day: [("00:15", "00:45"), ("01:10", "02:20"), ("23:20", "24:00")] for day in WEEK},
    "late hours": {day: [("00:40", "01:30"), ("02:10", "02:50"), ("23:10", "23:40")] for day in WEEK},
}
WINDOWS = {
    "Asia/Shanghai": ["2026-02-12", "2026-10-01"],
    "America/New_York": ["2026-03-05", "2026-10-29"],
    "America/Havana": ["2026-03-05", "2026-10-29"],  # 00:00 -> 01:00, 01:00 -> 00:00
    "Asia/Beirut": ["2026-03-26", "2026-10-22"],  # 00:00 -> 01:00, 24:00 -> 23:00
    "Australia/Lord_Howe": ["2026-04-02", "2026-10-01"],  # half an hour
    "America/St_Johns": ["2010-03-11", "2010-11-04"],  # at 00:01, so a date comes back after its end
    "Pacific/Apia": ["2011-12-27"],  # the 30th never was
    "Africa/Casablanca": ["2026-02-12"],
    "Asia/Kathmandu": ["2025-12-28"],
    "America/Los_Angeles": ["2025-12-28"],
}
CASES = [(zone, first, pattern) for zone, firsts in WINDOWS.items() for first in firsts for pattern in PATTERNS]
DAYS = 8


class Witness:
    """Every minute of a few days: whether it is open, and which date the wall shows."""

    def __init__(
        self, zone: str, first: str, weekly: dict[str, Hours], off: set[date], override: dict[date, Hours]
    ) -> None:
        self.start = int(datetime.fromisoformat(first).replace(tzinfo=UTC).timestamp())
        self.open = bytearray()
        self.dates: list[date] = []
        tz = ZoneInfo(zone)
        for minute in range(DAYS * 1440):
            wall = datetime.fromtimestamp(self.start + minute * 60, tz)
            day, time = wall.date(), f"{wall:%H:%M}"
            hours = [] if day in off else override.get(day, weekly.get(WEEK[day.weekday()], []))
            self.open.append(any(opens <= time < closes for opens, closes in hours))
            self.dates.append(day)

    def second(self, minute: int) -> int:
        return self.start + minute * 60

    def without(self, pauses: list[tuple[int, int]]) -> bytearray:
        left = bytearray(self.open)
        for begins, ends in pauses:
            for minute in range(max(begins, 0), min(ends, len(left))):
                left[minute] = 0
        return left


def _forth(left: bytearray, start: int, minutes: int) -> int | None:
    """The first minute by which so many open ones have passed (for zero: the first open one)."""
    for minute in range(start, len(left)):
        if minutes == 0 and left[minute]:
            return minute
        minutes -= left[minute]
        if minutes == 0 and left[minute]:
            return minute + 1
    return None


def _back(left: bytearray, end: int, minutes: int) -> int | None:
    for minute in range(end - 1, -1, -1):
        minutes -= left[minute]
        if minutes == 0 and left[minute]:
            return minute
    return None


@cache
def _setting(zone: str, first: str, pattern: str) -> tuple[Witness, Calendar, random.Random]:
    dice = random.Random(f"{zone} {first} {pattern}")
    days = [date.fromisoformat(first) + timedelta(days=n) for n in range(-1, DAYS + 1)]
    off = set(dice.sample(days, 1))
    override: dict[date, Hours] = {day: dice.choice(list(PATTERNS.values()))["mon"] for day in dice.sample(days, 2)}
    weekly = PATTERNS[pattern]
    return Witness(zone, first, weekly, off, override), Calendar(zone, weekly, off, override), dice


def _pauses(dice: random.Random) -> list[tuple[int, int]]:
    begins = [dice.randrange(DAYS * 1440) for _ in range(dice.choice((0, 0, 1, 2, 3)))]
    return [(begin, begin + dice.randrange(1, 2000)) for begin in begins]


@pytest.mark.parametrize(("zone", "first", "pattern"), CASES)
def test_the_calendar_agrees_with_the_clock_on_the_wall(zone: str, first: str, pattern: str) -> None:
    witness, calendar, dice = _setting(zone, first, pattern)
    answered = 0
    for _ in range(40):
        pauses = _pauses(dice)
        left = witness.without(pauses)
        seconds = [(witness.second(begins), witness.second(ends)) for begins, ends in pauses]
        at, other, minutes = dice.randrange(len(left)), dice.randrange(len(left)), dice.randrange(0, 1500)
        start = witness.second(at)

        assert calendar.elapsed_s(start, witness.second(other), seconds) == sum(left[at:other]) * 60
        due = _forth(left, at, minutes)
        if due is not None:
            answered += 1
            assert calendar.add_s(start, minutes * 60, seconds) == witness.second(due)
        since = _back(left, at, minutes + 1)
        if since is not None:
            answered += 1
            assert calendar.sub_s(start, (minutes + 1) * 60, seconds) == witness.second(since)
    assert answered > 10


@pytest.mark.parametrize(("zone", "first", "pattern"), CASES)
def test_every_minute_is_open_as_the_clock_on_the_wall_says(zone: str, first: str, pattern: str) -> None:
    witness, calendar, _ = _setting(zone, first, pattern)
    seen = bytearray(len(witness.open))
    for opening, closing in calendar.intervals_s(witness.start, witness.second(len(seen))):
        for minute in range((opening - witness.start) // 60, (closing - witness.start) // 60):
            seen[minute] = 1
    assert seen == witness.open
    for minute in range(0, len(seen), 7):
        assert calendar.is_open(datetime.fromtimestamp(witness.second(minute), UTC)) == witness.open[minute]


@pytest.mark.parametrize(("zone", "first", "pattern"), CASES)
def test_every_date_closes_after_its_last_open_minute(zone: str, first: str, pattern: str) -> None:
    witness, calendar, _ = _setting(zone, first, pattern)
    whole = sorted(set(witness.dates))[1:-1]
    closes = {day: witness.second(m + 1) for m, day in enumerate(witness.dates) if witness.open[m] and day in whole}
    assert [day for day in whole if calendar.is_working_day(day)] == sorted(closes)
    for n, day in enumerate(sorted(closes), start=1):
        assert calendar.close_of_day_s(whole[0] - timedelta(days=1), n) == closes[day]
