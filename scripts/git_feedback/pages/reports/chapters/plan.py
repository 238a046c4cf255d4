"""The plan for the next quarter: what is due, what nobody has taken up, when the office is closed, what to aim at."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from git_feedback.insight.coming_quarter import Judgeable, OfficeDays, Special, judgeable_later, office_days
from git_feedback.insight.measured import as_known, progress
from git_feedback.insight.review import untaken
from git_feedback.model.measures import Measure
from git_feedback.model.problems import ProblemRecord
from git_feedback.pages.cells import written
from git_feedback.pages.reports.chapters.measures import known
from git_feedback.pages.reports.document import Blank, Cell, Paragraph, Part, Point, Points, Table, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "plan"
TARGETS = ("on_time_share", "respond_median_h", "resolve_median_h", "satisfied_share", "backlog")
"""The figures for which a quarter sets itself something to reach."""


@dataclass(frozen=True, slots=True)
class Due:
    """A measure that is open: `state` is overdue, coming (due in the next quarter) or undated."""

    measure: str
    state: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the quarter `period`; `now` has the figures to start from.

    `problems`: how many problem records are open, `untaken` those of them without a measure.
    """

    period: str
    measures: tuple[Due, ...]
    problems: int
    untaken: tuple[str, ...]
    office: OfficeDays
    again: tuple[Judgeable, ...]
    now: dict[str, float | int | None]


def find(material: Material) -> Found | None:
    """Only in a quarter in which something happened."""
    if material.period.months != 3 or material.is_empty:
        return None
    coming, last = material.period.next, material.period.next.first - timedelta(1)
    there = [as_known(one, last) for one in known(material)]
    figures = asdict(material.figures.now)
    return Found(
        period=coming.name,
        measures=tuple(_due(there, material)),
        problems=sum(one.is_open and one.since <= last for one in material.problem_records),
        untaken=tuple(one.id for one in untaken(material.problem_records, there, last)),
        office=office_days(material.policy.calendars.plans[material.policy.desk.office], coming),
        again=tuple(judgeable_later(there, last)),
        now={key: figures[key] for key in TARGETS},
    )


def _due(there: Sequence[Measure], material: Material) -> Iterator[Due]:
    now = progress(there, material.period)
    yield from (Due(one.id, "overdue", one.due) for one in now.overdue)
    yield from (Due(one.id, "coming", one.due) for one in now.coming)
    yield from (Due(one.id, "undated", None) for one in now.later if one.due is None)


# ---- words ----------------------------------------------------------------------------------------------------------


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """Measures, problems, days, what to look at again; then the targets to fill in."""
    measures = {one.id: one for one in material.measures}
    records = {one.id: one for one in material.problem_records}
    return [
        *_measures(found, measures, speech),
        Points(tuple(_problems(found, records, speech)), speech.say("report-plan-problems")),
        Points(tuple(_office(found, material, speech)), speech.say("report-plan-days")),
        Points(tuple(_again(found, measures, speech)), speech.say("report-plan-again")),
        *_targets(found, material, speech),
    ]


def _measures(found: Found, measures: dict[str, Measure], speech: Speech) -> Iterator[Part]:
    heading = speech.say("report-plan-measures")
    if not found.measures:
        yield Points((Point(speech.say("report-plan-no-measures", period=speech.period(found.period))),), heading)
        return
    head = tuple(speech.say(f"report-plan-{name}") for name in ("measure", "owner", "due", "state"))
    rows = tuple(_row(one, measures[one.measure], speech) for one in found.measures)
    yield Table(NAME, heading, head, rows, (False,) * len(head))


def _row(one: Due, measure: Measure, speech: Speech) -> tuple[Cell, ...]:
    title, _ = measure.words(measure.title, speech.language)
    return (
        Cell(title, items=shown_items(measure.items)),
        Cell(speech.person(measure.owner)),
        Cell(speech.day(one.due) if one.due else "–"),
        Cell(speech.say(f"report-plan-{one.state}"), turn="worse" if one.state == "overdue" else ""),
    )


def _problems(found: Found, records: dict[str, ProblemRecord], speech: Speech) -> Iterator[Point]:
    """Problems that nobody does anything about yet."""
    if not found.untaken:
        yield Point(speech.say("report-plan-no-problems" if found.problems else "report-plan-no-records"))
    for one in (records[name] for name in found.untaken):
        title, _ = one.title_in(speech.language)
        values = {"title": title, "who": speech.person(one.owner), "day": speech.day(one.since)}
        yield Point(speech.say("report-plan-problem", None, **values), shown_items(one.items), one.query or "")


def _office(found: Found, material: Material, speech: Speech) -> Iterator[Point]:
    """When the desk is closed or open otherwise, and how far that is certain."""
    period = speech.period(found.period)
    yield Point(speech.say("report-plan-working", found.office.working, period=period))
    for kind in ("holiday", "makeup", "half"):
        runs = [_run(one, speech) for one in found.office.special if one.kind == kind]
        if runs:
            yield Point(speech.say(f"report-plan-{kind}", days=speech.listed(runs)))
    if found.office.status != "official":
        code = f"report-plan-year-{found.office.status}"
        values = {"year": found.period[:4], "calendar": material.policy.desk.office}
        yield Point(speech.say(code, None, **values))


def _run(one: Special, speech: Speech) -> str:
    if one.first == one.last:
        return speech.day(one.first)
    return speech.say("report-plan-from-to", first=speech.day(one.first), last=speech.day(one.last))


def _again(found: Found, measures: dict[str, Measure], speech: Speech) -> Iterator[Point]:
    """Measures of which it was too early to say anything."""
    if not found.again:
        yield Point(speech.say("report-plan-no-again"))
    for one in found.again:
        title, _ = measures[one.measure].words(measures[one.measure].title, speech.language)
        values = {"title": title, "done": speech.day(one.done), "day": speech.day(one.day)}
        yield Point(speech.say("report-plan-judgeable", None, **values))


def _targets(found: Found, material: Material, speech: Speech) -> Iterator[Part]:
    """A line to fill in for each figure, with where it stands."""
    yield Paragraph(speech.say("report-plan-targets", period=speech.period(found.period)))
    for key, value in found.now.items():
        number, unit = written(key, value, speech.language)
        values = {"figure": speech.say(f"report-figure-{key}"), "now": f"{number} {unit}".rstrip()}
        code = "report-plan-target-new" if value is None else "report-plan-target"
        yield Blank(speech.say(code, None, period=speech.period(material.period.name), **values))
