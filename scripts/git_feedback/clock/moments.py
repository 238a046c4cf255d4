"""Moments and days as text, in one form only: a second form is a second way to misread a time."""

import re
from datetime import UTC, date, datetime

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NoSuchDay(ValueError):
    """A text of the right form that names a day no calendar has, such as 2026-02-30."""


def parse_moment(text: str) -> datetime:
    """A moment with its offset from `2026-11-22T09:31:00+08:00` (or `Z`); any other form raises ValueError.

    NoSuchDay (a ValueError) says that only the day is wrong.
    Fractions of a second, a space for the `T`, `24:00`, `+0800` and a missing offset are other forms.
    """
    if not _MOMENT.fullmatch(text):
        raise ValueError(f"{text!r} is not a moment; write it like 2026-11-22T09:31:00+08:00")
    try:
        return datetime.fromisoformat(text)
    except ValueError as wrong:
        raise NoSuchDay(f"{text!r} is not a moment: {wrong}") from None


def write_moment(moment: datetime) -> str:
    """The text `parse_moment` reads: whole seconds (a fraction is dropped) and the moment's own offset.

    An offset with seconds in it (local mean time, before standard zones) has no such form and is written in UTC.
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment} has no time zone")
    if offset.total_seconds() % 60:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds")


def parse_day(text: str) -> date:
    """A calendar day from `2026-11-22`; any other form raises ValueError, a day that no calendar has NoSuchDay."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a day; write it like 2026-11-22")
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise NoSuchDay(f"{text!r} is not a day: {wrong}") from None
