"""What changed against the period before and a year ago, and why: the largest parts of each change, computed.

Three figures are looked at: how many came, how many targets were kept, how long a solution took.  Where a difference is
no more than chance it is told as that; where too few stand behind it, it is told as that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from git_feedback.insight import Period
from git_feedback.insight.contributions import SIDES, UNKNOWN, Contribution, Reasons, reasons
from git_feedback.insight.findings import Look
from git_feedback.insight.medians import Medians, medians
from git_feedback.insight.on_time import OnTime, on_time
from git_feedback.pages.reports import changes_told
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Points, Table, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.queries import received
from git_feedback.pages.reports.speech import Speech

NAME = "changes"
ROWS = 5
"""So many groups of a side stand in the table, those that changed most."""
LEAST, LEAST_SHARE = 2, 0.05
"""A group that changed by fewer items, or by less than this share of all, stands with the rest."""
_BEGUN_D = 7
"""A record that begins so many days after an earlier period did has not the whole of it."""


@dataclass(frozen=True, slots=True)
class Against:
    """What changed against one earlier period; `begun` is the day on which the record begins, where that was in it.

    `open_days`: on how many days the office opened, before and now.
    """

    period: str
    begun: date | None
    open_days: tuple[int, int]
    received: Reasons
    on_time: OnTime
    solution: Medians


@dataclass(frozen=True, slots=True)
class Found:
    """What changed against the period before, and against the same time a year ago where there was one."""

    against: tuple[Against, ...]


def find(material: Material) -> Found | None:
    """Nothing on a period in which nothing happened."""
    if material.is_empty:
        return None
    period, figures = material.period, material.figures
    earlier = [(period.previous, figures.previous), (period.year_before, figures.year_before)]
    there = dict.fromkeys(one for one, known in earlier if known)
    return Found(tuple(_against(material, one) for one in there))


def _against(material: Material, earlier: Period) -> Against:
    ledger, look = material.ledger, material.look
    before: Look = ledger.look(earlier)
    first = min(course.received for course in ledger.courses).astimezone(material.zone).date()
    days = [sum(day.working for day in ledger.days(one)) for one in (earlier, material.period)]
    return Against(
        period=earlier.name,
        begun=first if (first - earlier.first).days >= _BEGUN_D else None,
        open_days=(days[0], days[1]),
        received=_shortened(reasons(look.received, before.received)),
        on_time=on_time(look.judged, before.judged),
        solution=medians(look.resolved, before.resolved),
    )


def _shortened(found: Reasons) -> Reasons:
    """With no more items behind each group than are shown."""
    return replace(found, movers=tuple(replace(one, items=shown_items(one.items)) for one in found.movers))


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """For each earlier period its points and the table of contributions."""
    if not found.against:
        return [Paragraph(speech.say("report-changes-first"))]
    return [part for one in found.against for part in _told(one, material, speech)]


def _told(one: Against, material: Material, speech: Speech) -> Iterator[Part]:
    than = changes_told.name_of(one.period, material.period, speech)
    voice = changes_told.Voice(material, speech, than, one.period)
    if one.begun:
        yield Paragraph(speech.say("report-changes-begun", day=speech.day(one.begun), period=than), hushed=True)
    points = (
        *changes_told.of_received(one.received, None if one.begun else one.open_days, voice),
        *changes_told.of_on_time(one.on_time, voice),
        *changes_told.of_solution(one.solution, voice),
    )
    yield Points(points, speech.say("report-changes-against", period=than))
    if rows := tuple(_rows(one, material, speech)):
        now = speech.period(material.period.name)
        head = tuple(speech.say(f"report-changes-{name}") for name in ("side", "group"))
        yield Table(
            name="contributions" if one.period == material.period.previous.name else "contributions-year-before",
            heading=speech.say("report-changes-table", period=than),
            head=(*head, than, now, speech.say("report-change")),
            rows=rows,
            numeric=(False, False, True, True, True),
        )


# ---- the table ------------------------------------------------------------------------------------------------------


def _rows(one: Against, material: Material, speech: Speech) -> Iterator[tuple[Cell, ...]]:
    """For each side those that changed most, and the rest of it; no side with one group or small changes only.

    Of too few there is nothing: the points have named what differs.
    """
    if one.received.few:
        return
    least = max(LEAST, LEAST_SHARE * max(one.received.now, one.received.before))
    for side in SIDES:
        groups = [group for group in one.received.groups if group.side == side]
        named = (group for group in groups if group.group != UNKNOWN and abs(group.change) >= least)
        moved = sorted(named, key=lambda group: -abs(group.change))
        if len(groups) < 2 or not moved:
            continue
        shown, rest = moved[:ROWS], [group for group in groups if group not in moved[:ROWS]]
        yield from (_row(group, one.period, material, speech) for group in shown)
        if rest:
            yield _rest(side, rest, speech)


def _row(group: Contribution, earlier: str, material: Material, speech: Speech) -> tuple[Cell, ...]:
    sides = {group.side: group.group}
    return (
        Cell(speech.say(f"report-changes-side-{group.side}")),
        Cell(changes_told.group_name(group.side, group.group, speech)),
        Cell(f"{group.before:,}", group.before, query=received(material, earlier, sides) if group.before else ""),
        Cell(f"{group.now:,}", group.now, query=received(material, material.period.name, sides) if group.now else ""),
        _change(group.change),
    )


def _rest(side: str, rest: Sequence[Contribution], speech: Speech) -> tuple[Cell, ...]:
    before, now = sum(one.before for one in rest), sum(one.now for one in rest)
    return (
        Cell(speech.say(f"report-changes-side-{side}")),
        Cell(speech.say("report-changes-rest", len(rest))),
        Cell(f"{before:,}", before),
        Cell(f"{now:,}", now),
        _change(now - before),
    )


def _change(change: int) -> Cell:
    return Cell(f"{change:+,}" if change else "0", change)
