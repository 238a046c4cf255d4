"""Files of the record whatever is in them: their modes, their places, their names on other systems, what is never rewritten.

What Git would take is looked at: the index, and beside it what lies untracked and unignored.
"""

import re
import stat
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from git_feedback.checks import Subject
from git_feedback.jobs.erasing import attached
from git_feedback.jobs.reading import Files
from git_feedback.model import Problem, ids
from git_feedback.privacy.kinds import EXTENSIONS, kind
from git_feedback.store import Desk, Git, GitFailed, Holding, held, holding

LOOKED_AT = ("feedback", "policy", "reports")
"""Folders whose files must be plain ones."""
_ATTACHMENTS, _REPORTS = "feedback/attachments", "reports"

_PLAIN, _RUNNABLE, _LINK, _MODULE = "100644", "100755", "120000", "160000"
_CODES = {_RUNNABLE: "mode-executable", _LINK: "mode-link", _MODULE: "mode-module"}
_ITEM = re.compile(r"feedback/[0-9]{4}/[0-9]{2}/[^/]+\.yml")
_ATTACHMENT = re.compile(r"feedback/attachments/(?P<shelf>[0-9a-f]{2})/(?P<digest>[0-9a-f]{4,64})\.[a-z0-9]{1,5}")
_SHELF = re.compile(r"feedback/(?:draws|problems|measures|training)/")
_RECORD = re.compile(rf"{_SHELF.pattern}[^/]+\.yml")
_KEEPS_FOLDER = ".gitkeep"


def modes(git: Git) -> dict[str, str]:
    """Every path that Git has or would take, with its mode (a nested repository is a submodule to be)."""
    found: dict[str, str] = {}
    for row in filter(None, git.run("ls-files", "-s", "-z").split("\0")):
        kind, _, path = row.partition("\t")
        there = _mode(git.folder / path)
        if there:
            found[path] = _LINK if there == _LINK else kind.split(" ")[0]
    for path in filter(None, git.run("ls-files", "-o", "-z", "--exclude-standard").split("\0")):
        found[path.rstrip("/")] = _MODULE if path.endswith("/") else _mode(git.folder / path) or _PLAIN
    return found


def _mode(path: Path) -> str:
    """The mode a path of the working tree would get; empty where nothing is."""
    try:
        kind = path.lstat().st_mode
    except OSError:
        return ""
    if stat.S_ISLNK(kind):
        return _LINK
    return _RUNNABLE if stat.S_ISREG(kind) and kind & stat.S_IXUSR else _PLAIN


def misplaced(found: Mapping[str, str], read: Container[str]) -> Iterator[Problem]:
    """Paths with a mode, a place or a name that the record must not have.

    `read` are files that were read as items: of those a check of its own says where they belong.
    """
    for path, mode in found.items():
        if _is_below(path, LOOKED_AT) and mode != _PLAIN:
            yield Problem(path, 1, 1, _CODES.get(mode, "mode-module"))
    for path in found:
        if path.startswith("feedback/") and path not in read and not _has_a_place(path):
            yield Problem(path, 1, 1, "stray-file", {"wanted": _wanted(path)})
    yield from _twins(found)


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _has_a_place(path: str) -> bool:
    name = PurePosixPath(path)
    if name.name == _KEEPS_FOLDER or _RECORD.fullmatch(path):
        return True
    if kept := _ATTACHMENT.fullmatch(path):
        return kept["digest"].startswith(kept["shelf"])
    return bool(_ITEM.fullmatch(path)) and ids.is_id(name.stem) and ids.path(name.stem) == path


def _wanted(path: str) -> str:
    """Where the file belongs, as far as its name tells."""
    name = PurePosixPath(path)
    if path.startswith(f"{_ATTACHMENTS}/"):
        known = _ATTACHMENT.fullmatch(f"{_ATTACHMENTS}/{name.stem[:2]}/{name.name}")
        return known[0] if known else f"{_ATTACHMENTS}/AB/SHA256.EXT"
    if shelf := _SHELF.match(path):
        return f"{shelf[0]}ID.yml"
    stem = ids.canonical(name.stem)
    return ids.path(stem) if ids.is_id(stem) else "feedback/YYYY/MM/ID.yml"


def _twins(found: Iterable[str]) -> Iterator[Problem]:
    """Paths that are one path on a Mac or under Windows; the folders of the record are known by their own spelling."""
    spelled = {folder: folder for folder in LOOKED_AT}
    for path in sorted(found):
        for part in [*reversed(PurePosixPath(path).parents[:-1]), PurePosixPath(path)]:
            said = part.as_posix()
            folded = normalize("NFC", normalize("NFC", said).casefold())
            if _is_below(folded, LOOKED_AT) and spelled.setdefault(folded, said) != said:
                yield Problem(path, 1, 1, "twin-path", {"other": spelled[folded]})
                break


