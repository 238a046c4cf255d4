"""Backups of the whole record: weekly full, daily incremental, each tried before it counts.

A bundle holds branches, tags and refs/feedback/*, the keys of personal data with them.  The keys ref is one parentless
commit that is made anew each time, so it never counts as rewritten history.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from git_feedback.jobs.bundles import FULL, INCREMENT, Backup, Damage, Shelf, manifest, measured, moment_of, name_of
from git_feedback.jobs.restoring import Restored, refs_of, tried
from git_feedback.store import Git, GitFailed, write_file

WEEK = timedelta(days=7)
OURS = "refs/feedback/"
KEYS = "refs/feedback/keys"


class CannotBackUp(Exception):
    """Nothing that could be written would be a backup: the code of the words that say why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Plan:
    """What is to be written, and why."""

    at: datetime
    kind: str
    because: str
    """first, asked, week, rewritten or damaged; next for an increment."""
    refs: dict[str, str]
    before: Backup | None
    lost: tuple[str, ...] = ()
    """Branches and tags whose old commits no longer lie behind them."""
    damage: Damage | None = None
    """What is wrong with the backups there are."""

    @property
    def name(self) -> str:
        """The name of the backup to be written."""
        return name_of(self.at, self.kind)


@dataclass(frozen=True)
class Written:
    """A backup that was tried and stands."""

    backup: Backup
    found: Restored


# ---- what to write --------------------------------------------------------------------------------------------------


def planned(git: Git, shelf: Shelf, now: datetime, *, full: bool) -> Plan | None:
    """What is to be written; None when the newest backup holds all there is.  Raises CannotBackUp, GitFailed."""
    _check_whole(git)
    _check_elsewhere(git, shelf.folder)
    refs = refs_of(git)
    if not refs:
        raise CannotBackUp("backup-empty")
    if not shelf.entries:
        return Plan(now, FULL, "first", refs, None)
    newest, before = shelf.entries[-1], next(reversed(shelf.backups), None)
    if before:
        _check_same_desk(git, before, refs)
    damage = next(iter(shelf.damages(newest)), None)
    lost = tuple(_lost(git, before.refs, refs)) if before else ()
    because = _because(before, refs, now, full=full, lost=bool(lost), damaged=bool(damage))
    if not because:
        return None
    if now <= newest.at:
        raise CannotBackUp("backup-clock", name=newest.name, now=now.isoformat())
    return Plan(now, INCREMENT if because == "next" else FULL, because, refs, before, lost, damage)


def _because(
    before: Backup | None, refs: dict[str, str], now: datetime, *, full: bool, lost: bool, damaged: bool
) -> str:
    """Why something is to be written; empty when nothing is."""
    if damaged or before is None:
        return "damaged"
    if lost:
        return "rewritten"
    if full:
        return "asked"
    if refs == before.refs:
        return ""
    return "week" if now - moment_of(before.full) >= WEEK else "next"


