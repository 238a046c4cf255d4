"""Personal data removed because somebody asked for it: the item's words and files, and the keys to what was sealed.

What stays are the figures, and an event that says that something was erased.  What Git keeps elsewhere (old commits,
other clones, backups) is not reached from here; `beyond` says what there is of it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from git_feedback.desk import Refusal, act
from git_feedback.jobs import learning, listing
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.privacy.blanking import blanked
from git_feedback.store import Desk, Git, GitFailed, is_item_file, write, write_file
from git_feedback.store.keys import item_of
from git_feedback.store.sight import cache_folder

_PASSWORD = re.compile(r"(?<=://)[^/@\s]*@")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing makes of an item's file; `files` are attachments that nobody else needs, from the desk's top."""

    path: str
    item: Item
    content: bytes
    files: tuple[str, ...]
    shared: tuple[str, ...]
    """Attachments that stay, because other items have them too."""
    same_person: tuple[str, ...]
    """Other items with the same reference."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """Where something of an item is left, as far as this clone knows."""

    commits: int
    """Commits of its branches that hold the item as it was."""
    remotes: tuple[str, ...]
    still_here: int
    """Objects of keys that another ref of this clone holds."""


@dataclass(frozen=True, slots=True)
class Doer:
    """Who erases, when, and why."""

    policy: Policy
    now: datetime
    by: str
    because: str | None


def erased(root: Path, path: str, item: Item, request: str, doer: Doer) -> Erasure | Refusal | None:
    """What is to be written; None where nothing is left to erase."""
    if _is_blank(item):
        return None
    event = act("erase", item, doer.policy, doer.now, doer.by, {"request": request, "because": doer.because})
    if isinstance(event, Refusal):
        return event
    without = blanked(item, event.at)
    after = without.model_copy(update={"history": (*without.history, event)})
    mine = attached(item) - attached(after)
    others = {
        name: source for name, source in Desk(root).sources("feedback", (".yml", ".yaml")).items() if name != path
    }
    shared = _named_by(others.values(), mine)
    return Erasure(path, after, write(after), tuple(sorted(mine - shared)), tuple(sorted(shared)), _alike(others, item))


def _is_blank(item: Item) -> bool:
    """Whether it was erased, and nothing has come since."""
    erasures = [event.at for event in item.history if event.verb == "erase"]
    return bool(erasures) and blanked(item, max(event.at for event in item.history)) == item


def attached(item: Item) -> set[str]:
    """The files that an item and its events have, from the top of the desk."""
    of_events = (path for event in item.history for path in getattr(event, "files", ()))
    return {f"feedback/{path}" for path in (*(one.file.path for one in item.attachments), *of_events)}


def _named_by(sources: Iterable[bytes], files: set[str]) -> set[str]:
    """Those of the files that another file of the record names, one that needs repair among them."""
    return {file for source in sources for file in files if file.removeprefix("feedback/").encode() in source}


def _alike(others: Mapping[str, bytes], item: Item) -> tuple[str, ...]:
    if item.submitter is None or item.submitter.ref is None:
        return ()
    line = re.compile(rb'^  ref: "?%b"?\r?$' % item.submitter.ref.encode(), re.MULTILINE)
    return tuple(Path(name).stem for name, source in others.items() if is_item_file(name) and line.search(source))


def put(git: Git, root: Path, one: Erasure) -> list[str]:
    """Write the file and delete the attachments; the paths that are to be committed."""
    write_file(root / one.path, one.content)
    for file in one.files:
        (root / file).unlink(missing_ok=True)
    known = git.run("ls-files", "-z", "--", *one.files).split("\0") if one.files else []
    return [one.path, *filter(None, known)]


def forget(root: Path) -> None:
    """Take away what the caches beside Git's own files tell of items' words; both are made anew when they are needed."""
    folder = cache_folder(root)
    for file in folder.glob(f"{listing.NAME}*") if folder else ():
        file.unlink(missing_ok=True)
    learning.forget(root)


def left_behind(git: Git, path: str, still_here: Iterable[str]) -> Beyond:
    """What erasing does not reach."""
    commits = git.run("rev-list", "--all", "--", path).split() if git.head() else []
    remotes = [line for line in git.run("remote", "-v").splitlines() if line.endswith("(fetch)")]
    named = tuple(_PASSWORD.sub("", line.removesuffix(" (fetch)").replace("\t", " ")) for line in remotes)
    return Beyond(_otherwise(git, commits, path), named, len(list(still_here)))


def _otherwise(git: Git, commits: Iterable[str], path: str) -> int:
    """In how many of the commits the file is there, and other than at HEAD."""
    asked = "".join(f"{commit}:./{path}\n" for commit in ("HEAD", *commits)).encode("utf-8", "surrogateescape")
    now, *before = git.run("cat-file", "--batch-check=%(objectname)", stdin=asked).splitlines() or [""]
    return sum(1 for one in before if one != now and not one.endswith(" missing"))


# ---- what the record says was erased --------------------------------------------------------------------------------


def without_erased(git: Git, names: Iterable[str]) -> list[str]:
    """Those of the names of keys that the record still needs: what it says was erased does not come back.

    A key of an item that was erased, and to which nothing sealed came since, is not needed.
    """
    done = _items_with(git, r"^  - erase: \{") - _items_with(git, "BEGIN AGE ENCRYPTED FILE")
    return [name for name in names if item_of(name) not in done]


def _items_with(git: Git, pattern: str) -> set[str]:
    """The ids of items at HEAD whose file has a line like that."""
    try:
        found = git.run("--no-literal-pathspecs", "grep", "-l", "-z", "-E", "-e", pattern, "HEAD", "--", "feedback")
    except GitFailed:
        return set()  # nothing found, or no commit yet
    return {Path(path.partition(":")[2]).stem for path in filter(None, found.split("\0"))}
