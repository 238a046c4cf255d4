"""`sweep`: what arrived at the desk's sources and has no item is taken in."""

from datetime import datetime

import click

from git_feedback.cli import catching_up, sweeping
from git_feedback.cli.catching_up import CatchingUp
from git_feedback.cli.pushed import pushed
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import parse_day
from git_feedback.jobs.arriving import Arrived
from git_feedback.jobs.sweeping import Sweep
from git_feedback.policy.intake_files import SourcePart


@click.command("sweep")
@click.option("--source", "named", metavar="ID", multiple=True, help="Only this source of policy/intake.yml.")
@click.option("--since", metavar="DAY", help="Only issues that changed from that day on: 2026-11-01.")
@click.option(
    "--push", is_flag=True, help="Pull before and push after; redone while others push too, for three minutes."
)
@writing
def command(session: Session, named: tuple[str, ...], since: str | None, push: bool) -> int:
    """Take in what arrived at the sources of policy/intake.yml and has no item yet: issues, mail, files in folders.

    Comments below issues that no run took are made up for, and (with --push) answers that nobody wrote; without --since
    of the last eight days.  A second run changes nothing.  Ends with 1 when a source could not be read, a piece was
    refused or an answer not written; the others are taken in all the same.
    """
    sources = _sources(session, named)
    sweeping.after_a_crash(session)
    moment = _since(session, since)
    found = sweeping.asked(session, sources, moment)
    caught = catching_up.begun(session, moment) if any(one.kind == "issues" for one in sources) else None
    pushing = push and not (session.dry_run or session.no_commit)
    done = pushed(session, lambda: _taken(session, found, caught)) if pushing else _taken(session, found, caught)
    moved = sweeping.put_all_away(session, done) if done else {}
    _show(session, done, moved, caught)
    if caught and pushing:
        catching_up.answer(session, caught)
    return 0 if (done is None or done.is_well) and (caught is None or caught.is_well) else 1


def _taken(session: Session, found: list[Arrived], caught: CatchingUp | None) -> Sweep | None:
    """What arrived, then what was said below issues that are items by now."""
    done = sweeping.taken_in(session, found)
    if caught:
        catching_up.take(session, caught)
    return done


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


def _show(session: Session, done: Sweep | None, moved: dict[str, list[str]], caught: CatchingUp | None) -> None:
    if session.style == "json":
        facts = {"sources": sweeping.as_json(session, done, moved) if done else [], "busy": done is None}
        session.show_json(facts | ({"comments": catching_up.as_json(caught)} if caught else {}))
        return
    if done:
        sweeping.show(session, done)
    if caught:
        catching_up.show(session, caught)
