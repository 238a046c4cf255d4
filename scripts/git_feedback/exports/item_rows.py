"""The rows of `items`: each item once, with how it stands and when it came how far."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from git_feedback.desk import FINISHED, Standing
from git_feedback.desk.untold import counted
from git_feedback.exports.readable import Readable
from git_feedback.exports.rows import Cell, Row, month_of
from git_feedback.insight.courses import Course, courses
from git_feedback.insight.durations import DECIMALS, HOUR_S
from git_feedback.model import Event, Item
from git_feedback.model import events as ev


def rows(standings: Sequence[Standing], now: datetime, zone: ZoneInfo, called: Readable) -> Iterator[Row]:
    """A row an item, in the order given."""
    for course in courses(standings, now):
        events = counted(course.standing.item, now)
        yield (
            *_said(course.standing.item, zone, called),
            *_standing(course.standing, called),
            *_milestones(course, zone),
            *_afterwards(course.standing, events),
        )


def _said(item: Item, zone: ZoneInfo, called: Readable) -> Row:
    """What was said, and what is known of who said it."""
    submitter, point, day = item.submitter, item.point, item.received.astimezone(zone).date()
    return (
        item.id, item.received, day, month_of(day), item.landed, item.channel, called.channel(item.channel),
        item.source, item.record, item.language, item.title, item.text, item.product, item.area, item.device,
        float(point.lat) if point else None, float(point.lon) if point else None, item.rating, item.expected,
        submitter.kind if submitter else None, submitter.ref if submitter else None,
    )  # fmt: skip


def _standing(one: Standing, called: Readable) -> Row:
    state = one.state
    return (
        state.life, called.state(state.life), state.since, state.category, called.category(state.category),
        (state.category or "").split("/")[0] or None, " ".join(dict.fromkeys((*one.item.tags, *state.tags))) or None,
        state.level, called.level(state.level), state.urgency, state.impact,
        state.department, called.department(state.department), state.owner, called.person(state.owner),
    )  # fmt: skip


def _milestones(course: Course, zone: ZoneInfo) -> Row:
    state, received = course.standing.state, course.received
    finished = state.since if state.life in FINISHED else None
    resolved_on = _day(course.resolved, zone)
    return (
        course.answered, _hours(received, course.answered), course.resolved, resolved_on,
        month_of(resolved_on) if resolved_on else None, _hours(received, course.resolved), course.replied,
        finished, _day(finished, zone),
    )  # fmt: skip


def _afterwards(one: Standing, events: Sequence[Event]) -> Row:
    state = one.state
    heard = [event for event in events if isinstance(event, ev.FollowUp)]
    return (
        state.verdict, _last([event.csat for event in heard]),
        _last([one.item.nps, *(event.nps for event in heard)]),
        sum(isinstance(event, ev.Reopen) for event in events), state.returns, state.duplicate_of,
        state.is_unfinished and (state.is_open or one.item.record != "history"),
        bool(one.worst and one.worst.state == "breached-open"),
        any(cycle.late_by and not cycle.cancelled for clock in one.clocks for cycle in clock.cycles),
    )  # fmt: skip


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _hours(start: datetime, end: datetime | None) -> Cell:
    """Hours by the wall clock; None where it has not ended, or ended before it began."""
    if end is None or end < start:
        return None
    return round((end - start).total_seconds() / HOUR_S, DECIMALS)


def _last(values: Sequence[int | None]) -> int | None:
    return next((value for value in reversed(values) if value is not None), None)
