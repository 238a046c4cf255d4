"""Pages of issued reports: a list of them, and a page for each edition, stamped from what its figures.json holds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from git_feedback.charts.amounts import long_day
from git_feedback.i18n import LANGUAGES, text
from git_feedback.insight import later, month_of
from git_feedback.pages.cells import FOUR, Figure, cells
from git_feedback.pages.page import File, Page, Record
from git_feedback.pages.reports.issue import WORKBOOK
from git_feedback.pages.reports.links import Links
from git_feedback.pages.reports.reading import Reported, newest_editions, reported
from git_feedback.pages.reports.titles import title
from git_feedback.pages.views.once import once
from git_feedback.pages.views.rendering import compiled

SHELL = "reports/index.html"
PDF = "report.{language}.pdf"
_SHOWN = (".svg", ".xlsx", ".pdf")


def pages(record: Record) -> Iterator[Page]:
    """The list of reports and every edition of every report, in each language."""
    found = _reported(record)
    for language in LANGUAGES:
        yield _list(record, newest_editions(found), language)
        for one in found:
            if one.found:
                yield _report(one, found, language)


def files(record: Record) -> Iterator[File]:
    """Pictures, workbooks and prints of every report, beside the pages that show them."""
    for one in _reported(record):
        for language in LANGUAGES if one.found else ():
            spoken = one.spoken(language)
            for name, content in sorted(one.files.items()):
                if name.endswith(_SHOWN) and f".{spoken}." in name:
                    yield File(f"{language}/reports/{one.page}/{name}", content)


@once
def _reported(record: Record) -> list[Reported]:
    return reported(record.issued)


def path_of(one: Reported, found: Sequence[Reported]) -> str:
    """The page of an edition: the last one has the name of its period."""
    is_last = one in newest_editions(found)
    return f"reports/{one.period if is_last else one.page}.html"


def key_cells(one: Reported, language: str) -> list[Figure]:
    """The four figures that stand at the top."""
    now = one.key_figures()
    return cells(now, one.key_figures("previous"), language, FOUR) if now else []


def _list(record: Record, read: Sequence[Reported], language: str) -> Page:
    page = Page("reports/index.html", language, text("report-list", language), "", SHELL)
    article = compiled("reports.html", language).render(
        root=page.root,
        title=page.title,
        keys=FOUR,
        reports=[_row(one, language) for one in read],
        last_month=later(month_of(record.now, record.policy.zone), -1),
    )
    return Page(page.path, language, page.title, article, SHELL)


def _row(one: Reported, language: str) -> Mapping[str, Any]:
    return {
        "period": one.period,
        "title": title(one.period, language, one.edition) if one.found else one.period,
        "cells": key_cells(one, language),
        "issued": long_day(one.issued.date(), language) if one.issued else "",
        "told": "" if one.found else text("report-unreadable", language, folder=one.page),
    }


def _report(one: Reported, found: Sequence[Reported], language: str) -> Page:
    path, spoken = path_of(one, found), one.spoken(language)
    page = Page(path, language, title(one.period, language, one.edition), "", SHELL)
    folder = f"{page.root}reports/{one.page}/"
    article = compiled("report.html", language).render(
        document=one.documents[spoken],
        links=Links(page.root, folder, language, spoken, one.files),
        cells=key_cells(one, language),
        corrected_by=_correction(one, found, page),
        ways=list(_ways(one, found, page, folder, spoken)),
    )
    return Page(page.path, language, page.title, article, SHELL)


def _correction(one: Reported, found: Sequence[Reported], page: Page) -> Mapping[str, str] | None:
    """The later edition that holds instead of this one; None where this one holds."""
    last = next(other for other in found if other.period == one.period)
    if last is one:
        return None
    return {
        "said": text("report-corrected-by", page.language),
        "href": f"{page.root}{path_of(last, found)}",
        "title": title(last.period, page.language, last.edition),
    }


def _ways(
    one: Reported, found: Sequence[Reported], page: Page, folder: str, spoken: str
) -> Iterator[dict[str, object]]:
    """What else there is of it: the workbook, the print, earlier editions."""
    for code, name in (("pdf", PDF), ("xlsx", WORKBOOK)):
        file = name.format(language=spoken)
        if file in one.files:
            yield {"name": text(f"report-way-{code}", page.language), "href": f"{folder}{file}", "file": True}
    for other in found:
        if other.period == one.period and other.edition < one.edition and other.found:
            words = text("report-way-edition", page.language, edition=other.edition)
            yield {"name": words, "href": f"{page.root}{path_of(other, found)}", "file": False}
