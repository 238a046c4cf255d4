"""What a desk teaches, read from its files, and what is wrong with them.

A file that cannot be read, or teaches something wrong, is listed and left out; the others are taught all the same.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from git_feedback.i18n import LANGUAGES
from git_feedback.jobs.knowledge import knowledge_of
from git_feedback.jobs.measuring import item_ids
from git_feedback.jobs.reading import Whole
from git_feedback.learning.training import Training, training
from git_feedback.learning.training_checked import UNNAMED, Known, training_problems
from git_feedback.model import Problem
from git_feedback.pages import prose
from git_feedback.pages.handbook import PAGES
from git_feedback.store import Desk
from git_feedback.store.training import FOLDER, BadTraining, Lesson, lessons

KINDS = {"courses": "course", "quizzes": "quiz", "plays": "play", "cases": "case", "practice": "practice"}
"""What a step calls the files of a folder."""
_PAGES = "site/pages"
_BY_HAND = ("guide", "handbook", "training")
"""Folders of the team's own pages that training leads to, or that lie beside it."""


@dataclass(frozen=True)
class Lessons:
    """The files of training: those that are, by path, and what is wrong with the others."""

    sources: Mapping[str, bytes]
    by_path: Mapping[str, Lesson] = field(default_factory=dict)
    broken: tuple[Problem, ...] = ()

    @property
    def all(self) -> Training:
        """Everything that could be read."""
        return training(self.by_path.values())

    @property
    def broken_ids(self) -> Mapping[str, set[str]]:
        """The ids of files that could not be read, by kind: a broken file still has the one of its name."""
        found: dict[str, set[str]] = {}
        for path in {PurePosixPath(problem.file) for problem in self.broken}:
            found.setdefault(KINDS[path.parent.name], set()).add(path.stem)
        return found

    def sound(self, problems: Iterable[Problem]) -> Training:
        """What can be taught: without files in which something is wrong, but for names of what is not there."""
        wrong = {problem.file for problem in problems if problem.code not in UNNAMED}
        return training(one for path, one in self.by_path.items() if path not in wrong)


def lessons_of(root: Path) -> Lessons:
    """The training in the working tree."""
    sources = Desk(root).sources(FOLDER, (".yml", ".yaml"))
    found = list(lessons(sources))
    broken = tuple(problem for _, one in found if isinstance(one, BadTraining) for problem in one.problems)
    return Lessons(sources, {path: one for path, one in found if not isinstance(one, BadTraining)}, broken)


def problems_of_training(root: Path, found: Lessons, desk: Whole, articles: Collection[str]) -> list[Problem]:
    """Everything that is wrong with the training of a desk, in the order of files; `articles` are names of those there."""
    if not found.sources:
        return []
    by_hand = {page for pages in pages_by_hand(Desk(root).sources(_PAGES, (".md",))).values() for page in pages}
    handbook = {f"handbook/{name}" for name in (*PAGES, "index")}
    known = Known(
        items=item_ids(desk),
        articles=articles,
        pages={page.removesuffix(".html") for page in by_hand} | handbook,
        broken=found.broken_ids,
        taken={PurePosixPath(page).stem for page in by_hand if page.startswith("training/")},
    )
    checked = training_problems(found.by_path, found.sources, found.all, desk.policy, known)
    return sorted([*found.broken, *checked], key=lambda problem: (problem.file, problem.line, problem.column))


def pages_by_hand(sources: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """The team's own pages beside the articles, by language: the path of the built page -> what it is called."""
    return {language: dict(_by_hand(sources, f"{_PAGES}/{language}/")) for language in LANGUAGES}


def _by_hand(sources: Mapping[str, bytes], folder: str) -> Iterable[tuple[str, str]]:
    for path in sorted(sources):
        below = path.removeprefix(folder)
        if path.startswith(folder) and below.endswith(".md") and below.partition("/")[0] in _BY_HAND:
            read = prose.read(path, sources[path])
            if isinstance(read, prose.Prose):
                yield f"{below.removesuffix('.md')}.html", read.title


def article_versions(root: Path) -> dict[str, int]:
    """The version of each article by name; of one that is withdrawn nobody is asked."""
    found = knowledge_of(root).articles
    return {name: one.front.version for name, one in found.items() if one.front.status != "retired"}
