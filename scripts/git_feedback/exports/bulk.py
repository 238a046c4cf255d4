"""Ways to put many rows into a database: what each is told, and how it is put in."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Protocol

from git_feedback.exports.rows import Cell, Row
from git_feedback.exports.schema import Kind, Table


class Way(Protocol):
    """A way into one kind of database."""

    def told(self, table: Table, rows: Sequence[Row]) -> bytes:
        """Rows, on their way."""

    def put(self, connection: Any, shape: Any, table: Table, told: bytes) -> None:
        """The same, put into the table of this shape."""


def way_into(dialect: Any) -> Way:
    """The quickest way into the database of a dialect."""
    if dialect.driver in _COPIES:
        return Copied(dialect.driver)
    return Inserted(plain=dialect.name in ("sqlite", "mysql", "mariadb"))


def _named(connection: Any, shape: Any, table: Table) -> str:
    """A table and its columns, as a statement names them."""
    quote = connection.dialect.identifier_preparer.quote
    return f"{quote(shape.name)} ({', '.join(quote(name) for name in table.heads)})"


# ---- COPY of PostgreSQL ---------------------------------------------------------------------------------------------

_TO_ESCAPE = re.compile(r"[\\\n\r\t]")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Copied:
    """`COPY ... FROM STDIN`, in its text format."""

    def __init__(self, driver: str) -> None:
        self._copy = _COPIES[driver]

    def told(self, table: Table, rows: Sequence[Row]) -> bytes:
        """Lines of the text format."""
        writers = [_COPIED[column.kind] for column in table.columns]
        lines = (
            "\t".join(["\\N" if value is None else write(value) for write, value in zip(writers, row, strict=True)])
            for row in rows
        )
        return ("\n".join(lines) + "\n").encode()

    def put(self, connection: Any, shape: Any, table: Table, told: bytes) -> None:
        """Copy them in, within the transaction of the connection."""
        with connection.connection.cursor() as cursor:
            self._copy(cursor, f"COPY {_named(connection, shape, table)} FROM STDIN", told)


def _line_text(value: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], value) if _TO_ESCAPE.search(value) else value


_COPIED: Mapping[Kind, Callable[[Any], str]] = {
    "text": _line_text,
    "whole": str,
    "real": repr,
    "flag": lambda value: "t" if value else "f",
    "moment": datetime.isoformat,
    "date": date.isoformat,
}


def _by_psycopg(cursor: Any, statement: str, told: bytes) -> None:
    with cursor.copy(statement) as copy:
        copy.write(told)


_COPIES: Mapping[str, Callable[[Any, str, bytes], None]] = {
    "psycopg": _by_psycopg,
    "psycopg2": lambda cursor, statement, told: cursor.copy_expert(statement, BytesIO(told)),
}


# ---- INSERT of all others -------------------------------------------------------------------------------------------


class Inserted:
    """`INSERT` of many rows at once.  Moments are in UTC, without the zone.

    `plain`: the driver takes moments and days as they are written, and rows without their names.
    """

    def __init__(self, plain: bool) -> None:
        self._plain = plain

    def told(self, table: Table, rows: Sequence[Row]) -> bytes:
        """A list of rows in JSON."""
        writers = [_INSERTED.get(column.kind) for column in table.columns]
        said = [
            [write(value) if write and value is not None else value for write, value in zip(writers, row, strict=True)]
            for row in rows
        ]
        return json.dumps(said, ensure_ascii=False, check_circular=False).encode()

    def put(self, connection: Any, shape: Any, table: Table, told: bytes) -> None:
        """Insert them, within the transaction of the connection."""
        rows: list[list[Any]] = json.loads(told)
        if self._plain:
            place = "?" if connection.dialect.paramstyle == "qmark" else "%s"
            places = ", ".join(place for _ in table.columns)
            statement = f"INSERT INTO {_named(connection, shape, table)} VALUES ({places})"  # noqa: S608 - our own names
            connection.exec_driver_sql(statement, [tuple(row) for row in rows])
            return
        readers = [_READ.get(column.kind) for column in table.columns]
        connection.execute(
            shape.insert(),
            [
                {
                    name: read(value) if read and value is not None else value
                    for name, read, value in zip(table.heads, readers, row, strict=True)
                }
                for row in rows
            ],
        )


def _in_utc(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


_INSERTED: Mapping[Kind, Callable[[Any], Cell]] = {"moment": _in_utc, "date": date.isoformat}
_READ: Mapping[Kind, Callable[[Any], Cell]] = {"moment": datetime.fromisoformat, "date": date.fromisoformat}
