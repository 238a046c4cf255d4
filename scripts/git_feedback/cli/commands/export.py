"""`export`: the record as tables for Excel, Tableau, a warehouse."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from git_feedback.cli.listing import chosen
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.exports import csv_folder, database, parquet, star, workbook
from git_feedback.exports.star import Star

PLACES = {"csv": "csv", "xlsx": "feedback.xlsx", "parquet": "parquet", "sqlite": "feedback.sqlite"}
"""Where each target is written below build/export when `--out` does not say."""


@click.command("export")
@click.argument("terms", nargs=-1)
@click.option("--to", "target", required=True, metavar="csv|xlsx|parquet|sqlite|URL", help="What is written.")
@click.option("--out", type=click.Path(path_type=Path), help="File or folder (default: below build/export).")
@reading
def command(session: Session, terms: tuple[str, ...], target: str, out: Path | None) -> int:
    """Write items, events, clocks, a calendar and names as tables; TERMS choose items as in `list`, default all.

    What an export wrote before at the same place is replaced.  What is sealed is in no table.
    """
    if target not in PLACES and "://" not in target:
        raise Stop("export-target", USAGE, session.language, given=target)
    found = sorted(chosen(session, " ".join(terms)), key=lambda one: (one.item.received, one.item.id))
    where = target if "://" in target else str(out or session.root / "build" / "export" / PLACES[target])
    rows = _written(session, star(found, session.policy, session.now), target, where)
    if session.style == "json":
        session.show_json({"target": PLACES.get(target, "database"), "rows": rows})
    else:
        session.say("export-written", rows=sum(rows.values()), tables=len(rows), where=_shown(where))
    return 0


def _written(session: Session, made: Star, target: str, where: str) -> dict[str, int]:
    """Write the tables; whatever keeps them from being written is said in one line."""
    writers: Mapping[str, Callable[[], dict[str, int]]] = {
        "csv": lambda: csv_folder.write(made, Path(where)),
        "xlsx": lambda: workbook.write(made, Path(where), session.language),
        "parquet": lambda: parquet.write(made, Path(where)),
        "sqlite": lambda: database.write(made, _sqlite(Path(where))),
    }
    try:
        return writers.get(target, lambda: database.write(made, where))()
    except database.CannotWrite as cannot:
        raise Stop(cannot.code, language=session.language, **cannot.values) from None
    except workbook.TooManyRows as many:
        values = {"table": many.table, "most": workbook.MOST_ROWS}
        raise Stop("export-too-many-rows", language=session.language, **values) from None
    except ImportError as missing:
        raise Stop("export-extra", language=session.language, name=missing.name or str(missing)) from None


def _sqlite(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path}"


def _shown(where: str) -> str:
    """An address without the password that may stand in it."""
    start, at, rest = where.rpartition("@")
    return f"{start.partition('://')[0]}://***@{rest}" if at and "://" in start else where
