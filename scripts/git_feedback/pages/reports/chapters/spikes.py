"""What rose steeply in a month and where: spikes at their height, areas by categories, a map, and words that are new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from git_feedback import charts
from git_feedback.charts.amounts import decimal, plain_day
from git_feedback.insight.hotspots import Heat, Map, heat, places
from git_feedback.insight.new_terms import NewTerms, new_terms
from git_feedback.insight.spikes import WEEK, WEEKS_BEFORE, Matter, Spike, matters, risen
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Point, Points, Table, chart, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "spikes"
MOST = 10
"""So many spikes are told; figures.json has all of them."""
PARTS = 5
"""So many smaller spikes are named within one."""
FEWEST_PLACED, FEWEST_AREAS = 10, 2
"""Fewer items with an area, or fewer areas, make no picture."""
ROWS = 15
"""So many areas and places stand in the tables below the pictures, those with most items; figures.json has all."""
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Found:
    """Spikes that do not tell the same items again; `is_young` where the record did not reach back five weeks."""

    matters: tuple[Matter, ...]
    is_young: bool
    heat: Heat
    map: Map
    terms: NewTerms


def find(material: Material) -> Found | None:
    """Where nothing was received there is nothing that could rise."""
    received = [one.standing for one in material.look.received]
    if not received:
        return None
    rose = risen(material.standings, list(_ends(material)))
    start = material.period.bounds(material.zone)[0] - _SECOND
    return Found(
        tuple(matters(rose.spikes)),
        rose.is_young,
        heat(received),
        places(received),
        new_terms(material.standings, start, material.until),
    )


def _ends(material: Material) -> Iterator[datetime]:
    """The last second of each day of the period."""
    start, end = material.period.bounds(material.zone)
    for days in range((end.date() - start.date()).days):
        day = start.date() + timedelta(days=days + 1)
        yield datetime(day.year, day.month, day.day, tzinfo=material.zone) - _SECOND


def tell(found: Found, _: Material, speech: Speech) -> Sequence[Part]:
    """What rose, then where, then what people began to speak of."""
    return [*_spikes(found, speech), *_heat(found.heat, speech), *_map(found.map, speech), *_terms(found.terms, speech)]


# ---- what rose --------------------------------------------------------------------------------------------------------


def _spikes(found: Found, speech: Speech) -> Iterator[Part]:
    if found.is_young:
        yield Paragraph(speech.say("report-spikes-young"))
        return
    if found.matters:
        shown = found.matters[:MOST]
        yield Points(tuple(Point(_matter(one, speech), shown_items(one.spike.items)) for one in shown))
        if len(found.matters) > MOST:
            yield Paragraph(speech.say("report-spikes-more", len(found.matters) - MOST))
    else:
        yield Paragraph(speech.say("report-spikes-none"))
    yield Paragraph(speech.say("report-spikes-rule"), hushed=True)


def _matter(one: Matter, speech: Speech) -> str:
    spike = one.spike
    values = {
        "what": _what(spike, speech),
        "kind": speech.say(f"report-spikes-kind-{spike.kind}"),
        "first": _day(spike.until - WEEK + _SECOND, speech),
        "last": _day(spike.until, speech),
    }
    told = [speech.say("report-spikes-one", spike.count, **values), _before(spike, speech)]
    if one.within:
        parts = [speech.say("report-spikes-part", n, what=_what(part, speech)) for part, n in one.within[:PARTS]]
        told.append(speech.say("report-spikes-within", parts=speech.listed(parts)))
    told.append(speech.say("report-spikes-odds", odds=f"{spike.one_in:,}"))
    return (" " if speech.language == "en" else "").join(told)


def _day(at: datetime, speech: Speech) -> str:
    return plain_day(at.astimezone(speech.zone).date(), speech.language)


def _before(spike: Spike, speech: Speech) -> str:
    """What it is compared with; where nothing, or not one a week, was before, no number of times is named."""
    if spike.times is None:
        return speech.say("report-spikes-new" if spike.is_new else "report-spikes-none-before")
    items = round(spike.before * WEEKS_BEFORE)
    if spike.before < 1:
        return speech.say("report-spikes-few-before", items)
    return speech.say("report-spikes-before", items, weekly=decimal(spike.before), times=decimal(spike.times))


def _what(spike: Spike, speech: Speech) -> str:
    """What it is called: areas and products in the words of those who named them."""
    return " · ".join(_named(spike.kind, place, name, speech) for place, name in enumerate(spike.names))


def _named(kind: str, place: int, name: str, speech: Speech) -> str:
    if kind == "channel":
        return speech.channel(name)
    return speech.category(name) if kind == "category" or (kind == "area-category" and place == 1) else name


# ---- where ------------------------------------------------------------------------------------------------------------


def _heat(found: Heat, speech: Speech) -> Iterator[Part]:
    if found.total < FEWEST_PLACED or len(found.areas) < FEWEST_AREAS:
        yield Paragraph(speech.say("report-spikes-few-areas", found.total))
        return
    names = tuple(map(speech.category, found.categories))
    drawn = chart(charts.HotSpots(found.areas, names, found.counts), speech.language, speech.say("report-spikes-areas"))
    yield replace(drawn, rows=drawn.rows[:ROWS])
    if len(found.areas) > ROWS:
        left = sum(map(sum, found.counts[ROWS:]))
        yield Paragraph(speech.say("report-spikes-more-areas", len(found.areas) - ROWS, items=f"{left:,}"), hushed=True)
    if found.without_area:
        yield Paragraph(speech.say("report-spikes-without-area", found.without_area), hushed=True)
    if found.spots:
        yield Points(tuple(_hot(found, speech)), speech.say("report-spikes-hot"))
    else:
        yield Paragraph(speech.say("report-spikes-none-hot"))


def _hot(found: Heat, speech: Speech) -> Iterator[Point]:
    for one in found.spots[:MOST]:
        said = speech.say(
            "report-spikes-hot-one",
            one.count,
            area=one.area,
            category=speech.category(one.category),
            expected=decimal(one.expected),
        )
        yield Point(said, shown_items(one.items))


def _map(found: Map, speech: Speech) -> Iterator[Part]:
    """Only where somebody said where it is, in degrees."""
    if found.spots:
        spots = tuple(charts.Place(one.latitude, one.longitude, one.count, one.name) for one in found.spots)
        drawn = chart(charts.Points(spots, found.unplaced), speech.language, speech.say("report-spikes-map"))
        yield replace(drawn, rows=drawn.rows[:ROWS])
        if len(found.spots) > ROWS:
            left = sum(one.count for one in found.spots[ROWS:])
            yield Paragraph(
                speech.say("report-spikes-more-places", len(found.spots) - ROWS, items=f"{left:,}"), hushed=True
            )


# ---- new words --------------------------------------------------------------------------------------------------------


def _terms(found: NewTerms, speech: Speech) -> Iterator[Part]:
    heading = speech.say("report-spikes-terms")
    if not found.terms:
        yield Paragraph(speech.say("report-spikes-no-terms", found.read, before=f"{found.before:,}"))
        return
    head = tuple(speech.say(f"report-spikes-terms-{name}") for name in ("term", "items", "people", "before"))
    rows = tuple(
        (
            Cell(speech.listed(one.terms), items=shown_items(one.items)),
            Cell(f"{one.count:,}", one.count, shown_items(one.items)),
            Cell(f"{one.people:,}", one.people),
            Cell(f"{one.before:,}", one.before),
        )
        for one in found.terms
    )
    yield Table("new-terms", heading, head, rows, (False, True, True, True))
    yield Paragraph(speech.say("report-spikes-terms-rule"), hushed=True)
