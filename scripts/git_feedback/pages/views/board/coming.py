"""What burns in the next day: every clock whose time is used up within 24 hours, soonest first."""

from collections.abc import Sequence
from datetime import timedelta

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock, soon
from git_feedback.pages.page import Record
from git_feedback.pages.views import rows, tokens
from git_feedback.pages.views.api import INTERVAL
from git_feedback.pages.views.words import Words

DAY = timedelta(hours=24)
MOST = 12

Due = tuple[Standing, Clock]


def coming(record: Record) -> list[Due]:
    """Running clocks that are due within a day, with their items."""
    found = [(one, clock) for one in record.standings for clock in one.clocks if soon(clock, record.now, DAY)]
    return sorted(found, key=_in_order)


def _in_order(due: Due) -> tuple[float, str, str]:
    one, clock = due
    return clock.due.timestamp() if clock.due else tokens.LATER, one.item.id, clock.name


def section(record: Record, found: Sequence[Due], words: Words) -> dict[str, object]:
    """The first of them as a list, and how many run out before the desk looks again."""
    again = record.now + INTERVAL
    return {
        "count": len(found),
        "items": len({one.item.id for one, _ in found}),
        "rows": [_row(one, clock, words) for one, clock in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "before": words.say(
            "board-before-next-run",
            sum(clock.due is not None and clock.due <= again for _, clock in found),
            time=words.moment(again),
        ),
    }


def _row(one: Standing, clock: Clock, words: Words) -> dict[str, object]:
    return {
        "row": rows.row(one, words),
        "clock": tokens.token(clock, words),
        "name": words.say(f"page-clock-{clock.name}"),
        "due": words.moment(clock.due) if clock.due else "",
        "owner": words.person(one.state.owner) or words.say("page-no-owner"),
    }
