"""Who watches: the rota of this week and the next, with the hours in which nobody does."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from git_feedback.desk.rota import Day, Gap, Span, rota
from git_feedback.pages.page import Record
from git_feedback.pages.views.words import Words
from git_feedback.policy.notify_files import Watch

WEEKS = 2


def days(record: Record) -> list[Day]:
    """The working days of this week and the next, in the zone of the calendar that is watched."""
    today = _today(record)
    return rota(record.policy, today - timedelta(days=today.weekday()), 7 * WEEKS)


def _watch(record: Record) -> Watch | None:
    return record.policy.notify.watch if record.policy.notify else None


def _today(record: Record) -> date:
    watch = _watch(record)
    zone = record.policy.calendars[watch.calendar].tz if watch else record.policy.zone
    return record.now.astimezone(zone).date()


def section(record: Record, found: Sequence[Day], words: Words) -> dict[str, object]:
    """A row a day, and the gaps from today on."""
    watch, today = _watch(record), _today(record)
    ahead = [(day, gap) for day in found if day.date >= today for gap in day.gaps]
    times = [_minutes(at) for day in found for part in _parts(day) for at in (part.begins, part.ends)]
    return {
        "is_set": watch is not None,
        "left": min(times, default=0),
        "width": max(times, default=0) - min(times, default=0),
        "hours": ("、" if words.language == "zh" else ", ").join(map(_dash, watch.hours)) if watch else "",
        "gaps": [
            words.say("board-nobody", day=_date(day, words), begins=gap.begins, ends=gap.ends) for day, gap in ahead
        ],
        "open": words.amount(60 * sum(_length(gap) for _, gap in ahead), "24x7"),
        "days": [_day(day, today, words) for day in found],
    }


def _day(day: Day, today: date, words: Words) -> dict[str, object]:
    return {
        "name": _date(day, words),
        "is_today": day.date == today,
        "is_past": day.date < today,
        "parts": [_part(part, words) for part in _parts(day)],
        "bars": [
            {"x": _minutes(part.begins), "width": _length(part), "is_gap": isinstance(part, Gap)}
            for part in _parts(day)
        ],
    }


def _parts(day: Day) -> list[Span | Gap]:
    """Who watches and where nobody does, in the order of the day."""
    parts: list[Span | Gap] = [*day.spans, *day.gaps]
    return sorted(parts, key=lambda part: part.begins)


def _part(part: Span | Gap, words: Words) -> dict[str, str]:
    hours = f"{part.begins}–{part.ends}"
    if isinstance(part, Gap):
        return {"hours": hours, "who": "", "instead": ""}
    instead = words.say("board-instead-of", name=words.person(part.instead_of)) if part.instead_of else ""
    return {"hours": hours, "who": words.person(part.who), "instead": instead}


def _date(day: Day, words: Words) -> str:
    return words.date_of(datetime.combine(day.date, time(12), words.zone))


def _dash(hours: str) -> str:
    return hours.replace("-", "–")


def _minutes(at: str) -> int:
    return 60 * int(at[:2]) + int(at[3:])


def _length(part: Span | Gap) -> int:
    return _minutes(part.ends) - _minutes(part.begins)
