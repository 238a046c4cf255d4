"""Python and Git are new enough: an old one fails in the middle of a command, with words that help nobody."""

import re
from collections.abc import Iterator

from git_feedback.jobs.examinations.ground import Finding, Place, broken

PYTHON = (3, 11)
GIT = (2, 28)
"""The first with `init --initial-branch`; all else that is called is older."""


def examine(place: Place) -> Iterator[Finding]:
    """An old Python, an old Git."""
    if place.python < PYTHON:
        yield broken("doctor-python-old", found=_dotted(place.python), least=_dotted(PYTHON))
    said = place.git.run("version")
    numbers = re.search(r"(\d+)\.(\d+)", said)
    if numbers and (found := (int(numbers[1]), int(numbers[2]))) < GIT:
        yield broken("doctor-git-old", found=_dotted(found), least=_dotted(GIT))


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"
