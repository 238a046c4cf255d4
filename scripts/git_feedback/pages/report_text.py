"""`report.md`: an issued report as text to read in the repository, in every language of the desk."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from git_feedback.charts.amounts import long_day
from git_feedback.escaping import markdown_line
from git_feedback.i18n import text
from git_feedback.insight import month_name
from git_feedback.pages.cells import KINDS, cells, written

Issued = Mapping[str, Any]
"""What figures.json holds."""

DEFINITIONS = ("received", "resolved", "on-time", "respond", "resolve", "satisfied", "excluded", "month")
_NUMBERS = re.compile(r"[\d-]*")
_COUNTED = {
    "on_time_share": ("on_time_n", "on_time_excluded"),
    "respond_median_h": ("respond_n", "respond_excluded"),
    "resolve_median_h": ("resolve_n", "resolve_excluded"),
    "satisfied_share": ("satisfied_n", ""),
}
"""What a figure rests on, and what it leaves out."""


def title(period: str, language: str) -> str:
    """`2026 年 10 月反馈月报`, `Feedback report, October 2026`."""
    return text("report-title", language, year=period[:4], month=month_name(period, language))


def issued_line(issued: Issued, language: str) -> str:
    """When it was issued and from which data."""
    day = long_day(datetime.fromisoformat(issued["issued"]).date(), language)
    code = "report-issued-commit" if issued["commit"] else "report-issued"
    return text(code, language, day=day, commit=issued["commit"])


def definitions(language: str) -> list[str]:
    """How each figure is counted, one sentence each."""
    return [text(f"report-definition-{name}", language) for name in DEFINITIONS]


def markdown(issued: Issued, languages: Sequence[str]) -> str:
    """The report in each of `languages`, one after the other."""
    return "\n---\n\n".join("\n".join(_lines(issued, language)) + "\n" for language in languages)


def _lines(issued: Issued, language: str) -> Iterator[str]:
    yield from (f"# {title(issued['period'], language)}", "", issued_line(issued, language), "")
    if not issued["complete"]:
        yield from (text("report-incomplete", language), "")
    yield from (f"## {text('report-key-figures', language)}", "", *_key_figures(issued, language), "")
    yield from (f"## {text('report-in-short', language)}", "")
    yield from (f"- {markdown_line(finding['said'][language])}" for finding in issued["findings"])
    for chart in issued["charts"][language]:
        yield from ("", *_chart(chart, language))
    yield from ("", f"## {text('report-definitions', language)}", "")
    yield from (f"- {sentence}" for sentence in definitions(language))


def _key_figures(issued: Issued, language: str) -> Iterator[str]:
    month, previous = issued["month"], issued["previous"]
    before = month_name(previous["month"], language) if previous else text("report-before", language)
    columns = (
        text("report-figure", language),
        month_name(month["month"], language),
        before,
        text("report-change", language),
        "n",
        text("report-excluded", language),
    )
    yield from _table(columns, (_key_figure(key, issued, language) for key in KINDS))


def _key_figure(key: str, issued: Issued, language: str) -> Sequence[str]:
    month, previous = issued["month"], issued["previous"]
    [cell] = cells(month, previous, language, (key,))
    counted, excluded = _COUNTED.get(key, ("", ""))
    return (
        cell.label,
        _joined(cell.value, cell.unit),
        _joined(*written(key, previous[key], language)) if previous else "–",
        cell.change or cell.than,
        f"{month[counted]:,}" if counted else "",
        f"{month[excluded]:,}" if excluded else "",
    )


def _joined(value: str, unit: str) -> str:
    return f"{value} {unit}".rstrip()


def _chart(chart: Mapping[str, Any], language: str) -> Iterator[str]:
    file = f"{chart['name']}.{language}.wide.light.svg"
    yield from (f"## {text('report-chart-' + chart['name'], language)}", "")
    yield from (f"![{markdown_line(chart['alt'])}]({file})", "", markdown_line(chart["caption"]))
    if chart["rows"]:
        yield from ("", *_table(chart["head"], ([_label(row[0]), *row[1:]] for row in chart["rows"])))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] + ["---:"] * (len(head) - 1))
    yield from map(_row, rows)


def _row(words: Sequence[str]) -> str:
    return f"| {' | '.join(words)} |"


def _label(words: str) -> str:
    """The first word of a row: a day, or a name out of the policy."""
    return words if _NUMBERS.fullmatch(words) else markdown_line(words)
