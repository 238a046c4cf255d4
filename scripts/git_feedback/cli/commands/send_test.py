"""`send-test`: whether a way out works, seen by a message that says so.

`--format json` prints `{way, addressee, sent, code, message}`; the last two are null where it went out.
"""

from datetime import timedelta

import click

from git_feedback.cli.posting import post_of
from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs.alarming import give, route_to
from git_feedback.outbox import NotSent, trial
from git_feedback.policy.notify_files import NotifyFile


@click.command("send-test", epilog="\b\nExample:\n  git feedback send-test chat --to he.miao")
@click.argument("way")
@click.option("--to", "person", metavar="ID", help="To whom (default: the person whose e-mail is Git's user.email).")
@common
def command(session: Session, way: str, person: str | None) -> int:
    """Send a message to try out WAY of policy/notify.yml; the record says nothing of it.

    Ends with 1, and the reason, when it did not go out.
    """
    notify = session.policy.notify
    if notify is None:
        raise Stop("trial-no-notify", language=session.language)
    if way not in notify.ways:
        raise Stop("no-such-way", USAGE, session.language, given=way, known=tuple(notify.ways))
    addressee = _addressee(session, notify, way, person)
    failed = _failure(session, way, addressee)
    if session.style == "json":
        session.show_json(_as_json(session, way, addressee, failed))
    elif failed:
        reason = failed.said(session.language)
        click.echo(session.words("trial-failed", None, addressee=addressee, way=way, reason=reason))
    else:
        click.echo(session.words("trial-sent", None, addressee=addressee, way=way))
    return 1 if failed else 0


def _addressee(session: Session, notify: NotifyFile, way: str, named: str | None) -> str:
    """Who is named, else who sits here, else the first whom that way tells."""
    people = session.policy.people
    if named is not None:
        if named not in people:
            raise Stop("no-such-person", USAGE, session.language, given=named, known=tuple(people))
        return named
    here = session.policy.person_by_email(session.git.email())
    told = [here.id] if here else [one for one in people if way in notify.ways_of(one)]
    if not told:
        raise Stop("trial-to-whom", USAGE, session.language, way=way)
    return told[0]


def _failure(session: Session, way: str, addressee: str) -> NotSent | None:
    """Why it did not go out; None where it did."""
    post = post_of(timedelta(hours=24))
    route = route_to(addressee, way, session.root, session.policy, session.now, post)
    try:
        give(trial(way, addressee, session.policy, session.now), route, post)
    except NotSent as why:
        return why
    return None


def _as_json(session: Session, way: str, addressee: str, failed: NotSent | None) -> dict[str, object]:
    said = (
        {"code": failed.code, "message": failed.said(session.language)} if failed else {"code": None, "message": None}
    )
    return {"way": way, "addressee": addressee, "sent": not failed, **said}
