"""What a desk teaches: courses and what they are made of, by id, as far as the files hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from git_feedback.model.training import Case, Course, Play, Practice, Quiz
from git_feedback.store.training import Lesson

Exercise = Quiz | Play | Case | Practice
"""What a step of a course may name beside articles and pages."""
One = TypeVar("One", Course, Quiz, Play, Case, Practice)
RESERVED = ("index", "drill", "certificate", "changed", "records")
"""Pages of training that no course may be called after."""
BEFORE = ("quiz", "play", "case", "practice")
"""What stands before the id in the name of a page that is no course's."""


@dataclass(frozen=True)
class Training:
    """Everything that can be learned here, by id."""

    courses: Mapping[str, Course] = field(default_factory=dict)
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    plays: Mapping[str, Play] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    practices: Mapping[str, Practice] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is there."""
        return bool(self.courses or self.quizzes or self.plays or self.cases or self.practices)

    def shelf(self, kind: str) -> Mapping[str, Exercise]:
        """What steps of a kind name: `quiz`, `play`, `case`, `practice`."""
        shelves: Mapping[str, Mapping[str, Exercise]] = {
            "quiz": self.quizzes,
            "play": self.plays,
            "case": self.cases,
            "practice": self.practices,
        }
        return shelves[kind]

    def courses_with(self, kind: str, name: object) -> list[Course]:
        """The courses one of whose steps is that."""
        return [one for one in self.courses.values() if name in one.of(kind)]


def training(lessons: Iterable[Lesson]) -> Training:
    """Lessons by kind and id; of two with one id the first."""
    found = list(lessons)
    return Training(
        courses=_by_id(one for one in found if isinstance(one, Course)),
        quizzes=_by_id(one for one in found if isinstance(one, Quiz)),
        plays=_by_id(one for one in found if isinstance(one, Play)),
        cases=_by_id(one for one in found if isinstance(one, Case)),
        practices=_by_id(one for one in found if isinstance(one, Practice)),
    )


def _by_id(found: Iterable[One]) -> dict[str, One]:
    kept: dict[str, One] = {}
    for one in found:
        kept.setdefault(one.id, one)
    return kept


def articles_of(course: Course, known: Training) -> tuple[str, ...]:
    """The articles that a course rests on: those it has read, and those its quizzes, plays, cases and practice name."""
    named = [*course.of("read")]
    for kind in BEFORE:
        for name in course.of(kind):
            lesson = known.shelf(kind).get(name)
            named += _articles(lesson) if lesson else ()
    return tuple(sorted(set(named)))


def _articles(lesson: Exercise) -> Iterator[str]:
    if isinstance(lesson, Quiz):
        yield from (question.article for question in lesson.questions if question.article)
    else:
        yield from lesson.articles
