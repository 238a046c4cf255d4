"""JSON that the scripts of every page read: opening hours for live clocks, what was built."""

from collections.abc import Iterator
from datetime import timedelta

from git_feedback.clock import Calendar
from git_feedback.escaping import json_file
from git_feedback.pages.page import File, Record
from git_feedback.pages.views.words import AHEAD, DAY, utc, working_days

INTERVAL = timedelta(days=1)
"""How often a desk builds its site: what is older than that is said to be old."""


def files(record: Record) -> Iterator[File]:
    """calendars.json and build.json; the public gets the moment of the build alone."""
    found = {"calendars": calendars(record)}
    if not record.audience.is_public:
        found["build"] = built(record)
    for name, value in found.items():
        yield File(f"api/{name}.json", json_file(value).encode())


def built(record: Record) -> dict[str, object]:
    """What was built: the moment, whether it was given, the commit, how many items."""
    return {"now": utc(record.now), "fixed": record.fixed, "commit": record.commit, "items": len(record.standings)}


def calendars(record: Record) -> dict[str, object]:
    """Two weeks of opening intervals of each calendar (null: always open), in seconds since 1970."""
    by_name = {} if record.audience.is_public else record.policy.calendars.by_name
    days = working_days(by_name, record.now)
    return {
        "now": utc(record.now),
        "zone": record.policy.desk.zone,
        "interval_s": int(INTERVAL.total_seconds()),
        "day_s": days,
        "calendars": {name: _open(calendar, record, days[name]) for name, calendar in by_name.items()},
    }


def _open(calendar: Calendar, record: Record, day: int) -> list[list[int]] | None:
    if day == DAY:
        return None
    spans = calendar.intervals(record.now, record.now + AHEAD)
    return [[int(opening.timestamp()), int(closing.timestamp())] for opening, closing in spans]
