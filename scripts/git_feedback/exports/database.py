"""Tables in a database, by the address that SQLAlchemy knows: SQLite, PostgreSQL, MySQL and whatever else has a driver.

Each export replaces what the one before wrote, in one transaction: who reads meanwhile sees the one or the other.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from git_feedback.exports.addresses import CannotWrite, engine_of, without_secrets
from git_feedback.exports.bulk import Way, way_into
from git_feedback.exports.rows import Row
from git_feedback.exports.schema import Table
from git_feedback.exports.shapes import shapes
from git_feedback.exports.writing import Part, Put


class Database:
    """The tables in the database at `address`.  Every method raises CannotWrite."""

    def __init__(self, address: str) -> None:
        self._address = address

    def prepare(self) -> None:
        """Look whether it can be reached, and whether tables of others are in the way."""
        with self._refusals():
            _check(self._engine, self._shapes)

    def told(self, table: Table, rows: Sequence[Row]) -> bytes:
        """Rows as the quickest way into this kind of database takes them."""
        return self._way.told(table, rows)

    @contextmanager
    def open(self) -> Iterator[Put]:
        """One transaction; those who write at the same time wait, those who read do not, where the database can do that."""
        with self._refusals(), self._engine.begin() as connection:
            self._metadata.create_all(connection)
            _lock(connection, self._shapes.values())
            for shape in self._shapes.values():
                connection.execute(shape.delete())

            def put(part: Part) -> None:
                self._way.put(connection, self._shapes[part.table.name], part.table, part.told)

            yield put

    @cached_property
    def _engine(self) -> Any:
        return engine_of(self._address)

    @cached_property
    def _way(self) -> Way:
        return way_into(self._engine.dialect)

    @cached_property
    def _metadata(self) -> Any:
        from sqlalchemy import MetaData

        return MetaData()

    @cached_property
    def _shapes(self) -> dict[str, Any]:
        return shapes(self._metadata)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """What the database refuses is one line; no connection stays open."""
        from sqlalchemy.exc import SQLAlchemyError

        engine = self._engine
        try:
            yield
        except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as failed:
            raise CannotWrite("export-database", reason=without_secrets(_reason(failed), self._address)) from None
        finally:
            engine.dispose()


def _check(engine: Any, made: dict[str, Any]) -> None:
    """A table of that name with other columns is somebody else's, or an older export's: it is not touched."""
    from sqlalchemy import inspect

    seen = inspect(engine)
    for shape in made.values():
        if seen.has_table(shape.name):
            there = {column["name"] for column in seen.get_columns(shape.name)}
            if there != {column.name for column in shape.columns}:
                raise CannotWrite("export-other-table", table=shape.name)


def _lock(connection: Any, made: Any) -> None:
    """Two exports at once would delete each what it sees, and find the rows of the other in their way."""
    if connection.dialect.name == "postgresql":
        quote = connection.dialect.identifier_preparer.quote
        for shape in made:
            connection.exec_driver_sql(f"LOCK TABLE {quote(shape.name)} IN SHARE ROW EXCLUSIVE MODE")


def _reason(failed: Exception) -> str:
    """What the driver says, in one line, without the statement and the number before it."""
    said = getattr(failed, "orig", None) or failed
    words = [str(part) for part in getattr(said, "args", ()) if isinstance(part, str)] or [str(said)]
    return (words[0].strip() or type(said).__name__).splitlines()[0]
