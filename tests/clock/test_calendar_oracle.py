"""The calendar against a slow witness: a table of every minute of a year, read off the clock on the wall.

The witness shares no code with the calendar.  It asks `zoneinfo` what the clock on the wall shows at each minute of
the year, looks whether that is an opening time, and counts minutes.  10,000 random cases are compared, half of them
near a change of the clock; more on request:

    ORACLE_CASES=100000 python -m pytest tests/clock/test_calendar_oracle.py
"""

import os
import random
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import pytest

from git_feedback.clock import Calendar

CASES = int(os.environ.get("ORACLE_CASES", "10000"))
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

PLACES = [
    ("Asia/Shanghai", 2026),
    ("Europe/Berlin", 2026),
    ("America/New_York", 2028),  # a leap year
    ("Australia/Lord_Howe", 2026),  # half an hour
    ("America/Asuncion", 2023),  # 00:00 -> 01:00, 24:00 -> 23:00
    ("Asia/Beirut", 2026),  # the same in the north
    ("Africa/Cairo", 2026),  # the same
    ("America/Havana", 2026),  # 00:00 -> 01:00, 01:00 -> 00:00
    ("America/St_Johns", 2010),  # at 00:01, so a date comes back after its end
    ("Africa/Casablanca", 2026),  # out of summer time and back for Ramadan
    ("Asia/Kathmandu", 1986),  # to a quarter of an hour at New Year
    ("Pacific/Apia", 2011),  # 30 December never was
]

Hours = list[tuple[str, str]]
Weekly = Mapping[str, Hours]
PATTERNS: dict[str, Weekly] = {
    "split shifts": {day: [("08:30", "12:00"), ("13:30", "18:00")] for day in WEEK[:5]},
    "night shifts": {day: [("00:00", "06:00"), ("22:00", "24:00")] for day in WEEK},
    "24x7": {day: [("00:00", "24:00")] for day in WEEK},
    "late hours": {day: [("00:15", "01:30"), ("02:10", "02:50"), ("23:10", "24:00")] for day in WEEK},
    "a minute here and there": {"mon": [("00:00", "00:01"), ("23:59", "24:00")], "thu": [("02:30", "02:31")]},
    "shop": {"fri": [("10:00", "22:00")], "sat": [("09:00", "24:00")], "sun": [("00:00", "02:00"), ("11:00", "20:00")]},
}
EACH = 2 if CASES <= 10_000 else len(PATTERNS)
SETTINGS = [
    (zone, year, list(PATTERNS)[(n + k) % len(PATTERNS)]) for n, (zone, year) in enumerate(PLACES) for k in range(EACH)
]

DAY = 1440
LENGTHS = (-DAY, -90, 0, DAY, 2 * DAY, 9 * DAY, 60 * DAY, 366 * DAY)
"""Minutes; all lengths and places in the witness are minutes, the calendar's are seconds."""


