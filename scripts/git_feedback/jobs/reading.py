"""A whole desk read at once, from the working tree or as it stood at a commit: policy, items, and what is wrong."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from git_feedback import checks, policy
from git_feedback.checks import Subject
from git_feedback.jobs import edition
from git_feedback.jobs.checked import Checked
from git_feedback.jobs.garbage import all_stays
from git_feedback.jobs.second_process import halves
from git_feedback.model import Item, Problem
from git_feedback.store import BadItem, Desk, Git, is_item_file, read

MANY = 1000
"""So many item files are worth a second process."""
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
class Files:
    """The item files of a desk, read strictly: those that are items, and what is wrong with those that are not."""

    subjects: tuple[Subject, ...]
    broken: tuple[Problem, ...]

    @property
    def items(self) -> list[Item]:
        """The items, in the order of their files."""
        return [subject.item for subject in self.subjects]

    @property
    def count(self) -> int:
        """How many files were read."""
        return len(self.subjects) + len({problem.file for problem in self.broken})


@dataclass(frozen=True)
class Whole(Files):
    """A desk that was read, with the policy that judges it."""

    policy: policy.Policy
    root: Path | None = None
    """The working tree that it was read from; None where it is that of a commit."""
    rules: str = ""
    """The mark of the policy's files."""


def load_policy(sources: Mapping[str, bytes]) -> policy.Policy:
    """The policy in these files; raises NoPolicy with every problem."""
    loaded = policy.load(sources)
    if loaded.policy is None:
        raise NoPolicy(loaded.problems)
    return loaded.policy


def policy_problems(root: Path) -> tuple[Problem, ...]:
    """What is wrong with the policy in the working tree."""
    sources = Desk(root).policy()
    loaded = policy.load(sources)
    views = checks.view_problems(sources, loaded.policy) if loaded.policy else ()
    return (*loaded.problems, *views, *checks.recipient_problems(sources))


def item_files(root: Path, now: datetime, progress: Progress = quiet) -> Files:
    """The item files of the working tree, whatever the policy is like."""

    def read_some(paths: Sequence[str]) -> list[Files]:
        return [_files(((path, _bytes(root / path)) for path in progress(paths, "reading")), now)]

    with all_stays():
        parts = halves(read_some, Desk(root).item_files(), MANY)
    return Files(*(tuple(chain(*found)) for found in zip(*((one.subjects, one.broken) for one in parts), strict=True)))


def whole(root: Path, now: datetime, as_of: str | None = None, progress: Progress = quiet) -> Whole:
    """The desk in `root` (at commit `as_of`, else the working tree).  Raises NoPolicy, GitFailed."""
    if as_of is None:
        sources = Desk(root).policy()
        rules = load_policy(sources)
        found = item_files(root, now, progress)
        return Whole(found.subjects, found.broken, rules, root, edition.bound(sources))
    tree = Git(root).tree(as_of, "feedback", "policy")
    rules = load_policy({path: content for path, content in tree.items() if path.startswith("policy/")})
    paths = [path for path in tree if is_item_file(path)]
    found = _files(((path, tree[path]) for path in progress(paths, "reading")), now)
    return Whole(found.subjects, found.broken, rules)


def _bytes(path: Path) -> bytes | OSError:
    """A file's bytes, or why they cannot be had."""
    try:
        return path.read_bytes()
    except OSError as error:
        return error


def _files(sources: Iterator[tuple[str, bytes | OSError]], now: datetime) -> Files:
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
    return Files(tuple(subjects), tuple(broken))


def problems(found: Whole, progress: Progress = quiet) -> list[Problem]:
    """Everything that is wrong with the items of a desk: files that are none, then checks, in the order of files.

    An item that was well under the same rules, and has not changed since, is not checked again.
    """
    by_file = {subject.file: subject for subject in found.subjects}
    listed = list(found.broken)
    checked = Checked.of(found.root, found.rules)
    for file in progress([file for file, one in by_file.items() if not checked.is_well(one)], "checking"):
        wrong = checks.problems(by_file[file], found.policy)
        listed += wrong
        if not wrong:
            checked.note(by_file[file])
    checked.keep()
    return _in_order([*listed, *_together(found)])


def problems_without_policy(found: Files) -> list[Problem]:
    """What is wrong with the items of a desk whatever its policy says, in the order of files."""
    return _in_order([*found.broken, *_together(found)])


def _together(found: Files) -> Iterator[Problem]:
    """What shows only when all items are seen at once."""
    yield from checks.duplicate_identities(found.subjects)
    yield from checks.missing_originals(found.subjects, {Path(problem.file).stem for problem in found.broken})


def _in_order(listed: list[Problem]) -> list[Problem]:
    return sorted(listed, key=lambda problem: (problem.file, problem.line, problem.column))
