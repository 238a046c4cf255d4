"""What commands share that take something in: the desk that takes in, and what became of it said and committed."""

import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from git_feedback import intake
from git_feedback.cli.secrets_given import ref_key, trouble_with_keys
from git_feedback.cli.session import Session
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.intake import ColumnMapping, Format, Row, Source
from git_feedback.intake.tables.mapping import presets
from git_feedback.jobs.importing import Imported
from git_feedback.jobs.locks import Busy
from git_feedback.jobs.taking_in import TakingIn
from git_feedback.jobs.vaults import Vault
from git_feedback.model import Bad

NOTED = (intake.ENDED_TOO_EARLY, intake.ENTERED_LATE)
"""Remarks about rows that became items all the same."""
BY_THE_WAY = ("read-as-gb18030",)
"""Remarks about a whole file: no row needs a word."""


PATIENCE_S = 10.0
"""How long a command waits for another one in the same clone that takes in."""


def desk_that_takes_in(session: Session, *, without_contacts: bool = False) -> TakingIn:
    """The desk of a session, ready to take in; what a crash left half done there is put right.

    Raises Stop where the list of recipients holds what is no key, and while another command takes in for long.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return desk_at_once(session, without_contacts=without_contacts)
        except Busy as busy:
            if time.monotonic() > until:
                raise Stop("intake-busy", language=session.language, process=busy.process or "?") from None
            time.sleep(0.2)


def desk_at_once(session: Session, *, without_contacts: bool = False) -> TakingIn:
    """The same, without waiting.  Raises Busy, Stop."""
    with trouble_with_keys(session):
        vault = Vault.of(session.policy, session.git, ref_key(session))
    return TakingIn(
        session.root,
        session.policy,
        vault,
        session.now,
        lambda: secrets.randbits(30),
        dry_run=session.dry_run,
        without_contacts=without_contacts,
        progress=session.progress,
    )


def commit(session: Session, desk: TakingIn, paths: Iterable[str], message: str) -> str:
    """Commit what was taken in; after that nothing is left behind."""
    done = session.commit(list(dict.fromkeys(paths)), message)
    if not session.dry_run:
        desk.journal.close()
    return done


def mapping(session: Session, named: str) -> ColumnMapping:
    """The mapping in a file, or the one that ships under a name.  Raises Stop."""
    path = Path(named)
    source = path.read_bytes() if path.is_file() else intake.preset(named)
    if source is None:
        raise Stop("no-such-mapping", USAGE, session.language, given=named, known=tuple(presets()))
    try:
        return intake.load_mapping(source, named)
    except Bad as bad:
        session.show_problems(bad.problems)
        raise Stop("bad-mapping", USAGE, session.language, given=named) from None


def source(session: Session, file: Path, columns: ColumnMapping | None) -> Source:
    """A file as a format wants it."""
    return Source(file.read_bytes(), file.name, session.policy, session.now, columns)


def rows(session: Session, form: Format, given: Source, file: Path) -> Iterator[Row]:
    """The rows of a file, with its name in what is wrong with it.  Raises Bad while they are asked for."""
    try:
        yield from session.counted(form.read(given), "importing")
    except Bad as bad:
        raise Bad([replace(problem, file=file.as_posix()) for problem in bad.problems]) from None


def show(session: Session, done: Imported) -> None:
    """What became of the rows."""
    by_the_way = [one for one in done.refused if one.code in BY_THE_WAY]
    needed = [one for one in done.refused if one.code not in BY_THE_WAY]
    for one in by_the_way:
        click.echo(one.said(session.language), err=True)
    if session.style == "json":
        refused = [{"row": one.row, "code": one.code, "message": one.said(session.language)} for one in needed]
        facts = {"imported": len(done.new), "already": done.already, "refused": refused}
        session.show_json(facts | ({"messages": len(done.messages)} if done.messages else {}))
        return
    for one in needed:
        form = "row-noted" if one.code in NOTED else "row-said"
        click.echo(session.words(form, row=one.row, code=one.code, words=one.said(session.language)))
    said = {"already": done.already, "refused": len(needed)}
    session.say("would-import" if session.dry_run else "imported", n=len(done.new), **said)
    if done.messages:
        session.say("messages-taken", n=len(done.messages))
