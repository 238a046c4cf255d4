"""A browser that prints is there: reports come without their PDF where there is none."""

from collections.abc import Iterator
from shutil import which

from git_feedback.jobs.examinations.ground import Finding, Place, advice


def examine(place: Place) -> Iterator[Finding]:
    """None of the browsers that print."""
    if not any(which(name, path=place.environment.get("PATH")) for name in place.browsers):
        yield advice("doctor-no-browser")
