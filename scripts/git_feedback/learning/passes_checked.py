"""A record of training names a person and a course that there are, on a day that has been, and somebody who vouches.

Else a certificate hangs on the wall of somebody who was never asked, and the one who is due hears nothing.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from git_feedback.learning.training import Training
from git_feedback.model import Problem
from git_feedback.model.problem import nearest
from git_feedback.model.training import Course, Pass
from git_feedback.notation import places
from git_feedback.policy import Policy
from git_feedback.store.passes import pass_id

Fault = tuple[str, str, Mapping[str, object]]
"""Code, field, values."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a pass may name: what is taught, and the ids of courses whose files cannot be read."""

    training: Training = field(default_factory=Training)
    broken: Collection[str] = ()

    @property
    def courses(self) -> tuple[str, ...]:
        """The ids of all courses."""
        return tuple(sorted({*self.training.courses, *self.broken}))


def pass_problems(
    listed: Mapping[str, Pass], sources: Mapping[str, bytes], policy: Policy, known: Known, today: date
) -> Iterator[Problem]:
    """Everything that is wrong with these records (by path) besides their form."""
    first: dict[tuple[str, str, date], str] = {}
    for path, one in listed.items():
        where = places(sources[path])
        for code, name, values in faults(one, policy, known, today, PurePosixPath(path).stem):
            yield Problem(path, *nearest((name,), where), code, values)
        other = first.setdefault((one.person, one.course, one.passed), path)
        if other != path:
            yield Problem(path, 1, 1, "pass-twice", {"other": other})


def faults(one: Pass, policy: Policy, known: Known, today: date, stem: str | None = None) -> Iterator[Fault]:
    """What is wrong with one record: code, field and values; `stem` is the name of its file, where it has one."""
    should = pass_id(one.person, one.course, one.passed)
    if one.id != should:
        yield "pass-id", "id", {"given": one.id, "should": should}
    if stem is not None and stem != one.id:
        yield "pass-name", "id", {"id": one.id}
    if one.person not in policy.people:
        yield "pass-no-person", "person", {"given": one.person, "known": tuple(policy.people)}
    if one.passed > today:
        yield "pass-ahead", "passed", {"given": one.passed.isoformat()}
    if one.by == one.person:
        yield "pass-own-word", "by", {"given": one.person}
    elif one.by is not None and one.by not in policy.people:
        yield "pass-by-nobody", "by", {"given": one.by, "known": tuple(policy.people)}
    course = known.training.courses.get(one.course)
    if course is not None:
        yield from _of_course(one, course, known.training)
    elif one.course not in known.broken:
        yield "pass-no-course", "course", {"given": one.course, "known": known.courses or "-"}


def _of_course(one: Pass, course: Course, known: Training) -> Iterator[Fault]:
    """What was passed of an older version was judged by that one."""
    if one.version > course.version:
        yield "pass-version-ahead", "version", {"given": one.version, "version": course.version}
    need = least(course, known)
    if one.version == course.version and one.score < need:
        yield "pass-below", "score", {"given": one.score, "need": need, "course": course.id}


def least(course: Course, known: Training) -> int:
    """The percent below which nobody passes a course: what the easiest of its quizzes asks; 0 without any.

    A score tells of all quizzes together, and whoever passed each of them has that much.
    """
    return min((known.quizzes[name].need for name in course.of("quiz") if name in known.quizzes), default=0)
