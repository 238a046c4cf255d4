"""A problem record names people, departments, items and measures that there are, and is solved only for a reason.

Else nobody could follow it up: a cause without items cannot be counted, and a solved problem without root cause and
measure comes again.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from git_feedback import notation
from git_feedback.checks.queries import unreadable
from git_feedback.model import Problem
from git_feedback.model.problem import Place, nearest
from git_feedback.model.problems import ProblemRecord
from git_feedback.policy import Policy

Fault = tuple[str, Place, Mapping[str, object]]
"""Code, place in the file, values."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a record may name: ids of items and of measures."""

    items: Collection[str]
    measures: Collection[str]


def record_problems(
    file: str, source: bytes, record: ProblemRecord, policy: Policy, known: Known, today: date
) -> Iterator[Problem]:
    """Everything that is wrong with one record besides its form."""
    places = notation.places(source)
    for faults in (_named(file, record, policy), _belonging(record, policy, known), _solved(record, today)):
        for code, place, values in faults:
            yield Problem(file, *nearest(place, places), code, values)


def _named(file: str, record: ProblemRecord, policy: Policy) -> Iterator[Fault]:
    if PurePosixPath(file).stem != record.id:
        yield "problem-name", ("id",), {"id": record.id}
    if record.owner not in policy.people:
        yield "no-such-person", ("owner",), {"given": record.owner, "known": tuple(policy.people)}
    for field, code, shelf in (
        ("department", "unknown-department", policy.departments),
        ("category", "unknown-category", policy.categories),
    ):
        given = getattr(record, field)
        if given is not None and given not in shelf:
            yield code, (field,), {"given": given, "known": tuple(shelf)}


def _belonging(record: ProblemRecord, policy: Policy, known: Known) -> Iterator[Fault]:
    yield from _listed(record.items, ("items",), known.items, "problem-no-item")
    for branch, causes in record.causes.items():
        for n, cause in enumerate(causes):
            yield from _listed(cause.items, ("causes", branch, n, "items"), known.items, "problem-no-item")
    yield from _listed(record.measures, ("measures",), known.measures, "problem-no-measure")
    wrong = unreadable(record.query, policy) if record.query else None
    if wrong:
        yield "problem-query", ("query",), wrong


def _listed(given: tuple[str, ...], place: Place, known: Collection[str], missing: str) -> Iterator[Fault]:
    times = Counter(given)
    for n, name in enumerate(given):
        if name not in known:
            yield missing, (*place, n), {"given": name}
        elif times[name] > 1 and name in given[:n]:
            yield "id-twice", (*place, n), {"given": name}


def _solved(record: ProblemRecord, today: date) -> Iterator[Fault]:
    if record.since > today:
        yield "problem-since-ahead", ("since",), {"given": record.since.isoformat()}
    if record.status == "solved" and record.root is None:
        yield "problem-no-root", ("status",), {}
    if record.status == "solved" and not record.measures:
        yield "problem-unmended", ("status",), {}


def records_twice(listed: Mapping[str, ProblemRecord]) -> Iterator[Problem]:
    """Two files with one id are one problem counted twice; by path."""
    first: dict[str, str] = {}
    for path, record in listed.items():
        other = first.setdefault(record.id, path)
        if other != path:
            yield Problem(path, 1, 1, "problem-twice", {"id": record.id, "other": other})
