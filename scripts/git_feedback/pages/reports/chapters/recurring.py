"""Problems that came again: how many items from how many people, since when, and whether anybody is at it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.insight.came_again import Again, Known, came_again
from git_feedback.insight.measured import OPEN, as_known
from git_feedback.model.measures import Measure
from git_feedback.model.problems import ProblemRecord
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Point, Points, Table, numbers, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "recurring"
LISTED = 10
TOLD = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The problems that came again, that with most items first; `items` of the period are of one of them.

    `unrecorded`: how many of them several people met and have no record.
    """

    problems: tuple[Again, ...]
    items: int
    unrecorded: int


def known(material: Material) -> Known:
    """What is known of problems when the period ends."""
    return Known(
        material.standings,
        material.policy,
        material.period,
        material.until,
        material.recurring,
        material.problem_records,
        material.measures,
    )


def find(material: Material) -> Found:
    """Always there: where nothing was found, that is said."""
    found = came_again(known(material))
    items = {name for one in found for name in one.came}
    return Found(tuple(found), len(items), sum(one.proposes_problem for one in found))


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """How many, a table of them, and of the first few who is at it."""
    period = speech.period(material.period.name)
    if not found.problems:
        return [Paragraph(speech.say("report-recurring-none", period=period))]
    lead = [speech.say("report-recurring-lead", len(found.problems), period=period, items=f"{found.items:,}")]
    if found.unrecorded:
        code = (
            "report-recurring-all-unrecorded"
            if found.unrecorded == len(found.problems)
            else "report-recurring-unrecorded"
        )
        lead.append(speech.say(code, found.unrecorded))
    parts: list[Part] = [Paragraph(sentences(lead, speech)), _table(found, material, speech)]
    more = len(found.problems) - LISTED
    if more > 0:
        parts.append(Paragraph(speech.say("report-recurring-more", more), hushed=True))
    told = tuple(_told(one, material, speech) for one in found.problems[:TOLD])
    return [*parts, Points(told, speech.say("report-recurring-who"))]


def sentences(said: Sequence[str], speech: Speech) -> str:
    """Sentences one after the other."""
    return ("" if speech.language == "zh" else " ").join(said)


def name_of(one: Again, records: Mapping[str, ProblemRecord], speech: Speech) -> str:
    """What a problem is called: the title of its record, else its category with words that several people said."""
    record = records.get(one.problem or "")
    if record:
        return record.title_in(speech.language)[0]
    terms = one.terms.get(speech.language, ())
    category = speech.category(one.category or "")
    return speech.say("problem-title", category=category, terms=speech.listed(terms)) if terms else category


def records_of(material: Material) -> dict[str, ProblemRecord]:
    """The problem records by id."""
    return {one.id: one for one in material.problem_records}


def _table(found: Found, material: Material, speech: Speech) -> Table:
    columns = ("problem", "came", "all", "people", "open", "trend")
    head = tuple(speech.say(f"report-recurring-{column}") for column in columns)
    records = records_of(material)
    rows = tuple(tuple(_row(one, records, speech)) for one in found.problems[:LISTED])
    return Table(NAME, "", head, rows, (False, True, True, True, True, False))


def _row(one: Again, records: Mapping[str, ProblemRecord], speech: Speech) -> Iterator[Cell]:
    yield Cell(name_of(one, records, speech))
    yield Cell(f"{len(one.came):,}", len(one.came), shown_items(one.came))
    yield Cell(f"{len(one.items):,}", len(one.items), shown_items(one.items))
    yield from numbers(one.people, one.open)
    yield Cell(speech.say(f"report-recurring-turn-{one.turn}"))


# ---- who is at it -------------------------------------------------------------------------------------------------------


def _told(one: Again, material: Material, speech: Speech) -> Point:
    records = records_of(material)
    said = [_since(one, records, speech), _owned(one, records, speech), *_mended(one, material, speech)]
    return Point(sentences(said, speech), shown_items(one.came))


def _since(one: Again, records: Mapping[str, ProblemRecord], speech: Speech) -> str:
    """Since when, and where it is seen, where half of it or more say the same."""
    named = [(name, n) for name, n in (*one.areas, *one.products) if n > 1 and 2 * n >= len(one.items)]
    most = [speech.say("report-recurring-of", name=name, n=n) for name, n in named]
    code = "report-recurring-since-from" if most else "report-recurring-since"
    return speech.say(code, name=name_of(one, records, speech), day=speech.day(one.since), most=speech.listed(most))


def _owned(one: Again, records: Mapping[str, ProblemRecord], speech: Speech) -> str:
    record = records.get(one.problem or "")
    if record is None and not one.proposes_problem and not one.problem:
        return speech.say("report-recurring-no-need", one.people)
    if record is None:
        return speech.say("report-recurring-no-record")
    return speech.say("report-recurring-record", person=speech.person(record.owner))


def _mended(one: Again, material: Material, speech: Speech) -> Iterator[str]:
    """What is done about it, and how much came all the same."""
    last = material.until.astimezone(material.zone).date()
    by_id = {it.id: as_known(it, last) for it in material.measures}
    for name in one.measures:
        yield _measure(by_id[name], speech)
    if not one.measures and one.problem:
        yield speech.say("report-recurring-no-measure")
    if one.since_done:
        yield speech.say("report-recurring-since-done", one.since_done)


def _measure(one: Measure, speech: Speech) -> str:
    title = one.words(one.title, speech.language)[0]
    if one.status in OPEN:
        code = "report-recurring-measure-due" if one.due else "report-recurring-measure-open"
        return speech.say(code, title=title, day=speech.day(one.due) if one.due else "")
    return speech.say("report-recurring-measure-done", title=title, day=speech.day(one.done) if one.done else "–")
