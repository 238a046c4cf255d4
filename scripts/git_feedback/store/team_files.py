"""Files that a team writes about its work, one thing a file: read as strictly as items, each fault with its place."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from git_feedback import notation
from git_feedback.model import Bad, Problem, translated
from git_feedback.model.measures import place
from git_feedback.model.problem import Place

Written = TypeVar("Written", bound=BaseModel)
Wrong = TypeVar("Wrong", bound=Bad)
Thing = TypeVar("Thing")


def read_as(
    model: type[Written],
    source: bytes,
    file: str,
    bad: type[Bad],
    no_mapping: str,
    where: Callable[[Place], Place] = place,
) -> Written:
    """What a file holds; raises `bad` with every problem, which is `no_mapping` where it holds no fields at all.

    `where` finds the place in the file from the model's.
    """
    try:
        raw = notation.read(source)
    except notation.Bad as unread:
        raise bad(Problem(file, f.line, f.column, f.code, f.values) for f in unread.faults) from None
    if not isinstance(raw, dict):
        raise bad([Problem(file, 1, 1, no_mapping, {})])
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        found = translated(error, file, notation.places(source), where)
        raise bad(sorted(found, key=lambda one: (one.line, one.column))) from None


def each(
    sources: Mapping[str, bytes], folder: str, read: Callable[[bytes, str], Thing], bad: type[Wrong]
) -> Iterator[tuple[str, Thing | Wrong]]:
    """Each file of a folder among `sources` (path from the top -> bytes), in the order of names."""
    for path in sorted(sources):
        if PurePosixPath(path).parent.as_posix() == folder and path.endswith((".yml", ".yaml")):
            try:
                yield path, read(sources[path], path)
            except bad as wrong:
                yield path, wrong
