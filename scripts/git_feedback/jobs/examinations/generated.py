"""Files made from policy are up to date: a form or a workflow that is behind takes in what the policy refuses."""

from collections.abc import Iterator

from git_feedback.jobs import generating
from git_feedback.jobs.examinations.ground import Finding, Ground, broken


def examine(ground: Ground) -> Iterator[Finding]:
    """Files that are missing, or not what the policy makes now."""
    files = tuple(problem.file for problem in generating.stale(ground.root, ground.policy))
    if files:
        yield broken("doctor-stale-files", files=files)


def mend(ground: Ground) -> list[str]:
    """Write them."""
    return generating.write_down(ground.root, ground.policy)
