"""The knowledge base of a desk: its articles read from the working tree, and what is wrong with them.

An article that cannot be read is listed with what is wrong in it, and the others are read all the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from git_feedback.i18n import LANGUAGES
from git_feedback.jobs.measuring import Measures, item_ids
from git_feedback.jobs.reading import Whole
from git_feedback.learning.articles_checked import Known, article_problems
from git_feedback.learning.articles_due import due
from git_feedback.learning.copying import copied
from git_feedback.model import Problem
from git_feedback.model.helped import HelpedMonth
from git_feedback.pages.docs import ASIDE, TABS
from git_feedback.store import Desk
from git_feedback.store.articles import PAGES, Article, ArticleFile, BadArticle, article_files, joined
from git_feedback.store.helped import FOLDER, BadHelped, months

_MADE = ("handbook/", "reports/")
"""Folders of pages that are made: nobody knows them before a build."""


@dataclass(frozen=True)
class Knowledge:
    """The files of articles: those that are, by path, what is wrong with the others, and the pages that links may name."""

    by_path: Mapping[str, ArticleFile] = field(default_factory=dict)
    broken: tuple[Problem, ...] = ()
    pages: frozenset[str] = frozenset()
    """Markdown files below `site/pages/`, those that are made for the site among them."""

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """The articles by name."""
        return joined(self.by_path.values())

    @property
    def names(self) -> Collection[str]:
        """The names that there are; a broken file still has its own."""
        return self.articles.keys() | {Path(problem.file).stem for problem in self.broken}


def knowledge_of(root: Path) -> Knowledge:
    """The articles in the working tree."""
    sources = Desk(root).sources(PAGES, (".md",))
    found = list(article_files(sources))
    there = {path: one for path, one in found if isinstance(one, ArticleFile)}
    broken = tuple(problem for _, one in found if isinstance(one, BadArticle) for problem in one.problems)
    return Knowledge(there, broken, frozenset(path.removeprefix(f"{PAGES}/") for path in sources) | _shells())


def _shells() -> frozenset[str]:
    """The sources of the pages that are made, in every language."""
    pages = (page.removesuffix(".html") for page in (*TABS, *ASIDE, "training/index.html"))
    return frozenset(f"{language}/{page}.md" for page in pages for language in LANGUAGES)


@dataclass(frozen=True)
class Answers:
    """What readers said of articles: the months by path of their files, and what is wrong with the others."""

    sources: Mapping[str, bytes]
    by_path: Mapping[str, HelpedMonth] = field(default_factory=dict)
    broken: tuple[Problem, ...] = ()


def helped_of(root: Path) -> Answers:
    """What readers said of articles, from the working tree."""
    sources = Desk(root).sources(FOLDER, (".yml", ".yaml"))
    found = list(months(sources))
    there = {path: one for path, one in found if isinstance(one, HelpedMonth)}
    broken = tuple(problem for _, one in found if isinstance(one, BadHelped) for problem in one.problems)
    return Answers(sources, there, broken)


def problems_of_knowledge(
    found: Knowledge, desk: Whole, measures: Measures, problem_ids: Collection[str], answers: Answers | None = None
) -> list[Problem]:
    """Everything that is wrong with the articles of a desk and what readers said of them, in the order of files."""
    known = Known(item_ids(desk), measures.ids, problem_ids, found.names, found.pages, _MADE)
    listed = [
        *found.broken,
        *(answers.broken if answers else ()),
        *article_problems(found.articles, desk.policy, known),
        *copied(found.articles, desk.items),
    ]
    return sorted(listed, key=lambda problem: (problem.file, problem.line, problem.column))


def due_in_knowledge(found: Knowledge, desk: Whole, now: datetime) -> list[Problem]:
    """What articles wait for, in the order of files: nothing is wrong, and somebody should look."""
    today = today_at(desk, now)
    in_use = {event.category for item in desk.items for event in item.history if event.verb == "classify"}
    listed = due(found.articles, in_use, today)
    return sorted(listed, key=lambda problem: (problem.file, problem.line, problem.column))


def today_at(desk: Whole, now: datetime) -> date:
    """The day in the desk's zone."""
    return now.astimezone(desk.policy.zone).date()
