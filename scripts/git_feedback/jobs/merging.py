"""Merging with Git: the driver for one file, and every conflicted file of a merge, a rebase or a cherry-pick at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from git_feedback.desk.fold import ordered
from git_feedback.model import Problem
from git_feedback.store import Git, GitFailed, is_item_file, write_file
from git_feedback.store.merging import merge

DRIVER = (
    "if command -v git-feedback >/dev/null; then git feedback merge-driver %O %A %B %P; "
    "else git merge-file -L ours -L base -L theirs %A %O %B; fi"
)
"""What Git runs for `merge=feedback`.  Where the program is gone, lines are merged as Git does, and nothing gets lost."""
CONFLICTING = (
    *("-c", "merge.feedback.driver=false"),
    *("-c", "merge.feedback.recursive=feedback-base"),
    *("-c", f"merge.feedback-base.driver={DRIVER}"),
)
"""Words before a Git command: let every file that both sides changed be a conflict, for `resolve` to take them all.

Where there are several bases Git first makes one of them: that is a merge like any other.
"""
MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")

Progress = Callable[[Iterable[str], str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Sources:
    """What both sides come from (None: nothing) and what they have; None for a side that deleted it."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Files that were merged and staged, and what a person has to settle."""

    merged: tuple[str, ...] = ()
    left: tuple[Problem, ...] = ()


# ---- the driver -----------------------------------------------------------------------------------------------------


def install(git: Git) -> bool:
    """Register the driver in a repository's own settings; False where it is registered already."""
    try:
        if git.run("config", "--local", "merge.feedback.driver").rstrip("\n") == DRIVER:
            return False
    except GitFailed:
        pass  # there is none yet
    git.run("config", "--local", "merge.feedback.name", "git-feedback: united events, fields three ways")
    git.run("config", "--local", "merge.feedback.driver", DRIVER)
    return True


def is_asked_for(git: Git) -> bool:
    """Whether .gitattributes sends item files to the driver."""
    return git.run("check-attr", "merge", "--", "feedback/2026/01/item.yml").rstrip("\n").endswith(": merge: feedback")


def drive(git: Git, base: Path, ours: Path, theirs: Path, path: str) -> tuple[Problem, ...]:
    """Merge three files as Git hands them over, into `ours`; what a person has to settle, and then it has markers.

    Whatever goes wrong, `ours` is first given what a merge of lines makes of it: Git would take a file without markers
    for the whole.
    """
    sources = Sources(base.read_bytes() or None, ours.read_bytes(), theirs.read_bytes())
    try:
        content, problems = merged(git, sources, path)
    except BaseException:
        ours.write_bytes(_by_lines(git, sources)[0])
        raise
    ours.write_bytes(content)
    return problems


