"""The columns of the board: what is late, due within two hours, today, later, and what stands still."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock
from git_feedback.pages.page import Record
from git_feedback.pages.views import rows, tokens
from git_feedback.pages.views.once import once
from git_feedback.pages.views.words import Words

CARDS = 6
WITHIN = timedelta(hours=2)
COLUMNS = {"late": "breached", "within": "soon", "today": "running", "later": "running", "paused": "paused"}
"""Every column and the sign it bears."""
_MORE = {"late": "?clock=breached", "paused": "?clock=paused"}


@once
def sorted_out(record: Record) -> dict[str, list[Standing]]:
    """Unfinished items with a clock that goes on, by column, each in the order in which it is due."""
    found: dict[str, list[Standing]] = {name: [] for name in COLUMNS}
    zone = record.policy.office.tz
    for one in sorted((one for one in record.standings if one.worst), key=_left):
        if one.worst:
            found[_column_of(one.worst, record.now.astimezone(zone))].append(one)
    return found


def _left(one: Standing) -> tuple[float, str]:
    return (one.worst.left if one.worst else tokens.LATER), one.item.id


def _column_of(clock: Clock, now: datetime) -> str:
    if clock.state == "paused" or clock.due is None:
        return "paused"
    if clock.state == "breached-open":
        return "late"
    if clock.due <= now + WITHIN:
        return "within"
    return "today" if clock.due.astimezone(now.tzinfo).date() == now.date() else "later"


def column(name: str, found: Sequence[Standing], words: Words) -> dict[str, object]:
    """One column: its head, its first cards, how many more there are and where."""
    sign = COLUMNS[name]
    return {
        "name": name,
        "sign": sign,
        "title": words.say(f"page-column-{name}"),
        "count": len(found),
        "cards": rows.rows(found[:CARDS], words),
        "more": max(0, len(found) - CARDS),
        "link": f"queue.html{_MORE.get(name, '')}",
    }


def following(standings: Sequence[Standing], words: Words) -> str:
    """The next deadline in words; empty when none is coming."""
    found = tokens.next_due(standings)
    if found is None:
        return ""
    due, one = found
    where = words.department(one.state.department) or words.say("page-no-department")
    return words.say("page-next-due", time=words.moment(due), department=where)


def office(record: Record, words: Words) -> str:
    """Until when the office is open today, or when it opens next."""
    hours, now = record.policy.office, record.now
    if not hours.is_open(now):
        return words.say("page-office-opens", time=words.moment(hours.next_opening(now)))
    closing = hours.intervals(now, now + timedelta(days=2))[0][1]
    return words.say("page-office-closes", time=words.moment(closing))
