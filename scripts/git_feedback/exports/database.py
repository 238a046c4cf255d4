"""Tables in a database, by the address that SQLAlchemy knows: SQLite, PostgreSQL, MySQL and whatever else has a driver.

Each export replaces what the one before wrote, in one transaction: who reads meanwhile sees the one or the other.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from git_feedback.exports.schema import TABLES, Column, Table
from git_feedback.exports.star import Cell, Star

PREFIX = "feedback_"
"""Before the name of each table: a warehouse has an `items` of its own."""
BATCH = 5_000
_KEY = 191
"""Characters of a text that names a row: what MySQL indexes in every character set."""


class CannotWrite(Exception):
    """The database refused: `code` has words in the catalogues."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code, self.values = code, values


def write(star: Star, address: str) -> dict[str, int]:
    """Write every table to the database at `address`.  Gives the rows by table.  Raises CannotWrite."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

    try:
        engine = create_engine(address)
    except (ArgumentError, NoSuchModuleError) as unknown:
        raise CannotWrite("export-address", reason=_first_line(unknown)) from None
    except ImportError as missing:
        raise CannotWrite("export-driver", name=missing.name or str(missing)) from None
    try:
        return _written(star, engine)
    except SQLAlchemyError as failed:
        raise CannotWrite("export-database", reason=_first_line(failed)) from None
    finally:
        engine.dispose()


def _written(star: Star, engine: Any) -> dict[str, int]:
    from sqlalchemy import MetaData

    shapes = MetaData()
    made = {table.name: _shape(table, shapes) for table in TABLES}
    _check(engine, made)
    shapes.create_all(engine)
    with engine.begin() as connection:
        return {table.name: _filled(connection, made[table.name], table, star) for table in TABLES}


def _check(engine: Any, made: dict[str, Any]) -> None:
    """A table of that name with other columns is somebody else's, or an older export's: it is not touched."""
    from sqlalchemy import inspect

    seen = inspect(engine)
    for shape in made.values():
        if seen.has_table(shape.name):
            there = {column["name"] for column in seen.get_columns(shape.name)}
            if there != {column.name for column in shape.columns}:
                raise CannotWrite("export-other-table", table=shape.name)


def _filled(connection: Any, shape: Any, table: Table, star: Star) -> int:
    connection.execute(shape.delete())
    count, plain = 0, _plain(connection.dialect.name)
    rows = star.rows(table.name)
    while batch := list(islice(rows, BATCH)):
        connection.execute(shape.insert(), [dict(zip(table.heads, plain(row), strict=True)) for row in batch])
        count += len(batch)
    return count


def _plain(dialect: str) -> Callable[[tuple[Cell, ...]], Iterator[Cell]]:
    """Values as a database takes them: moments in UTC, without the zone where it cannot keep one."""
    zoned = dialect == "postgresql"

    def plain(row: tuple[Cell, ...]) -> Iterator[Cell]:
        for value in row:
            if isinstance(value, datetime):
                there = value.astimezone(UTC)
                yield there if zoned else there.replace(tzinfo=None)
            else:
                yield value

    return plain


def _shape(table: Table, shapes: Any) -> Any:
    from sqlalchemy import Table as Shape

    return Shape(PREFIX + table.name, shapes, *(_column(column) for column in table.columns))


def _column(column: Column) -> Any:
    import sqlalchemy as sa

    types: dict[str, Any] = {
        "text": sa.String(_KEY) if column.key or column.to else sa.Text(),
        "whole": sa.BigInteger(),
        "real": sa.Float(),
        "flag": sa.Boolean(),
        "moment": sa.DateTime(timezone=True),
        "date": sa.Date(),
    }
    return sa.Column(column.name, types[column.kind], primary_key=column.key, autoincrement=False)


def _first_line(failure: Exception) -> str:
    return (str(failure).strip() or type(failure).__name__).splitlines()[0]