def merged(git: Git, sources: Sources, path: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The merged file, or one with markers and what a person has to settle.  Both sides must be there."""
    if not _is_item(path):
        content, is_clean = _by_lines(git, sources)
        return content, () if is_clean else (Problem(path, 1, 1, "merge-lines"),)
    found = merge(sources.base, sources.ours or b"", sources.theirs or b"", ordered, file=path)
    return found.content if found.content is not None else _by_lines(git, sources)[0], found.problems


def _is_item(path: str) -> bool:
    """Whether a path from the top of the repository is that of an item; the desk may be a folder of it."""
    _, inside, rest = path.rpartition("/feedback/")
    return is_item_file(f"feedback/{rest}" if inside else path)


def _by_lines(git: Git, sources: Sources) -> tuple[bytes, bool]:
    """What Git makes of it line by line, and whether that has no conflict; ours where Git cannot (no text)."""
    with TemporaryDirectory() as folder:
        names = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for name, content in zip(names, (sources.ours, sources.base, sources.theirs), strict=True):
            name.write_bytes(content or b"")
        try:
            git.run("merge-file", "-q", "-L", "ours", "-L", "base", "-L", "theirs", *map(str, names))
        except GitFailed:
            return names[0].read_bytes(), False
        return names[0].read_bytes(), True


# ---- all at once ----------------------------------------------------------------------------------------------------


def under_way(git: Git) -> str:
    """What is going on in the repository: `merge`, `rebase`, `cherry-pick`, `revert`, or nothing."""
    signs = (
        ("rebase-merge", "rebase"),
        ("rebase-apply", "rebase"),
        ("MERGE_HEAD", "merge"),
        ("CHERRY_PICK_HEAD", "cherry-pick"),
        ("REVERT_HEAD", "revert"),
    )
    for name, what in signs:
        if (git.folder / git.run("rev-parse", "--git-path", name).rstrip("\n")).exists():
            return what
    return ""


def conflicted(git: Git) -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """The files in conflict, from the folder of `git`: for each stage (1 base, 2 ours, 3 theirs) its mode and blob."""
    found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in filter(None, git.run("ls-files", "--unmerged", "-z").split("\0")):
        kind, _, path = row.partition("\t")
        mode, blob, stage = kind.split(" ")
        found[path][stage] = (mode, blob)
    return found


def resolve(git: Git, root: Path, progress: Progress, *, dry_run: bool = False) -> Resolution:
    """Merge every conflicted file of the desk, write and stage what comes out; the rest is named and stays in conflict.

    What somebody has begun to settle by hand is left alone.
    """
    stages = conflicted(git)
    sources = _sources(git, stages)
    done: list[str] = []
    left: list[Problem] = []
    for path in progress(stages, "merging"):
        found = _refused(root, path, stages[path])
        content = None
        if found is None:
            content, problems = _settled(git, root / path, sources[path], path)
        else:
            problems = (found,)
        if content is not None and not dry_run:
            write_file(root / path, content, durable=False)
        left += problems
        done += [] if problems else [path]
    if done and not dry_run:
        named = "\0".join(done).encode("utf-8", "surrogateescape")
        git.run("add", "--pathspec-from-file=-", "--pathspec-file-nul", stdin=named)
    return Resolution(tuple(done), tuple(left))


def _sources(git: Git, stages: Mapping[str, Mapping[str, tuple[str, str]]]) -> Mapping[str, Sources]:
    """Every version of every conflicted file, read in one go."""
    blobs = {
        (path, stage): blob
        for path, found in stages.items()
        for stage, (mode, blob) in found.items()
        if mode.startswith("100")
    }
    contents = git.contents(blobs)
    return {path: Sources(*(contents.get((path, stage)) for stage in "123")) for path in stages}


def _refused(root: Path, path: str, found: Mapping[str, tuple[str, str]]) -> Problem | None:
    """Why a conflict is none that can be settled here."""
    if not path.startswith("feedback/"):
        return Problem(path, 1, 1, "merge-elsewhere")
    if not {"2", "3"} <= found.keys():
        return Problem(path, 1, 1, "merge-deleted")
    folder = (root / path).parent
    if any(mode != "100644" for mode, _ in found.values()) or folder.resolve() != root.resolve() / Path(path).parent:
        return Problem(path, 1, 1, "merge-no-file")
    return None


def _settled(git: Git, file: Path, sources: Sources, path: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """What to write (None: nothing) and what is left to a person."""
    content, problems = merged(git, sources, path)
    here = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
    if not problems:
        by_hand = Problem(path, 1, 1, "merge-by-hand")
        return (None, (by_hand,)) if _is_by_hand(here, sources) else (content, ())
    if here == content:
        return None, problems
    if _lines(here) == _lines(_by_lines(git, sources)[0]):
        return content, problems
    return None, tuple(replace(one, line=1) for one in problems)


def _is_by_hand(here: bytes, sources: Sources) -> bool:
    """Whether the file holds a line that no side has, or somebody took the markers out already."""
    versions = [one for one in (sources.base, sources.ours, sources.theirs) if one is not None]
    known = {line for one in versions for line in _lines(one)}
    lines = _lines(here)
    foreign = any(line not in known and line[:7] not in MARKERS for line in lines)
    return foreign or (here not in versions and not any(line[:7] in MARKERS for line in lines))


def _lines(content: bytes) -> Sequence[str]:
    """Lines, markers without the names of their sides."""
    lines = content.decode("utf-8", "surrogateescape").replace("\r\n", "\n").split("\n")
    return [line[:7] if line[:7] in MARKERS else line for line in lines]
