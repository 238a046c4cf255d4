"""`import`: feedback from a file becomes items."""

import secrets
from dataclasses import replace
from itertools import islice
from pathlib import Path

import click

from git_feedback import intake
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.intake.adopting import proposal
from git_feedback.intake.mapping import presets
from git_feedback.jobs import importing
from git_feedback.model import Bad


@click.command("import")
@click.argument("kind", metavar="FORMAT", type=click.Choice(list(intake.FORMATS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map", "mapping", required=True, metavar="MAP.yml", help="A mapping file, or the name of one that ships (sf311)."
)
@click.option(
    "--adopt", is_flag=True, help="Propose policy entries for what the mapping does not name; import nothing."
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first rows.")
@writing
def command(session: Session, kind: str, file: Path, mapping: str, adopt: bool, limit: int | None) -> int:
    """Add feedback from FILE.  What is there already stays untouched, so a second run adds nothing.

    Ends with 0, or with 1 when a row was left out.  A row that ended before it began is imported as closed
    and reported: text says so, JSON lists it under `refused` too, its only list of rows (code ended-before-it-began).
    """
    columns, policy = _mapping(session, mapping), session.policy
    try:
        if adopt:
            _propose(session, proposal(file.read_bytes(), columns, policy))
            return 0
        rows = islice(intake.FORMATS[kind](file.read_bytes(), columns), limit)
        done = importing.run(
            session.root, rows, session.now, lambda: secrets.randbits(30),
            dry_run=session.dry_run, progress=session.progress,
        )  # fmt: skip
    except Bad as bad:
        for problem in bad.problems:
            click.echo(replace(problem, file=file.as_posix()).said(session.language), err=True)
        return 1
    _show(session, done)
    session.commit(done.paths, f"import {columns.name}: {len(done.paths)} items")
    return 1 if done.left_out else 0


def _mapping(session: Session, named: str) -> intake.ColumnMapping:
    path = Path(named)
    source = path.read_bytes() if path.is_file() else intake.preset(named)
    if source is None:
        raise Stop("no-such-mapping", USAGE, session.language, given=named, known=tuple(presets()))
    try:
        return intake.load_mapping(source, named)
    except Bad as bad:
        session.show_problems(bad.problems)
        raise Stop("bad-mapping", USAGE, session.language, given=named) from None


def _propose(session: Session, text: str) -> None:
    if session.style == "json":
        session.show_json({"proposal": text})
    else:
        click.echo(text, nl=False)


def _show(session: Session, done: importing.Imported) -> None:
    if session.style == "json":
        refused = [{"row": one.row, "code": one.code, "message": one.said(session.language)} for one in done.refused]
        session.show_json({"imported": len(done.paths), "already": done.already, "refused": refused})
        return
    for one in done.refused:
        form = "row-noted" if one.code == intake.ENDED_TOO_EARLY else "row-said"
        click.echo(session.words(form, row=one.row, code=one.code, words=one.said(session.language)))
    session.say(
        "would-import" if session.dry_run else "imported",
        n=len(done.paths),
        already=done.already,
        refused=len(done.refused),
    )
