"""The tables of a report as one Excel workbook: a sheet a table, numbers as numbers, a first sheet that lists them."""

from datetime import datetime

from git_feedback.exports.sheets import Sheet, book
from git_feedback.i18n import text
from git_feedback.pages.reports.document import Cell, Chart, Document, Section, Table


def workbook(document: Document, at: datetime) -> bytes:
    """The workbook of a report; `at` is what it says of its making."""
    found = [one for section in document.sections for one in _sheets(section)]
    listed = Sheet(
        text("report-sheets", document.language),
        (text("report-sheet", document.language), text("report-sheet-about", document.language)),
        tuple((one.name, one.title) for one in found),
        title=document.title,
        under=(document.issued, *document.notes, *document.footer),
    )
    return book([listed, *found], at)


def _sheets(section: Section) -> list[Sheet]:
    found = []
    for part in section.parts:
        if isinstance(part, Table) and part.rows:
            rows = tuple(tuple(_value(cell) for cell in row) for row in part.rows)
            found.append(Sheet(part.name, part.head, rows, _titled(section, part.heading)))
        elif isinstance(part, Chart) and part.rows:
            found.append(Sheet(part.name, part.head, part.rows, _titled(section, part.heading)))
    return found


def _titled(section: Section, heading: str) -> str:
    return f"{section.heading} · {heading}" if heading and heading != section.heading else section.heading


def _value(cell: Cell) -> str | int | float:
    return cell.text if cell.number is None else cell.number
