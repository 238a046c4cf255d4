"""The key figures of a month beside those of the month before: number, unit, how much that differs, better or worse.

They are made from the `month` and `previous` of a figures.json, so that a page shows what was issued.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from git_feedback.i18n import text
from git_feedback.insight import duration, length, month_name, percent

Numbers = Mapping[str, object]

KINDS: Mapping[str, str] = {
    "received": "count",
    "resolved": "count",
    "on_time_share": "share",
    "respond_median_h": "hours",
    "resolve_median_h": "hours",
    "satisfied_share": "share",
}
"""Every key figure, in the order of display.  Of hours, fewer are better; of shares, more; of counts, neither."""
FOUR = ("received", "resolved", "on_time_share", "satisfied_share")
LEAST_POINTS = 0.05
"""A share that moves by less than this many points (which would read 0.0) stands still."""
LEAST_HOURS = 1 / 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: `than` names what it is compared with and `change` by how much it differs; empty without both.

    `turn` is better, worse or empty.
    """

    key: str
    label: str
    value: str
    unit: str
    than: str
    change: str
    turn: str


def cells(month: Numbers, previous: Numbers | None, language: str, keys: Sequence[str] = tuple(KINDS)) -> list[Cell]:
    """The figures named by `keys`; each has a neighbour, or says that there is none."""
    return [_cell(key, month, previous, language) for key in keys]


def written(key: str, number: object, language: str) -> tuple[str, str]:
    """A figure as number and unit; a dash where there is nothing to count from."""
    if not isinstance(number, int | float):
        return "–", ""
    if KINDS[key] == "count":
        return f"{number:,}", text("report-unit-count", language, n=int(number))
    if KINDS[key] == "share":
        return percent(number).removesuffix(" %"), "%"
    return length(number, language)


def _cell(key: str, month: Numbers, previous: Numbers | None, language: str) -> Cell:
    number, before = month[key], previous[key] if previous else None
    than, change, turn = _compared(key, number, before, language, str(previous["month"]) if previous else "")
    return Cell(key, text(f"report-figure-{key}", language), *written(key, number, language), than, change, turn)


def _compared(key: str, number: object, before: object, language: str, month: str) -> tuple[str, str, str]:
    if not isinstance(number, int | float):
        return text("report-no-figure", language), "", ""
    if not isinstance(before, int | float):
        return text("report-no-neighbour", language), "", ""
    than = text("report-than", language, month=month_name(month, language))
    amount = _amount(key, number, before, language)
    if not amount:
        return than, text("report-level", language), ""
    turn = _turn(key, number > before)
    code = f"report-turn-{turn}" if turn else "report-turn"
    return than, text(code, language, arrow="↑" if number > before else "↓", amount=amount), turn


def _turn(key: str, rose: bool) -> str:
    if KINDS[key] == "count":
        return ""
    return "better" if rose == (KINDS[key] == "share") else "worse"


def _amount(key: str, number: float, before: float, language: str) -> str:
    """By how much two figures differ; empty when they do not."""
    apart = abs(number - before)
    if KINDS[key] == "share":
        points = 100 * apart
        return text("report-points", language, points=f"{points:.1f}") if points >= LEAST_POINTS else ""
    if KINDS[key] == "hours":
        return duration(apart, language) if apart >= LEAST_HOURS else ""
    if not apart:
        return ""
    return f"{max(round(100 * apart / before), 1)} %" if before else f"{apart:,}"