def _lost(git: Git, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Branches that were forced or deleted with commits nothing else has, and tags that moved or went."""
    for ref, oid in old.items():
        if new.get(ref) == oid or ref.startswith(OURS):
            continue
        kept = ref.startswith("refs/heads/") and (_behind(git, oid, new[ref]) if ref in new else _reached(git, oid))
        if not kept:
            yield ref


def _behind(git: Git, oid: str, tip: str) -> bool:
    with suppress(GitFailed):
        git.run("merge-base", "--is-ancestor", oid, tip)
        return True
    return False


def _reached(git: Git, oid: str) -> bool:
    with suppress(GitFailed):
        return not git.run("rev-list", "--max-count=1", oid, "--not", "--branches", "--tags").strip()
    return False


# ---- what is refused ------------------------------------------------------------------------------------------------


def _check_whole(git: Git) -> None:
    """A clone that has not everything cannot give it."""
    if git.run("rev-parse", "--is-shallow-repository").strip() == "true":
        raise CannotBackUp("backup-shallow")
    with suppress(GitFailed):
        if git.run("config", "--get-regexp", r"^remote\..*\.promisor$"):
            raise CannotBackUp("backup-partial")


def _check_elsewhere(git: Git, folder: Path) -> None:
    """A backup among the files it saves would be committed with them, or lost with them."""
    top, own = git.top(), Path(git.run("rev-parse", "--absolute-git-dir").rstrip("\n"))
    shared = (git.folder / git.run("rev-parse", "--git-common-dir").rstrip("\n")).resolve()
    inside = top is not None and folder.is_relative_to(top.resolve())
    if any(folder.is_relative_to(one) for one in (own.resolve(), shared)) or (inside and not _ignored(git, folder)):
        raise CannotBackUp("backup-inside", folder=str(folder))


def _ignored(git: Git, folder: Path) -> bool:
    """Whether files in a folder would be ignored, also before there is such a folder."""
    with suppress(GitFailed):
        git.run("--no-literal-pathspecs", "check-ignore", "--quiet", "--", str(folder / "desk.bundle"))
        return True
    return False


def _check_same_desk(git: Git, before: Backup, refs: Mapping[str, str]) -> None:
    """Two desks in one folder would push each other out; and keys must not be lost by being forgotten."""
    if not (set(before.roots) & set(_roots(git)) or _present(git, before.refs.values())):
        raise CannotBackUp("backup-other-desk", name=before.name)
    gone = [ref for ref in before.refs if ref.startswith(OURS) and ref not in refs]
    if gone:
        raise CannotBackUp("backup-keys-gone", ref=gone[0], name=before.name)


def _roots(git: Git) -> tuple[str, ...]:
    return tuple(sorted(git.run("rev-list", "--max-parents=0", "--branches", "--tags").split()))


def _present(git: Git, names: Iterable[str]) -> list[str]:
    """The full ids of those objects that this repository has, in their order."""
    answer = git.run("cat-file", "--batch-check=%(objectname)", stdin="".join(f"{name}\n" for name in names).encode())
    return [line for line in answer.split("\n")[:-1] if not line.endswith((" missing", " ambiguous"))]


# ---- writing --------------------------------------------------------------------------------------------------------

_UNFINISHED = ".backup-"


def write(git: Git, shelf: Shelf, plan: Plan) -> Written:
    """Write the backup, try it, and only then give it its name.  Raises GitFailed, Unsound, OSError."""
    shelf.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(shelf.folder, plan.at)
    with TemporaryDirectory(dir=shelf.folder, prefix=_UNFINISHED) as folder:
        room = Path(folder)
        backup = _bundled(git, plan, room)
        new = room / f"{backup.name}.bundle"
        found = tried(backup, [*_older(shelf, backup), *([new] if new.exists() else [])], plan.at, room)
        _publish(new, shelf.folder)
        write_file(shelf.folder / f"{backup.name}.json", manifest(backup))
    return Written(backup, found)


def _older(shelf: Shelf, backup: Backup) -> list[Path]:
    """The bundles that a backup builds on."""
    return [shelf.folder / part.name for part in backup.parts if part.name != f"{backup.name}.bundle"]


def _bundled(git: Git, plan: Plan, room: Path) -> Backup:
    """The backup, its bundle in `room`; none where names changed and nothing else."""
    before = plan.before if plan.kind == INCREMENT else None
    wanted = [*plan.refs, *(f"^{oid}" for oid in (_held(git, before) if before else []))]
    lines = "".join(f"{line}\n" for line in wanted).encode("utf-8", "surrogateescape")
    parts = before.parts if before else ()
    path = room / f"{plan.name}.bundle"
    if git.run("rev-list", "--objects", "--stdin", stdin=lines).strip():
        git.run("bundle", "create", "--quiet", str(path), "--stdin", stdin=lines)
        parts = (*parts, measured(path))
    return Backup(
        at=plan.at,
        kind=plan.kind,
        builds_on=before.name if before else "",
        head=_branch(git),
        desk=git.run("rev-parse", "--show-prefix").rstrip("\n"),
        roots=_roots(git),
        refs=plan.refs,
        parts=parts,
    )


def _held(git: Git, before: Backup) -> list[str]:
    """What the backup before holds and need not be written again, as far as this repository still has it.

    Git leaves out what lies behind a commit, but not what a commit without descendants holds: so the trees of our own
    refs are named too, else every increment would hold all keys.
    """
    trees = (f"{oid}^{{tree}}" for ref, oid in before.refs.items() if ref.startswith(OURS))
    return _present(git, [*before.refs.values(), *trees])


def _branch(git: Git) -> str:
    with suppress(GitFailed):
        return git.run("symbolic-ref", "--quiet", "HEAD").strip()
    return ""


def _publish(bundle: Path, folder: Path) -> None:
    """The bundle under its name, on the disk, for its owner's eyes only: it holds keys.  The manifest comes last."""
    if not bundle.exists():
        return
    bundle.chmod(0o600)
    with bundle.open("rb+") as file:
        os.fsync(file.fileno())
    bundle.replace(folder / bundle.name)


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what a backup left that was broken off more than a day ago; a younger one may still be at work."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        if path.stat().st_mtime < (now - timedelta(days=1)).timestamp():
            shutil.rmtree(path, ignore_errors=True)


# ---- generations ----------------------------------------------------------------------------------------------------


def thin_out(shelf: Shelf, keep: int) -> list[str]:
    """Remove all that is older than the newest `keep` sound generations; the files removed.

    A generation is a full backup and its increments.  A damaged one is not counted: it keeps no other from staying.
    """
    fulls = list(dict.fromkeys(backup.full for backup in reversed(shelf.backups)))
    sound = [full for full in fulls if _is_sound(shelf, full)]
    if len(sound) < keep:
        return []
    oldest = moment_of(sound[keep - 1])
    removed = []
    for entry in shelf.entries:
        if _begun(entry) < oldest:
            removed += _remove(shelf.folder, entry.name)
    return removed


def _is_sound(shelf: Shelf, full: str) -> bool:
    return any(backup.full == full and not shelf.damages(backup) for backup in shelf.backups)


def _begun(entry: Backup | Damage) -> datetime:
    return moment_of(entry.full) if isinstance(entry, Backup) else entry.at


def _remove(folder: Path, name: str) -> list[str]:
    """Both files of a backup, the manifest last: a removal that was broken off is found again by it."""
    files = [file for file in (f"{name}.bundle", f"{name}.json") if (folder / file).exists()]
    for file in files:
        (folder / file).unlink()
    return files


# ---- what a backup does not hold ------------------------------------------------------------------------------------


def uncommitted(git: Git) -> int:
    """How many files differ from the last commit, or are not in it."""
    listing = git.run("status", "--porcelain", "--no-renames", "--untracked-files=all", "-z")
    return sum(1 for row in listing.split("\0") if row)


def lacks_keys(git: Git, plan: Plan) -> bool:
    """Whether items hold sealed contact data and this clone has no keys to open them."""
    if KEYS in plan.refs:
        return False
    with suppress(GitFailed):
        git.run("grep", "--quiet", "--fixed-strings", "-e", "BEGIN AGE ENCRYPTED FILE", "HEAD", "--", "feedback")
        return True
    return False
