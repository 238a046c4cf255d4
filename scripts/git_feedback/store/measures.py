"""Measures and their files: read as strictly as items, each with its place in messages."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from pydantic import ValidationError

from git_feedback import notation
from git_feedback.model import Bad, Problem, translated
from git_feedback.model.measures import Measure, place

FOLDER = "feedback/measures"


class BadMeasure(Bad):
    """A file that is no measure, with every problem found in it."""


def read_measure(source: bytes, file: str) -> Measure:
    """The measure in a file; raises BadMeasure with every problem."""
    try:
        raw = notation.read(source)
    except notation.Bad as bad:
        raise BadMeasure(Problem(file, f.line, f.column, f.code, f.values) for f in bad.faults) from None
    if not isinstance(raw, dict):
        raise BadMeasure([Problem(file, 1, 1, "not-a-measure", {})])
    try:
        return Measure.model_validate(raw)
    except ValidationError as error:
        problems = translated(error, file, notation.places(source), place)
        raise BadMeasure(sorted(problems, key=lambda one: (one.line, one.column))) from None


def measures(sources: Mapping[str, bytes]) -> Iterator[tuple[str, Measure | BadMeasure]]:
    """Each file of measures among `sources` (path from the top -> bytes), in the order of names."""
    for path in sorted(sources):
        if PurePosixPath(path).parent.as_posix() == FOLDER and path.endswith((".yml", ".yaml")):
            try:
                yield path, read_measure(sources[path], path)
            except BadMeasure as bad:
                yield path, bad
