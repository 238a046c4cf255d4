"""Records of training: who passed which course, one file each, read as strictly as items; and their writer."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from git_feedback import notation
from git_feedback.model import Bad
from git_feedback.model.training import Pass
from git_feedback.store.team_files import each, read_as

FOLDER = "feedback/training"
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9.-]")
_PERSON_MAX = 40


class BadPass(Bad):
    """A file that is no record of a pass, with every problem found in it."""


def pass_id(person: str, course: str, day: date) -> str:
    """What the record is called: `T-261103-ji.nan-newcomer`; a person's id is cut where a name of a file cannot hold it."""
    return f"T-{day:%y%m%d}-{_NOT_IN_AN_ID.sub('-', person)[:_PERSON_MAX]}-{course}"


def path_of(name: str) -> str:
    """Where the record of a pass lies, from the top of the desk."""
    return f"{FOLDER}/{name}.yml"


def read_pass(source: bytes, file: str) -> Pass:
    """The pass in a file; raises BadPass with every problem."""
    return read_as(Pass, source, file, BadPass, "not-a-pass")


def passes(sources: Mapping[str, bytes]) -> Iterator[tuple[str, Pass | BadPass]]:
    """Each record of a pass among `sources` (path from the top -> bytes), in the order of names."""
    return each(sources, FOLDER, read_pass, BadPass)


def write_pass(one: Pass) -> bytes:
    """The pass as its file: fields in the order of the model, articles by name, nothing that is empty."""
    return "".join(_lines(one)).encode()


def _lines(one: Pass) -> Iterator[str]:
    for name in ("id", "person", "course"):
        yield f"{name}: {notation.scalar(getattr(one, name))}\n"
    yield f"version: {one.version}\npassed: {one.passed.isoformat()}\nscore: {one.score}\n"
    if one.articles:
        yield "articles:\n"
        yield from (f"  {notation.scalar(name)}: {version}\n" for name, version in sorted(one.articles.items()))
    if one.by:
        yield f"by: {notation.scalar(one.by)}\n"
