"""What pages say in one language: amounts, moments, names, each in the one way all pages share.

Amounts and the words of running clocks are those that the script of the site says later, so a page that was built and
a page that lives read the same.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from git_feedback.clock import Calendar
from git_feedback.desk import MACHINES
from git_feedback.i18n import text
from git_feedback.pages.page import Record
from git_feedback.policy import Edition

_SEAM = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u3400-\u9fff])")
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_WEEK = 7
Tell = Callable[[datetime], str]
"""How a page tells moments: relative to now, or as plain dates."""
DAY = 86_400
AHEAD = timedelta(days=14)
"""How far opening hours are looked at: the length of a working day follows from them, and so do live clocks."""


class Words:
    """The words of one language for one record: everything relative is relative to its `now`, in the desk's zone."""

    def __init__(self, record: Record, language: str) -> None:
        self.language = language
        self.policy = record.policy
        self.zone = ZoneInfo(record.policy.desk.zone)
        self.now = record.now.astimezone(self.zone)
        self._today = self.now.date()
        self._persons: dict[str, str] = {}
        self._said = lru_cache(maxsize=8192)(self._fill)
        self._dates: dict[date, str] = {}
        self._tokens: dict[str, Markup] = {}

    # ---- sentences --------------------------------------------------------------------------------------------------

    def say(self, code: str, n: int | None = None, **values: object) -> str:
        """The words for a code; in Chinese, Han and Latin are kept apart by a space."""
        return self._said(code, n, **values)

    def _fill(self, code: str, n: int | str | None = None, **values: object) -> str:
        said = text(code, self.language, n, **values)  # type: ignore[arg-type]  # n is shown, padded for minutes
        return spaced(said) if values and self.language == "zh" else said

    def live(self, code: str, n: int | str | None = None, **values: object) -> str:
        """The words for a code that the script of the site says too."""
        return self._said(f"site-live-{code}", n, **values)

    def site(self, code: str) -> str:
        """The name of a part of the site."""
        return self._said(f"site-{code}")

    # ---- amounts ----------------------------------------------------------------------------------------------------

    def amount(self, seconds: int, calendar: str = "") -> str:
        """A length of time, two units at most: `2 h 05 m`, `1 d 3 h`; a day is as long as the calendar's working day."""
        minutes = max(seconds, 0) // 60
        per_day = self.days.get(calendar, DAY) // 60
        if minutes >= per_day:
            return self._units("day", minutes // per_day, "hour", minutes % per_day // 60)
        return self._units("hour", minutes // 60, "minute", minutes % 60)

    def _units(self, large: str, many: int, small: str, few: int) -> str:
        if not many:
            return self.live(small, few)
        if not few:
            return self.live(large, many)
        return f"{self.live(large, many)} {self.live(small, f'{few:02}' if small == 'minute' else few)}"

    @cached_property
    def days(self) -> Mapping[str, int]:
        """How many seconds a usual working day of each calendar has."""
        return working_days(self.policy.calendars.by_name, self.now)

    def target(self, edition: Edition, rule: int | None, seconds: int, calendar: str) -> str:
        """A target the way the policy writes it: hours stay hours, working days are called so."""
        duration = edition.rules[rule].target if rule is not None else None
        if duration and duration.working_days:
            return self.say("page-working-days", duration.working_days)
        seconds = duration.seconds or seconds if duration else seconds
        whole = self._units("hour", seconds // 3600, "minute", seconds % 3600 // 60)
        return self.say("page-round-the-clock", amount=whole) if self.days.get(calendar) == DAY else whole

    # ---- moments ----------------------------------------------------------------------------------------------------

    def moment(self, at: datetime) -> str:
        """`today 14:00`, `Thu 18:00`; over a week ahead the date alone, before yesterday date and time."""
        local = at.astimezone(self.zone)
        days = (local.date() - self._today).days
        time = f"{local:%H:%M}"
        if days in _NEAR:
            return self.live(_NEAR[days], time=time)
        if 0 < days < _WEEK:
            return f"{self.weekday(local)} {time}"
        return self.day(local) if days > 0 else f"{self.day(local)} {time}"

    def dated(self, at: datetime) -> str:
        """Date and time, the same whenever the page is built within the year."""
        local = at.astimezone(self.zone)
        return f"{self.on(local.date())} {local.hour:02}:{local.minute:02}"

    def day(self, at: datetime) -> str:
        """`24 Nov`, with the year where it is not this one."""
        return self.on(at.astimezone(self.zone).date())

    def on(self, day: date) -> str:
        """A day of the desk in words."""
        if day not in self._dates:
            self._dates[day] = self._dated(day)
        return self._dates[day]

    def _dated(self, day: date) -> str:
        code = "page-date" if day.year == self._today.year else "page-date-year"
        return self.say(code, year=day.year, month=self._month(day.month), day=day.day)

    def date_of(self, at: datetime) -> str:
        """A day with its weekday: `11 月 24 日 周二`."""
        return f"{self.day(at)} {self.weekday(at)}" if self.language == "zh" else f"{self.weekday(at)} {self.day(at)}"

    def weekday(self, at: datetime) -> str:
        """`Tue`."""
        return self.say("page-weekdays").split("|")[at.astimezone(self.zone).weekday()]

    def _month(self, number: int) -> str:
        return self.say("page-months").split("|")[number - 1]

    # ---- names ------------------------------------------------------------------------------------------------------

    def level(self, level: str) -> str:
        """What a level is called now; an older edition's level keeps the name it had."""
        for edition in (self.policy.edition(self._today), *self.policy.editions):
            if level in edition.levels:
                return edition.levels[level].name.said(self.language)
        return ""

    def token(self, level: str) -> Markup:
        """A level's token, code and word together; empty where there is no level."""
        if level not in self._tokens:
            name = escape(self.level(level))
            shown = f'<span class="fb-level" data-level="{escape(level)}"><b>{escape(level)}</b> {name}</span>'
            self._tokens[level] = Markup(shown if level else "")  # noqa: S704 - escaped above
        return self._tokens[level]

    def life(self, life: str) -> str:
        """What a state is called."""
        return self._said(f"site-live-life-{life}")

    def clock(self, name: str) -> str:
        """A clock by its verb: `respond`."""
        return self._said(f"site-live-name-{name}")

    def person(self, person: str | None) -> str:
        """A person or a machine by name; nobody is empty, and an id that nobody has stays."""
        if not person:
            return ""
        if person not in self._persons:
            self._persons[person] = self._person(person)
        return self._persons[person]

    def _person(self, person: str) -> str:
        found = self.policy.people.get(person)
        if found:
            return found.name.said(self.language)
        return self.say(f"page-by-{person}") if person in MACHINES else person

    def department(self, department: str | None) -> str:
        """A department by name."""
        return self._named(self.policy.departments, department)

    def category(self, category: str | None) -> str:
        """A category by name."""
        return self._named(self.policy.categories, category)

    def channel(self, channel: str | None) -> str:
        """A channel by name."""
        return self._named(self.policy.channels, channel)

    def _named(self, shelf: Mapping[str, object], identity: str | None) -> str:
        found = shelf.get(identity or "")
        name = getattr(found, "name", None)
        return name.said(self.language) if name else identity or ""


@lru_cache(maxsize=4096)
def spaced(said: str) -> str:
    """Chinese text with a space wherever Han meets Latin or digits; for words of ours only."""
    return _SEAM.sub(" ", said)


def working_days(calendars: Mapping[str, Calendar], now: datetime) -> dict[str, int]:
    """The usual seconds of a working day by calendar: the most frequent length among the next two weeks' days."""
    return {name: _usual_day(calendar, now) for name, calendar in calendars.items()}


def _usual_day(calendar: Calendar, now: datetime) -> int:
    lengths: dict[int, int] = {}
    midnight = now.astimezone(calendar.tz).replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(AHEAD.days):
        start = midnight + timedelta(days=days)
        length = calendar.elapsed(start, start + timedelta(days=1))
        if length:
            lengths[length] = lengths.get(length, 0) + 1
    return max(lengths, key=lambda length: (lengths[length], length), default=DAY)


def utc(at: datetime) -> str:
    """A moment for machines: `2026-11-20T03:00:00Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
