"""`export`: the record as tables for Excel, Tableau, a warehouse."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from git_feedback.cli.listing import parsed
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.exports import addresses, workbook
from git_feedback.exports.csv_folder import CsvFolder
from git_feedback.exports.database import Database
from git_feedback.exports.parquet import ParquetFolder
from git_feedback.exports.writing import Target
from git_feedback.jobs.exporting import Wanted, export

PLACES = {"csv": "csv", "xlsx": "feedback.xlsx", "parquet": "parquet", "sqlite": "feedback.sqlite"}
"""Where each target is written below build/export when `--out` does not say."""
_WRONG_USAGE = ("export-address", "export-kind")


@click.command("export")
@click.argument("terms", nargs=-1)
@click.option("--to", "target", required=True, metavar="csv|xlsx|parquet|sqlite|URL", help="What is written.")
@click.option("--out", type=click.Path(path_type=Path), help="File or folder (default: below build/export).")
@reading
def command(session: Session, terms: tuple[str, ...], target: str, out: Path | None) -> int:
    """Write items, events, clocks, holdings, a calendar and names as tables; TERMS choose items as in `list`, default all.

    What an export wrote before at the same place is replaced.  What is sealed is in no table.  Columns that end in
    `_name` are in the language of the desk, or of `--lang`.
    """
    if target not in PLACES and "://" not in target:
        raise Stop("export-target", USAGE, session.language, given=addresses.shown(target))
    where = target if "://" in target else str(out or session.root / "build" / "export" / PLACES[target])
    query = parsed(session, " ".join(terms))
    wanted = Wanted(session.policy, session.now, session.language, query.fits)
    rows = _written(session, wanted, target, where)
    if session.style == "json":
        session.show_json({"target": PLACES.get(target, "database"), "rows": rows})
    else:
        session.say("export-written", rows=sum(rows.values()), tables=len(rows), where=addresses.shown(where))
    return 0


def _written(session: Session, wanted: Wanted, target: str, where: str) -> dict[str, int]:
    """Write the tables; whatever keeps them from being written is said in one line."""
    language = session.language
    try:
        made = _target(session, target, where)
        made.prepare()
        return export(session.desk.items, wanted, made)
    except addresses.CannotWrite as cannot:
        code = USAGE if cannot.code in _WRONG_USAGE else CANNOT
        raise Stop(cannot.code, code, language, **cannot.values) from None
    except workbook.TooManyRows as many:
        values = {"table": many.table, "rows": many.rows, "most": workbook.MOST_ROWS}
        raise Stop("export-too-many-rows", language=language, **values) from None
    except OSError as failed:
        raise Stop("export-place", language=language, where=where, reason=failed.strerror or str(failed)) from None
    except ImportError as missing:
        raise Stop("export-extra", language=language, name=missing.name or str(missing)) from None


def _target(session: Session, target: str, where: str) -> Target:
    zone = session.policy.zone
    targets: Mapping[str, Callable[[], Target]] = {
        "csv": lambda: CsvFolder(Path(where), zone),
        "xlsx": lambda: workbook.Workbook(Path(where), zone, session.now, session.language),
        "parquet": lambda: ParquetFolder(Path(where)),
        "sqlite": lambda: Database(_sqlite(Path(where))),
    }
    return targets.get(target, lambda: Database(where))()


def _sqlite(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path}"
