"""The problem records of a desk, read from its files, and what is wrong with them, the measures they name, articles and training.

A file that cannot be read is listed with what is wrong in it, and the others are read all the same: no night and no
site waits for it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from git_feedback.checks.problem_records import Known, record_problems, records_twice
from git_feedback.jobs.knowledge import helped_of, knowledge_of, problems_of_knowledge
from git_feedback.jobs.measuring import Measures, item_ids, measures_of, problems_of_measures
from git_feedback.jobs.passes import passes_of, problems_of_passes
from git_feedback.jobs.reading import Whole
from git_feedback.jobs.training import lessons_of, problems_of_training
from git_feedback.model import Problem
from git_feedback.model.problems import ProblemRecord
from git_feedback.pages.handbook import PAGES as HANDBOOK
from git_feedback.pages.handbook_chapters import clashes
from git_feedback.store import Desk
from git_feedback.store.problems import FOLDER, BadProblemRecord, problem_records


@dataclass(frozen=True)
class Records:
    """The files of problem records: those that are, by path, and what is wrong with the others."""

    sources: Mapping[str, bytes]
    by_path: Mapping[str, ProblemRecord] = field(default_factory=dict)
    broken: tuple[Problem, ...] = ()

    @property
    def all(self) -> list[ProblemRecord]:
        """The records, in the order of their files."""
        return list(self.by_path.values())

    @property
    def ids(self) -> Collection[str]:
        """The ids that there are; a broken file still has the one of its name."""
        return {one.id for one in self.all} | {Path(problem.file).stem for problem in self.broken}


def records_of(root: Path) -> Records:
    """The problem records in the working tree."""
    sources = Desk(root).sources(FOLDER, (".yml", ".yaml"))
    found = list(problem_records(sources))
    there = {path: one for path, one in found if isinstance(one, ProblemRecord)}
    broken = tuple(problem for _, one in found if isinstance(one, BadProblemRecord) for problem in one.problems)
    return Records(sources, there, broken)


def problems_of_records(found: Records, measures: Measures, desk: Whole, now: datetime) -> list[Problem]:
    """Everything that is wrong with the problem records of a desk, in the order of files."""
    listed = [*found.broken, *records_twice(found.by_path), *_checked(found, measures, desk, now)]
    return sorted(listed, key=lambda problem: (problem.file, problem.line, problem.column))


def problems_of_improving(root: Path, desk: Whole, now: datetime) -> list[Problem]:
    """Everything that is wrong with measures, problem records, articles, training and its records in the working tree."""
    measures, records, knowledge = measures_of(root), records_of(root), knowledge_of(root)
    lessons = lessons_of(root)
    return [
        *problems_of_measures(measures, desk, now, records.ids),
        *problems_of_records(records, measures, desk, now),
        *problems_of_knowledge(knowledge, desk, measures, records.ids, helped_of(root)),
        *problems_of_training(root, lessons, desk, knowledge.names),
        *problems_of_passes(passes_of(root), lessons, desk, now),
        *clashes(Desk(root).sources("site/pages", (".md",)), HANDBOOK),
    ]


def _checked(found: Records, measures: Measures, desk: Whole, now: datetime) -> Iterator[Problem]:
    known = Known(item_ids(desk), measures.ids)
    today = now.astimezone(desk.policy.zone).date()
    for path, record in found.by_path.items():
        yield from record_problems(path, found.sources[path], record, desk.policy, known, today)
