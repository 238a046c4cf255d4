"""`handover`: all unfinished items of one person become another's."""

import click

from git_feedback.cli import bulk
from git_feedback.cli.listing import chosen
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import standings
from git_feedback.jobs.handing_over import Handing, handed_over


@click.command("handover")
@click.argument("giver", metavar="FROM")
@click.argument("taker", metavar="TO")
@click.option("--where", metavar="QUERY", help="Only items that fit, as in `list`.")
@bulk.yes_option
@writing
def command(session: Session, giver: str, taker: str, where: str | None, yes: bool) -> int:
    """Give every unfinished item of FROM to TO: same department, same helpers, one commit.

    Tells first what is given and asks.  What TO may not take on, and what is resolved already, is named and left; ends
    with 1 then.  FROM need not stand in policy/people.yml any more.
    """
    changes = _changes(session, Handing(giver, taker), where)
    given = [one for one in changes if one.event is not None]
    if not changes:
        session.say("handover-nothing", giver=giver)
    else:
        _summarise(session, giver, taker, changes)
    if not bulk.is_wanted(session, given, yes=yes):
        return 1
    done = bulk.written(session, given)
    if session.style == "json":
        left = [{"id": one.item.id, "why": one.reasons(session.language)} for one in changes if one.event is None]
        session.show_json({"from": giver, "to": taker, "written": [] if session.dry_run else done, "left": left})
    session.commit(done, f"handover {giver} to {taker}: {len(done)} items, by {session.actor}")
    return 1 if len(given) < len(changes) else 0


def _changes(session: Session, handing: Handing, where: str | None) -> list[bulk.Change]:
    """What is to be written, the oldest item first; stops at names that nobody has."""
    policy = session.policy
    if handing.giver == handing.taker:
        raise Stop("handover-to-oneself", USAGE, session.language, person=handing.taker)
    if handing.taker not in policy.people:
        raise Stop("no-such-person", USAGE, session.language, given=handing.taker, known=tuple(policy.people))
    listed = chosen(session, where) if where else standings(session.desk.items, policy, session.now)
    found = handed_over(listed, handing, policy, session.now, session.actor)
    if not found and handing.giver not in policy.people:
        raise Stop("no-such-person", USAGE, session.language, given=handing.giver, known=tuple(policy.people))
    files = {subject.item.id: subject for subject in session.desk.subjects}
    subjects = ((files[one.item.id], event) for one, event in found)
    return [bulk.change(session, file.file, file.item, file.source, event) for file, event in subjects]


def _summarise(session: Session, giver: str, taker: str, changes: list[bulk.Change]) -> None:
    given = [one.item for one in changes if one.event is not None]
    found = standings(given, session.policy, session.now)
    late = sum(any(clock.state == "breached-open" for clock in one.clocks) for one in found)
    title = session.words("handover-title", n=len(given), giver=giver, taker=taker, late=late)
    bulk.summarise(session, title, changes)
