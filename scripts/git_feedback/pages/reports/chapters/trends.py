"""The parts of a period side by side: months of a quarter, quarters of a year; what moved, what turned, and beside when."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from git_feedback.insight import KeyFigures
from git_feedback.insight.trends import Moved, Trends, apart, trends
from git_feedback.pages.cells import compared, written
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Point, Points, Table
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "trends"
_MOST = 3
_YEAR = len("2026")
_STEADY = ("rising", "falling")
_TURNED = ("peak", "dip")
_ORDER = (*_STEADY, *_TURNED, "rose", "fell")
_ARROWS = {"rising": "↗", "falling": "↘", "rose": "↑", "fell": "↓", "peak": "∧", "dip": "∨"}
_BESIDE = ("received", "on_time_share", "resolve_median_h", "satisfied_share")
"""What is compared with whole periods before, in a sentence each."""


@dataclass(frozen=True, slots=True)
class Found:
    """The parts and what moved over them; the whole, and those it is compared with (a year only with the one before).

    `other_than_before`, `other_than_year_before`: figures that differ from theirs by more than chance.
    """

    trends: Trends
    now: KeyFigures
    previous: KeyFigures | None
    year_before: KeyFigures | None
    other_than_before: tuple[str, ...]
    other_than_year_before: tuple[str, ...]


def find(material: Material) -> Found | None:
    """Not there in a month, nor where nothing happened."""
    period, figures, ledger = material.period, material.figures, material.ledger
    if period.months == 1 or material.is_empty:
        return None
    year_before = figures.year_before if period.months == 3 else None
    return Found(
        trends(ledger, period),
        figures.now,
        figures.previous,
        year_before,
        tuple(apart(ledger, period, period.previous, _BESIDE)) if figures.previous else (),
        tuple(apart(ledger, period, period.year_before, _BESIDE)) if year_before else (),
    )


def tell(found: Found, material: Material, speech: Speech) -> Sequence[Part]:
    """Sentences first, then the table, and how a direction is told."""
    points = [*_moves(found, material, speech), *_beside(found, speech)]
    kind = _kind(material)
    note = Paragraph(speech.say(f"report-trends-note-{kind}"), hushed=True)
    return [Points(tuple(points)), _table(found, speech), note]


def _kind(material: Material) -> str:
    """What the parts are: months or quarters."""
    return "months" if material.period.months == 3 else "quarters"


# ---- sentences ------------------------------------------------------------------------------------------------------


def _moves(found: Found, material: Material, speech: Speech) -> Iterator[Point]:
    """What moved, what became worse first; one sentence where nothing did."""
    kind = _kind(material)
    moved = [one for one in found.trends.moved if one.direction in _ORDER]
    ranked = sorted(moved, key=lambda one: (_turn(one, found, speech) != "worse", _ORDER.index(one.direction)))
    for one in ranked[:_MOST]:
        yield Point(_move(one, found, material, speech), query=_query(one.key, material.period.name))
    if not moved:
        few = all(one.direction == "few" for one in found.trends.moved)
        yield Point(speech.say(f"report-trends-{'few' if few else 'none'}-{kind}"))


def _move(one: Moved, found: Found, material: Material, speech: Speech) -> str:
    figures = [asdict(part) for part in found.trends.parts]
    values = [_said(one.key, value, speech) for value in one.values]
    said = speech.say(
        f"report-trends-{one.direction}-{_kind(material)}",
        figure=speech.say(f"report-figure-{one.key}"),
        values=speech.say("report-trends-arrow").join(values),
        part=speech.period(one.turn) if one.turn else "",
        turn=_said(
            one.key, next((figure[one.key] for figure in figures if figure["period"] == one.turn), None), speech
        ),
    )
    return speech.say(f"report-trends-{_turn(one, found, speech) or 'neutral'}", said=said)


def _turn(one: Moved, found: Found, speech: Speech) -> str:
    """Whether it became better or worse from the first part to the last; empty where neither can be said."""
    if one.direction in _TURNED:
        return ""
    first, last = asdict(found.trends.parts[0]), asdict(found.trends.parts[-1])
    return compared(one.key, last, first, speech.language).turn


def _beside(found: Found, speech: Speech) -> Iterator[Point]:
    """One sentence beside the period before, one beside the same time a year ago."""
    for name, (earlier, other) in _sides(found).items():
        if earlier is None:
            yield Point(speech.say(f"report-trends-no-{name}"))
            continue
        then = _whole(earlier, found.now.period, speech)
        changes = speech.say("report-trends-clauses").join(_change(key, found.now, earlier, speech) for key in other)
        code = f"report-trends-{name}" if other else f"report-trends-{name}-level"
        yield Point(speech.say(code, then=then, changes=changes, received=f"{earlier.received:,}"))


def _sides(found: Found) -> dict[str, tuple[KeyFigures | None, tuple[str, ...]]]:
    """What the whole stands beside, and by which figures it differs; for a year the one before is the year ago."""
    before, year_before = (found.previous, found.other_than_before), (found.year_before, found.other_than_year_before)
    return {"before": before} if len(found.now.period) == _YEAR else {"before": before, "year-before": year_before}


def _change(key: str, now: KeyFigures, earlier: KeyFigures, speech: Speech) -> str:
    was, is_now = (_said(key, getattr(one, key), speech) for one in (earlier, now))
    return speech.say("report-trends-change", figure=speech.say(f"report-figure-{key}"), before=was, now=is_now)


# ---- the table ------------------------------------------------------------------------------------------------------


def _table(found: Found, speech: Speech) -> Table:
    beside = {name: earlier for name, (earlier, _) in _sides(found).items()}
    head = (
        speech.say("report-figure"),
        *(speech.period(part.period) for part in found.trends.parts),
        speech.say("report-trends-direction"),
        speech.period(found.now.period),
        *(_column(name, earlier, found, speech) for name, earlier in beside.items()),
    )
    whole = (found.now, *beside.values())
    rows = tuple(
        (*_row(one, found, speech), *(_cell(one.key, figures, speech) for figures in whole))
        for one in found.trends.moved
    )
    return Table(NAME, "", head, rows, (False, *(True,) * len(found.trends.parts), False, *(True,) * len(whole)))


def _column(name: str, earlier: KeyFigures | None, found: Found, speech: Speech) -> str:
    """The head of an earlier period: its name, or what it would be."""
    if earlier is None or name == "year-before":
        return speech.say(f"report-{name}")
    return _whole(earlier, found.now.period, speech)


def _whole(figures: KeyFigures, beside: str, speech: Speech) -> str:
    """The name of a whole period; a quarter of another year than the one it stands beside with its year."""
    said = speech.period(figures.period)
    year = figures.period[:_YEAR]
    is_other = len(beside) > _YEAR and year != beside[:_YEAR]
    return speech.say("report-trends-then", year=year, period=said) if is_other else said


def _row(one: Moved, found: Found, speech: Speech) -> Iterator[Cell]:
    yield Cell(speech.say(f"report-figure-{one.key}"))
    yield from (_cell(one.key, part, speech) for part in found.trends.parts)
    arrow = _ARROWS.get(one.direction, "")
    said = speech.say(f"report-trends-{one.direction}")
    yield Cell(f"{arrow} {said}".lstrip(), turn=_turn(one, found, speech) if one.direction in _ORDER else "")


def _cell(key: str, figures: KeyFigures | None, speech: Speech) -> Cell:
    """A figure, and what stands behind it where a query can say so."""
    if figures is None:
        return Cell("–")
    value = getattr(figures, key)
    return Cell(_said(key, value, speech), value, query=_query(key, figures.period))


def _query(key: str, period: str) -> str:
    return f"state:all received:{period}" if key == "received" else ""


def _said(key: str, value: object, speech: Speech) -> str:
    number, unit = written(key, value, speech.language)
    return f"{number} {unit}".rstrip()
