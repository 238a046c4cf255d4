"""What lies in the working tree, as Git sees it at a glance: a tree, and the paths that may be other than in it.

Git compares what it noted of each file (times, size, inode) with the file, and looks into those that were written in
the very second of its note; so no file is opened here.  What it may take for unchanged though its bytes are others is
a file that its own settings convert: those show by their size as soon as Git has noted anything anew.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from hashlib import new
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from git_feedback.store.plain_files import is_item_file, is_plain, plain_files
from git_feedback.store.repository import Git, GitFailed

_FOLDER = "feedback"
_NOT_ALL_IS_THERE = "^(core\\.(sparsecheckout|ignorestat)|index\\.sparse|extensions\\.partialclone)$"
"""Settings with which Git itself does not look at every file."""


class Sight(NamedTuple):
    """The tree of feedback/ in HEAD, the item files that may be other than there, and what Git has noted."""

    tree: str
    touched: frozenset[str]
    noted: str
    """Size, time and number of Git's own index: as long as it is the same, Git has noted nothing anew."""
    folder: Path
    """Where the index and caches of this working tree lie, in the folder of its repository."""


def sight(root: Path) -> Sight | None:
    """What lies in a desk now; None where Git cannot tell it (no commit yet, a repository within, a sparse tree)."""
    git = Git(root)
    asked = (
        ("rev-parse", "--show-prefix", "--git-path", "git-feedback", "--git-path", "index", f"HEAD:./{_FOLDER}"),
        ("diff-index", "--raw", "-z", "--no-renames", "--relative", "HEAD", "--", _FOLDER),
        ("ls-files", "-z", "--others", "--", _FOLDER),
        ("config", "--get-regexp", _NOT_ALL_IS_THERE),
    )
    places, changed, others, settings = together([partial(git.run, *words) for words in asked])
    if places is None or changed is None or others is None or "true" in (settings or ""):
        return None
    prefix, own, index, tree = places.split("\n")[:4]
    found = [*changed.split("\0")[1::2], *filter(None, others.split("\0"))]
    if any(path.endswith("/") or not path.isprintable() for path in found):
        return None
    touched = frozenset(path for path in found if is_item_file(path))
    return Sight(tree, touched, _noted(root / index), _own(root, own, prefix))


def cache_folder(root: Path) -> Path | None:
    """Where the index and caches of a desk lie, in its repository; None outside one."""
    try:
        prefix, own = Git(root).run("rev-parse", "--show-prefix", "--git-path", "git-feedback").split("\n")[:2]
    except GitFailed:
        return None
    return _own(root, own, prefix)


def _own(root: Path, own: str, prefix: str) -> Path:
    """Desks that lie side by side in one repository have a folder each."""
    return (root / own).resolve() / prefix.strip("/").replace("/", "%")


def together(asked: list[Callable[[], str]]) -> list[str | None]:
    """The answers of several commands at once, in their order; None where Git refuses."""
    answers: list[str | None] = [None] * len(asked)

    def ask(place: int) -> None:
        try:
            answers[place] = asked[place]()
        except GitFailed:
            answers[place] = None

    threads = [Thread(target=ask, args=(place,)) for place in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _noted(index: Path) -> str:
    try:
        found = index.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"


def between(git: Git, before: str, tree: str) -> frozenset[str]:
    """The paths that differ between two trees of feedback/.  Raises GitFailed where one of them is gone."""
    if before == tree:
        return frozenset()
    listing = git.run("diff-tree", "-r", "-z", "--no-renames", "--name-only", before, tree)
    return frozenset(f"{_FOLDER}/{path}" for path in listing.split("\0") if path)


def unwatched(root: Path) -> frozenset[str]:
    """Item files that Git was told not to look at (assume-unchanged, skip-worktree).  Raises GitFailed."""
    listing = Git(root).run("ls-files", "-v", "-z", "--", _FOLDER)
    rows = (row.partition(" ") for row in listing.split("\0"))
    return frozenset(path for tag, _, path in rows if (tag == "S" or tag.islower()) and is_item_file(path))


def blobs(git: Git, tree: str, paths: Collection[str] | None = None) -> Mapping[str, str]:
    """The ids of what a tree of feedback/ holds, all of it or some paths.  Raises GitFailed."""
    if paths is not None and not paths:
        return {}
    wanted = [] if paths is None or len(paths) > _MANY else [path.removeprefix(f"{_FOLDER}/") for path in paths]
    listing = git.run("ls-tree", "-r", "-z", tree, "--", *wanted)
    rows = (row.partition("\t") for row in listing.split("\0") if row)
    return {f"{_FOLDER}/{path}": kind.split(" ")[2] for kind, _, path in rows}


_MANY = 500
"""More paths than that are not named one by one."""


def blob(content: bytes, like: str) -> str:
    """The id that Git gives these bytes, in the kind of hash that another id shows."""
    hashed = new("sha256" if len(like) == 64 else "sha1", b"blob %d\0" % len(content), usedforsecurity=False)
    hashed.update(content)
    return hashed.hexdigest()


def content(root: Path, path: str) -> bytes | None:
    """The bytes of a plain file; None where none is.  Raises OSError where it cannot be read."""
    return (root / path).read_bytes() if is_plain(root, path) else None


def sizes(root: Path) -> dict[str, int]:
    """The size of each item file that lies there."""
    named = ((entry.path.removeprefix(f"{root}/"), entry) for entry in plain_files(root, _FOLDER))
    return {path: entry.stat(follow_symlinks=False).st_size for path, entry in named if is_item_file(path)}
