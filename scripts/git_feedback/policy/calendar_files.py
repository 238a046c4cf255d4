"""The form of a calendar file: opening hours by weekday, and by year the dates that differ."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from git_feedback.model.fields import Day, Line
from git_feedback.policy.files import Hours, Part, Zone

Status = Literal["official", "provisional"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Weekly(Part):
    """Opening hours by weekday; a day without hours is closed."""

    mon: tuple[Hours, ...] = ()
    tue: tuple[Hours, ...] = ()
    wed: tuple[Hours, ...] = ()
    thu: tuple[Hours, ...] = ()
    fri: tuple[Hours, ...] = ()
    sat: tuple[Hours, ...] = ()
    sun: tuple[Hours, ...] = ()

    def on(self, day: date) -> tuple[str, ...]:
        """The hours that the weekday of a date has."""
        return self.named(WEEKDAYS[day.weekday()])

    def named(self, weekday: str) -> tuple[str, ...]:
        """The hours of a weekday, `mon` to `sun`."""
        hours: tuple[str, ...] = getattr(self, weekday)
        return hours


class Year(Part):
    """The dates of one year that differ from the week, with the notice they come from."""

    status: Status
    notice: Line
    off: tuple[Day, ...] = ()
    """Holidays, weekends within them too."""
    work: tuple[Day, ...] = ()
    """Make-up days: closed by the week, open with the hours of `makeup`."""
    hours: dict[Day, Annotated[tuple[Hours, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """Dates with hours of their own, such as half days."""


class CalendarFile(Part):
    """calendars/NAME.yml: working hours, and the days that differ."""

    zone: Zone
    weekly: Weekly
    makeup: Literal["mon", "tue", "wed", "thu", "fri"] = "mon"
    years: dict[Annotated[str, StringConstraints(pattern=r"^20\d\d$")], Year] = Field(default_factory=dict)

    def year(self, number: int) -> Year | None:
        """What the file lists for a year; None where it lists nothing."""
        return self.years.get(str(number))


ALWAYS = Weekly(**dict.fromkeys(WEEKDAYS, ("00:00-24:00",)))
"""Round the clock."""