# ---- what items name ------------------------------------------------------------------------------------------------


def attachments(root: Path, found: Files) -> Iterator[Problem]:
    """Files that items name and that are not there, or are others; files that no item names.

    A pointer of Git LFS counts as the file it stands for.  While an item cannot be read, nobody knows what it names.
    """
    there = {path: holding(root / path) for path in Desk(root).attachment_files() if _ATTACHMENT.fullmatch(path)}
    for path, one in there.items():
        if one and not one.digest.startswith(PurePosixPath(path).stem):
            yield Problem(path, 1, 1, "attachment-misnamed", {"digest": one.digest})
        if PurePosixPath(path).suffix.removeprefix(".") not in EXTENSIONS:
            yield Problem(path, 1, 1, "attachment-kind", {"kind": PurePosixPath(path).suffix})
    for subject in found.subjects:
        if attached(subject.item):
            yield from _of_item(subject, there)
    if not found.broken:
        named = {path for subject in found.subjects for path in attached(subject.item)}
        yield from (Problem(path, 1, 1, "attachment-orphan") for path in there if path not in named)


def _of_item(subject: Subject, there: Mapping[str, Holding | None]) -> Iterator[Problem]:
    """What one item names and does not find."""
    told: set[str] = set()
    for index, one in enumerate(subject.item.attachments):
        path, place = f"feedback/{one.file.path}", ("attachments", index, "file")
        told.add(path)
        held_there = there.get(path)
        if held_there is None:
            yield subject.problem("attachment-missing", *place, path=path)
        elif held_there.size != one.file.bytes:
            yield subject.problem("attachment-size", *place, there=held_there.size, said=one.file.bytes)
    for path in sorted(attached(subject.item) - told):
        if there.get(path) is None:
            yield subject.problem("attachment-missing", "history", path=path)


# ---- what is never rewritten ----------------------------------------------------------------------------------------


def rewritten(
    git: Git, commit: str, base: str, found: Mapping[str, str], released: Container[str]
) -> Iterator[Problem]:
    """Issued reports and attachments that are not what they are in `commit`, and attachments that are not what they say.

    `base` is what messages call the commit; `released` are attachments that an event let go; those may be missing.
    """
    changed = dict(_changed(git, commit))
    for path, status in changed.items():
        kind = "report" if path.startswith(f"{_REPORTS}/") else "attachment"
        if status == "D" and path not in released:
            yield Problem(path, 1, 1, f"{kind}-gone", {"base": base})
        elif status == "T" or (status == "M" and not _is_the_same(git, commit, path)):
            yield Problem(path, 1, 1, f"{kind}-changed", {"base": base})
    before = set(filter(None, git.run("ls-tree", "-r", "-z", "--name-only", commit, "--", _ATTACHMENTS).split("\0")))
    for path, mode in found.items():
        if mode == _PLAIN and path not in before and (kept := _ATTACHMENT.fullmatch(path)):
            there = holding(git.folder / path)
            if there and not there.digest.startswith(kept["digest"]):
                yield Problem(path, 1, 1, "attachment-misnamed", {"digest": there.digest})
            elif there and not there.is_pointer and not _is_what_it_says(git.folder / path):
                yield Problem(path, 1, 1, "attachment-kind", {"kind": PurePosixPath(path).suffix})


def _is_what_it_says(path: Path) -> bool:
    """Whether the content of a new file is of the kind that its name ends with: a page named `.png` is none."""
    return kind(path.read_bytes()) == path.suffix.removeprefix(".")


def never_named(git: Git, commit: str, named: Collection[str]) -> set[str]:
    """Attachments of a commit that are not among those that items name or named: nobody misses them."""
    listed = git.run("ls-tree", "-r", "-z", "--name-only", commit, "--", _ATTACHMENTS).split("\0")
    return set(filter(None, listed)) - set(named)


def _changed(git: Git, commit: str) -> Iterator[tuple[str, str]]:
    words = ("--no-ext-diff", "--no-renames", "--name-status", "--relative", "-z", commit, "--", _ATTACHMENTS, _REPORTS)
    rows = git.run("diff", *words).split("\0")
    yield from zip(rows[1::2], rows[::2], strict=False)


def _is_the_same(git: Git, commit: str, path: str) -> bool:
    """Whether a path holds what it held in a commit, be it as a pointer of Git LFS here or there."""
    try:
        before = held(git.raw("cat-file", "blob", f"{commit}:./{path}"))
    except GitFailed:
        return False
    now = holding(git.folder / path)
    return now is not None and (before.digest, before.size) == (now.digest, now.size)
