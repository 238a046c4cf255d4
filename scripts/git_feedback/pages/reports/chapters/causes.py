"""Why it came in: the causes of what was resolved, and the fishbones of the problems that came most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from git_feedback.charts.report_series import Fishbone
from git_feedback.insight.came_again import Again, came_again
from git_feedback.insight.causes import Reason
from git_feedback.insight.period_causes import PeriodCauses, period_causes
from git_feedback.model.problems import BRANCHES, Branch, ProblemRecord
from git_feedback.pages.reports.chapters import recurring
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Point, Points, Table, chart, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech
from git_feedback.text import shorten

NAME = "causes"
LISTED = 12
FEWEST = 3
"""With fewer items on the branches a table of six is mostly noughts; the causes say where they lie."""
BONES = 2
"""So many fishbones: the problems with most items of the period."""
_ENDS = "。．. "
SCENARIO = 240
"""Columns of a scenario that fit into a report; the record has all of it."""


@dataclass(frozen=True, slots=True)
class Bones:
    """A problem record whose causes are drawn, and how many items of the period it has."""

    problem: str
    came: int


@dataclass(frozen=True, slots=True)
class Found:
    """The causes of what was resolved in the period, and the problems that are drawn."""

    causes: PeriodCauses
    problems: tuple[Bones, ...]


def find(material: Material) -> Found:
    """Always there: where nothing was found, that is said."""
    resolved = [one.standing for one in material.look.resolved]
    found = period_causes(resolved, material.problem_records, material.until)
    return Found(found, tuple(_drawn(came_again(recurring.known(material)), material))[:BONES])


def _drawn(again: Sequence[Again], material: Material) -> Iterator[Bones]:
    """Records of which a cause was seen by the end of the period."""
    records = recurring.records_of(material)
    for one in again:
        record = records.get(one.problem or "")
        if record and any(_seen(record, branch, material) for branch in BRANCHES):
            yield Bones(record.id, len(one.came))


def _seen(record: ProblemRecord, branch: Branch, material: Material) -> tuple[str, ...]:
    """The causes on a branch, without those that were seen only in items that came later."""
    causes = record.causes.get(branch, ())
    return tuple(
        one.cause.rstrip(_ENDS) for one in causes if not one.items or any(name in material.by_id for name in one.items)
    )


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """How many were explained, by which branches, by which causes; then the problems one by one."""
    parts: list[Part] = [Paragraph(_lead(found.causes, material, speech))]
    if len(found.causes.told) - len(found.causes.loose) >= FEWEST:
        parts.append(_branches(found.causes, speech))
        if found.causes.loose:
            parts.append(Paragraph(speech.say("report-causes-loose", len(found.causes.loose)), hushed=True))
    if found.causes.reasons:
        parts.append(_reasons(found.causes.reasons, speech))
        more = len(found.causes.reasons) - LISTED
        if more > 0:
            parts.append(Paragraph(speech.say("report-causes-more", more), hushed=True))
    return [*parts, *(part for one in found.problems for part in _problem(one, material, speech))]


def _lead(found: PeriodCauses, material: Material, speech: Speech) -> str:
    """How many of them say why; what is left out is named beside."""
    period = speech.period(material.period.name)
    code = _code(found)
    said = [speech.say(code, found.resolved, period=period, told=len(found.told))]
    if len(found.reasons) > 1 and found.reasons[0].count == 1:
        said.append(speech.say("report-causes-each-once"))
    for name, count in (("imported", found.imported), ("short", found.short)):
        if count:
            said.append(speech.say(f"report-causes-{name}", count))
    return recurring.sentences(said, speech)


def _code(found: PeriodCauses) -> str:
    if not found.resolved:
        return "report-causes-nothing"
    if not found.told:
        return "report-causes-none"
    return "report-causes-lead-all" if len(found.told) == found.resolved else "report-causes-lead"


def _branches(found: PeriodCauses, speech: Speech) -> Table:
    head = tuple(speech.say(f"report-causes-{column}") for column in ("branch", "causes", "items"))
    rows = tuple(
        (
            Cell(speech.say(f"problems-branch-{one.branch}")),
            Cell(f"{one.causes:,}", one.causes),
            Cell(f"{len(one.items):,}", len(one.items), shown_items(one.items)),
        )
        for one in found.branches
    )
    return Table("branches", speech.say("report-causes-by-branch"), head, rows, (False, True, True))


def _reasons(reasons: Sequence[Reason], speech: Speech) -> Table:
    head = tuple(speech.say(f"report-causes-{column}") for column in ("cause", "told", "items"))
    rows = tuple(
        (
            Cell(one.cause),
            Cell(speech.say(f"problems-branch-{one.branch}" if one.branch else "problems-at-resolve")),
            Cell(f"{one.count:,}", one.count, shown_items(one.items)),
        )
        for one in reasons[:LISTED]
    )
    return Table(NAME, speech.say("report-causes-by-cause"), head, rows, (False, False, True))


# ---- one problem --------------------------------------------------------------------------------------------------------


def _problem(one: Bones, material: Material, speech: Speech) -> Iterator[Part]:
    """Its fishbone, the chain of whys that ends with the root, and how it goes."""
    record = recurring.records_of(material)[one.problem]
    title = record.title_in(speech.language)[0]
    causes = {branch: _seen(record, branch, material) for branch in BRANCHES}
    heading = speech.say("report-causes-of", one.came, title=title)
    yield chart(Fishbone(title, **causes), speech.language, heading, f"fishbone-{record.id}")
    whys = [Point(why) for why in record.whys]
    if record.root:
        whys.append(Point(speech.say("report-causes-root", root=record.root)))
    if whys:
        yield Points(tuple(whys), speech.say("report-causes-whys", title=title))
    if record.scenario:
        scenario = shorten(" ".join(record.scenario.split()), SCENARIO)
        yield Paragraph(speech.say("report-causes-scenario", scenario=scenario))
