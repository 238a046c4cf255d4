"""Training names what there is, asks what has an answer, and leads nowhere in a circle.

Else somebody new answers right and is told it was wrong, learns a step that the desk refuses, or waits for a course that
waits for itself.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from git_feedback.desk.life import STATES, STEPS
from git_feedback.learning.life_judges import OWNER, verdict
from git_feedback.learning.training import BEFORE, RESERVED, Training
from git_feedback.model import Problem
from git_feedback.model.measures import Both
from git_feedback.model.problem import Place, nearest
from git_feedback.model.training import Case, Choose, Course, Order, Practice, Quiz, Turn
from git_feedback.notation import places
from git_feedback.policy import Policy
from git_feedback.policy.files import ROLES
from git_feedback.privacy import contacts
from git_feedback.store.training import Lesson

Fault = tuple[str, Place, Mapping[str, object]]
"""Code, place in the file, values."""
UNNAMED = frozenset({"training-no-article", "training-no-item", "course-names-nothing", "course-after-nothing"})
"""Something is named that is not there: the rest of the file is as good as ever, and stays on the site."""


@dataclass(frozen=True, slots=True)
class Known:
    """What training may name: ids of items, names of articles, pages (`guide/first-day`); `broken` are the ids of files
    that cannot be read, by kind (`course`, `quiz`, ...).  `taken` are the pages of training that are written by hand.
    """

    items: Collection[str] = ()
    articles: Collection[str] = ()
    pages: Collection[str] = ()
    broken: Mapping[str, Collection[str]] = field(default_factory=dict)
    taken: Collection[str] = ()


def training_problems(
    listed: Mapping[str, Lesson], sources: Mapping[str, bytes], there: Training, policy: Policy, known: Known
) -> Iterator[Problem]:
    """Everything that is wrong with these files (by path) besides their form; `there` is what all of them make."""
    first: dict[tuple[str, str], str] = {}
    for path, lesson in listed.items():
        where = places(sources[path])
        for code, place, values in _faults(path, lesson, there, policy, known):
            yield Problem(path, *nearest(place, where), code, values)
        other = first.setdefault((type(lesson).__name__, lesson.id), path)
        if other != path and PurePosixPath(path).stem == lesson.id:
            yield Problem(path, 1, 1, "training-twice", {"id": lesson.id, "other": other})


def _faults(path: str, lesson: Lesson, there: Training, policy: Policy, known: Known) -> Iterator[Fault]:
    if PurePosixPath(path).stem != lesson.id:
        yield "training-name", ("id",), {"id": lesson.id}
    yield from _texts(lesson, (), policy)
    if isinstance(lesson, Course):
        yield from _course(lesson, there, known)
    elif isinstance(lesson, Quiz):
        yield from _quiz(lesson, known)
    else:
        yield from _absent(lesson.articles, ("articles",), known.articles, "training-no-article")
    if isinstance(lesson, Case):
        yield from _case(lesson, known)
    elif isinstance(lesson, Practice):
        yield from _practice(lesson, policy, known)


# ---- what every text must be ------------------------------------------------------------------------------------------


def _texts(value: object, place: Place, policy: Policy) -> Iterator[Fault]:
    """No language of a text is blank, and in none is somebody's number or address."""
    if isinstance(value, Both):
        for language in ("en", "zh"):
            yield from _text(getattr(value, language), (*place, language), language, policy)
    elif isinstance(value, BaseModel):
        for name, inner in value:
            yield from _texts(inner, (*place, name), policy)
    elif isinstance(value, tuple):
        for n, inner in enumerate(value):
            yield from _texts(inner, (*place, n), policy)


def _text(said: str, place: Place, language: str, policy: Policy) -> Iterator[Fault]:
    if not said.strip():
        yield "training-empty", place, {"language": language}
    found = [contact.kind for contact in contacts(said) if said[contact.start : contact.end] != policy.desk.submit.mail]
    if found:
        yield "training-contact", place, {"kinds": sorted(set(found))}


# ---- quizzes ----------------------------------------------------------------------------------------------------------


def _quiz(quiz: Quiz, known: Known) -> Iterator[Fault]:
    for n, question in enumerate(quiz.questions):
        at: Place = ("questions", n)
        if question.article is not None and question.article not in known.articles:
            yield "training-no-article", (*at, "article"), {"given": question.article}
        if isinstance(question, Choose):
            yield from _choices(question, (*at, "choices"))
        elif isinstance(question, Order):
            yield from _twice(question.steps, (*at, "steps"))


