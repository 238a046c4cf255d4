"""JSON that the scripts of the site read: the queue as columns, opening hours for live clocks, what was built."""

from collections.abc import Iterator
from datetime import timedelta

from git_feedback.clock import Calendar
from git_feedback.escaping import json_file
from git_feedback.pages.page import File, Record
from git_feedback.pages.views import queue
from git_feedback.pages.views.rendering import both
from git_feedback.pages.views.words import AHEAD, DAY, utc, working_days

INTERVAL = timedelta(days=1)
"""How often a desk builds its site: what is older than that is said to be old."""


def files(record: Record) -> Iterator[File]:
    """queue.json, calendars.json and build.json, both languages in one."""
    for name, value in (
        ("queue", queue.columns(record, both(record))),
        ("calendars", _calendars(record)),
        (
            "build",
            {"now": utc(record.now), "fixed": record.fixed, "commit": record.commit, "items": len(record.standings)},
        ),
    ):
        yield File(f"api/{name}.json", json_file(value).encode())


def _calendars(record: Record) -> dict[str, object]:
    """Two weeks of opening intervals of each calendar (null: always open), in seconds since 1970."""
    days = working_days(record.policy.calendars.by_name, record.now)
    return {
        "now": utc(record.now),
        "zone": record.policy.desk.zone,
        "interval_s": int(INTERVAL.total_seconds()),
        "day_s": days,
        "calendars": {
            name: _open(calendar, record, days[name]) for name, calendar in record.policy.calendars.by_name.items()
        },
    }


def _open(calendar: Calendar, record: Record, day: int) -> list[list[int]] | None:
    if day == DAY:
        return None
    spans = calendar.intervals(record.now, record.now + AHEAD)
    return [[int(opening.timestamp()), int(closing.timestamp())] for opening, closing in spans]
