"""`intake`: what arrived on a Git host becomes items."""

from pathlib import Path

import click

from git_feedback.cli import answering, host_given, taking
from git_feedback.cli.commands.intake_comment import comment
from git_feedback.cli.pushed import pushed
from git_feedback.cli.session import Session, happening
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.intake import issue_events, issues
from git_feedback.intake.issue_events import Happening
from git_feedback.jobs.hearing import Heard, heard
from git_feedback.model import ids

GITHUB = "github"
"""What a host is where nobody says so."""


@click.group("intake")
def command() -> None:
    """Take in what arrived on a Git host."""


command.add_command(comment)


@command.command("issue")
@happening
def issue(session: Session, file: Path, push: bool) -> int:
    """Take in an issue, and what is new in one that was rewritten; its answer is written once the record is pushed.

    What is there already stays untouched, so a second run adds nothing.  With --push, and a host and token at hand, the
    issue then shows the id, the state and what comes next; ends with 1 when that could not be written (the record holds
    it all the same), with 3 when the event tells of no issue.
    """
    found = _happening(session, file)
    pushing = push and not (session.dry_run or session.no_commit)
    done = pushed(session, lambda: _taken_in(session, found)) if pushing else _taken_in(session, found)
    _show(session, done)
    item_id = done.outcome.id if done.outcome else None
    if not pushing or item_id is None or found.action in issue_events.GONE:
        return 0
    return 0 if answering.answered(session, item_id) else 1


def _happening(session: Session, file: Path) -> Happening:
    try:
        return issue_events.happening(file.read_bytes(), host_given.kind(session.policy) or GITHUB)
    except issues.Unreadable as wrong:
        raise Stop("bad-event", language=session.language, file=file.as_posix(), reason=wrong.reason) from None


def _taken_in(session: Session, found: Happening) -> Heard:
    """What became of the event; what it wrote is committed."""
    desk = taking.desk_that_takes_in(session)
    done = heard(found, desk)
    outcome = done.outcome
    for remark in outcome.remarks if outcome and outcome.what == "refused" else ():
        raise Stop(remark.code, USAGE, session.language, **remark.values)
    paths = (*(outcome.paths if outcome else ()), *desk.finish())
    taking.commit(session, desk, paths, f"intake {found.issue.source}: {outcome.id if outcome else '-'}")
    return done


def _show(session: Session, done: Heard) -> None:
    """The item, or why there is none; on standard output where something was written, else a remark."""
    outcome = done.outcome
    if session.style == "json":
        session.show_json(_as_json(done))
    elif outcome and outcome.what == "new":
        click.echo(f"{outcome.id}  {ids.path(outcome.id or '')}")
    elif outcome and outcome.what == "message":
        click.echo(session.words("issue-message", id=outcome.id))
    elif outcome and not done.left:
        click.echo(session.words("already-there", id=outcome.id))
    if done.left:
        session.say(done.left, id=outcome.id if outcome else "-")


def _as_json(done: Heard) -> dict[str, object]:
    item_id = done.outcome.id if done.outcome else None
    facts: dict[str, object] = {"id": item_id, "file": ids.path(item_id) if item_id else None}
    facts["new"] = bool(done.outcome and done.outcome.what == "new")
    is_message = bool(done.outcome and done.outcome.what == "message")
    return facts | ({"message": True} if is_message else {}) | ({"left": done.left} if done.left else {})
