"""Small tables as one Excel workbook: text is text whatever it begins with, numbers are numbers, heads stay in sight."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from git_feedback.escaping import cell
from git_feedback.text import shorten

Value = str | int | float
_MOST_CHARACTERS = 32_767
"""What a cell of Excel holds."""
_LONGEST_NAME = 31
"""What the name of a sheet may have."""
_REFUSED = re.compile(r"[\[\]:*?/\\']")
_WRITTEN = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?|[+-]?\d{1,15}(\.\d+)?", re.ASCII)
_NARROWEST, _WIDEST = 9, 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `title` stands above it, `under` below it, line by line."""

    name: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    under: tuple[str, ...] = ()


def book(sheets: Sequence[Sheet], at: datetime) -> bytes:
    """The workbook of some tables, a sheet each, in their order.

    The same tables and `at` give the same bytes: what a workbook says of its making is `at`.
    """
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    taken: set[str] = set()
    with xlsxwriter.Workbook(out, options) as written:
        written.set_properties({"created": at.replace(tzinfo=None)})
        bold = written.add_format({"bold": True})
        head = written.add_format({"bold": True, "bottom": 1, "valign": "top"})
        for sheet in sheets:
            _write(written.add_worksheet(_name(sheet.name, taken)), sheet, bold, head)
    return out.getvalue()


def _name(given: str, taken: set[str]) -> str:
    """A name that Excel takes and no other sheet has, whatever the case of its letters."""
    plain = _REFUSED.sub(" ", given).strip()[:_LONGEST_NAME] or "1"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - 1 - len(str(number))]} {number}"
    taken.add(name.casefold())
    return name


def _write(into: Any, sheet: Sheet, bold: Any, head: Any) -> None:
    into.write_string(0, 0, _text(sheet.title or sheet.name), bold)
    into.freeze_panes(3, 1)
    for place, word in enumerate(sheet.head):
        into.write_string(2, place, _text(word), head)
        into.set_column(place, place, _width([word, *(row[place] for row in sheet.rows)]))
    for number, row in enumerate(sheet.rows, 3):
        for place, value in enumerate(row):
            _put(into, number, place, value)
    for number, line in enumerate(sheet.under, len(sheet.rows) + 4):
        into.write_string(number, 0, _text(line))


def _put(into: Any, row: int, place: int, value: Value) -> None:
    """A number as a number, also one that is written as words."""
    if isinstance(value, str) and not _WRITTEN.fullmatch(value):
        into.write_string(row, place, _text(value))
    else:
        into.write_number(row, place, float(str(value).replace(",", "")))


def _text(value: str) -> str:
    return shorten(cell(value), _MOST_CHARACTERS)


def _width(values: Sequence[Value]) -> int:
    """As wide as the longest value, a Chinese letter being two, within bounds."""
    longest = max(sum(2 if ord(letter) > 0x2E7F else 1 for letter in str(value)) for value in values)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
