"""`new`: one piece of feedback, written down by hand."""

import secrets
import sys

import click
from pydantic import ValidationError

from git_feedback.checks import Subject, problems
from git_feedback.cli.commands.receipt import (
    as_json,
    hand_over,
    site_address,
    site_option,
    slip_option,
    written_slip,
)
from git_feedback.cli.session import Session, stdin_is_a_person, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.intake import land
from git_feedback.intake.door import safe
from git_feedback.jobs import receiving
from git_feedback.jobs.importing import already_there
from git_feedback.model import Item, Submission, ids, receipts, translated
from git_feedback.store import Desk, write, write_file
from git_feedback.text import language


@click.command("new")
@click.option("--channel", required=True, help="How it came: an id of policy/channels.yml.")
@click.option("--title", help="One line: what it is about.")
@click.option("--text", help="What was said; `-` reads it from standard input.")
@click.option("--source", help="The channel's own key of it (ticket, order of calls, box number).")
@click.option("--kind", type=click.Choice(["new", "returning", "high-value", "anonymous"]), help="Who said it.")
@click.option("--product")
@click.option("--area")
@click.option("--device")
@click.option("--rating", type=click.IntRange(1, 5))
@click.option("--nps", type=click.IntRange(0, 10), help="How likely they would recommend us.")
@click.option("--expected", metavar="DATE", help="What the submitter hopes for: 2026-11-25.")
@click.option("--received", metavar="TIME", help="When it came (default: now): 2026-11-22T09:31:00+08:00.")
@click.option("--receipt", is_flag=True, help="Give its submitter a number to look it up by; shown once.")
@slip_option
@site_option
@writing
def command(
    session: Session,
    channel: str,
    kind: str | None,
    received: str | None,
    receipt: bool,
    slip: bool,
    site: str | None,
    **said: str | int | None,
) -> int:
    """Add one piece of feedback by hand, such as a call or a word in the shop.  Numbers and addresses are masked.

    Ends with 1, and writes nothing, when `check` would find something wrong with it.
    """
    if not session.dry_run:
        session.actor  # noqa: B018 - nobody unknown writes
    receipt = receipt or slip
    _check_channel(session, channel, receipt=receipt)
    facts = _facts(session, channel, kind, received, {name: value for name, value in said.items() if value is not None})
    missing = [name for name in session.policy.channels[channel].required if not facts.get(name)]
    if missing:
        raise Stop("channel-requires", USAGE, session.language, channel=channel, missing=missing)
    token = receipts.token(secrets.randbits(receipts.TOKEN_BITS)) if receipt and not session.dry_run else None
    submission = _submission(session, facts | ({"receipt": receipts.digest(token)} if token else {}))
    item, is_new = land(
        submission, session.policy, already_there(Desk(session.root)), session.now, lambda: secrets.randbits(30)
    )
    path, content = ids.path(item.id), write(item)
    wrong = problems(Subject(item, path, content, session.now), session.policy) if is_new else []
    if wrong:
        session.show_problems(wrong)
        return 1
    address = site_address(session, site) if slip else ""
    if is_new and not session.dry_run:
        write_file(session.root / path, content)
    _tell(session, item, path if is_new else None, token, slip=slip, site=address)
    session.commit([path] if is_new else [], f"new {item.id}, by {session.actor}")
    return 0


def _check_channel(session: Session, channel: str, *, receipt: bool) -> None:
    if channel not in session.policy.channels:
        known = tuple(session.policy.channels)
        raise Stop("no-such-channel", USAGE, session.language, given=channel, known=known)
    if receipt and receiving.is_public(channel):
        raise Stop("receipt-public-channel", USAGE, session.language, channel=channel)


def _tell(session: Session, item: Item, path: str | None, token: str | None, *, slip: bool, site: str) -> None:
    """What was added, or (no path) that it was there already; a new one's number for the first and last time."""
    full = receiving.receipt(item, token)
    if session.style == "json":
        rows = {"id": item.id, "file": ids.path(item.id), "new": path is not None}
        file = written_slip(session, full, item.language, site) if token and path and slip else None
        session.show_json(rows | ({"receipt": as_json(full, path, file, given=True)} if token and path else {}))
        return
    click.echo(f"{item.id}  {path}" if path else session.words("already-there", id=item.id))
    if token and path:
        hand_over(session, full, path, item.language, slip=slip, site=site)
    elif token:
        session.say("receipt-not-new", id=item.id)


def _submission(session: Session, facts: dict[str, object]) -> Submission:
    try:
        return Submission.model_validate(facts)
    except ValidationError as error:
        problem = translated(error, "", {})[0]
        raise Stop(problem.code, USAGE, session.language, **problem.values) from None


def _facts(
    session: Session, channel: str, kind: str | None, received: str | None, said: dict[str, str | int]
) -> dict[str, object]:
    if not said.get("title"):
        if not stdin_is_a_person():
            raise Stop("no-text", USAGE, session.language, verb="new", option="--title")
        said["title"] = click.prompt(session.words("prompt-title"), err=True)
    words = {
        name: safe(sys.stdin.read() if (name, value) == ("text", "-") else str(value)) for name, value in said.items()
    }
    words["title"] = " ".join(words["title"].split())
    if words.get("source") != said.get("source"):
        raise Stop("key-in-clear", USAGE, session.language, column="--source")
    spoken = language(f"{words.get('title', '')} {words.get('text', '')}")
    at = write_moment(session.now.astimezone(session.policy.zone))
    return {
        "received": received or at,
        "channel": channel,
        **words,
        **({} if spoken == "und" else {"language": spoken}),
        **({"submitter": {"kind": kind}} if kind else {}),
    }
