"""Which way items went from state to state, and what went backwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from git_feedback import charts
from git_feedback.insight.flow import BACKWARDS, COLUMNS, Back, Flowed, flowed
from git_feedback.pages.reports.document import Paragraph, Part, Point, Points, chart, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "flow"


@dataclass(frozen=True, slots=True)
class Found:
    """The ways of the period; what went backwards in the one before (None: there was nothing yet)."""

    now: Flowed
    before: tuple[Back, ...] | None


def find(material: Material) -> Found:
    """Always there: where nothing moved it says so."""
    ledger, period = material.ledger, material.period
    before = flowed(ledger, period.previous).back if material.look_before else None
    return Found(flowed(ledger, period), before)


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """The picture, then what went backwards and what waited."""
    if not found.now.ways:
        return [Paragraph(speech.say("report-flow-none", period=speech.period(material.period.name)))]
    drawn = chart(_series(found.now, speech), speech.language, speech.say("report-flow-chart"))
    return [Points(tuple(_points(found, material, speech))), drawn]


def _series(now: Flowed, speech: Speech) -> charts.Flow:
    touched = {end for way in now.ways for end in (way.source, way.target)}
    states = tuple(
        charts.State(one, speech.say(f"life-{one}"), column) for one, column in COLUMNS.items() if one in touched
    )
    return charts.Flow(states, tuple(charts.Stream(way.source, way.target, len(way.items)) for way in now.ways))


def _points(found: Found, material: Material, speech: Speech) -> Iterator[Point]:
    before = {one.kind: one.times for one in found.before or ()}
    earlier = speech.period(material.period.previous.name) if found.before is not None else ""
    back = {one.kind: one for one in found.now.back}
    if not back:
        yield Point(speech.say("report-flow-straight", period=speech.period(material.period.name)))
    for kind in BACKWARDS:
        one = back.get(kind, Back(kind, 0, ()))
        if one.times or before.get(kind):
            yield Point(_backwards(one, before.get(kind, 0), earlier, speech), shown_items(one.items))
    if found.now.waited:
        waited = speech.say("report-flow-waited", len(found.now.waited))
        yield Point(waited, shown_items(found.now.waited))


def _backwards(one: Back, before: int, earlier: str, speech: Speech) -> str:
    said = speech.say(f"report-flow-{one.kind}", one.times)
    return speech.say("report-flow-before", said=said, period=earlier, count=before) if earlier else said