@dataclass(frozen=True)
class Wall:
    """What the clock on the wall shows at each minute of a year, as minutes since the first day of the first year."""

    start: int
    shown: "array[int]"

    def changes(self) -> list[int]:
        """Minutes within an hour after a change of the clock."""
        hours = range(60, len(self.shown), 60)
        return [at for at in hours if self.shown[at] - self.shown[at - 60] != 60]

    def day(self, at: int) -> date:
        return date.fromordinal(self.shown[at] // DAY)

    def days(self) -> list[date]:
        """Every date that the clock shows."""
        return sorted({self.day(at) for at in range(0, len(self.shown), 15)})


@lru_cache(maxsize=1)
def _wall(zone: str, year: int) -> Wall:
    tz = ZoneInfo(zone)
    start, end = (int(datetime(when, 1, 1, tzinfo=tz).timestamp()) for when in (year, year + 1))
    shown = array("l")
    for second in range(start, end, 60):
        moment = datetime.fromtimestamp(second, tz)
        shown.append(moment.toordinal() * DAY + moment.hour * 60 + moment.minute)
    return Wall(start, shown)


class Witness:
    """Every minute of a year: whether it is open."""

    def __init__(self, wall: Wall, weekly: Weekly, off: set[date], override: Mapping[date, Hours]) -> None:
        self.wall = wall
        hours = {day.toordinal(): _minutes_of(day, weekly, off, override) for day in wall.days()}
        self.open = bytearray(hours[shown // DAY][shown % DAY] for shown in wall.shown)

    def second(self, minute: int) -> int:
        return self.wall.start + minute * 60

    def without(self, pauses: list[tuple[int, int]]) -> bytearray:
        left = bytearray(self.open)
        for begins, ends in pauses:
            first, last = max(begins, 0), min(ends, len(left))
            if first < last:
                left[first:last] = bytes(last - first)
        return left

    def closes(self) -> dict[date, int]:
        """The end of the last open minute of each date that has one."""
        found = {shown // DAY: at + 1 for at, shown in enumerate(self.wall.shown) if self.open[at]}
        return {date.fromordinal(day): self.second(at) for day, at in found.items()}


@cache
def _minutes(hours: tuple[tuple[str, str], ...]) -> bytes:
    """Which minutes of a day lie within opening hours, compared as they are written."""
    shown = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(DAY)]
    return bytes(any(opens <= time < closes for opens, closes in hours) for time in shown)


def _minutes_of(day: date, weekly: Weekly, off: set[date], override: Mapping[date, Hours]) -> bytes:
    """Which minutes of the clock on the wall are open on a date."""
    return _minutes(() if day in off else tuple(override.get(day, weekly.get(WEEK[day.weekday()], []))))


def _forth(left: bytearray, at: int, minutes: int) -> int | None:
    """By when so many open minutes have passed (for none: the first open one); None when the year is too short."""
    while left.count(1, at, at + 60) < max(minutes, 1):
        minutes -= left.count(1, at, at + 60)
        at += 60
        if at >= len(left):
            return None
    for _ in range(minutes):
        at = left.find(1, at) + 1
    return at if minutes else left.find(1, at)


def _back(left: bytearray, at: int, minutes: int) -> int | None:
    """Since when so many open minutes have passed (for none: the last moment beside any); None when it was last year."""
    if minutes == 0:
        return at if left[at] else left.rfind(1, 0, at) + 1 or None
    while left.count(1, max(at - 60, 0), at) < minutes:
        minutes -= left.count(1, max(at - 60, 0), at)
        at -= 60
        if at <= 0:
            return None
    for _ in range(minutes):
        at = left.rfind(1, 0, at)
    return at


@dataclass(frozen=True)
class Setting:
    witness: Witness
    calendar: Calendar
    changes: list[int]
    dice: random.Random

    def place(self) -> int:
        """A minute of the year, every other one within three days of a change of the clock."""
        changes = self.changes
        if not changes or self.dice.random() < 0.5:
            return self.dice.randrange(len(self.witness.open))
        near = self.dice.choice(changes) + self.dice.randrange(-3 * DAY, 3 * DAY)
        return min(max(near, 0), len(self.witness.open) - 1)

    def pauses(self, at: int) -> list[tuple[int, int]]:
        begins = [at + self.dice.randrange(-4 * DAY, 8 * DAY) for _ in range(self.dice.choice((0, 1, 1, 2, 4)))]
        return [
            (begin, begin + self.dice.choice((0, 30, 240, DAY, 4 * DAY)) + self.dice.randrange(90)) for begin in begins
        ]

    def in_seconds(self, pauses: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(self.witness.second(begins), self.witness.second(ends)) for begins, ends in pauses]


@pytest.fixture(scope="module", params=SETTINGS, ids=lambda setting: " ".join(map(str, setting)))
def setting(request: pytest.FixtureRequest) -> Setting:
    """A year of a place with closed dates, half days and make-up days, some of them where the clock changes."""
    zone, year, pattern = request.param
    wall, dice = _wall(zone, year), random.Random(str(request.param))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    changes = wall.changes()
    own = [*dice.sample(days, 30), *(wall.day(at) for at in dice.sample(changes, len(changes) // 2))]
    others = [hours for weekly in PATTERNS.values() for hours in weekly.values()]
    override = {day: dice.choice([*others, [("09:00", "12:00")]]) for day in own}
    off = {*dice.sample(days, 12), *dice.sample(own, 4)}
    calendar = Calendar(zone, PATTERNS[pattern], off, override)
    return Setting(Witness(wall, PATTERNS[pattern], off, override), calendar, changes, dice)


def test_the_opening_intervals_are_the_minutes_that_the_clock_on_the_wall_shows_as_open(setting: Setting) -> None:
    witness = setting.witness
    seen = bytearray(len(witness.open))
    for opening, closing in setting.calendar.intervals_s(witness.wall.start, witness.second(len(seen))):
        first, last = (opening - witness.wall.start) // 60, (closing - witness.wall.start) // 60
        seen[first:last] = b"\x01" * (last - first)
    assert seen == witness.open


def test_every_date_closes_at_the_end_of_its_last_open_minute(setting: Setting) -> None:
    calendar, closes = setting.calendar, setting.witness.closes()
    working = sorted(closes)
    shown = setting.witness.wall.days()
    assert [day for day in shown if calendar.is_working_day(day)] == working
    for day in shown:
        coming = working[bisect_right(working, day) :]
        for n in (1, setting.dice.randint(1, 40), 250):
            if n <= len(coming):
                assert calendar.close_of_day_s(day, n) == closes[coming[n - 1]]


def test_add_and_sub_find_the_minute_that_counting_finds(setting: Setting) -> None:
    witness, calendar = setting.witness, setting.calendar
    end = witness.second(len(witness.open))
    for _ in range(CASES // len(SETTINGS) + 1):
        at, minutes = setting.place(), setting.dice.choice((0, 1, 30, 480, 1440, setting.dice.randrange(2400)))
        pauses = setting.pauses(at)
        left, spans = witness.without(pauses), setting.in_seconds(pauses)

        due, counted_due = calendar.add_s(witness.second(at), minutes * 60, spans), _forth(left, at, minutes)
        assert due == witness.second(counted_due) if counted_due is not None else due >= end
        since, counted_since = calendar.sub_s(witness.second(at), minutes * 60, spans), _back(left, at, minutes)
        assert since == witness.second(counted_since) if counted_since is not None else since <= witness.wall.start


def test_elapsed_and_the_spans_that_count_are_what_counting_finds(setting: Setting) -> None:
    witness, calendar, dice = setting.witness, setting.calendar, setting.dice
    for _ in range(CASES // len(SETTINGS) + 1):
        at = setting.place()
        until = min(max(at + dice.choice(LENGTHS) + dice.randrange(DAY), 0), len(witness.open) - 1)
        pauses, early, late = setting.pauses(at), dice.choice((0, 1, 59)), dice.choice((0, 1, 59))
        left, spans = witness.without(pauses), setting.in_seconds(pauses)
        start, end = witness.second(at) + early, witness.second(until) + late

        expected = left.count(1, at, until) * 60 - early * left[at] + late * left[until] if end > start else 0
        assert calendar.elapsed_s(start, end, spans) == expected
        counted = calendar.counted_s(witness.second(at), witness.second(until), spans)
        assert _marked(counted, witness.second(at), until - at) == left[at : max(until, at)]


def test_a_moment_is_open_when_its_minute_is(setting: Setting) -> None:
    witness, calendar = setting.witness, setting.calendar
    for at in {setting.place() for _ in range(CASES // len(SETTINGS) + 1)}:
        moment = datetime.fromtimestamp(witness.second(at) + setting.dice.randrange(60), UTC)
        assert calendar.is_open(moment) == witness.open[at]


def _marked(spans: list[tuple[int, int]], start: int, minutes: int) -> bytearray:
    marks = bytearray(max(minutes, 0))
    for begins, ends in spans:
        first, last = (begins - start) // 60, (ends - start) // 60
        marks[first:last] = b"\x01" * (last - first)
    return marks
