"""Somebody can read how to reach customers: without recipients a phone number is refused, and without this clone's own
key its owner can read none."""

from collections.abc import Iterator

from git_feedback.jobs.examinations.ground import Finding, Ground, advice, broken
from git_feedback.store import Keys
from git_feedback.store.keys import REF

IDENTITY = "GIT_FEEDBACK_IDENTITY"


def examine(ground: Ground) -> Iterator[Finding]:
    """No recipients; no key here; keys that the other side has and this clone has not, or the other way round."""
    if not ground.policy.recipients:
        yield advice("doctor-no-recipients")
        return
    if not ground.identity.is_file() and not ground.environment.get(IDENTITY):
        yield advice("doctor-no-identity")
    yield from _elsewhere(ground)


def _elsewhere(ground: Ground) -> Iterator[Finding]:
    if ground.offline or "origin" not in ground.git.run("remote").split():
        return
    there = ground.git.run("ls-remote", "--quiet", "origin", REF).partition("\t")[0]
    if there != Keys(ground.git).commit():
        yield broken("doctor-keys-apart")
