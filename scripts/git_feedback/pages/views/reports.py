"""Pages of issued reports: a list of them, and one page each, stamped from what its figures.json holds."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from git_feedback.charts import VARIANTS
from git_feedback.charts.amounts import long_day
from git_feedback.i18n import LANGUAGES, text
from git_feedback.insight import later, month_of
from git_feedback.pages.cells import FOUR, cells
from git_feedback.pages.page import File, Issued, Page, Record
from git_feedback.pages.report import SCHEMA, picture
from git_feedback.pages.report_text import definitions, issued_line, title

SHELL = "reports/index.html"
_SIZE = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_HEAD = 2000
"""The size of a picture stands within its first bytes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing of a chart: address, width and height in points."""

    src: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the template shows it; `pictures` is by variant (`wide.light`), empty where files are missing."""

    name: str
    heading: str
    alt: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    pictures: Mapping[str, Picture]


def pages(record: Record) -> Iterator[Page]:
    """The list of reports and every report, in each language."""
    read = {issued.period: figures_of(issued) for issued in _newest_first(record)}
    for language in LANGUAGES:
        yield _list(record, read, language)
        for issued in _newest_first(record):
            figures = read[issued.period]
            if figures:
                yield _report(issued, figures, language)


def files(record: Record) -> Iterator[File]:
    """The pictures of every report, beside the pages that show them."""
    for issued in _newest_first(record):
        figures = figures_of(issued)
        for language in LANGUAGES if figures else ():
            spoken = _spoken(figures or {}, language)
            for name, content in sorted(issued.files.items()):
                if name.endswith(".svg") and f".{spoken}." in name:
                    yield File(f"{language}/reports/{issued.period}/{name}", content)


def figures_of(issued: Issued) -> Mapping[str, Any] | None:
    """What the figures.json of an issued report holds; None when it has none that this version can read."""
    try:
        found = json.loads(issued.files.get("figures.json", b""))
    except ValueError:
        return None
    known = isinstance(found, dict) and found.get("schema") == SCHEMA and found.get("period") == issued.period
    return found if known else None


def _newest_first(record: Record) -> list[Issued]:
    return sorted(record.issued, key=lambda issued: issued.period, reverse=True)


def _spoken(figures: Mapping[str, Any], language: str) -> str:
    """The language, or the first one that the report was issued in."""
    return language if language in figures["charts"] else min(figures["charts"])


def _list(record: Record, read: Mapping[str, Mapping[str, Any] | None], language: str) -> Page:
    zone = ZoneInfo(record.policy.desk.zone)
    page = Page("reports/index.html", language, text("report-list", language), "", SHELL)
    article = _rendered(
        "reports.html",
        language,
        root=page.root,
        title=page.title,
        reports=[_row(period, figures, language) for period, figures in read.items()],
        last_month=later(month_of(record.now, zone), -1),
    )
    return Page(page.path, language, page.title, article, SHELL)


def _row(period: str, figures: Mapping[str, Any] | None, language: str) -> Mapping[str, Any]:
    if figures is None:
        return {"period": period, "title": period, "cells": (), "issued": ""}
    return {
        "period": period,
        "title": title(period, language),
        "cells": cells(figures["month"], figures["previous"], language, FOUR),
        "issued": long_day(datetime.fromisoformat(figures["issued"]).date(), language),
    }


def _report(issued: Issued, figures: Mapping[str, Any], language: str) -> Page:
    spoken = _spoken(figures, language)
    page = Page(f"reports/{issued.period}.html", language, title(issued.period, language), "", SHELL)
    folder = f"{page.root}reports/{issued.period}/"
    article = _rendered(
        "report.html",
        language,
        title=page.title,
        figures=figures,
        issued=issued_line(figures, language),
        cells=cells(figures["month"], figures["previous"], language, FOUR),
        findings=[finding["said"][spoken] for finding in figures["findings"]],
        charts=[_chart(chart, issued, folder, language, spoken) for chart in figures["charts"][spoken]],
        definitions=definitions(language),
    )
    return Page(page.path, language, page.title, article, SHELL)


def _chart(chart: Mapping[str, Any], issued: Issued, folder: str, language: str, spoken: str) -> Chart:
    found = {variant: picture(chart["name"], spoken, variant) for variant in VARIANTS}
    complete = all(name in issued.files for name in found.values())
    return Chart(
        name=chart["name"],
        heading=text(f"report-chart-{chart['name']}", language),
        alt=chart["alt"],
        caption=chart["caption"],
        head=chart["head"],
        rows=chart["rows"],
        pictures={variant: _picture(folder + name, issued.files[name]) for variant, name in found.items()}
        if complete
        else {},
    )


def _picture(address: str, svg: bytes) -> Picture:
    size = _SIZE.search(svg[:_HEAD])
    width, height = (str(round(float(side))) for side in size.groups()) if size else ("", "")
    return Picture(address, width, height)


def _rendered(template: str, language: str, **values: object) -> str:
    def words(code: str, **given: object) -> str:
        return text(code, language, None, **given)

    return _environment().get_template(template).render(text=words, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("git_feedback.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
