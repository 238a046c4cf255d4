"""The branch follows one on another side: a desk that lives in one clone only is lost with the disk it is on."""

from collections.abc import Iterator
from contextlib import suppress

from git_feedback.jobs.examinations.ground import Finding, Ground, advice, broken
from git_feedback.store import GitFailed


def examine(ground: Ground) -> Iterator[Finding]:
    """No commit, no remote, no branch on the other side."""
    branch = remotes = ""
    with suppress(GitFailed):
        branch = ground.git.run("symbolic-ref", "--short", "--quiet", "HEAD").strip()
        remotes = ground.git.run("remote").strip()
    if not branch:
        return  # a checkout of one commit, as hosts make them
    if not remotes:
        yield advice("doctor-no-remote")
        return
    with suppress(GitFailed):
        ground.git.run("rev-parse", "--verify", "--quiet", f"{branch}@{{upstream}}")
        return
    yield broken("doctor-no-upstream", branch=branch, remote=remotes.splitlines()[0])
