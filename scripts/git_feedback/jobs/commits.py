"""The history of a desk in one pass: its commits, the paths that each touched, and the bytes of any version.

Git is asked four times, however many commits there are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

from git_feedback.store import Git, is_item_file

FOLDERS = ("feedback", "reports")
"""Folders whose files are kept as they are."""
_CHUNK = 4096


class Hand(NamedTuple):
    """Who wrote or committed something, and when, as the commit says."""

    name: str
    email: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit; `signed` says that it holds a signature, of whatever worth."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Hand
    committer: Hand
    signed: bool


class Touch(NamedTuple):
    """A path that is other than in a parent; modes are Git's (`100644`), ids and modes are empty where there is none."""

    path: str
    old_mode: str
    new_mode: str
    old: str
    new: str


class Entry(NamedTuple):
    """A path of a tree."""

    path: str
    mode: str
    id: str


def is_shallow(git: Git) -> bool:
    """Whether commits are missing because the clone was made without its whole history."""
    return git.run("rev-parse", "--is-shallow-repository").strip() == "true"


def commits(git: Git, head: str = "HEAD") -> list[Commit]:
    """Every commit of `head`'s history, parents before children."""
    listed = git.run("rev-list", "--topo-order", "--reverse", head).split()
    return [_commit(one, raw) for one, raw in contents(git, listed)]


def _commit(identity: str, raw: bytes) -> Commit:
    rows = raw.partition(b"\n\n")[0].decode("utf-8", "replace").split("\n")
    fields = [row.split(" ", 1) for row in rows if row and row[0] != " "]
    first = dict(reversed([(one[0], one[-1]) for one in fields]))
    parents = tuple(one[-1] for one in fields if one[0] == "parent")
    signed = bool({"gpgsig", "gpgsig-sha256"} & first.keys())
    return Commit(identity, first["tree"], parents, _hand(first["author"]), _hand(first["committer"]), signed)


def _hand(text: str) -> Hand:
    """`何淼 <he.miao@desk.example> 1795226700 +0800`; a time that no calendar has is told as 1970."""
    name, _, rest = text.partition(" <")
    email, _, time = rest.rpartition("> ")
    seconds, _, offset = time.partition(" ")
    return Hand(name, email, _moment(seconds, offset))


def _moment(seconds: str, offset: str) -> datetime:
    try:
        minutes = int(offset[1:3]) * 60 + int(offset[3:5])
        zone = timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
        return datetime.fromtimestamp(int(seconds), zone)
    except (ValueError, IndexError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def touched(git: Git, trees: Sequence[tuple[str, str]], folders: Sequence[str] = FOLDERS) -> Iterator[list[Touch]]:
    """For each pair of trees what differs below `folders`, in the order of the pairs; moves are not followed."""
    if not trees:
        return
    asked = "".join(f"{old} {new}\n" for old, new in trees).encode()
    words = ("--stdin", "-r", "-z", "--no-renames", "--relative", "--", *folders)
    answer = git.raw("diff-tree", *words, stdin=asked)
    found: list[Touch] = []
    at = answer.index(b"\n") + 1
    while at < len(answer):
        if answer[at : at + 1] != b":":
            yield found
            found, at = [], answer.index(b"\n", at) + 1
            continue
        middle = answer.index(b"\0", at)
        end = answer.index(b"\0", middle + 1)
        found.append(_touch(answer[at + 1 : middle].decode(), answer[middle + 1 : end]))
        at = end + 1
    yield found


def _touch(row: str, path: bytes) -> Touch:
    old_mode, new_mode, old, new, _status = row.split(" ")
    gone, absent = old_mode == "000000", new_mode == "000000"
    modes = "" if gone else old_mode, "" if absent else new_mode
    return Touch(path.decode("utf-8", "surrogateescape"), *modes, "" if gone else old, "" if absent else new)


def empty_tree(git: Git) -> str:
    """The id of the tree with nothing in it, in this repository's kind of hash."""
    return git.run("hash-object", "-t", "tree", "--stdin", stdin=b"").strip()


def entries(git: Git, commit: str, *folders: str) -> list[Entry]:
    """Everything below `folders` in a commit, of whatever mode, in Git's order."""
    found = []
    for row in filter(None, git.run("ls-tree", "-r", "-z", commit, "--", *folders).split("\0")):
        kind, _, path = row.partition("\t")
        mode, _, identity = kind.split(" ")
        found.append(Entry(path, mode, identity))
    return found


def contents(git: Git, objects: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Id and bytes of each object, in their order and a few thousand at a time.  One that is not there is left out."""
    left = iter(objects)
    while chunk := list(islice(left, _CHUNK)):
        answer = git.raw("cat-file", "--batch", stdin="".join(f"{one}\n" for one in chunk).encode())
        at = 0
        for one in chunk:
            end = answer.index(b"\n", at)
            head = answer[at:end].split()
            at = end + 1
            if len(head) == 3:
                size = int(head[2])
                yield one, answer[at : at + size]
                at += size + 1


# ---- the shape of the history -----------------------------------------------------------------------------------------


def main_line(history: Sequence[Commit]) -> list[Commit]:
    """From the first commit to HEAD by first parents."""
    known = {one.id: one for one in history}
    line = []
    at = history[-1] if history else None
    while at:
        line.append(at)
        at = known.get(at.parents[0]) if at.parents else None
    return line[::-1]


def ancestors(history: Sequence[Commit], start: str) -> set[str]:
    """A commit and all that it has grown from."""
    known = {one.id: one for one in history}
    found: set[str] = set()
    left = [start] if start else []
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += known[one].parents if one in known else ()
    return found


# ---- what a commit did to a path ------------------------------------------------------------------------------------


class Change(NamedTuple):
    """A path that a commit left other than it was in parents: its version in each of those (empty: not there).

    `only_here` says that no parent has the new version.
    """

    commit: Commit
    path: str
    old: tuple[str, ...]
    new: str
    mode: str
    only_here: bool


def changes(git: Git, looked_at: Sequence[Commit], known: Mapping[str, Commit]) -> Iterator[Change]:
    """What some commits did to the record, in their order.  A commit without a known parent brings all it holds."""
    nothing = empty_tree(git)
    parents = [(one, parent) for one in looked_at for parent in one.parents or ("",)]
    trees = [(known[parent].tree if parent in known else nothing, one.tree) for one, parent in parents]
    differences = touched(git, trees)
    for one in looked_at:
        yield from _changes(one, [next(differences) for _ in one.parents or ("",)])


def _changes(commit: Commit, by_parent: list[list[Touch]]) -> Iterator[Change]:
    paths: dict[str, list[Touch]] = {}
    for touches in by_parent:
        for touch in _moved(touches):
            paths.setdefault(touch.path, []).append(touch)
    for path, there in paths.items():
        old = tuple(one.old for one in there)
        yield Change(commit, path, old, there[0].new, there[0].new_mode, len(there) == len(by_parent))


def _moved(touches: Sequence[Touch]) -> Iterator[Touch]:
    """Touches with an item's move from one folder to another as one: its name is its id."""
    gone = {PurePosixPath(one.path).stem: one for one in touches if not one.new and is_item_file(one.path)}
    come = {PurePosixPath(one.path).stem for one in touches if not one.old and is_item_file(one.path)}
    for one in touches:
        stem = PurePosixPath(one.path).stem
        if not is_item_file(one.path) or stem not in gone or stem not in come:
            yield one
        elif not one.old:
            yield one._replace(old=gone[stem].old, old_mode=gone[stem].old_mode)
