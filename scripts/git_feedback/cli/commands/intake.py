"""`intake`: what arrived on a Git host becomes items."""

import random
import time
from pathlib import Path

import click

from git_feedback.cli import sweeping, taking
from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.intake import issues
from git_feedback.jobs.pushing import Patience, written_and_pushed
from git_feedback.jobs.taking_in import Outcome
from git_feedback.model import ids
from git_feedback.store import GitFailed

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
        outcome = _pushed(session, found)
    else:
        outcome = _taken_in(session, found)
    item_id, is_new = outcome.id or "", outcome.what == "new"
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


def _pushed(session: Session, found: issues.Issue) -> Outcome:
    patience = Patience(PATIENCE_S, time.monotonic, time.sleep, random.random)
    sweeping.after_a_crash(session)
    try:
        return written_and_pushed(session.git, lambda: _taken_in(session, found), patience)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _taken_in(session: Session, found: issues.Issue) -> Outcome:
    """What became of the issue; a new one is written and committed."""
    session.forget()
    policy = session.policy
    desk = taking.desk_that_takes_in(session)
    outcome = desk.take(issues.row(found, policy, session.now))
    for remark in outcome.remarks if outcome.what == "refused" else ():
        raise Stop(remark.code, USAGE, session.language, **remark.values)
    paths = (*outcome.paths, *desk.finish())
    taking.commit(session, desk, paths, f"intake {found.source}: {outcome.id}")
    return outcome
