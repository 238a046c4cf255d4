"""The words of figures: findings as sentences, durations, names of months."""

from collections.abc import Mapping

from git_feedback.clock.periods import Period
from git_feedback.i18n import text
from git_feedback.insight.courses import UNASSIGNED, UNCLASSIFIED
from git_feedback.insight.findings import Finding

MINUTES_BELOW_H = 1
DAYS_FROM_H = 48
_PLAIN_FROM = 10


def said(finding: Finding, language: str, names: Mapping[str, str]) -> str:
    """The sentence of a finding; `names` has the categories' names by id, in that language."""
    values = {key: _written(key, value, language, names) for key, value in finding.values.items()}
    if "clock" in values:
        values["clock"] = clock_name(values["clock"], values["level"], language)
    return text(finding.code, language, None, **values)


def named(identity: str, language: str, names: Mapping[str, str]) -> str:
    """The name of a category (or department) by its id; what has none is called so, an id nobody knows stays."""
    if identity in (UNCLASSIFIED, UNASSIGNED):
        return text(f"insight-{identity}", language)
    return names.get(identity, identity)


def month_name(month: str, language: str) -> str:
    """`10 月`, `October`."""
    return text("insight-months", language).split("|")[int(month[5:]) - 1]


def period_name(period: str, language: str) -> str:
    """A month, a quarter or a year in a sentence about its own time: `10 月`, `Q3`, `2026 年`."""
    found = Period.parse(period)
    if found.months == 1:
        return month_name(period, language)
    code = "insight-quarter" if found.months == 3 else "insight-year"
    return text(code, language, year=found.year, quarter=(found.month + 2) // 3)


def clock_name(clock: str, level: str, language: str) -> str:
    """`P1 首次答复`, `P1 first answer`; without a level (nobody has classified it yet) it says so."""
    name = text(f"insight-clock-{clock}", language)
    if not level:
        return text("insight-clock-unclassified", language, clock=name)
    return text("insight-clock-level", language, level=level, clock=name)


def percent(share: float) -> str:
    """`91.4 %`; whole ones without decimals.  Only a full share says 100 %, only an empty one 0 %."""
    shown = min(max(100 * share, 0.1), 99.9) if 0 < share < 1 else 100 * share
    return f"{_shortest(shown)} %"


def length(hours: float, language: str) -> tuple[str, str]:
    """A duration as number and unit, the unit by its size: minutes below an hour, days from two days on."""
    if hours < MINUTES_BELOW_H:
        number, unit = str(round(hours * 60)), "minutes"
    elif hours < DAYS_FROM_H:
        number, unit = _shortest(hours) if hours < _PLAIN_FROM else str(round(hours)), "hours"
    else:
        number, unit = _shortest(hours / 24), "days"
    return number, text(f"insight-{unit}", language, n=1 if number == "1" else 2)


def duration(hours: float, language: str) -> str:
    """`4.2 天`, `4.2 days`."""
    return " ".join(length(hours, language))


def _shortest(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _written(key: str, value: str | int | float, language: str, names: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return _words(key, value, language, names)
    if key.startswith("share"):
        return percent(value)
    return duration(value, language) if key.startswith("hours") else f"{value:,}"


def _words(key: str, value: str, language: str, names: Mapping[str, str]) -> str:
    if key == "category":
        return named(value, language, names)
    return period_name(value, language) if key == "month" else value
