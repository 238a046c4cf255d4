"""The board of deadlines: what is late, due within two hours, today, later, and what stands still; then how it went."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock
from git_feedback.insight.verdicts import BREACHED, MET, Verdict, verdicts
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import rows, tokens
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words
from git_feedback.policy import Edition
from git_feedback.policy.model import Facts

CARDS = 6
WITHIN = timedelta(hours=2)
DAYS = timedelta(days=30)
COLUMNS = {"late": "breached", "within": "soon", "today": "running", "later": "running", "paused": "paused"}
"""Every column and the sign it bears."""
_MORE = {"late": "?clock=breached", "paused": "?clock=paused"}


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The board in each language."""
    columns = sorted_out(record)
    judged = [
        one for standing in record.standings for one in verdicts(standing) if record.now - DAYS < one.at <= record.now
    ]
    for words in both.values():
        yield page(
            record,
            words,
            "sla.html",
            "sla.html",
            words.say("page-board"),
            "board.html",
            columns=[_column(name, found, words) for name, found in columns.items()],
            levels=_levels(judged, words),
            office=_office(record, words),
            following=following(record.standings, words),
        )


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


def _column(name: str, found: Sequence[Standing], words: Words) -> dict[str, object]:
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


def _office(record: Record, words: Words) -> str:
    """Until when the office is open today, or when it opens next."""
    office, now = record.policy.office, record.now
    if not office.is_open(now):
        return words.say("page-office-opens", time=words.moment(office.next_opening(now)))
    closing = office.intervals(now, now + timedelta(days=2))[0][1]
    return words.say("page-office-closes", time=words.moment(closing))


def _levels(judged: Sequence[Verdict], words: Words) -> list[dict[str, object]]:
    edition = words.policy.edition(words.now.date())
    return [
        {
            "id": level,
            "token": words.token(level),
            **{f"{clock}_target": _target(edition, level, clock, words) for clock in ("respond", "resolve")},
            **{
                clock: kept([one for one in judged if one.level == level and one.clock == clock])
                for clock in ("respond", "resolve")
            },
        }
        for level in edition.levels
    ]


def _target(edition: Edition, level: str, clock: str, words: Words) -> str:
    targets = edition.targets(clock, Facts(level, "", "", ""))
    if not targets:
        return ""
    duration, calendar = targets[0].duration, targets[0].calendar
    return words.target(edition, targets[0].rule, duration.seconds or 0, calendar)


def kept(judged: Sequence[Verdict]) -> tuple[int | None, int]:
    """The share of promises kept in percent (None without any), and of how many."""
    met = sum(one.outcome == MET for one in judged)
    counted = met + sum(one.outcome == BREACHED for one in judged)
    return percent(met, counted), counted


def percent(part: int, whole: int) -> int | None:
    """A share in whole percent; only all say 100, only none say 0; None where there is nothing to count from."""
    if not whole:
        return None
    return 100 * part // whole if part * 2 > whole else -(-100 * part // whole)
