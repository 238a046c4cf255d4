"""What was left at the end: how old, with whom, and the five that have waited longest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from git_feedback import charts
from git_feedback.insight.backlog import Backlog, Load, Old, backlog
from git_feedback.pages.reports.document import Cell, Part, Point, Points, Table, chart, numbers, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "backlog"
SHOWN = 15
"""So many people are named with what they have in hand; the rest stands in one row."""


@dataclass(frozen=True, slots=True)
class Found:
    """The backlog at the end of the period, and how many were left at the end of the one before."""

    now: Backlog
    before: int | None


def find(material: Material) -> Found:
    """Always there: where nothing was left it says so."""
    previous = material.figures.previous
    return Found(backlog(material.ledger), previous.backlog if previous else None)


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """Sentences, the ages as a picture, who has how much, and the oldest."""
    parts: list[Part] = [Points(tuple(Point(said) for said in _sentences(found, material, speech)))]
    now = found.now
    if not now.total:
        return parts
    levels = tuple(level or speech.say("report-backlog-no-level") for level in now.levels)
    ages = tuple(charts.Age(one.first, one.last, one.counts) for one in now.ages)
    parts.append(chart(charts.Ages(levels, ages), speech.language, speech.say("report-backlog-chart")))
    if now.loads:
        parts.append(_loads(now.loads, speech))
    parts.append(_oldest(now.oldest, speech))
    return parts


def _sentences(found: Found, material: Material, speech: Speech) -> Iterator[str]:
    now, period = found.now, speech.period(material.period.name)
    yield speech.say("report-backlog" if now.total else "report-backlog-none", now.total, period=period)
    if found.before is not None:
        before = speech.period(material.period.previous.name)
        yield speech.say("report-backlog-before", found.before, period=before)
    for name, count in (("late", now.late), ("waiting", now.waiting), ("unowned", now.unowned)):
        if count:
            yield speech.say(f"report-backlog-{name}", count)


def _loads(loads: Sequence[Load], speech: Speech) -> Table:
    columns = ("owner", "unfinished", "late", "waiting")
    head = tuple(speech.say(f"report-backlog-column-{name}") for name in columns)
    rows = [_load(speech.person(one.owner), (one,)) for one in loads[:SHOWN]]
    if others := loads[SHOWN:]:
        rows.append(_load(speech.say("report-backlog-others", len(others)), others))
    return Table(f"{NAME}-owners", speech.say("report-backlog-owners"), head, tuple(rows), (False, True, True, True))


def _load(name: str, loads: Sequence[Load]) -> tuple[Cell, ...]:
    items = tuple(item for one in loads for item in one.items)
    return (
        Cell(name),
        Cell(f"{len(items):,}", len(items), shown_items(items)),
        *numbers(sum(one.late for one in loads), sum(one.waiting for one in loads)),
    )


def _oldest(oldest: Sequence[Old], speech: Speech) -> Table:
    columns = ("item", "days", "received", "level", "category", "state", "whose")
    head = tuple(speech.say(f"report-backlog-column-{name}") for name in columns)
    rows = tuple(_row(one, speech) for one in oldest)
    numeric = (False, True, False, False, False, False, False)
    return Table(f"{NAME}-oldest", speech.say("report-backlog-oldest"), head, rows, numeric)


def _row(one: Old, speech: Speech) -> tuple[Cell, ...]:
    state = speech.say(f"life-{one.state}")
    return (
        Cell(one.item, items=(one.item,)),
        Cell(f"{one.days:,}", one.days),
        Cell(speech.day(one.received)),
        Cell(one.level or speech.say("report-backlog-no-level")),
        Cell(speech.category(one.category)),
        Cell(speech.say("report-backlog-state-late", state=state) if one.late else state),
        Cell(_whose(one, speech)),
    )


def _whose(one: Old, speech: Speech) -> str:
    department = speech.department(one.department)
    if not one.owner:
        return department
    return speech.say("report-clocks-whose", owner=speech.person(one.owner), department=department)
