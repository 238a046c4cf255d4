"""Measures and their files: read as strictly as items, each with its place in messages."""

from collections.abc import Iterator, Mapping

from git_feedback.model import Bad
from git_feedback.model.measures import Measure
from git_feedback.store.team_files import each, read_as

FOLDER = "feedback/measures"


class BadMeasure(Bad):
    """A file that is no measure, with every problem found in it."""


def read_measure(source: bytes, file: str) -> Measure:
    """The measure in a file; raises BadMeasure with every problem."""
    return read_as(Measure, source, file, BadMeasure, "not-a-measure")


def measures(sources: Mapping[str, bytes]) -> Iterator[tuple[str, Measure | BadMeasure]]:
    """Each file of measures among `sources` (path from the top -> bytes), in the order of names."""
    return each(sources, FOLDER, read_measure, BadMeasure)
