"""The index: what `list` shows and filters by, a row for each item and span of time in which that row holds.

It is a cache in SQLite beside Git's own files, never committed: without it every answer is the same, only later.  What
is in it belongs to one state of policy and program (`bound`); with another one it begins anew.  An index that is not
ours, torn, locked or read-only is put away or left alone, and whoever asked reads the files.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

_OURS = 0x6766_6221
"""SQLite's application id of our files."""
_FORM = 1
_PATIENCE_S = 2.0
ALWAYS = 1 << 62
"""Until when a row holds that only a change of the file ends."""

COLUMNS = (
    "path", "since", "until", "received", "id", "id_shown", "state", "level", "department", "owner", "category", "category_group",
    "channel", "area", "language", "ref", "force", "returned", "planned", "planned_due", "snoozed_until", "copied",
    "clock", "due", "late_from", "due_at", "due_shown", "level_shown", "department_shown", "owner_shown",
    "title", "title_shown",
)  # fmt: skip
"""What a row holds.  Words are folded where they are compared, and as they are where they are shown."""

_TABLES = f"""
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE files (
        path TEXT PRIMARY KEY, blob TEXT NOT NULL, size INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE rows ({", ".join(COLUMNS)});
    CREATE TABLE said (path TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX rows_of_file ON rows (path);
    CREATE INDEX rows_by_state ON rows (state);
    CREATE INDEX files_by_until ON files (until);
    CREATE INDEX files_by_since ON files (since);
    PRAGMA application_id = {_OURS};
    PRAGMA user_version = {_FORM};
"""


class Broken(Exception):
    """The index cannot be used now: the files are to be read."""


class Torn(Broken):
    """What lies there is no index of ours, or no longer whole: it is to be put away."""


class Entry(NamedTuple):
    """A file: the id and size of its bytes, the span in which its rows hold, the rows, and its words."""

    path: str
    blob: str
    size: int
    since: int
    until: int
    rows: Sequence[tuple[object, ...]] = ()
    """The values of COLUMNS, in their order."""
    words: str | None = None


class Index:
    """An index that was opened.  Every failure of SQLite is Broken."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file, self._connection = file, connection

    def about(self) -> Mapping[str, str]:
        """What is noted of the whole index; empty where nothing was kept yet."""
        return {str(name): str(value) for name, value in self._all("SELECT name, value FROM about")}

    def files(self, paths: Iterable[str]) -> Mapping[str, str]:
        """Of these files the ids that are known."""
        found = (self._all("SELECT path, blob FROM files WHERE path = ?", path) for path in paths)
        return {str(path): str(blob) for rows in found for path, blob in rows}

    def sizes(self) -> Mapping[str, int]:
        """The size of each file that is known."""
        return dict(self._all("SELECT path, size FROM files"))  # type: ignore[arg-type]  # as they were put

    def run_out(self, now: int) -> list[str]:
        """The files whose rows do not hold at a moment."""
        asked = "SELECT path FROM files WHERE until <= ? UNION SELECT path FROM files WHERE since > ?"
        return [str(row[0]) for row in self._all(asked, now, now)]

    def rows(
        self, columns: Sequence[str], where: str, values: Sequence[object], order: str
    ) -> list[tuple[object, ...]]:
        """The columns of rows that fit, in an order."""
        asked = f"SELECT {', '.join(columns)} FROM rows WHERE {where} ORDER BY {order}"  # noqa: S608 - words of ours
        return self._all(asked, *values)

    def keep(self, about: Mapping[str, str], entries: Iterable[Entry], gone: Iterable[str], *, anew: bool) -> None:
        """Note files and what is known of the whole, all of it or (Broken) nothing; `anew`: and nothing else."""
        with _told(), self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            if anew:
                for table in ("about", "files", "rows", "said"):
                    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
            else:
                self._forget(gone)
            for entry in entries:
                if not anew:
                    self._forget((entry.path,))
                self._put(entry)
            connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about.items())

    def _forget(self, paths: Iterable[str]) -> None:
        for path in paths:
            for table in ("files", "rows", "said"):
                self._connection.execute(f"DELETE FROM {table} WHERE path = ?", (path,))  # noqa: S608

    def _put(self, entry: Entry) -> None:
        self._connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", entry[:5])
        places = ", ".join("?" * len(COLUMNS))
        self._connection.executemany(f"INSERT INTO rows VALUES ({places})", entry.rows)  # noqa: S608
        if entry.words is not None:
            self._connection.execute("INSERT INTO said VALUES (?, ?)", (entry.path, entry.words))

    def _all(self, asked: str, *values: object) -> list[tuple[object, ...]]:
        with _told(), closing(self._connection.execute(asked, values)) as answer:
            return answer.fetchall()

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def put_away(self) -> None:
        """Close it and take its file away: what it says cannot be true."""
        self.close()
        _take_away(self.file)


def opened(file: Path) -> Index:
    """The index in a file, made where there is none; what is no index of ours is replaced.  Raises Broken."""
    try:
        return _opened(file)
    except Torn:
        _take_away(file)
        return _opened(file)


def _opened(file: Path) -> Index:
    with _told():
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=_PATIENCE_S, isolation_level=None)
    try:
        with _told():
            _make(connection)
    except Broken:
        connection.close()
        raise
    return Index(file, connection)


def _make(connection: sqlite3.Connection) -> None:
    """Nothing where the tables are there; they are made in a file that is empty."""
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file too
    if _form(connection) == (_OURS, _FORM):
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        form = _form(connection)
        if form == (0, 0) and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
        elif form != (_OURS, _FORM):
            raise Torn


def _form(connection: sqlite3.Connection) -> tuple[int, int]:
    ours, form = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    return ours, form


def _take_away(file: Path) -> None:
    for name in (f"{file.name}-journal", file.name):
        with suppress(OSError):
            (file.parent / name).unlink()


@contextmanager
def _told() -> Iterator[None]:
    """What SQLite, or the disk, refuses is Broken, Torn where the file is at fault."""
    try:
        yield
    except sqlite3.OperationalError as refused:
        raise Broken(str(refused)) from None
    except sqlite3.DatabaseError as torn:
        raise Torn(str(torn)) from None
    except (OSError, sqlite3.Error, UnicodeEncodeError) as refused:
        raise Broken(str(refused)) from None
