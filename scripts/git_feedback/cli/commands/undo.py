"""`undo`: what one commit wrote, taken back by the opposite events.

`--format json` prints `{written: [FILE], events, already, refused: [{id, later: [{verb, at, by}], message}]}`.
"""

from collections.abc import Sequence

import click

from git_feedback import i18n
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.intake.door import safe
from git_feedback.jobs.undoing import SHORT, CannotUndo, Doer, Kept, Undoing, commit_of, deeds, undo
from git_feedback.store import GitFailed, entry, write_file


@click.command("undo")
@click.argument("commit", metavar="COMMIT")
@writing
def command(session: Session, commit: str) -> int:
    """Take back the events that COMMIT added: each is retracted, and stays readable.

    All or nothing: where something later builds on one of them nothing is written, and what that is is listed.
    Ends with 0, also when all of it is taken back already; with 1 when it was refused.
    """
    try:
        full = commit_of(session.git, commit)
        found = undo(session.root, deeds(session.git, full), doer(session, "undo-because", full))
    except CannotUndo as cannot:
        raise Stop(cannot.code, USAGE, session.language, **cannot.values) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    written = () if found.kept else tuple(one.path for one in found.written)
    if not found.kept:
        put(session, found)
    show(session, found, written)
    if session.style == "text":
        code = "undo-refused" if found.kept else "undo-would" if session.dry_run else "undo-done"
        session.say(code, n=len(found.kept or found.written), commit=full[:SHORT], already=found.already)
    session.commit(written, f"undo {full[:SHORT]}: {len(written)} items, by {session.actor}")
    return 1 if found.kept else 0


def doer(session: Session, code: str, commit: str) -> Doer:
    """Who does it, with the commit and its subject as the reason, in the desk's language."""
    subject = safe(session.git.run("log", "-1", "--format=%s", commit).strip()) or "-"
    because = i18n.text(code, session.policy.desk.language, commit=commit[:SHORT], subject=subject)
    return Doer(session.policy, session.now, session.actor, because)


def put(session: Session, found: Undoing) -> None:
    """Write the files, unless on a dry run."""
    if not session.dry_run:
        for one in found.written:
            write_file(session.root / one.path, one.content, durable=False)


def show(session: Session, found: Undoing, written: Sequence[str]) -> None:
    """What is written, and what is left and why."""
    if session.style == "json":
        refused = [_as_json(session, one) for one in found.kept]
        events = sum(len(one.events) for one in found.written if one.path in written)
        paths = [] if session.dry_run else list(written)
        session.show_json({"written": paths, "events": events, "already": found.already, "refused": refused})
        return
    for one in found.written:
        if one.path in written:
            click.echo(f"{one.path}:\n{''.join(map(entry, one.events)).rstrip()}")
    for kept in found.kept:
        click.echo(f"{kept.id}: {_why(session, kept)}", err=True)


def _why(session: Session, kept: Kept) -> str:
    if kept.refusal:
        return kept.refusal.said(session.language)
    zone = session.policy.zone
    said = [
        session.words("undo-later", verb=one.verb, at=one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"), by=one.by)
        for one in kept.later
    ]
    return session.words("undo-kept", later=tuple(said))


def _as_json(session: Session, kept: Kept) -> dict[str, object]:
    later = [{"verb": one.verb, "at": write_moment(one.at), "by": one.by} for one in kept.later]
    return {"id": kept.id, "later": later, "message": _why(session, kept)}
