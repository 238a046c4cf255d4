"""What commands share that push what they wrote: the desk read anew on each fresh tip, and three minutes of patience."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from git_feedback.cli import sweeping
from git_feedback.cli.session import Session
from git_feedback.jobs.pushing import Patience, written_and_pushed
from git_feedback.store import GitFailed

Result = TypeVar("Result")

PATIENCE_S = 180


def pushed(session: Session, write: Callable[[], Result], seconds: int = PATIENCE_S) -> Result:
    """What `write` gave, once its commit reached the other side; redone while others push too.  Raises Stop."""
    patience = Patience(seconds, time.monotonic, time.sleep, random.random)
    sweeping.after_a_crash(session)
    try:
        return written_and_pushed(session.git, lambda: _anew(session, write), patience)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _anew(session: Session, write: Callable[[], Result]) -> Result:
    session.forget()
    return write()
