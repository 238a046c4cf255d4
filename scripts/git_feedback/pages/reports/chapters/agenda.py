"""The agenda of the review meeting, written from what the quarter showed, with room for what is decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from git_feedback.insight.courses import UNCLASSIFIED
from git_feedback.insight.measured import progress
from git_feedback.insight.review import Topic, minutes, topics, untaken
from git_feedback.pages.reports.chapters.measures import known
from git_feedback.pages.reports.document import Blank, Cell, Paragraph, Part, Table, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "agenda"
_DECIDED = ("topic", "overdue", "problems", "rules")
"""The points on which something is decided."""
_LINES = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the agenda: its `kind`, how many minutes it takes, and what it is about: a category for a topic, ids of
    measures and problems for others."""

    kind: str
    minutes: int
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The points in their order; `topics` of them, how long overdue measures are, and how many rules changed.

    `known`: problem records that there already are about a topic, by its category.
    """

    items: tuple[Item, ...]
    topics: tuple[Topic, ...]
    known: dict[str, tuple[str, ...]]
    due: dict[str, date]
    rule_changes: int
    backlog: int

    @property
    def minutes(self) -> int:
        """How long the meeting takes."""
        return sum(one.minutes for one in self.items)


def find(material: Material) -> Found | None:
    """Only in a quarter in which something happened."""
    if material.period.months != 3 or material.is_empty:
        return None
    last = material.period.next.first - timedelta(1)
    there = known(material)
    late = progress(there, material.period).overdue
    problems = [one.id for one in untaken(material.problem_records, there, last)]
    themes = topics(material.ledger, material.period, has_before=material.figures.previous is not None)
    return Found(
        items=tuple(_items(themes, [one.id for one in late], problems, material)),
        topics=themes,
        known={one.category: _records(one, material, last) for one in themes},
        due={one.id: one.due for one in late if one.due},
        rule_changes=len(material.rule_changes),
        backlog=material.figures.now.backlog,
    )


def _items(themes: Sequence[Topic], late: list[str], problems: list[str], material: Material) -> Iterator[Item]:
    yield Item("figures", minutes("figures"))
    yield from (Item("topic", minutes("topic"), (one.category,)) for one in themes)
    for kind, ids in (("overdue", late), ("problems", problems)):
        if ids:
            yield Item(kind, minutes(kind, len(ids)), tuple(ids))
    if material.rule_changes:
        yield Item("rules", minutes("rules"))
    yield Item("ahead", minutes("ahead"))
    yield Item("closing", minutes("closing"))


def _records(topic: Topic, material: Material, last: date) -> tuple[str, ...]:
    """Open problem records on the category of a topic, or on items that went wrong in it."""
    return tuple(
        sorted(
            one.id
            for one in material.problem_records
            if one.is_open and one.since <= last and (one.category == topic.category or {*one.items} & {*topic.items})
        )
    )


# ---- words ----------------------------------------------------------------------------------------------------------


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """How long it takes, the points as a table, then room for each decision."""
    head = tuple(speech.say(f"report-agenda-{name}") for name in ("place", "point", "about", "minutes"))
    rows = tuple(_row(place, one, found, material, speech) for place, one in enumerate(found.items, 1))
    lead = speech.say("report-agenda-lead", found.minutes, period=speech.period(material.period.name))
    table = Table(NAME, "", head, rows, (True, False, False, True))
    note = [] if found.topics else [Paragraph(speech.say("report-agenda-no-topics"), hushed=True)]
    return [Paragraph(lead), table, *note, *_decisions(found, material, speech)]


def _row(place: int, one: Item, found: Found, material: Material, speech: Speech) -> tuple[Cell, ...]:
    behind = next((topic.items for topic in found.topics if one.about == (topic.category,)), ())
    return (
        Cell(str(place), place),
        Cell(_point(one, speech)),
        Cell(_about(one, found, material, speech), items=shown_items(behind)),
        Cell(str(one.minutes), one.minutes),
    )


def _point(one: Item, speech: Speech) -> str:
    return speech.category(one.about[0]) if one.kind == "topic" else speech.say(f"report-agenda-{one.kind}")


def _about(one: Item, found: Found, material: Material, speech: Speech) -> str:
    """What is talked about, from what the quarter showed."""
    if one.kind == "topic":
        return _topic(next(topic for topic in found.topics if topic.category == one.about[0]), found, material, speech)
    values = {"period": speech.period(material.period.next.name)}
    if one.kind == "overdue":
        values["names"] = speech.listed(_late(name, found, material, speech) for name in one.about)
    if one.kind == "problems":
        values["names"] = speech.listed(_record(name, material, speech) for name in one.about)
    counts = {"rules": found.rule_changes, "ahead": found.backlog}
    count = counts.get(one.kind, len(one.about) or None)
    return speech.say(f"report-agenda-{one.kind}-about", count, **values)


def _topic(one: Topic, found: Found, material: Material, speech: Speech) -> str:
    """How many came, what went wrong with them, and what is known about it already."""
    wrong = [
        speech.say(f"report-agenda-{kind}-items", many)
        for kind, many in (("late", one.late), ("reopened", one.reopened), ("unsatisfied", one.unsatisfied))
        if many
    ]
    before = "" if one.before is None else speech.say("report-agenda-before", before=one.before)
    said = speech.say("report-agenda-topic-about", one.received, before=before, wrong=speech.listed(wrong))
    records = [_record(name, material, speech) for name in found.known[one.category]]
    asks = "unclassified" if one.category == UNCLASSIFIED else "known" if records else "unknown"
    code = f"report-agenda-{asks}"
    return said + speech.say(code, names=speech.listed(records))


def _late(name: str, found: Found, material: Material, speech: Speech) -> str:
    measure = next(one for one in material.measures if one.id == name)
    title, _ = measure.words(measure.title, speech.language)
    return speech.say(
        "report-agenda-late", title=title, who=speech.person(measure.owner), day=speech.day(found.due[name])
    )


def _record(name: str, material: Material, speech: Speech) -> str:
    record = next(one for one in material.problem_records if one.id == name)
    title, _ = record.title_in(speech.language)
    return speech.say("report-agenda-owned", title=title, who=speech.person(record.owner))


def _decisions(found: Found, material: Material, speech: Speech) -> Iterator[Part]:
    """Room for what is decided on each point: what, who, until when."""
    for place, one in enumerate(found.items, 1):
        if one.kind not in _DECIDED:
            continue
        for name in _separately(one, material, speech):
            yield Blank(speech.say("report-agenda-decision", place=place, name=name), _LINES)
            yield Blank(speech.say("report-agenda-who-when"))


def _separately(one: Item, material: Material, speech: Speech) -> Iterator[str]:
    """On what a decision of its own is taken: each measure, each problem, else the point."""
    if one.kind == "overdue":
        measures = {measure.id: measure for measure in material.measures}
        yield from (measures[name].words(measures[name].title, speech.language)[0] for name in one.about)
    elif one.kind == "problems":
        records = {record.id: record for record in material.problem_records}
        yield from (records[name].title_in(speech.language)[0] for name in one.about)
    else:
        yield _point(one, speech)
