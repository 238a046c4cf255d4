"""`sweep`: what arrived at the desk's sources and has no item is taken in."""

import random
import time
from datetime import datetime

import click

from git_feedback.cli import sweeping
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import parse_day
from git_feedback.jobs.arriving import Arrived
from git_feedback.jobs.pushing import Patience, written_and_pushed
from git_feedback.jobs.sweeping import Sweep
from git_feedback.policy.intake_files import SourcePart
from git_feedback.store import GitFailed

PATIENCE_S = 180


@click.command("sweep")
@click.option("--source", "named", metavar="ID", multiple=True, help="Only this source of policy/intake.yml.")
@click.option("--since", metavar="DAY", help="Only issues that changed from that day on: 2026-11-01.")
@click.option(
    "--push", is_flag=True, help="Pull before and push after; redone while others push too, for three minutes."
)
@writing
def command(session: Session, named: tuple[str, ...], since: str | None, push: bool) -> int:
    """Take in what arrived at the sources of policy/intake.yml and has no item yet: issues, mail, files in folders.

    In one commit.  A second run changes nothing.  Ends with 1 when a source could not be read or a piece was refused; the
    others are taken in all the same.
    """
    sources = _sources(session, named)
    sweeping.after_a_crash(session)
    found = sweeping.asked(session, sources, _since(session, since))
    pushing = push and not (session.dry_run or session.no_commit)
    done = _pushed(session, found) if pushing else sweeping.taken_in(session, found)
    moved = sweeping.put_all_away(session, done) if done else {}
    _show(session, done, moved)
    return 0 if done is None or done.is_well else 1


def _sources(session: Session, named: tuple[str, ...]) -> tuple[SourcePart, ...]:
    known = session.policy.intake.sources
    for one in named:
        if one not in [source.id for source in known]:
            ids = tuple(source.id for source in known)
            raise Stop("sweep-no-source", USAGE, session.language, given=one, known=ids or ("-",))
    if not known:
        session.say("sweep-no-sources")
    return tuple(source for source in known if not named or source.id in named)


def _since(session: Session, given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        day = parse_day(given)
    except ValueError:
        raise Stop("sweep-bad-day", USAGE, session.language, given=given) from None
    return datetime(day.year, day.month, day.day, tzinfo=session.policy.zone)


def _pushed(session: Session, found: list[Arrived]) -> Sweep | None:
    patience = Patience(PATIENCE_S, time.monotonic, time.sleep, random.random)
    try:
        return written_and_pushed(session.git, lambda: sweeping.taken_in(session, found), patience)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _show(session: Session, done: Sweep | None, moved: dict[str, list[str]]) -> None:
    if session.style == "json":
        session.show_json({"sources": sweeping.as_json(session, done, moved) if done else [], "busy": done is None})
    elif done:
        sweeping.show(session, done)
