"""Rows of a CSV file: byte order mark, CRLF, quotes and line ends in cells are taken as they come.

A quote that is never closed would swallow every row after it in silence, so quotes are read strictly.  Excel in China
writes GB18030 and separates by tabs or semicolons elsewhere: both are recognised, and an encoding is never guessed
where the outcome would not be Chinese that people write.
"""

import codecs
import csv
import io
from collections.abc import Iterator

from git_feedback.intake.rows import Remark, Row
from git_feedback.intake.sources import Source
from git_feedback.intake.tables import opening as tables
from git_feedback.intake.tables.mapping import Mapping
from git_feedback.intake.tables.opening import Grid, Table
from git_feedback.model import Bad, Problem
from git_feedback.text import as_chinese

MOST = 1_000_000
"""Characters a cell may have; a row with more is refused."""
_DELIMITERS = (",", ";", "\t", "|")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TELL = "sep="
"""How the first line of a file from Excel may begin that names its delimiter."""
_LOOKED_AT = 20_000
"""Characters of a text by which its encoding and delimiter are known."""


def read(source: Source) -> Iterator[Row]:
    """Each data row in order.  Raises Bad when the file as a whole cannot be read or lacks a column."""
    return tables.rows(opened(source), source)


def opened(source: Source) -> Table:
    """The file as a table.  Raises Bad."""
    found, remarks = grid(source)
    return tables.table(found, source.mapping.header_rows if source.mapping else 1, remarks)


def grid(source: Source) -> tuple[Grid, tuple[Remark, ...]]:
    """The file's rows of cells as they lie there, and what is to be known about it.  Raises Bad."""
    text, remarks = _text(tables.small_enough(source.content), source.mapping)
    text, told = _without_tell(text)
    delimiter = (source.mapping and source.mapping.delimiter) or told or _delimiter(text)
    csv.field_size_limit(MOST)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    return _grid(reader), remarks


def _grid(reader: Iterator[list[str]]) -> Grid:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Remark(0, "bad-row", {"reason": str(error)})


# ---- what the bytes say ---------------------------------------------------------------------------------------------


def _text(content: bytes, mapping: Mapping | None) -> tuple[str, tuple[Remark, ...]]:
    """The file's text, and what is to be known about how it was found."""
    if mapping and mapping.encoding:
        return _decoded(content, mapping.encoding), ()
    if content.startswith(_UTF_16):
        return _decoded(content, "utf-16"), ()
    try:
        return _plain(content.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        text = as_chinese(content)
        if text is None:
            raise _not(content, error) from None
        return _plain(text), (Remark(0, "read-as-gb18030"),)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return _plain(content.decode("utf-8-sig" if encoding == "utf-8" else encoding))
    except UnicodeDecodeError as error:
        raise _not(content, error, encoding) from None


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\0", "[U+0000]")


def _not(content: bytes, error: UnicodeDecodeError, encoding: str = "utf-8") -> Bad:
    line = content.count(b"\n", 0, error.start) + 1
    values = {"byte": f"0x{content[error.start]:02X}"}
    if encoding == "utf-8":
        return Bad([Problem("", line, 1, "not-utf8", values)])
    return Bad([Problem("", line, 1, "not-in-encoding", {**values, "encoding": encoding})])


# ---- what separates the cells ---------------------------------------------------------------------------------------


def _without_tell(text: str) -> tuple[str, str | None]:
    first = text[:_LOOKED_AT].partition("\n")[0]
    told = first.strip("\r").removeprefix(_TELL)
    if first.lower().startswith(_TELL) and (told in _DELIMITERS or told == "\\t"):
        return text[len(first) + 1 :], "\t" if told == "\\t" else told
    return text, None


def _delimiter(text: str) -> str:
    """The sign that makes the most cells of the first lines: a comma unless another one is clearly it."""
    head = text[:_LOOKED_AT].lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=lambda sign: (_cells(head, sign), -_DELIMITERS.index(sign)))


def _cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0
