"""The clone has all of the history: in a cut one `audit`, `backup`, `explain` and `--as-of` cannot say what was before."""

from collections.abc import Iterator

from git_feedback.jobs.commits import is_shallow
from git_feedback.jobs.examinations.ground import Finding, Place, advice


def examine(place: Place) -> Iterator[Finding]:
    """A clone that was made with a depth."""
    if is_shallow(place.git):
        yield advice("doctor-shallow")
