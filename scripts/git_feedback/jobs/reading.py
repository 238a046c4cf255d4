"""A whole desk read at once, from the working tree or as it stood at a commit: policy, items, and what is wrong."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from git_feedback import checks, policy
from git_feedback.checks import Subject
from git_feedback.model import Item, Problem
from git_feedback.store import BadItem, Desk, Git, is_item_file, read

Progress = Callable[[Iterable[str], str], Iterable[str]]
"""Shows how far a long loop is: (what is gone through, the code of its words) -> the same."""


def quiet(things: Iterable[str], _words: str) -> Iterable[str]:
    """No progress shown."""
    return things


class NoPolicy(Exception):
    """The policy cannot be read: nothing can be judged without it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("no policy")
        self.problems = problems


@dataclass(frozen=True)
class Whole:
    """A desk that was read: files that are items, files that are not."""

    policy: policy.Policy
    subjects: tuple[Subject, ...]
    broken: tuple[Problem, ...] = field(default=())

    @property
    def items(self) -> list[Item]:
        """The items, in the order of their files."""
        return [subject.item for subject in self.subjects]


def load_policy(sources: Mapping[str, bytes]) -> policy.Policy:
    """The policy in these files; raises NoPolicy with every problem."""
    loaded = policy.load(sources)
    if loaded.policy is None:
        raise NoPolicy(loaded.problems)
    return loaded.policy


def whole(root: Path, now: datetime, as_of: str | None = None, progress: Progress = quiet) -> Whole:
    """The desk in `root` (at commit `as_of`, else the working tree).  Raises NoPolicy, GitFailed."""
    desk = Desk(root)
    sources: Iterator[tuple[str, bytes | OSError]]
    if as_of is None:
        rules = load_policy(desk.policy())
        paths = desk.item_files()
        sources = ((path, _bytes(root / path)) for path in progress(paths, "reading"))
    else:
        tree = Git(root).tree(as_of, "feedback", "policy")
        rules = load_policy({path: content for path, content in tree.items() if path.startswith("policy/")})
        paths = [path for path in tree if is_item_file(path)]
        sources = ((path, tree[path]) for path in progress(paths, "reading"))
    subjects, broken = _subjects(sources, now)
    return Whole(rules, tuple(subjects), tuple(broken))


def _bytes(path: Path) -> bytes | OSError:
    """A file's bytes, or why they cannot be had."""
    try:
        return path.read_bytes()
    except OSError as error:
        return error


def _subjects(sources: Iterator[tuple[str, bytes | OSError]], now: datetime) -> tuple[list[Subject], list[Problem]]:
    subjects: list[Subject] = []
    broken: list[Problem] = []
    for path, content in sources:
        if isinstance(content, OSError):
            broken.append(Problem(path, 1, 1, "unreadable-file", {"reason": content.strerror or str(content)}))
            continue
        try:
            subjects.append(Subject(read(content, file=path), path, content, now))
        except BadItem as bad:
            broken += bad.problems
    return subjects, broken


def problems(found: Whole, progress: Progress = quiet) -> list[Problem]:
    """Everything that is wrong with the items of a desk: files that are none, then checks, in the order of files."""
    by_file = {subject.file: subject for subject in found.subjects}
    listed = list(found.broken)
    for file in progress(list(by_file), "checking"):
        listed += checks.problems(by_file[file], found.policy)
    listed += checks.duplicate_identities(found.subjects)
    listed += checks.missing_originals(found.subjects, {Path(problem.file).stem for problem in found.broken})
    return sorted(listed, key=lambda problem: (problem.file, problem.line, problem.column))
