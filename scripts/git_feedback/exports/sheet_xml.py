"""Rows of an Excel sheet as its file writes them: a library that takes one cell at a time needs minutes for a large desk.

The number of a row is not known where rows are told (another process may tell those before them), so NUL stands for it,
which no cell can hold, and SOH between rows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from git_feedback.exports.rows import Row
from git_feedback.exports.safe_text import safe
from git_feedback.exports.schema import Kind, Table

MOST_CHARACTERS = 32_767
"""What a cell of Excel holds, in units of UTF-16."""
_NUMBER, _BETWEEN = "\0", "\1"
_DAY_ZERO = date(1899, 12, 30).toordinal()
_DAY_S = 86_400
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

Write = Callable[[Any], str]


def told(table: Table, rows: Sequence[Row], zone: ZoneInfo, styles: Mapping[str, str]) -> bytes:
    """Rows of a table, moments in `zone`; `styles` are the numbers of the styles of columns by name."""
    writers = [_writer(column.kind, place, styles.get(column.name), zone) for place, column in enumerate(table.columns)]
    return _BETWEEN.join(
        "".join([write(value) for write, value in zip(writers, row, strict=True) if value is not None]) for row in rows
    ).encode("utf-8")


def numbered(rows: bytes, first: int) -> bytes:
    """Told rows with their numbers, counted from `first`."""
    mark = _NUMBER.encode()
    return b"".join(
        b'<row r="%d">%b</row>' % (number, row.replace(mark, b"%d" % number))
        for number, row in enumerate(rows.split(_BETWEEN.encode()), first)
    )


def letters(place: int) -> str:
    """The name of a column: A for 0, Z for 25, AA for 26."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _writer(kind: Kind, place: int, style: str | None, zone: ZoneInfo) -> Write:
    start = f'<c r="{letters(place)}{_NUMBER}"' + (f' s="{style}"' if style else "")

    def said(value: str) -> str:
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'

    def moment(value: datetime) -> str:
        there = value.astimezone(zone)
        seconds = there.hour * 3600 + there.minute * 60 + there.second
        return f"{start}><v>{there.toordinal() - _DAY_ZERO + seconds / _DAY_S!r}</v></c>"

    def day(value: date) -> str:
        return f"{start}><v>{value.toordinal() - _DAY_ZERO}</v></c>"

    def flag(value: bool) -> str:
        return f'{start} t="b"><v>{int(value)}</v></c>'

    def number(value: float) -> str:
        return f"{start}><v>{value!r}</v></c>"

    writers: Mapping[Kind, Write] = {"text": said, "moment": moment, "date": day, "flag": flag}
    return writers.get(kind, number)


def _text(value: str) -> str:
    plain = safe(value)
    if len(plain) * 2 > MOST_CHARACTERS:
        plain = _fitting(plain)
    return _SPECIAL.sub(_escaped, plain) if _SPECIAL.search(plain) else plain


def _fitting(value: str) -> str:
    """The beginning that a cell holds, with an ellipsis where something is left out."""
    units = value.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_CHARACTERS:
        return value
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _escaped(found: re.Match[str]) -> str:
    """Markup, and `_x000D_` for what XML cannot say; a text that says `_x000D_` itself is kept from being read so."""
    sign = found[0]
    if sign in _MARKUP:
        return _MARKUP[sign]
    return f"_x005F{sign}" if len(sign) > 1 else f"_x{ord(sign):04X}_"
