"""The key figures, each beside the period before and the same time a year ago, with what it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from git_feedback.insight import DayCount, KeyFigures
from git_feedback.pages.cells import KINDS, RESTS_ON, compared, written
from git_feedback.pages.reports.document import Cell, Paragraph, Part, Table
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "key_figures"
_INTERVALS: Mapping[str, tuple[str, str]] = {
    "satisfied_share": ("satisfied_low", "satisfied_high"),
    "csat_share": ("csat_low", "csat_high"),
    "nps": ("nps_low", "nps_high"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The key figures of the period, the one before, the same time a year ago, and up to twelve in a row."""

    now: KeyFigures
    previous: KeyFigures | None
    year_before: KeyFigures | None
    series: tuple[KeyFigures, ...]
    days: tuple[DayCount, ...]


def find(material: Material) -> Found:
    """Always there: a period in which nothing happened has figures that say so."""
    figures = material.figures
    return Found(figures.now, figures.previous, figures.year_before, figures.series, figures.days)


def tell(found: Found, _: Material, speech: Speech) -> Sequence[Part]:
    """One table; intervals where few answers stand behind a figure."""
    head = (
        speech.say("report-figure"),
        speech.period(found.now.period),
        _name_of(found.previous, "report-before", speech),
        speech.say("report-change"),
        _name_of(found.year_before, "report-year-before", speech),
        "n",
        speech.say("report-excluded"),
    )
    rows = tuple(tuple(_row(key, found, speech)) for key in KINDS)
    table = Table(NAME, "", head, rows, (False, True, True, True, True, True, True))
    return [table, Paragraph(speech.say("report-intervals"), hushed=True)]


def _name_of(figures: KeyFigures | None, code: str, speech: Speech) -> str:
    """The column of an earlier period; a year ago is told with its year."""
    if figures is None or code == "report-year-before":
        return speech.say(code)
    return speech.period(figures.period)


def _row(key: str, found: Found, speech: Speech) -> Iterator[Cell]:
    now = asdict(found.now)
    previous, ago = (asdict(one) if one else None for one in (found.previous, found.year_before))
    beside = compared(key, now, previous, speech.language)
    counted, excluded = RESTS_ON.get(key, ("", ""))
    yield Cell(speech.say(f"report-figure-{key}"))
    yield Cell(_value(key, now, speech), _number(now[key]))
    yield _earlier(key, previous, speech)
    yield Cell(beside.change or beside.than, turn=beside.turn)
    yield _earlier(key, ago, speech)
    yield Cell(f"{now[counted]:,}", now[counted]) if counted else Cell("")
    yield Cell(f"{now[excluded]:,}", now[excluded]) if excluded else Cell("")


def _earlier(key: str, figures: Mapping[str, Any] | None, speech: Speech) -> Cell:
    if figures is None:
        return Cell("–")
    return Cell(_joined(*written(key, figures[key], speech.language)), _number(figures[key]))


def _value(key: str, figures: Mapping[str, Any], speech: Speech) -> str:
    """The figure, and between what it may lie."""
    said = _joined(*written(key, figures[key], speech.language))
    low, high = (figures[name] for name in _INTERVALS[key]) if key in _INTERVALS else (None, None)
    if low is None or high is None:
        return said
    ends = (written(key, end, speech.language)[0] for end in (low, high))
    return speech.say("report-interval", said=said, low=next(ends), high=next(ends))


def _joined(value: str, unit: str) -> str:
    return f"{value} {unit}".rstrip()


def _number(value: object) -> int | float | None:
    return value if isinstance(value, int | float) else None
