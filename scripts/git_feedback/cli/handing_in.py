"""A pass that somebody hands in by an issue: whoever made the issue acts, and is answered below it.

Anybody can make an issue where the host is public, so the desk takes a pass from people whose login it knows only.
"""

from collections.abc import Callable
from pathlib import Path

from git_feedback.cli import host_given
from git_feedback.cli.session import Session
from git_feedback.cli.training import Written
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.escaping import markdown_line
from git_feedback.hosts import HostFailed
from git_feedback.intake import issues
from git_feedback.jobs.commenting_names import by_login

_OF_THE_FILE = ("train-unreadable", "train-nothing-handed-in", "bad-event")
"""What is wrong names the event's file, of which whoever made the issue knows nothing."""


def handed_in(session: Session, event: Path, write: Callable[[], Written]) -> Written:
    """What was written down of an issue's event; its author is told of it, or why it was not.  Raises Stop."""
    try:
        issue = issues.issue(event.read_bytes())
    except issues.Unreadable as wrong:
        raise Stop("bad-event", language=session.language, file=event.as_posix(), reason=wrong.reason) from None
    try:
        session.by = _author(session, issue.login)
        made = write()
    except Stop as stop:
        if stop.exit_code != CANNOT:
            _answer(session, issue.number, _refused(session, stop), is_done=False)
        raise
    if not session.dry_run:
        words = session.words("train-handed-in", course=made.record.course, day=made.record.passed.isoformat())
        _answer(session, issue.number, words, is_done=True)
    return made


def _author(session: Session, login: str) -> str:
    person = by_login(session.policy, login)
    if person is None:
        raise Stop("train-unknown-login", USAGE, session.language, login=login or "-")
    return person.id


def _refused(session: Session, stop: Stop) -> str:
    reason = session.words("train-no-certificate") if stop.code in _OF_THE_FILE else stop.said()
    return session.words("train-not-handed-in", reason=markdown_line(reason))


def _answer(session: Session, number: int, words: str, *, is_done: bool) -> None:
    """Say it below the issue, once, and close that when all is done; where no host can be told, say so here."""
    try:
        host = host_given.provider_if_any(session)
        if host is None or any(one.own and one.body.strip() == words for one in host.comments(number)):
            return
        if is_done:
            host.close(number)  # first: what was said is not said again, and an issue that stayed open would stay so
        host.say(number, words)
    except HostFailed as failed:
        session.say("train-not-answered", reason=session.words(failed.code, None, **failed.values))
