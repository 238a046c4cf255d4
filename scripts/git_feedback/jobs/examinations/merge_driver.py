"""Git merges items by events and fields: without the driver two people who wrote to one item get a conflict in YAML."""

from collections.abc import Iterator
from contextlib import suppress

from git_feedback.jobs import merging
from git_feedback.jobs.examinations.ground import Finding, Place, broken
from git_feedback.store import GitFailed


def examine(place: Place) -> Iterator[Finding]:
    """A clone that was never taught, or a desk whose attributes do not ask for it."""
    registered = ""
    with suppress(GitFailed):
        registered = place.git.run("config", "--local", "merge.feedback.driver").rstrip("\n")
    if registered != merging.DRIVER:
        yield broken("doctor-no-driver")
    if not merging.is_asked_for(place.git):
        yield broken("doctor-no-attribute")


def mend(place: Place) -> list[str]:
    """Teach this clone; a line in .gitattributes is for a person to write, who may have put it away on purpose."""
    merging.install(place.git)
    return []
