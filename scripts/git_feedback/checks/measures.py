"""A measure names items and an owner that there are, and lies under its own id: else nobody could follow it up.

Who reads "you said, we did" must be able to trust the number beside it, and that what is called done has been done.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from git_feedback import notation
from git_feedback.checks.queries import unreadable
from git_feedback.model import Problem
from git_feedback.model.measures import Measure
from git_feedback.model.problem import nearest
from git_feedback.policy import Policy


@dataclass(frozen=True, slots=True)
class Known:
    """What a measure may name: ids of items and of problem records."""

    items: Collection[str]
    problems: Collection[str] = ()


def measure_problems(
    file: str, source: bytes, measure: Measure, policy: Policy, known: Known, today: date
) -> Iterator[Problem]:
    """Everything that is wrong with one measure besides its form."""
    places = notation.places(source)

    def problem(code: str, *place: str | int, **values: object) -> Problem:
        return Problem(file, *nearest(place, places), code, values)

    if PurePosixPath(file).stem != measure.id:
        yield problem("measure-name", "id", id=measure.id)
    if measure.owner not in policy.people:
        yield problem("no-such-person", "owner", given=measure.owner, known=tuple(policy.people))
    if (measure.status == "done") != (measure.done is not None):
        yield problem("measure-done-day", "done" if measure.done else "status", status=measure.status)
    if measure.public and not (measure.said and measure.did):
        yield problem("measure-words", "public")
    for name in ("title", "said", "did"):
        if isinstance(getattr(measure, name), str) and measure.language is None:
            yield problem("measure-language", name, field=name)
    if measure.done and measure.done > today:
        yield problem("measure-done-ahead", "done", given=measure.done.isoformat())
    times = Counter(measure.items)
    for n, item in enumerate(measure.items):
        if item not in known.items:
            yield problem("measure-no-item", "items", n, given=item)
        elif times[item] > 1 and item in measure.items[:n]:
            yield problem("id-twice", "items", n, given=item)
    for code, name, values in _aimed(measure, policy, known):
        yield problem(code, name, **values)


def _aimed(measure: Measure, policy: Policy, known: Known) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """What is wrong with what it is to change: code, field, values."""
    if measure.problem is not None and measure.problem not in known.problems:
        yield "measure-no-problem", "problem", {"given": measure.problem}
    wrong = unreadable(measure.counts, policy) if measure.counts else None
    if wrong:
        yield "measure-counts", "counts", wrong
    if measure.expects == 0:
        yield "measure-expects-nothing", "expects", {}


def measures_twice(listed: Mapping[str, Measure]) -> Iterator[Problem]:
    """Two files with one id are one measure counted twice; by path."""
    first: dict[str, str] = {}
    for path, measure in listed.items():
        other = first.setdefault(measure.id, path)
        if other != path:
            yield Problem(path, 1, 1, "measure-twice", {"id": measure.id, "other": other})
