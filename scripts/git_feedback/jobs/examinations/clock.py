"""This machine's clock and the host's agree: a clock that is wrong makes deadlines wrong, and tokens are refused."""

from collections.abc import Iterator
from datetime import timedelta

from git_feedback.jobs.examinations.ground import Finding, Ground, broken

MOST = timedelta(minutes=2)


def examine(ground: Ground) -> Iterator[Finding]:
    """More than two minutes between them."""
    there = ground.host.settings.time() if ground.host and not ground.fixed else None
    if there and abs(there - ground.now) > MOST:
        minutes = round(abs(there - ground.now).total_seconds() / 60)
        yield broken("doctor-clock-apart", minutes=minutes)
