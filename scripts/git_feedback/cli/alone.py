"""One night at a time in one clone, and only in a clone that is fit for it."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from git_feedback.cli.session import Session
from git_feedback.cli.trouble import Stop
from git_feedback.jobs import pushable
from git_feedback.jobs.locks import Busy, Lock
from git_feedback.store import Git, GitFailed

LOCK = "nightly.lock"


def lock_file(root: Path) -> Path:
    """Where the lock of a clone lies: with Git's own files of this working tree."""
    return (root / Git(root).run("rev-parse", "--git-path", f"git-feedback/{LOCK}").strip()).resolve()


@contextmanager
def alone(session: Session) -> Iterator[None]:
    """While this is the only night in this clone.  Raises Busy; a run that only looks needs nobody's leave."""
    if session.dry_run:
        yield
        return
    try:
        file = lock_file(session.root)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    lock = Lock(file)
    try:
        with _ended_in_order():
            yield
    finally:
        lock.release()


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Whoever ends the run from outside (a reboot, a time limit) ends it as Ctrl-C does: what went out is noted first."""
    if threading.current_thread() is not threading.main_thread():  # the system lets no other one listen
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def said_busy(session: Session, busy: Busy) -> int:
    """Say that another night is at work here, which does what is to be done: no failure."""
    process = busy.process or "?"
    if session.style == "json":
        session.show_json({"busy": True, "process": process})
    session.say("night-busy", process=process)
    return 0


def check_fit_to_push(session: Session) -> None:
    """Stops, with the way out, where this clone could not pull and push, or the other side does not answer."""
    git = session.git
    try:
        found = pushable.obstacle(git)
        if found is None:
            pushable.reached(git)
    except GitFailed as failed:
        raise Stop("clone-unreached", language=session.language, reason=str(failed)) from None
    if found:
        raise Stop(f"clone-{found.kind}", language=session.language, **found.values)
