"""How a chart writes amounts, shares and days: the same in the picture, the sentence and the table."""

from datetime import date

from git_feedback.i18n import text


def count(amount: int) -> str:
    """`1,284`: thousands are set apart the same way in both languages."""
    return f"{amount:,}"


def decimal(amount: float) -> str:
    """`1,284.5`, whole numbers without decimals."""
    shown = f"{amount:,.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def percent(part: int, whole: int, decimals: int = 0) -> str:
    """`91.4 %`, halves rounded up.  Only a full share says 100 %, only an empty one 0 %: 999 of 1,000 is 99 %."""
    unit = 10**decimals
    full = 100 * unit
    rounded = (2 * full * part + whole) // (2 * whole)
    if 0 < part < whole:
        rounded = min(max(rounded, 1), full - 1)
    if rounded in (0, full):
        return f"{rounded // unit} %"
    return f"{rounded / unit:.{decimals}f} %"


def long_day(day: date, language: str) -> str:
    """`2026 年 10 月 5 日`, `5 October 2026`."""
    return text("chart-date-long", language, year=day.year, month=_month(day, language), day=day.day)


def plain_day(day: date, language: str) -> str:
    """`10 月 5 日`, `5 October`."""
    return text("chart-date-plain", language, month=_month(day, language), day=day.day)


def short_day(day: date, language: str) -> str:
    """`10-05`, `5 Oct`: under an axis."""
    month = f"{day.month:02}" if language == "zh" else _month(day, language)[:3]
    return text("chart-date-short", language, month=month, day=f"{day.day:02}" if language == "zh" else day.day)


def weekdays(language: str) -> list[str]:
    """Seven short names from Monday."""
    return text("chart-weekdays", language).split()


def _month(day: date, language: str) -> str:
    return text("chart-months", language).split()[day.month - 1]
