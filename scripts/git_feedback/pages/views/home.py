"""The first page: what burns, what is mine, how this month goes and last month went, how the departments do, and the way
to every page there is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock
from git_feedback.insight import later, month_name, month_of
from git_feedback.insight.verdicts import BREACHED, MET, promises
from git_feedback.pages.cells import cells
from git_feedback.pages.page import Page, Record
from git_feedback.pages.reports.reading import newest_month
from git_feedback.pages.views import all_pages, board, rows, steps, tokens
from git_feedback.pages.views.month_so_far import received_in, so_far
from git_feedback.pages.views.once import once
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words

MOST = 5
MINE = 7
WITHIN_S = 7_200
"""What is late within two hours of working time burns too, whatever its target."""
DAYS = 90
FIVE = ("received", "on_time_share", "respond_median_h", "resolve_median_h", "satisfied_share")
TALLEST = 24
"""Height of the days' picture; a day on time is a low mark."""
_LOW, _CLOSED, _STEP = 6, 2, 4


@dataclass(frozen=True, slots=True)
class Day:
    """One mark of the strip: how it is drawn (`k` on time, `b` late, `o` closed), its height, and of a late day which it
    is and how much was late."""

    kind: str
    height: int
    day: date | None = None
    late: int = 0


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The first page in each language."""
    burning = most_urgent(record)
    owned = _owned(record)
    strips = by_department(record)
    for words in both.values():
        yield page(
            record,
            words,
            "index.html",
            "index.html",
            words.site("today"),
            "home.html",
            date=words.date_of(record.now),
            burning=rows.rows(burning[:MOST], words),
            counts=_counts(burning),
            coming=_coming(burning),
            within=WITHIN_S,
            so_far=so_far(record, words),
            groups=all_pages.groups(record, words),
            repair=len({problem.file for problem in record.problems}),
            following=board.following(record.standings, words),
            owners=_owners(owned, words),
            mine=[_mine(one, words) for owner in owned for one in owned[owner][:MINE]],
            unclassified=sum(one.state.life == "new" for one in record.standings),
            month=_month(record, words),
            since=words.day(record.now - timedelta(days=DAYS - 1)),
            strips=[{**strip, "name": words.department(strip["id"]), "told": _told(strip, words)} for strip in strips],
            days=DAYS,
        )


@once
def most_urgent(record: Record) -> list[Standing]:
    """What is late or nearly, or will be within two hours of working time, worst first."""
    found = [one for one in record.standings if one.worst and _burns(one.worst)]
    return sorted(found, key=lambda one: (one.worst.left if one.worst else 0, one.item.id))


def _burns(clock: Clock) -> bool:
    return tokens.kind(clock) in ("breached", "soon") or (clock.state == "running" and clock.left < WITHIN_S)


def _counts(burning: Sequence[Standing]) -> dict[str, int]:
    late = sum(1 for one in burning if one.worst and tokens.kind(one.worst) == "breached")
    return {"breached": late, "soon": len(burning) - late}


def _coming(burning: Sequence[Standing]) -> str:
    """What is not late yet, for the script that counts on: `CALENDAR LEFT TARGET`, ..."""
    clocks = [one.worst for one in burning if one.worst and one.worst.state == "running"]
    return ",".join(f"{clock.calendar} {clock.left} {clock.target}" for clock in clocks)


def _owned(record: Record) -> dict[str, list[Standing]]:
    """Everybody's unfinished items, first due first; people in the order of the policy."""
    found: dict[str, list[Standing]] = {person: [] for person in record.policy.people}
    for one in tokens.by_due([one for one in record.standings if one.state.is_unfinished]):
        if one.state.owner:
            found.setdefault(one.state.owner, []).append(one)
    return found


def _owners(owned: Mapping[str, Sequence[Standing]], words: Words) -> list[dict[str, Any]]:
    """Whom one can be; whoever has something comes first, so that without a script the list shows something."""
    people = [{"id": person, "name": words.person(person), "count": len(found)} for person, found in owned.items()]
    return sorted(people, key=lambda person: not person["count"])


def _mine(one: Standing, words: Words) -> dict[str, Any]:
    likely = steps.likely(one, words)
    awaited = rows.waits(one, words)
    return {"row": rows.row(one, words), "next": awaited or (likely[0].sentence if likely else "")}


# ---- last month -----------------------------------------------------------------------------------------------------


