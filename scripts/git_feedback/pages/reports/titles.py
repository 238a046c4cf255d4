"""What reports are called, and when they were issued."""

from datetime import date

from git_feedback.charts.amounts import long_day
from git_feedback.i18n import text
from git_feedback.insight import Period, period_name

_CODES = {1: "report-title", 3: "report-title-quarter", 12: "report-title-year"}


def title(period: str, language: str, edition: int = 1) -> str:
    """`2026 年 10 月反馈月报`, `Feedback report, October 2026`; later editions say so."""
    code = _CODES[Period.parse(period).months]
    plain = text(code, language, year=period[:4], period=period_name(period, language))
    return text("report-title-edition", language, title=plain, edition=edition) if edition > 1 else plain


def issued_line(day: date, commit: str, language: str) -> str:
    """When it was issued and from which data."""
    code = "report-issued-commit" if commit else "report-issued"
    return text(code, language, day=long_day(day, language), commit=commit)
