"""How long it took: solutions from quick to slow as a picture, then answers, solutions and replies group by group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from git_feedback import charts
from git_feedback.insight.findings import FEWEST
from git_feedback.insight.groups import BY
from git_feedback.insight.times_by import Measured, Taken, measured, solved_in_s
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Point, Points, Table, chart
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "times"
ENOUGH = 5
"""So many items give a slow tenth and a mean; of fewer the median says what there is to say."""


@dataclass(frozen=True, slots=True)
class Found:
    """The three measures of the period and of the one before (empty: there was nothing yet), and every solution's time."""

    now: tuple[Measured, ...]
    before: tuple[Measured, ...]
    solved_in_s: tuple[int, ...]


def find(material: Material) -> Found:
    """Always there: where nothing came it says so."""
    office, before = material.policy.office, material.look_before
    return Found(
        measured(material.look, office), measured(before, office) if before else (), solved_in_s(material.look)
    )


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """The picture, then a table for each measure, and what is too little to be told."""
    parts: list[Part] = []
    if len(found.solved_in_s) >= FEWEST:
        excluded = next(one.whole.excluded for one in found.now if one.name == "resolve")
        series = charts.Spread(found.solved_in_s, excluded)
        parts.append(chart(series, speech.language, speech.say("report-times-chart")))
    parts += [_table(one, found, material, speech) for one in found.now if one.whole.n]
    if missing := tuple(_missing(found, material, speech)):
        parts.append(Points(missing))
    if any(sum(one.few.values()) for one in found.now):
        parts.append(Paragraph(speech.say("report-times-few", fewest=FEWEST), hushed=True))
    return parts


def _missing(found: Found, material: Material, speech: Speech) -> Iterator[Point]:
    """Measures of which there was nothing to measure, and how many items do not tell."""
    for one in found.now:
        if not one.whole.n:
            yield Point(speech.say(f"report-times-none-{one.name}", period=speech.period(material.period.name)))
            if one.whole.excluded:
                yield Point(speech.say("report-times-unknown", one.whole.excluded))


def _table(one: Measured, found: Found, material: Material, speech: Speech) -> Table:
    earlier = next((before for before in found.before if before.name == one.name), None)
    period = speech.period(material.period.previous.name) if earlier else ""
    before = speech.say("report-times-before", period=period) if earlier else speech.say("report-before")
    columns = ("n", "median", "p90", "mean")
    head = (
        speech.say("report-times-by"),
        speech.say("report-times-group"),
        *(speech.say(f"report-times-{name}") for name in columns),
        speech.say("report-excluded"),
        before,
    )
    rows = tuple(_rows(one, earlier, speech))
    heading = speech.say(f"report-times-heading-{one.name}")
    return Table(f"{NAME}-{one.name}", heading, head, rows, (False, False, True, True, True, True, True, True))


def _rows(one: Measured, earlier: Measured | None, speech: Speech) -> Iterator[tuple[Cell, ...]]:
    yield _row(speech.say("report-times-all"), "", one.whole, earlier.whole if earlier else None, speech)
    for by in BY:
        before = _by_name(earlier.groups[by] if earlier else ())
        label = speech.say(f"report-clocks-{by}")
        for group in one.groups[by]:
            yield _row(label, _named(by, group.name, speech), group, before.get(group.name), speech)


def _by_name(groups: Sequence[Taken]) -> Mapping[str, Taken]:
    return {one.name: one for one in groups}


def _named(by: str, name: str, speech: Speech) -> str:
    if by == "level":
        return speech.say("report-backlog-no-level") if name == "unclassified" else name
    return str(getattr(speech, by)(name))


def _row(label: str, name: str, one: Taken, before: Taken | None, speech: Speech) -> tuple[Cell, ...]:
    """A group's figures, the slow tenth and the mean where there are enough for them."""
    enough = one.n >= ENOUGH
    return (
        Cell(label),
        Cell(name),
        Cell(f"{one.n:,}", one.n),
        _hours(one.median_h, speech),
        _hours(one.p90_h if enough else None, speech),
        _hours(one.mean_h if enough else None, speech),
        Cell(f"{one.excluded:,}", one.excluded),
        _hours(before.median_h if before else None, speech),
    )


def _hours(hours: float | None, speech: Speech) -> Cell:
    return Cell(speech.hours(hours), hours)
