"""A desk made anew from a backup alone: checked file by file, then by Git, then read as a desk."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from git_feedback.jobs.bundles import Backup, Damage, Shelf
from git_feedback.jobs.reading import NoPolicy, item_files, problems, problems_without_policy, whole
from git_feedback.model import Problem
from git_feedback.store import Git, GitFailed


class NotRestorable(Exception):
    """What was asked for cannot be had: the file that is in the way, and the newest backup that still can be."""

    def __init__(self, damage: Damage, still: Backup | None) -> None:
        super().__init__(damage.code)
        self.damage, self.still = damage, still


class NoBackup(Exception):
    """There is no backup at all, or none as old as was asked for (`first` is the oldest then)."""

    def __init__(self, first: datetime | None) -> None:
        super().__init__("no backup")
        self.first = first


class Unsound(Exception):
    """The files are as they were written, and still Git does not get the same repository from them."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was found in the desk that was made."""

    items: int
    events: int
    problems: tuple[Problem, ...]
    """What is wrong with its files, as it was when the backup was made."""


def chosen(shelf: Shelf, moment: datetime | None) -> Backup:
    """The newest backup up to a moment.  Raises NoBackup, NotRestorable; never an older one in its place."""
    entries = shelf.until(moment)
    if not entries:
        raise NoBackup(shelf.entries[0].at if shelf.entries else None)
    newest = entries[-1]
    damages = shelf.damages(newest)
    if damages or not isinstance(newest, Backup):
        raise NotRestorable(damages[0], shelf.newest_sound(moment))
    return newest


def restore(shelf: Shelf, backup: Backup, target: Path, now: datetime) -> Restored:
    """Make the repository in `target`, an empty folder or none.  Raises Unsound; then `target` is as it was."""
    with _arriving(target) as folder:
        rebuild(backup, [shelf.folder / part.name for part in backup.parts], folder)
        return _read(folder / backup.desk, now)


def tried(backup: Backup, bundles: Sequence[Path], now: datetime, room: Path | None = None) -> Restored:
    """The same in a temporary folder (in `room`, else where the system has them), and nothing of it stays."""
    with TemporaryDirectory(dir=room, prefix=".trial-") as folder:
        rebuild(backup, bundles, Path(folder))
        return _read(Path(folder) / backup.desk, now)


# ---- Git ------------------------------------------------------------------------------------------------------------


def rebuild(backup: Backup, bundles: Sequence[Path], folder: Path) -> None:
    """The repository of a backup in an empty folder, checked out.  Raises Unsound."""
    git = Git(folder)
    try:
        _begin(git, backup)
        for number, bundle in enumerate(bundles):
            _unpack(git, bundle, number)
        _name(git, backup)
        # A key that was erased came along with an older bundle: what no ref reaches does not stay.
        git.run("gc", "--quiet", "--prune=now")
        git.run("fsck", "--full", "--no-dangling", "--no-progress")
        if _branch(backup):
            git.run(*_WITHOUT_LFS, "reset", "--quiet", "--hard")
    except GitFailed as failed:
        raise Unsound(str(failed)) from None
    if refs_of(git) != backup.refs:
        raise Unsound("refs differ from the manifest")


def refs_of(git: Git) -> dict[str, str]:
    """Every branch, tag and ref of ours, and what it points to.  Raises GitFailed."""
    listing = git.run("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags", "refs/feedback")
    return dict(line.split(" ") for line in _lines(listing))


def _lines(listing: str) -> list[str]:
    """Lines as Git ends them: the name of a branch may hold what Unicode calls the end of a line."""
    return listing.split("\n")[:-1]


_WITHOUT_LFS = ("-c", "filter.lfs.smudge=", "-c", "filter.lfs.process=", "-c", "filter.lfs.required=false")
"""A bundle has only the pointers of Git LFS: they are checked out as they are, `git lfs pull` fetches the files."""
_HELD = "refs/restoring/"
"""What bundles bring is held there until all of them are in: each must find what it builds on, reachable."""


def _begin(git: Git, backup: Backup) -> None:
    kind = "sha256" if any(len(oid) == 64 for oid in backup.refs.values()) else "sha1"
    branch = _branch(backup) or "main"
    git.run("init", "--quiet", "--template=", f"--object-format={kind}", f"--initial-branch={branch}")
    for key in ("core.logAllRefUpdates", "gc.auto"):
        git.run("config", key, "false" if key.startswith("core") else "0")


def _branch(backup: Backup) -> str:
    """The branch to check out: the one that was, else main, else the first; empty where there is none."""
    branches = sorted(ref for ref in backup.refs if ref.startswith("refs/heads/"))
    wished = next((ref for ref in (backup.head, "refs/heads/main") if ref in branches), "")
    return (wished or next(iter(branches), "")).removeprefix("refs/heads/")


def _unpack(git: Git, bundle: Path, number: int) -> None:
    git.run("bundle", "verify", "--quiet", str(bundle))
    heads = [line.split(" ")[0] for line in _lines(git.run("bundle", "unbundle", str(bundle)))]
    _update(git, [f"update {_HELD}{number}/{index} {oid}" for index, oid in enumerate(heads)])


def _name(git: Git, backup: Backup) -> None:
    _update(git, [f"create {ref} {oid}" for ref, oid in backup.refs.items()])
    held = git.run("for-each-ref", "--format=%(refname)", _HELD)
    _update(git, [f"delete {ref}" for ref in _lines(held)])
    for key in ("core.logAllRefUpdates", "gc.auto"):
        git.run("config", "--unset", key)


def _update(git: Git, lines: list[str]) -> None:
    git.run("update-ref", "--stdin", stdin="".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))


# ---- the desk -------------------------------------------------------------------------------------------------------


def _read(root: Path, now: datetime) -> Restored:
    """The desk as `check` would read it; what is wrong with it does not keep it from being restored."""
    try:
        desk = whole(root, now)
        found, wrong = desk.items, problems(desk)
    except NoPolicy as none:
        files = item_files(root, now)
        found, wrong = files.items, [*none.problems, *problems_without_policy(files)]
    return Restored(len(found), sum(len(item.history) for item in found), tuple(wrong))


@contextmanager
def _arriving(target: Path) -> Iterator[Path]:
    """A folder whose content ends up in `target` when all went well, `.git` last; else nothing of it stays."""
    there = target.exists()
    target.mkdir(parents=True, exist_ok=True)
    arrived: list[Path] = []
    try:
        with TemporaryDirectory(dir=target, prefix=".restoring-") as folder:
            yield Path(folder)
            for path in sorted(Path(folder).iterdir(), key=lambda path: (path.name == ".git", path.name)):
                path.rename(target / path.name)
                arrived.append(target / path.name)
    except BaseException:
        for path in arrived:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        if not there:
            with suppress(OSError):  # somebody has put something there meanwhile
                target.rmdir()
        raise
