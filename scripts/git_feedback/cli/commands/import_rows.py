"""`import`: feedback from a file becomes items."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import click

from git_feedback import intake
from git_feedback.cli import taking
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.intake.tables.adopting import proposal
from git_feedback.intake.tables.map_drafting import draft
from git_feedback.intake.tables.mapping import presets
from git_feedback.jobs import importing
from git_feedback.model import Bad


@click.command("import")
@click.argument("kind", metavar="FORMAT", type=click.Choice(list(intake.FORMATS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map", "mapping", metavar="MAP.yml", help="A mapping file, or the name of one that ships, such as sf311."
)
@click.option(
    "--adopt", is_flag=True, help="Propose policy entries for what the mapping does not name; import nothing."
)
@click.option("--draft-map", is_flag=True, help="Print a mapping drafted from FILE's first rows; import nothing.")
@click.option("--limit", type=click.IntRange(min=1), help="Only the first rows.")
@click.option("--without-contacts", is_flag=True, help="Drop ways to reach people where nobody can be sealed to.")
@writing
def command(
    session: Session,
    kind: str,
    file: Path,
    mapping: str | None,
    adopt: bool,
    draft_map: bool,
    limit: int | None,
    without_contacts: bool,
) -> int:
    """Add feedback from FILE.  What is there already stays untouched, so a second run adds nothing.

    Ends with 0, or with 1 when a row was left out.  A row that ended before it began is imported as closed
    and reported: text says so, JSON lists it under `refused` too, its only list of rows (code ended-before-it-began).
    """
    form = intake.FORMATS[kind]
    if not form.maps and (draft_map or adopt or mapping):
        raise Stop("needs-no-mapping", USAGE, session.language, kind=kind)
    if draft_map:
        return _draft(session, kind, file)
    columns = _columns(session, kind, mapping)
    given = taking.source(session, file, columns)
    try:
        if adopt and columns:
            _propose(session, proposal(intake.TABLES[kind](given), columns, session.policy))
            return 0
        desk = taking.desk_that_takes_in(session, without_contacts=without_contacts)
        done = importing.run(islice(taking.rows(session, form, given, file), limit), desk)
    except Bad as bad:
        return _told(session, bad, file)
    taking.show(session, done)
    what = columns.name if columns else f"{kind} {file.name[:60]}"
    taking.commit(session, desk, done.paths, f"import {what}: {len(done.new)} items")
    return 1 if done.left_out else 0


def _columns(session: Session, kind: str, named: str | None) -> intake.ColumnMapping | None:
    if not intake.FORMATS[kind].maps:
        return None
    if named is None:
        raise Stop("mapping-needed", USAGE, session.language, kind=kind, known=tuple(presets()))
    return taking.mapping(session, named)


def _draft(session: Session, kind: str, file: Path) -> int:
    """Print a mapping for a file whose columns nobody has named yet."""
    try:
        table = intake.TABLES[kind](taking.source(session, file, None))
        text = draft(table, file.name, session.policy, session.language)
    except Bad as bad:
        return _told(session, bad, file)
    if session.style == "json":
        session.show_json({"mapping": text})
    else:
        click.echo(text, nl=False)
    return 0


def _told(session: Session, bad: Bad, file: Path) -> int:
    """What is wrong with a file as a whole, under its name."""
    for problem in bad.problems:
        named = problem if problem.file else replace(problem, file=file.as_posix())
        click.echo(named.said(session.language), err=True)
    return 1


def _propose(session: Session, text: str) -> None:
    if session.style == "json":
        session.show_json({"proposal": text})
    else:
        click.echo(text, nl=False)
