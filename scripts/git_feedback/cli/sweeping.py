"""What `sweep` and `nightly` share: asking the sources, taking in what arrived, telling of it."""

import time
from collections.abc import Sequence
from datetime import datetime

import click

from git_feedback.cli import host_given, taking
from git_feedback.cli.session import Session
from git_feedback.jobs.arriving import Access, Arrived, Place, Reach, Word, arrived
from git_feedback.jobs.journals import Journal
from git_feedback.jobs.locks import Busy
from git_feedback.jobs.sweeping import Sweep, Swept, looked_at, put_away, sweep
from git_feedback.policy.intake_files import SourcePart

GITHUB = "github"
"""What a host is where nobody says so."""
NO_TOKEN = "sweep-no-token"  # noqa: S105 - the code of a message


def asked(session: Session, sources: tuple[SourcePart, ...], since: datetime | None = None) -> list[Arrived]:
    """What arrived at these sources."""
    place = Place(session.root, session.policy, session.now)
    own = host_given.kind(session.policy) or GITHUB
    reach = Reach(own, lambda kind: _access(session, kind), since, time.time)
    return [arrived(source, place, reach) for source in sources]


def _access(session: Session, kind: str) -> Access:
    found = host_given.given(kind, session.policy)
    return Access(found.line, found.repository, (found.variable_of("token"), found.variable_of("api")))


def after_a_crash(session: Session) -> None:
    """Commit what an earlier command wrote and did not come to commit, before anything else is pulled or written."""
    if session.dry_run or session.no_commit:
        return
    journal = Journal(session.root)
    if not journal.paths_named():
        return
    try:
        journal.hold()
    except Busy:
        return  # it is being written just now
    paths = journal.paths()
    if session.commit(paths, f"intake: {len(paths)} files that a crash left uncommitted"):
        session.say("sweep-after-crash", n=len(paths))
    journal.close()


def taken_in(session: Session, found: Sequence[Arrived]) -> Sweep | None:
    """Take in what arrived, in one commit; None while another command takes in."""
    if not any(one.pieces for one in found):
        return Sweep([looked_at(one) for one in found], ())
    session.forget()
    try:
        desk = taking.desk_at_once(session)
    except Busy as busy:
        session.say("sweep-busy", process=busy.process or "?")
        return None
    done = sweep(found, desk, lambda rows: session.counted(rows, "importing"))
    ids = list(dict.fromkeys(one for source in done.sources for one in (*source.new, *source.messages)))
    taking.commit(session, desk, done.paths, f"sweep: {len(ids)} items from {_sources(done)}")
    if done.paths:
        session.forget()
    return done


def _sources(done: Sweep) -> str:
    return ", ".join(one.id for one in done.sources if one.new or one.messages) or "-"


def put_all_away(session: Session, done: Sweep) -> dict[str, list[str]]:
    """Move the files of which everything is committed; by source where they are now."""
    if session.dry_run or session.no_commit:
        return {}
    return {one.id: [path.as_posix() for path in put_away(one)] for one in done.sources}


# ---- telling of it --------------------------------------------------------------------------------------------------


def show(session: Session, done: Sweep) -> None:
    """A line for each source, and one for each piece that needs a word."""
    for one in done.sources:
        for word in (*one.refused, *one.noted):
            form = "sweep-refused" if word in one.refused else "sweep-noted"
            said = word.said(session.language)
            click.echo(session.words(form, id=one.id, where=" ".join(word.where.split()), code=word.code, words=said))
        if one.failed:
            words = one.failed.said(session.language)
            click.echo(session.words("sweep-failed", id=one.id, code=one.failed.code, words=words))
        else:
            click.echo(_line(session, one))


def _line(session: Session, one: Swept) -> str:
    form = "sweep-would" if session.dry_run else "sweep-did"
    counts = {"new": len(one.new), "messages": len(one.messages), "refused": len(one.refused)}
    return session.words(form, id=one.id, found=one.found, already=one.already, **counts)


def as_json(session: Session, done: Sweep, moved: dict[str, list[str]]) -> list[dict[str, object]]:
    """The same for machines."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "found": one.found,
            "already": one.already,
            "new": one.new,
            "messages": one.messages,
            "refused": [_word(session, word) for word in one.refused],
            "noted": [_word(session, word) for word in one.noted],
            "failed": _word(session, one.failed) if one.failed else None,
            "moved": moved.get(one.id, []),
        }
        for one in done.sources
    ]


def _word(session: Session, word: Word) -> dict[str, object]:
    return {"where": word.where, "code": word.code, "message": word.said(session.language)}
