"""The records of training of a desk, read from its files; what is wrong with them; who is due.

A record in which something is wrong is listed and counts for nobody; the others count all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from git_feedback.jobs.knowledge import knowledge_of, today_at
from git_feedback.jobs.reading import Whole
from git_feedback.jobs.training import Lessons, article_versions, lessons_of, problems_of_training
from git_feedback.learning.passes import Duty, duties
from git_feedback.learning.passes_checked import Known, pass_problems
from git_feedback.learning.training import Training
from git_feedback.model import Problem
from git_feedback.model.training import Pass
from git_feedback.store import Desk
from git_feedback.store.passes import FOLDER, BadPass, passes


@dataclass(frozen=True)
class Passes:
    """The files of passes: those that are, by path, and what is wrong with the others."""

    sources: Mapping[str, bytes]
    by_path: Mapping[str, Pass] = field(default_factory=dict)
    broken: tuple[Problem, ...] = ()

    def sound(self, problems: Iterable[Problem]) -> list[Pass]:
        """The passes in which nothing is wrong, in the order of their files."""
        wrong = {problem.file for problem in problems}
        return [one for path, one in self.by_path.items() if path not in wrong]


@dataclass(frozen=True)
class Taught:
    """What is taught at a desk, who passed what, and the versions of the articles: all that duties follow from."""

    training: Training
    passes: tuple[Pass, ...]
    versions: Mapping[str, int]
    duties: tuple[Duty, ...]


def passes_of(root: Path) -> Passes:
    """The passes in the working tree."""
    sources = Desk(root).sources(FOLDER, (".yml", ".yaml"))
    found = list(passes(sources))
    broken = tuple(problem for _, one in found if isinstance(one, BadPass) for problem in one.problems)
    return Passes(sources, {path: one for path, one in found if isinstance(one, Pass)}, broken)


def problems_of_passes(found: Passes, lessons: Lessons, desk: Whole, now: datetime) -> list[Problem]:
    """Everything that is wrong with the records of training of a desk, in the order of files."""
    checked = pass_problems(found.by_path, found.sources, desk.policy, known_to(lessons), today_at(desk, now))
    return sorted([*found.broken, *checked], key=lambda problem: (problem.file, problem.line, problem.column))


def known_to(lessons: Lessons) -> Known:
    """What a pass may name."""
    return Known(lessons.all, lessons.broken_ids.get("course", set()))


def taught(root: Path, desk: Whole, now: datetime) -> Taught:
    """Who has passed what and who is due, as of `now`; nobody where nothing is taught."""
    lessons = lessons_of(root)
    if not lessons.sources:
        return Taught(Training(), (), {}, ())
    training = lessons.sound(problems_of_training(root, lessons, desk, knowledge_of(root).names))
    found = passes_of(root)
    sound = found.sound(problems_of_passes(found, lessons, desk, now))
    versions = article_versions(root)
    listed = duties(training, sound, desk.policy, versions, today_at(desk, now))
    return Taught(training, tuple(sound), versions, tuple(listed))
