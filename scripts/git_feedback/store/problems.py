"""Problem records and their files: read as strictly as items, each with its place in messages; and their writer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from git_feedback import notation
from git_feedback.model import Bad
from git_feedback.model.measures import Both
from git_feedback.model.problems import ProblemRecord
from git_feedback.store.team_files import each, read_as

FOLDER = "feedback/problems"
_SCHEMA = "# yaml-language-server: $schema=../../policy/schema/problem.json\n"


class BadProblemRecord(Bad):
    """A file that is no problem record, with every problem found in it."""


def path_of(problem: str) -> str:
    """Where the record of a problem lies, from the top of the desk."""
    return f"{FOLDER}/{problem}.yml"


def read_problem(source: bytes, file: str) -> ProblemRecord:
    """The record in a file; raises BadProblemRecord with every problem."""
    return read_as(ProblemRecord, source, file, BadProblemRecord, "not-a-problem")


def problem_records(sources: Mapping[str, bytes]) -> Iterator[tuple[str, ProblemRecord | BadProblemRecord]]:
    """Each file of problem records among `sources` (path from the top -> bytes), in the order of names."""
    return each(sources, FOLDER, read_problem, BadProblemRecord)


def write_problem(record: ProblemRecord) -> bytes:
    """The record as its file: fields in the order of the model, without those that nobody has filled in."""
    return (_SCHEMA + "".join(_lines(record))).encode()


def _lines(record: ProblemRecord) -> Iterator[str]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "five_w":
            said = {key: text for key, text in value.model_dump().items() if text is not None}
            yield from _mapping(name, said)
        elif name == "causes":
            yield from _causes(record)
        elif name == "whys":
            yield from _listed(name, value)
        elif isinstance(value, Both):
            yield f"{name}: {notation.flow_map(value.model_dump().items())}\n"
        elif isinstance(value, tuple):
            yield f"{name}: {_flow(value)}\n" if value else ""
        elif isinstance(value, date):
            yield f"{name}: {value.isoformat()}\n"
        elif value is not None:
            yield notation.block(name, value, 0)


def _mapping(name: str, said: Mapping[str, str]) -> Iterator[str]:
    if said:
        yield f"{name}:\n"
        yield from (notation.block(key, text, 2) for key, text in said.items())


def _listed(name: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"{name}:\n"
        yield from (f"  - {notation.scalar(text)}\n" for text in texts)


def _causes(record: ProblemRecord) -> Iterator[str]:
    if any(record.causes.values()):
        yield "causes:\n"
    for branch, causes in record.causes.items():
        if causes:
            yield f"  {branch}:\n"
        for one in causes:
            yield f"    - {notation.block('cause', one.cause, 0)}"
            yield f"      items: {_flow(one.items)}\n" if one.items else ""
            yield notation.block("evidence", one.evidence, 6) if one.evidence else ""


def _flow(values: Sequence[str]) -> str:
    return "[" + ", ".join(notation.scalar(value, flow=True) for value in values) + "]"
