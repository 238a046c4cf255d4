"""How long an export takes, a process of its own each time, beside the plain way into the same target.

    python tests/bench/bench_export.py [N [FOLDER [ROUNDS]]]

Makes N items (100,000 unless told otherwise) in FOLDER, or a temporary one.  For each target: the medians of the time on
the wall, of the processors' time and of the memory of the largest process; and what putting the same rows there takes
the plain way (the csv module, columns in one piece, SQLAlchemy's insert, the workbook library cell by cell),
compared by processors' time.  Databases take part where their servers are installed.
"""

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.bench.bench_list import NOW, desk
from tests.exports import database_servers as servers
from tests.sample_desk import environment

from git_feedback.desk import standings
from git_feedback.exports import TABLES, star
from git_feedback.exports.shapes import shapes
from git_feedback.exports.star import Star
from git_feedback.jobs.reading import whole

SHARE = 10
"""The plain way is measured with one item in so many, and scaled."""


class Taken(NamedTuple):
    """Seconds by the clock on the wall, seconds of all processors, and bytes of the largest process."""

    wall: float
    worked: float
    memory: int


def exported(root: Path, target: str) -> Taken:
    """A whole process of `export`."""
    command = [sys.executable, "-m", "git_feedback", "export", "--repo", str(root), "--now", NOW, "--to", target]
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment({}))
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, target
    return Taken(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def median(found: list[Taken]) -> Taken:
    """The medians of some runs."""
    wall, worked, memory = (statistics.median(values) for values in zip(*found, strict=True))
    return Taken(wall, worked, int(memory))


# ---- the plain way --------------------------------------------------------------------------------------------------


def plain_csv(made: Star, folder: Path, _address: str) -> None:
    """Rows as they are, through the csv module."""
    for table in TABLES:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(made.rows(table.name))


def plain_parquet(made: Star, folder: Path, _address: str) -> None:
    """All columns of a table at once, their types guessed."""
    import pyarrow as pa
    from pyarrow import parquet

    for table in TABLES:
        columns = zip(*made.rows(table.name), strict=True)
        parquet.write_table(pa.table(dict(zip(table.heads, columns, strict=True))), folder / f"{table.name}.parquet")


def plain_xlsx(made: Star, folder: Path, _address: str) -> None:
    """Each cell through the library, which looks what it is."""
    import xlsxwriter

    options = {"constant_memory": True, "remove_timezone": True, "default_date_format": "yyyy-mm-dd hh:mm"}
    with xlsxwriter.Workbook(str(folder / "x.xlsx"), options) as book:
        for table in TABLES:
            sheet = book.add_worksheet(table.name)
            for number, row in enumerate(made.rows(table.name)):
                sheet.write_row(number, 0, row)


def plain_insert(made: Star, _folder: Path, address: str) -> None:
    """SQLAlchemy's own insert, rows by the names of columns."""
    from sqlalchemy import MetaData

    from git_feedback.exports.addresses import engine_of

    metadata, engine = MetaData(), engine_of(address)
    known = shapes(metadata)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    with engine.begin() as connection:
        for table in TABLES:
            rows = [dict(zip(table.heads, row, strict=True)) for row in made.rows(table.name)]
            connection.execute(known[table.name].insert(), rows)
    metadata.drop_all(engine)
    engine.dispose()


Plain = Callable[[Star, Path, str], None]


def plainly(made: Star, way: Plain, address: str) -> float:
    """Seconds of processors that the plain way takes here, without the rows' own making."""
    with tempfile.TemporaryDirectory() as folder:
        there = address or f"sqlite:///{folder}/x.sqlite"
        whole_way = _worked(lambda: way(made, Path(folder), there))
    return whole_way - _worked(lambda: [list(made.rows(table.name)) for table in TABLES])


def _worked(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


# ---- measuring ------------------------------------------------------------------------------------------------------


@contextmanager
def addresses() -> Iterator[dict[str, str]]:
    """The databases that are installed here, each served by itself."""
    with ExitStack() as opened:
        found: dict[str, str] = {}
        postgresql, mariadb = servers.postgresql(), servers.mariadb()
        if postgresql:
            found["postgresql"] = opened.enter_context(servers.running_postgresql(postgresql))
        if mariadb:
            found["mariadb"] = opened.enter_context(servers.running_mariadb(mariadb))
        yield found


def measure(root: Path, rounds: int) -> None:
    """Print the figures."""
    ways: Mapping[str, Plain] = {"csv": plain_csv, "parquet": plain_parquet, "sqlite": plain_insert, "xlsx": plain_xlsx}
    with addresses() as databases:
        targets = {**{name: name for name in ways}, **databases}
        few = one_of_some(root)
        for name, where in targets.items():
            taken = median([exported(root, where) for _ in range(rounds)])
            plain = plainly(few, ways.get(name, plain_insert), databases.get(name, "")) * SHARE
            memory = f"{taken.memory / 1e6:6.0f} MB"
            beside = f"plain writing alone {plain:6.1f} s of processors"
            ratio = f"{taken.worked / plain:5.2f} times that, reading and judging with it"
            line = f"{name:11}{taken.wall:7.1f} s {taken.worked:7.1f} s of processors {memory}; {beside}: {ratio}"
            print(line, flush=True)


def one_of_some(root: Path) -> Star:
    """The star of one item in SHARE."""
    now = datetime.fromisoformat(NOW)
    read = whole(root, now)
    return star(standings(read.items[::SHARE], read.policy, now), read.policy, now, "zh")


def main() -> None:
    """Make the desk where it is not there yet, and measure."""
    given: list[Any] = [*sys.argv[1:], *["100000", "", "3"][len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(given[1] or folder)
        if not (root / "policy").is_dir():
            desk(root, int(given[0]))
        print(f"{given[0]} items, median of {given[2]}")
        measure(root, int(given[2]))


if __name__ == "__main__":
    main()
