"""The rows of each table, out of where items stand at a moment.  What is sealed is in none of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from git_feedback.clock import Calendar
from git_feedback.desk import Standing
from git_feedback.exports import clock_rows, event_rows, item_rows
from git_feedback.exports.readable import Readable, said
from git_feedback.exports.rows import Row, month_of
from git_feedback.exports.schema import CALENDAR, CLOCKS, EVENTS, HOLDINGS, ITEMS, NAMES
from git_feedback.policy import Policy


@dataclass(frozen=True)
class Star:
    """A record ready to be exported; each call of `rows` goes through it anew.

    `language` is that of columns that end in `_name`.
    """

    standings: Sequence[Standing]
    policy: Policy
    now: datetime
    language: str

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, in the order of its columns; items by arrival, everything of an item together."""
        return _MAKERS[table](self)

    @property
    def zone(self) -> ZoneInfo:
        return self.policy.zone

    @property
    def first_day(self) -> date | None:
        """The day on which the first item came; None without any."""
        return min((one.item.received.astimezone(self.zone).date() for one in self.standings), default=None)

    @cached_property
    def called(self) -> Readable:
        """What codes and ids are called."""
        return Readable(self.policy, self.language)


def star(standings: Sequence[Standing], policy: Policy, now: datetime, language: str) -> Star:
    """The star of these items at `now`, its readable columns in `language`."""
    return Star(standings, policy, now, language)


# ---- calendar and names ---------------------------------------------------------------------------------------------


def days(first: date | None, policy: Policy, now: datetime) -> Iterator[Row]:
    """The rows of `calendar`: every day from the first of the year of `first` to the day of asking."""
    office, today = policy.office, now.astimezone(policy.zone).date()
    day = date((first or today).year, 1, 1)
    while day <= today:
        yield _day(day, office)
        day += timedelta(days=1)


def _day(day: date, office: Calendar) -> Row:
    year, week, weekday = day.isocalendar()
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    midnight = datetime.combine(day, time(), office.tz)
    worked = office.elapsed(midnight, datetime.combine(day + timedelta(days=1), time(), office.tz))
    return (
        day, day.year, quarter, month_of(day), f"{year}-W{week:02}", weekday, office.is_working_day(day), worked,
    )  # fmt: skip


def names(policy: Policy) -> Iterator[Row]:
    """The rows of `names`: what ids in other columns mean, in both languages; levels are those of the newest edition."""
    shelves: Mapping[str, Mapping[str, object]] = {
        "category": policy.categories,
        "channel": policy.channels,
        "department": policy.departments,
        "person": policy.people,
        "level": policy.editions[-1].levels,
    }
    for kind, shelf in shelves.items():
        for identity, entry in shelf.items():
            yield kind, identity, said(entry, "en"), said(entry, "zh")


_MAKERS: Mapping[str, Callable[[Star], Iterator[Row]]] = {
    ITEMS.name: lambda star: item_rows.rows(star.standings, star.now, star.zone, star.called),
    EVENTS.name: lambda star: event_rows.rows(star.standings, star.now, star.zone, star.called),
    CLOCKS.name: lambda star: clock_rows.clocks(star.standings, star.zone, star.called),
    HOLDINGS.name: lambda star: clock_rows.holdings(star.standings, star.policy, star.now, star.zone, star.called),
    CALENDAR.name: lambda star: days(star.first_day, star.policy, star.now),
    NAMES.name: lambda star: names(star.policy),
}
