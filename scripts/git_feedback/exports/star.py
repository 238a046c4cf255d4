"""The rows of each table, out of where items stand at a moment.  What is sealed is in none of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from git_feedback.clock import Calendar
from git_feedback.desk import FINISHED, MACHINES, Standing
from git_feedback.desk.untold import counted
from git_feedback.exports.schema import CALENDAR, CLOCKS, EVENTS, ITEMS, NAMES
from git_feedback.insight.courses import Course, courses
from git_feedback.insight.verdicts import CANCELLED, CANCELLED_LATE, NO_DATA
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.policy import Policy

Cell = str | int | float | bool | datetime | date | None
Rows = Iterator[tuple[Cell, ...]]

_EVENT_FIELDS = ("category", "department", "owner", "channel", "verdict")


@dataclass(frozen=True)
class Star:
    """A record ready to be exported; each call of `rows` goes through it anew."""

    standings: Sequence[Standing]
    policy: Policy
    now: datetime

    def rows(self, table: str) -> Rows:
        """The rows of a table, in the order of its columns; items by arrival, everything of an item together."""
        return _MAKERS[table](self)

    @property
    def zone(self) -> ZoneInfo:
        return self.policy.zone


def star(standings: Sequence[Standing], policy: Policy, now: datetime) -> Star:
    """The star of these items at `now`."""
    return Star(standings, policy, now)


# ---- items ----------------------------------------------------------------------------------------------------------


def _items(star: Star) -> Rows:
    zone = star.zone
    for course in courses(star.standings, star.now):
        yield _item(course, counted(course.standing.item, star.now), zone)


def _item(course: Course, events: Sequence[Event], zone: ZoneInfo) -> tuple[Cell, ...]:
    one, item, state = course.standing, course.standing.item, course.standing.state
    heard = [event for event in events if isinstance(event, ev.FollowUp)]
    submitter, point = item.submitter, item.point
    return (
        item.id, item.received, item.received.astimezone(zone).date(), item.landed, item.channel, item.source,
        item.record, item.language, item.title, item.text, item.product, item.area, item.device,
        float(point.lat) if point else None, float(point.lon) if point else None,
        item.rating, item.expected, submitter.kind if submitter else None, submitter.ref if submitter else None,
        state.life, state.since, state.category, (state.category or "").split("/")[0] or None,
        " ".join(dict.fromkeys((*item.tags, *state.tags))) or None, state.level, state.urgency, state.impact,
        state.department, state.owner, course.answered, course.resolved, course.replied,
        state.since if state.life in FINISHED else None, state.verdict,
        _last([event.csat for event in heard]), _last([item.nps, *(event.nps for event in heard)]),
        sum(isinstance(event, ev.Reopen) for event in events), state.returns, state.duplicate_of,
        bool(one.worst and one.worst.state == "breached-open"),
    )  # fmt: skip


def _last(values: Sequence[int | None]) -> int | None:
    return next((value for value in reversed(values) if value is not None), None)


# ---- events ---------------------------------------------------------------------------------------------------------


def _events(star: Star) -> Rows:
    zone = star.zone
    for one in star.standings:
        for position, event in enumerate(counted(one.item, star.now)):
            yield (
                one.item.id, position, event.verb, event.at, event.at.astimezone(zone).date(), event.by,
                event.by in MACHINES, *(getattr(event, name, None) for name in _EVENT_FIELDS), _words(event),
            )  # fmt: skip


def _words(event: Event) -> str | None:
    """What was written with it, as the pages of the team show it."""
    said = (getattr(event, name, None) for name in sorted(type(event).PROSE))
    return "\n".join(words for words in said if isinstance(words, str)) or None


# ---- clocks ---------------------------------------------------------------------------------------------------------


def _clocks(star: Star) -> Rows:
    zone = star.zone
    for one in star.standings:
        whose = one.state.level, one.state.department, one.item.channel
        for clock in one.clocks:
            if clock.state == "no-data":
                yield one.item.id, clock.name, 0, NO_DATA, *whose, *(None,) * 7, clock.calendar
            for number, cycle in enumerate(clock.cycles, 1):
                yield (
                    one.item.id, clock.name, number, _outcome(cycle.cancelled, cycle.late_by, cycle.stop), *whose,
                    cycle.started, cycle.started.astimezone(zone).date(), cycle.due, cycle.stopped,
                    cycle.elapsed, cycle.target, cycle.late_by or 0, clock.calendar,
                )  # fmt: skip


def _outcome(cancelled: bool, late_by: int | None, stop: int | None) -> str:
    """One word for a run: cancelled, cancelled-late, breached, breached-open, met or running."""
    if cancelled:
        return CANCELLED_LATE if late_by else CANCELLED
    if late_by:
        return "breached" if stop is not None else "breached-open"
    return "met" if stop is not None else "running"


# ---- calendar and names ---------------------------------------------------------------------------------------------


def _calendar(star: Star) -> Rows:
    """Every day from the first of the first item's year to the day of asking."""
    office, today = star.policy.office, star.now.astimezone(star.zone).date()
    first = min((one.item.received.astimezone(star.zone).date() for one in star.standings), default=today)
    day = date(first.year, 1, 1)
    while day <= today:
        yield _day(day, office)
        day += timedelta(days=1)


def _day(day: date, office: Calendar) -> tuple[Cell, ...]:
    year, week, weekday = day.isocalendar()
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    midnight = datetime.combine(day, time(), office.tz)
    worked = office.elapsed(midnight, datetime.combine(day + timedelta(days=1), time(), office.tz))
    return (
        day, day.year, quarter, f"{day:%Y-%m}", f"{year}-W{week:02}", weekday, office.is_working_day(day), worked,
    )  # fmt: skip


def _names(star: Star) -> Rows:
    """Both names of everything that ids in other columns name; levels are those of the newest edition."""
    policy = star.policy
    shelves: Mapping[str, Mapping[str, object]] = {
        "category": policy.categories,
        "channel": policy.channels,
        "department": policy.departments,
        "person": policy.people,
        "level": policy.editions[-1].levels,
    }
    for kind, shelf in shelves.items():
        for identity, entry in shelf.items():
            name = getattr(entry, "name")  # noqa: B009 - five kinds of entries, all of them named
            yield kind, identity, name.said("en"), name.said("zh")


_MAKERS: Mapping[str, Callable[[Star], Rows]] = {
    ITEMS.name: _items,
    EVENTS.name: _events,
    CLOCKS.name: _clocks,
    CALENDAR.name: _calendar,
    NAMES.name: _names,
}