def _choices(question: Choose, at: Place) -> Iterator[Fault]:
    right = sum(choice.right for choice in question.choices)
    if not right:
        yield "quiz-no-right", at, {}
    elif question.kind == "single" and right > 1:
        yield "quiz-single", at, {"right": right}
    yield from _twice([choice.say for choice in question.choices], at)


def _twice(texts: Collection[Both], at: Place) -> Iterator[Fault]:
    """Two choices that read the same in a language: nobody can know which of them is meant."""
    for language in ("en", "zh"):
        seen: set[str] = set()
        for n, text in enumerate(texts):
            said = " ".join(getattr(text, language).split()).casefold()
            if said in seen:
                yield "quiz-choice-twice", (*at, n), {"given": getattr(text, language)}
            seen.add(said)


# ---- courses ----------------------------------------------------------------------------------------------------------


def _course(course: Course, there: Training, known: Known) -> Iterator[Fault]:
    if course.id in RESERVED or course.id.partition("-")[0] in BEFORE or course.id in known.taken:
        yield "course-page-taken", ("id",), {"id": course.id}
    for n, step in enumerate(course.steps):
        if len(step.named) != 1:
            yield "course-step", ("steps", n), {"given": tuple(name for name, _ in step.named) or "-"}
        for kind, given in step.named:
            if kind == "read" and given not in known.articles:
                yield "training-no-article", ("steps", n, kind), {"given": given}
            elif kind in ("page", *BEFORE) and not _is_there(kind, given, there, known):
                yield "course-names-nothing", ("steps", n, kind), {"kind": kind, "given": given}
    for n, other in enumerate(course.after):
        if other not in there.courses and other not in known.broken.get("course", ()):
            yield "course-after-nothing", ("after", n), {"given": other}
    circle = _circle(course.id, there)
    if circle:
        yield "course-circle", ("after",), {"courses": " → ".join(circle)}


def _is_there(kind: str, given: str, there: Training, known: Known) -> bool:
    if kind == "page":
        return given in known.pages
    return given in there.shelf(kind) or given in known.broken.get(kind, ())


def _circle(course: str, there: Training) -> list[str]:
    """The shortest way from a course back to itself, along what comes before; empty where there is none."""
    ways = [[course]]
    seen = {course}
    while ways:
        way = ways.pop(0)
        found = there.courses.get(way[-1])
        for other in found.after if found else ():
            if other == course:
                return [*way, other]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


# ---- cases and best practice ------------------------------------------------------------------------------------------


def _case(case: Case, known: Known) -> Iterator[Fault]:
    if case.item is not None and case.item not in known.items:
        yield "training-no-item", ("item",), {"given": case.item}
    for n, turn in enumerate(case.turns):
        yield from _turn(turn, ("turns", n))


def _turn(turn: Turn, at: Place) -> Iterator[Fault]:
    roles = (*ROLES, OWNER)
    if turn.role not in roles:
        yield "case-no-role", (*at, "role"), {"given": turn.role, "known": roles}
    if turn.state not in STATES:
        yield "case-no-state", (*at, "state"), {"given": turn.state, "known": STATES}
    for n, verb in enumerate(turn.options):
        if verb not in STEPS:
            yield "case-no-verb", (*at, "options", n), {"given": verb, "known": tuple(STEPS)}
        elif verb in turn.options[:n]:
            yield "id-twice", (*at, "options", n), {"given": verb}
    if turn.best not in turn.options:
        yield "case-best-no-option", (*at, "best"), {"given": turn.best, "known": turn.options}
    elif turn.best in STEPS and turn.state in STATES and turn.role in roles and not _may_be(turn):
        values: dict[str, Any] = {"verb": turn.best, "state": turn.state, "role": turn.role}
        yield "case-best-illegal", (*at, "best"), values


def _may_be(turn: Turn) -> bool:
    """In the short lane more is allowed, and a case may tell of one."""
    return any(verdict(turn.best, turn.state, turn.role, short=short).is_legal for short in (False, True))


def _practice(practice: Practice, policy: Policy, known: Known) -> Iterator[Fault]:
    if practice.item not in known.items:
        yield "training-no-item", ("item",), {"given": practice.item}
    if practice.category not in policy.categories:
        values = {"given": practice.category, "known": tuple(policy.categories)}
        yield "unknown-category", ("category",), values


def _absent(given: Collection[str], at: Place, known: Collection[str], code: str) -> Iterator[Fault]:
    for n, name in enumerate(given):
        if name not in known:
            yield code, (*at, n), {"given": name}
