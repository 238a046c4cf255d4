"""The key figures of a period beside those they are compared with: number, unit, by how much it differs, better or worse.

They are made from the key figures in a figures.json, so that a page shows what was issued.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from git_feedback.i18n import text
from git_feedback.insight import duration, length, percent, period_name

Numbers = Mapping[str, object]

KINDS: Mapping[str, str] = {
    "received": "count",
    "resolved": "count",
    "settled_share": "share",
    "backlog": "count",
    "on_time_share": "share",
    "respond_median_h": "hours",
    "respond_p90_h": "hours",
    "resolve_median_h": "hours",
    "resolve_p90_h": "hours",
    "reply_median_h": "hours",
    "reopened": "count",
    "reopened_share": "share",
    "second_handling": "count",
    "satisfied_share": "share",
    "csat_share": "share",
    "nps": "score",
    "heard_share": "share",
}
"""Every key figure, in the order of display."""
_GOOD_UP = frozenset({"settled_share", "on_time_share", "satisfied_share", "csat_share", "nps", "heard_share"})
_GOOD_DOWN = frozenset({"backlog", "reopened", "reopened_share", "second_handling"})
"""Of hours, fewer are better as well; of what comes in and is resolved, neither more nor fewer."""
RESTS_ON: Mapping[str, tuple[str, str]] = {
    "settled_share": ("settled_n", ""),
    "on_time_share": ("on_time_n", "on_time_excluded"),
    "respond_median_h": ("respond_n", "respond_excluded"),
    "respond_p90_h": ("respond_n", "respond_excluded"),
    "resolve_median_h": ("resolve_n", "resolve_excluded"),
    "resolve_p90_h": ("resolve_n", "resolve_excluded"),
    "reply_median_h": ("reply_n", "reply_excluded"),
    "reopened_share": ("resolved", ""),
    "satisfied_share": ("satisfied_n", ""),
    "csat_share": ("csat_n", ""),
    "nps": ("nps_n", ""),
    "heard_share": ("heard_n", ""),
}
"""What a figure rests on, and what it leaves out."""
FEWEST = 5
"""A figure that rests on fewer, now or before, is shown and called neither better nor worse."""
LEAST_BASE = 10
"""From a smaller count no per cent are told."""
FOUR = ("received", "resolved", "on_time_share", "satisfied_share")
LEAST_POINTS = 0.05
"""A share that moves by less than this many points (which would read 0.0) stands still."""
LEAST_HOURS = 1 / 60


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside an earlier one: `than` names what it is compared with and `change` by how much it differs.

    `change` is empty without both; `turn` is better, worse or empty.
    """

    than: str
    change: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a period and its neighbour."""

    key: str
    label: str
    value: str
    unit: str
    than: str
    change: str
    turn: str


def cells(now: Numbers, before: Numbers | None, language: str, keys: Sequence[str] = tuple(KINDS)) -> list[Figure]:
    """The figures named by `keys`; each has a neighbour, or says that there is none."""
    return [_figure(key, now, before, language) for key in keys]


def compared(key: str, now: Numbers, before: Numbers | None, language: str) -> Compared:
    """A figure beside an earlier one."""
    number, earlier = now.get(key), before.get(key) if before else None
    if not isinstance(number, int | float):
        return Compared(text("report-too-few" if _rests_on(key, now) else "report-no-figure", language))
    if before is None or not isinstance(earlier, int | float):
        return Compared(text("report-no-neighbour", language))
    than = text("report-than", language, period=period_name(str(before["period"]), language))
    amount = _amount(key, number, earlier, language)
    if not amount:
        return Compared(than, text("report-level", language))
    turn = "" if _is_few(key, now) or _is_few(key, before) else _turn(key, rose=number > earlier)
    code = f"report-turn-{turn}" if turn else "report-turn"
    return Compared(than, text(code, language, arrow="↑" if number > earlier else "↓", amount=amount), turn)


def written(key: str, number: object, language: str) -> tuple[str, str]:
    """A figure as number and unit; a dash where there is nothing to count from."""
    if not isinstance(number, int | float):
        return "–", ""
    if KINDS[key] == "count":
        return f"{number:,}", text("report-unit-count", language, n=int(number))
    if KINDS[key] == "share":
        return percent(number).removesuffix(" %"), "%"
    return length(number, language) if KINDS[key] == "hours" else (f"{number:+.0f}", "")


def _figure(key: str, now: Numbers, before: Numbers | None, language: str) -> Figure:
    beside = compared(key, now, before, language)
    label = text(f"report-figure-{key}", language)
    return Figure(key, label, *written(key, now.get(key), language), beside.than, beside.change, beside.turn)


def _rests_on(key: str, figures: Numbers) -> int | None:
    """On how many a figure rests; None where that is not told."""
    found = figures.get(RESTS_ON.get(key, ("", ""))[0])
    return found if isinstance(found, int) else None


def _is_few(key: str, figures: Numbers) -> bool:
    n = _rests_on(key, figures)
    return n is not None and n < FEWEST


def _turn(key: str, *, rose: bool) -> str:
    if key in _GOOD_UP:
        return "better" if rose else "worse"
    if key in _GOOD_DOWN or KINDS[key] == "hours":
        return "worse" if rose else "better"
    return ""


def _amount(key: str, number: float, before: float, language: str) -> str:
    """By how much two figures differ; empty when they do not."""
    apart = abs(number - before)
    if KINDS[key] == "share":
        points = 100 * apart
        return text("report-points", language, points=f"{points:.1f}") if points >= LEAST_POINTS else ""
    if KINDS[key] == "score":
        return text("report-points", language, points=f"{apart:.0f}") if apart >= 1 else ""
    if KINDS[key] == "hours":
        return duration(apart, language) if apart >= LEAST_HOURS else ""
    if not apart:
        return ""
    if before < LEAST_BASE:
        return f"{apart:,} {text('report-unit-count', language, n=int(apart))}"
    return f"{max(round(100 * apart / before), 1)} %"
