"""Whole weeks, Monday to Sunday by the desk's calendar, and how many items came in each of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Counts of whole weeks one after the other; `first` is the Monday of the first of them."""

    first: date
    counts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def end(self) -> date:
        """The Monday after the last week."""
        return self.first + len(self) * WEEK

    def monday(self, number: int) -> date:
        """The day on which a week begins; the first has number 0, and there are weeks after the last."""
        return self.first + number * WEEK

    def before(self, day: date) -> "Weeks":
        """Those that were over when a day began."""
        return Weeks(self.first, self.counts[: max(0, (day - self.first) // WEEK)])

    def last(self, number: int) -> "Weeks":
        """The last so many of them, or all."""
        start = max(0, len(self) - number)
        return Weeks(self.monday(start), self.counts[start:])


def day_after(until: datetime, zone: tzinfo) -> date:
    """The first day that is not over yet, `until` being the last second that counts."""
    return (until.astimezone(zone) + timedelta(seconds=1)).date()


def monday_of(day: date) -> date:
    """The Monday of the week in which a day lies."""
    return day - timedelta(days=day.weekday())


def whole_weeks(days: Iterable[date], after: date) -> Weeks:
    """From the first week that began with items or after the first one came, to the last that was over when the day
    `after` began; weeks without items are there with zero."""
    end, listed = monday_of(after), sorted(days)
    if not listed:
        return Weeks(end, ())
    first = monday_of(listed[0] + timedelta(days=6))
    counts = Counter((day - first) // WEEK for day in listed if day >= first)
    return Weeks(first, tuple(counts[number] for number in range(max(0, (end - first) // WEEK))))