def _month(record: Record, words: Words) -> dict[str, Any]:
    """The figures of the newest issued report on a month, or those of last month: a page shows what was issued."""
    last = later(month_of(record.now, words.zone), -1)
    found = newest_month(record.issued)
    now = found.key_figures() if found else None
    if found is None or now is None:
        return {"name": month_name(last, words.language), "period": last, "issued": False, "cells": ()}
    drawn = [
        (cell, _spark(cell.key, found.series), _behind(cell.key, found.period, record))
        for cell in cells(now, found.key_figures("previous"), words.language, FIVE)
    ]
    return {"name": month_name(found.period, words.language), "period": found.period, "issued": True, "cells": drawn}


def _behind(key: str, month: str, record: Record) -> str:
    """What stands behind a figure of a month: the queue of what was received, else the report that explains it."""
    if key == "received":
        return received_in(month, record.policy.desk.prefix)
    return f"reports/{month}.html"


def _spark(key: str, series: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """The way of a figure over up to twelve months as a path in 100 by 30; None with fewer than two values."""
    values = [one.get(key) for one in series]
    numbers = [value for value in values if isinstance(value, int | float)]
    if len(numbers) < 2:
        return None
    low, high = min(numbers), max(numbers)
    points = [
        f"{100 * place / (len(values) - 1):.1f} {26 - 22 * ((value - low) / ((high - low) or 1)):.1f}"
        for place, value in enumerate(values)
        if isinstance(value, int | float)
    ]
    return {"path": "M" + " L".join(points), "end": f"M{points[-1]}h.01", "months": str(len(values))}


# ---- departments ----------------------------------------------------------------------------------------------------


@once
def by_department(record: Record) -> list[dict[str, Any]]:
    """Each department's ninety days, what is open and late now, and the share kept in that time."""
    zone = record.policy.office.tz
    today = record.now.astimezone(zone).date()
    first = today - timedelta(days=DAYS - 1)
    late: dict[str, Counter[date]] = defaultdict(Counter)
    kept: Counter[str] = Counter()
    for one in record.standings:
        department = one.state.department or ""
        for verdict in promises(one):
            day = verdict.at.astimezone(zone).date()
            if not first <= day <= today:
                continue
            kept[department] += verdict.outcome == MET
            if verdict.outcome == BREACHED:
                late[department][day] += 1
    most = max((max(days.values(), default=0) for days in late.values()), default=0)
    closed = [not record.policy.office.is_working_day(first + timedelta(days=n)) for n in range(DAYS)]
    is_open = Counter(one.state.department for one in record.standings if one.state.is_unfinished)
    is_late = Counter(one.state.department for one in record.standings if _is_late(one))
    return [
        {
            "id": department,
            "days": _marks(late[department], first, closed, most),
            "worst": sorted(late[department].items()),
            "open": is_open[department],
            "late": is_late[department],
            "share": board.percent(kept[department], kept[department] + late[department].total()),
        }
        for department in record.policy.departments
    ]


def _is_late(one: Standing) -> bool:
    return bool(one.worst and one.worst.state == "breached-open")


def _marks(late: Counter[date], first: date, closed: Sequence[bool], most: int) -> list[Day]:
    """The marks of one department; the height of a late day is its share of the worst day of all."""
    days = [first + timedelta(days=n) for n in range(len(closed))]
    return [_mark(day, late[day], is_closed, most) for day, is_closed in zip(days, closed, strict=True)]


def _mark(day: date, late: int, is_closed: bool, most: int) -> Day:
    if late:
        height = TALLEST if late == most else 10 + round((TALLEST - 10) * (late - 1) / max(1, most - 1))
        return Day("b", height, day, late)
    return Day("o", _CLOSED) if is_closed else Day("k", _LOW)


def _told(strip: Mapping[str, Any], words: Words) -> str:
    """A strip in a sentence: the share kept, and its latest days with something late."""
    share = words.say("page-no-figure") if strip["share"] is None else f"{strip['share']} %"
    said = words.say("page-strip", department=words.department(strip["id"]), days=DAYS, share=share)
    if not strip["worst"]:
        return f"{said}{words.say('home-strip-none')}"
    newest = strip["worst"][-NAMED:][::-1]
    named = tuple(words.say("home-late-day", n, day=words.on(day)) for day, n in newest)
    return f"{said}{words.say('home-strip-late', len(strip['worst']), days=named)}"


NAMED = 5
"""So many late days a sentence names; the picture shows all."""
