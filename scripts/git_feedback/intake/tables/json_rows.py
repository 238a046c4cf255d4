"""Rows of JSON (a list of objects, or an object that holds one) and of JSON lines (one object a line).

What lies deeper is a column with dots in its name: `user.name`, `answers.0.text`.  Numbers stay as they are written,
so that no digit of a long key is lost.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from git_feedback.intake.rows import Remark, Row
from git_feedback.intake.sources import Source
from git_feedback.intake.tables import opening as tables
from git_feedback.intake.tables.header import MOST_COLUMNS, as_name
from git_feedback.intake.tables.mapping import Cells
from git_feedback.intake.tables.opening import Table
from git_feedback.model import Bad, Problem

MOST_BYTES = 30_000_000
"""How large a JSON file may be: it is read as one value; JSON lines have the room of a table."""
_DEEPEST = 8


class _Unfit(ValueError):
    """A record that is none, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Twice(dict[str, Any]):
    """An object in which a key stands twice: which of the two was meant, nobody can say."""

    key = ""


def read(source: Source) -> Iterator[Row]:
    """Each record of a JSON file in order.  Raises Bad when the file as a whole cannot be read or lacks a column."""
    return tables.rows(opened(source), source)


def read_lines(source: Source) -> Iterator[Row]:
    """Each record of a file of JSON lines in order.  Raises Bad as `read` does."""
    return tables.rows(lines_opened(source), source)


def opened(source: Source) -> Table:
    """The list of records in a JSON file as a table.  Raises Bad."""
    try:
        value = _parsed(_text(tables.small_enough(source.content, MOST_BYTES)))
    except _Unfit as unfit:
        raise _bad("bad-json", reason=unfit.reason) from None
    records = _records(value, source.mapping.records if source.mapping else None)
    return _table(lambda: map(_record, records))


def lines_opened(source: Source) -> Table:
    """A file of JSON lines as a table.  Raises Bad."""
    lines = [line for line in _text(tables.small_enough(source.content)).split("\n") if line.strip()]
    return _table(lambda: map(_line, lines))


def _bad(code: str, **values: object) -> Bad:
    return Bad([Problem("", 1, 1, code, values)])


def _table(records: Any) -> Table:
    """Records as rows under all the keys that any of them has; asked for twice, so that they need not be kept."""
    header: dict[str, None] = {}
    for record in records():
        if not isinstance(record, Remark):
            header |= dict.fromkeys(record)
        if len(header) > MOST_COLUMNS:
            raise _bad("too-many-columns", columns=len(header), most=MOST_COLUMNS)
    return Table(list(header), _filled(list(header), records()))


def _filled(header: Sequence[str], records: Iterator[Cells | Remark]) -> Iterator[Cells | Remark]:
    nothing = dict.fromkeys(header, "")
    for record in records:
        yield record if isinstance(record, Remark) else nothing | record


# ---- reading --------------------------------------------------------------------------------------------------------


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Bad([Problem("", line, 1, "not-utf8", {"byte": f"0x{content[error.start]:02X}"})]) from None


def _parsed(text: str) -> object:
    """The value a text writes.  Raises _Unfit."""
    try:
        return _READER.decode(text)
    except RecursionError:
        raise _Unfit("too many levels") from None
    except ValueError as error:
        raise _Unfit(" ".join(str(error).split())[:200]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = _Twice(found)
    names = [name for name, _ in pairs]
    twice.key = next(name for name in names if names.count(name) > 1)
    return twice


_READER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=lambda _: None, strict=False
)


def _records(value: object, where: str | None) -> list[object]:
    """The list of records: the value itself, what `where` names in it, or the only list that it holds."""
    for name in where.split(".") if where else ():
        value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping) and where is None:
        lists = [one for one in value.values() if isinstance(one, list)]
        value = lists[0] if len(lists) == 1 else None
    if not isinstance(value, list):
        raise _bad("no-records", given=where or "-")
    return value


def _line(line: str) -> Cells | Remark:
    try:
        return _record(_parsed(line))
    except _Unfit as unfit:
        return Remark(0, "bad-json", {"reason": unfit.reason})


def _record(record: object) -> Cells | Remark:
    """One record as cells, or why it is none."""
    if not isinstance(record, Mapping):
        return Remark(0, "bad-json", {"reason": "not an object"})
    try:
        return dict(_flat("", record, 0))
    except _Unfit as unfit:
        return Remark(0, "bad-json", {"reason": unfit.reason})


def _flat(name: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        raise _Unfit("too many levels")
    if isinstance(value, _Twice):
        raise _Unfit(f"the key '{value.key[:60]}' stands twice")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else key, inner, depth + 1)
    elif isinstance(value, list) and any(isinstance(one, list | Mapping) for one in value):
        for at, inner in enumerate(value):
            yield from _flat(f"{name}.{at}", inner, depth + 1)
    else:
        yield as_name(name), "\n".join(map(_word, value)) if isinstance(value, list) else _word(value)


def _word(value: object) -> str:
    """A value of JSON as a cell; nothing is an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\0", "[U+0000]")
