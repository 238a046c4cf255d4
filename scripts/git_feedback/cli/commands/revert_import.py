"""`revert-import`: what an import brought by mistake is rejected, never deleted.

`--format json` prints what `undo` prints: `{written, events, already, refused}`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from git_feedback import i18n, intake
from git_feedback.cli import taking
from git_feedback.cli.commands import undo
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs.undoing import SHORT, CannotUndo, Doer, brought_by_commit, brought_by_file, commit_of, revert
from git_feedback.model import Bad, Event
from git_feedback.store import GitFailed

Brought = Mapping[str, Sequence[Event]]


@click.command("revert-import")
@click.argument("what", metavar="COMMIT|FILE")
@click.option("--map", "mapping", metavar="MAP.yml", help="With FILE: the mapping it was imported with.")
@writing
def command(session: Session, what: str, mapping: str | None) -> int:
    """Reject the items that COMMIT brought, or that the rows of FILE became.

    They stay, marked as invalid with the reason; their clocks are cancelled.  Items that a person has touched since
    are named and left as they are.  A second run changes nothing.  Ends with 0, or with 1 when items were left.
    """
    try:
        brought, doer = _by_file(session, Path(what), mapping) if mapping else _by_commit(session, what)
        if not brought:
            raise Stop("revert-nothing", USAGE, session.language, given=what)
        found = revert(session.root, brought, doer)
    except CannotUndo as cannot:
        raise Stop(cannot.code, USAGE, session.language, **cannot.values) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    undo.put(session, found)
    written = tuple(one.path for one in found.written)
    undo.show(session, found, written)
    if session.style == "text":
        code = "revert-would" if session.dry_run else "revert-done"
        session.say(code, n=len(written), already=found.already, kept=len(found.kept))
    session.commit(written, f"revert import {Path(what).name[:SHORT]}: {len(written)} items, by {session.actor}")
    return 1 if found.kept else 0


def _by_commit(session: Session, name: str) -> tuple[Brought, Doer]:
    if Path(name).is_file():
        raise Stop("revert-needs-map", USAGE, session.language, file=name)
    commit = commit_of(session.git, name)
    return brought_by_commit(session.git, commit), undo.doer(session, "revert-because", commit)


def _by_file(session: Session, file: Path, mapping: str) -> tuple[Brought, Doer]:
    if not file.is_file():
        raise Stop("revert-no-file", USAGE, session.language, file=str(file))
    because = i18n.text("revert-because-file", session.policy.desk.language, file=file.name)
    doer = Doer(session.policy, session.now, session.actor, because)
    return brought_by_file(session.root, list(_identities(session, file, mapping))), doer


def _identities(session: Session, file: Path, named: str) -> Iterator[tuple[str, str]]:
    """Channel and key of each row that can be read."""
    form = next((one for one in intake.FORMATS.values() if one.maps and file.suffix.lower() in one.suffixes), None)
    try:
        given = taking.source(session, file, taking.mapping(session, named))
        submissions = [row.submission for row in (form or intake.FORMATS["csv"]).read(given) if row.submission]
    except Bad as bad:
        session.show_problems(replace(problem, file=file.as_posix()) for problem in bad.problems)
        raise Stop("bad-mapping", USAGE, session.language, given=named) from None
    yield from ((one.channel, one.source) for one in submissions if one.source)
