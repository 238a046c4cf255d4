"""How much came and when: by day or week with its natural limits, by weekday and hour, and week by week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from git_feedback.charts import Counted, Heatmap, Trend
from git_feedback.charts.amounts import decimal, plain_day, weekdays
from git_feedback.insight.volume import WEEK, Heap, Limits, Volume, Week, volume
from git_feedback.pages.reports.document import Cell, Part, Point, Points, Table, chart, numbers, shown_items
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.queries import received
from git_feedback.pages.reports.speech import Speech

NAME = "volume"
FEWEST_FOR_HOURS = 20
"""Fewer items show no hours of the week: most cells would be empty, the others one."""
FEWEST_NAMED = 3
"""A day or week with fewer is not worth naming."""
NAMED = 5
"""So many days outside the limits are named."""


@dataclass(frozen=True, slots=True)
class Found:
    """The period's volume, and what came by weekday and hour."""

    volume: Volume
    arrivals: tuple[tuple[int, ...], ...]


def find(material: Material) -> Found | None:
    """Nothing on a period in which nothing was received and nothing solved."""
    found = volume(material.ledger, material.period)
    return Found(found, material.figures.arrivals) if found.received or found.resolved else None


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """Points, the curve, the hours of the week, the weeks."""
    known = found.volume
    parts: list[Part] = [Points(tuple(_points(known, material, speech)))]
    if len(known.points) > 1 and any(point.count for point in known.points):
        counted = tuple(Counted(one.date, one.count, one.working) for one in known.points)
        heading = speech.say(f"report-volume-by-{known.every}", len(known.points))
        parts.append(chart(Trend(counted, known.every), speech.language, heading, "volume-trend"))
    if known.received >= FEWEST_FOR_HOURS:
        heading = speech.say("report-volume-hours")
        parts.append(chart(Heatmap(found.arrivals), speech.language, heading, "volume-hours"))
    return [*parts, _table(known.weeks, material, speech)]


# ---- sentences ------------------------------------------------------------------------------------------------------


def _points(known: Volume, material: Material, speech: Speech) -> Iterator[Point]:
    yield _first(known, material, speech)
    if known.busiest and known.busiest.count >= FEWEST_NAMED and known.busiest not in _outside(known.limits):
        yield _heap("most", known.busiest, known, speech)
    yield from _unusual(known, speech)
    if known.limits and known.limits.stretch:
        yield _stretch(known.limits, known, speech)
    if known.received >= FEWEST_FOR_HOURS:
        share = speech.share(known.closed / known.received)
        said = speech.say("report-volume-closed", known.closed, share=share, all=f"{known.received:,}")
        yield Point(said if known.closed else speech.say("report-volume-none-closed"))
    else:
        yield Point(speech.say("report-volume-no-hours"))


def _first(known: Volume, material: Material, speech: Speech) -> Point:
    """What came and was solved, and how much a day where that is a figure."""
    counts = {"resolved": f"{known.resolved:,}", "received": f"{known.received:,}"}
    period = speech.period(material.period.name)
    if known.received < FEWEST_FOR_HOURS or not (known.open_days and known.closed_days):
        said = speech.say("report-volume-came", None, period=period, **counts)
    else:
        on_closed = known.received - known.on_open_days
        days = {
            "open": decimal(known.on_open_days / known.open_days),
            "closed": decimal(on_closed / known.closed_days),
        }
        said = speech.say("report-volume-came-a-day", None, period=period, **counts, **days)
    query = received(material, material.period.name) if known.received else ""
    return Point(said, query=query)


def _unusual(known: Volume, speech: Speech) -> Iterator[Point]:
    """Each point outside the limits; or that there is none; or that there are too few to tell."""
    limits = known.limits
    if limits is None:
        yield Point(speech.say("report-volume-no-limits"))
        return
    ranked = sorted(limits.above, key=lambda one: (-one.count, one.date))
    yield from (_heap("above", one, known, speech) for one in ranked[:NAMED])
    yield from (_heap("below", one, known, speech) for one in limits.below[:NAMED])
    if not _outside(limits):
        ends = {"low": decimal(limits.low), "high": decimal(limits.high)}
        yield Point(speech.say(f"report-volume-calm-{known.every}", None, **ends))


def _outside(limits: Limits | None) -> tuple[Heap, ...]:
    return (*limits.above, *limits.below) if limits else ()


def _heap(code: str, one: Heap, known: Volume, speech: Speech) -> Point:
    """What came on a day or in a week, against what is usual, and what it was mostly about."""
    limits = known.limits
    usual = {"mean": decimal(limits.mean), "low": decimal(limits.low), "high": decimal(limits.high)} if limits else {}
    when = _when(one.date, known, speech)
    said = [speech.say(f"report-volume-{code}", one.count, when=when, **usual)]
    if one.category:
        alike = {"alike": f"{one.alike:,}", "category": speech.category(one.category)}
        said.append(speech.say("report-volume-alike", one.count, **alike))
    elif one.count > FEWEST_NAMED:
        said.append(speech.say("report-volume-mixed"))
    joint = "" if speech.language == "zh" else " "
    return Point(joint.join(said), items=shown_items(one.items))


def _when(day: date, known: Volume, speech: Speech) -> str:
    """`周一（10 月 12 日）`, or the week of a date."""
    shown = plain_day(day, speech.language)
    if known.every == "week":
        return speech.say("report-volume-week-of", day=shown)
    return speech.say("report-volume-day", day=shown, weekday=weekdays(speech.language)[day.weekday()])


def _stretch(limits: Limits, known: Volume, speech: Speech) -> Point:
    found = limits.stretch
    if found is None:
        raise ValueError("no stretch to tell of")
    last = found.last if known.every == "day" else found.last + WEEK
    code = f"report-volume-stretch-{'above' if found.above else 'below'}-{known.every}"
    days = {"first": plain_day(found.first, speech.language), "last": plain_day(last, speech.language)}
    return Point(speech.say(code, found.points, mean=decimal(limits.mean), **days))


# ---- the weeks ------------------------------------------------------------------------------------------------------


def _table(weeks: Sequence[Week], material: Material, speech: Speech) -> Table:
    """The weeks of the period; at its ends as far as they lie in it, so that the rows sum up to the whole."""
    head = tuple(speech.say(f"report-volume-{name}") for name in ("week", "open-days", "received", "resolved"))
    rows = tuple(
        (
            Cell(_span(week, speech)),
            *numbers(week.open_days),
            Cell(f"{week.received:,}", week.received, query=_query(week, material)),
            *numbers(week.resolved),
        )
        for week in weeks
    )
    return Table("weeks", speech.say("report-volume-weeks"), head, rows, (False, True, True, True))


def _query(week: Week, material: Material) -> str:
    return received(material, f"{week.first}..{week.last}") if week.received else ""


def _span(week: Week, speech: Speech) -> str:
    first, last = (plain_day(day, speech.language) for day in (week.first, week.last))
    return first if week.first == week.last else speech.say("report-volume-span", first=first, last=last)
