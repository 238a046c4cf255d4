"""The measures of a desk: read from its files, and what is wrong with them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from git_feedback.checks.measures import Known, measure_problems, measures_twice
from git_feedback.jobs.reading import Whole
from git_feedback.model import Problem
from git_feedback.model.measures import Measure
from git_feedback.store import Desk
from git_feedback.store.measures import FOLDER, BadMeasure, measures


@dataclass(frozen=True)
class Measures:
    """The files of measures: those that are, by path, and what is wrong with the others."""

    sources: Mapping[str, bytes]
    by_path: Mapping[str, Measure] = field(default_factory=dict)
    broken: tuple[Problem, ...] = ()

    @property
    def all(self) -> list[Measure]:
        """The measures, in the order of their files."""
        return list(self.by_path.values())

    @property
    def ids(self) -> Collection[str]:
        """The ids that there are; a broken file still has the one of its name."""
        return {one.id for one in self.all} | {Path(problem.file).stem for problem in self.broken}


def measures_of(root: Path) -> Measures:
    """The measures in the working tree."""
    sources = Desk(root).sources(FOLDER, (".yml", ".yaml"))
    found = list(measures(sources))
    there = {path: one for path, one in found if isinstance(one, Measure)}
    broken = tuple(problem for _, one in found if isinstance(one, BadMeasure) for problem in one.problems)
    return Measures(sources, there, broken)


def problems_of_measures(
    found: Measures, desk: Whole, now: datetime, problem_ids: Collection[str] = ()
) -> list[Problem]:
    """Everything that is wrong with the measures of a desk, in the order of files; `problem_ids` are those they may name."""
    listed = [*found.broken, *measures_twice(found.by_path), *_checked(found, desk, now, problem_ids)]
    return sorted(listed, key=lambda problem: (problem.file, problem.line, problem.column))


def _checked(found: Measures, desk: Whole, now: datetime, problem_ids: Collection[str]) -> Iterator[Problem]:
    known = Known(item_ids(desk), problem_ids)
    today = now.astimezone(desk.policy.zone).date()
    for path, measure in found.by_path.items():
        yield from measure_problems(path, found.sources[path], measure, desk.policy, known, today)


def item_ids(desk: Whole) -> Collection[str]:
    """The ids of items that there are, those among them whose files cannot be read."""
    return {item.id for item in desk.items} | {Path(problem.file).stem for problem in desk.broken}
