"""`intake`: what arrived on a Git host becomes items."""

import random
import secrets
import time
from pathlib import Path

import click

from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.intake import issues, land
from git_feedback.jobs.importing import already_there
from git_feedback.jobs.pushing import Patience, written_and_pushed
from git_feedback.model import ids
from git_feedback.store import Desk, GitFailed, write, write_file

PATIENCE_S = 180


@click.group("intake")
def command() -> None:
    """Take in what arrived on a Git host."""


@command.command("issue")
@click.option(
    "--event",
    "file",
    envvar="GITHUB_EVENT_PATH",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The event of an issue as JSON (default: the file that GITHUB_EVENT_PATH names).",
)
@click.option(
    "--push", is_flag=True, help="Pull before and push after; redone while others push too, for three minutes."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, write nothing.")
@click.option("--no-commit", is_flag=True, help="Write the files and leave the commit to you.")
@common
def issue(session: Session, file: Path, push: bool) -> int:
    """Take in an issue that was made with the form.  What is there already stays untouched, so a second run adds nothing.

    Ends with 0; with 3 when the event tells of no issue.
    """
    found = _issue(session, file)
    if push and not (session.dry_run or session.no_commit):
        item_id, is_new = _pushed(session, found)
    else:
        item_id, is_new = _taken_in(session, found)
    if session.style == "json":
        session.show_json({"id": item_id, "file": ids.path(item_id), "new": is_new})
    else:
        click.echo(f"{item_id}  {ids.path(item_id)}" if is_new else session.words("already-there", id=item_id))
    return 0


def _issue(session: Session, file: Path) -> issues.Issue:
    try:
        return issues.issue(file.read_bytes())
    except issues.Unreadable as wrong:
        raise Stop("bad-event", language=session.language, file=file.as_posix(), reason=wrong.reason) from None


def _pushed(session: Session, found: issues.Issue) -> tuple[str, bool]:
    patience = Patience(PATIENCE_S, time.monotonic, time.sleep, random.random)
    try:
        return written_and_pushed(session.git, lambda: _taken_in(session, found), patience)
    except GitFailed as failed:
        raise Stop("git-failed", language=session.language, reason=str(failed)) from None


def _taken_in(session: Session, found: issues.Issue) -> tuple[str, bool]:
    """The id of the issue's item, and whether it is new: then it is written and committed."""
    policy = session.policy
    if issues.CHANNEL not in policy.channels:
        known = tuple(policy.channels)
        raise Stop("no-such-channel", USAGE, session.language, given=issues.CHANNEL, known=known)
    said = issues.submission(found, policy, session.now)
    item, is_new = land(said, policy, already_there(Desk(session.root)), session.now, lambda: secrets.randbits(30))
    if is_new and not session.dry_run:
        write_file(session.root / ids.path(item.id), write(item))
        session.commit([ids.path(item.id)], f"intake {found.source}: {item.id}")
    return item.id, is_new
