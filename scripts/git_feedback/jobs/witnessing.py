"""A witness: what the record held at a moment, written down in a second place, one line a time and never rewritten.

Whoever rewrites the history of a repository rewrites all its clones can see; the witness still names the commit that was
there.  A line is JSON: `{at, head, items, events, digest}`.  The digest is the SHA-256 of what plain Git lists,
`git ls-tree -r -z HEAD feedback | sha256sum`: modes, blob ids and paths, in Git's order.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from git_feedback.clock.moments import parse_moment, write_moment
from git_feedback.jobs.auditing import DAY, SKEW, Audit, Finding
from git_feedback.jobs.commits import Commit, Entry, contents, entries, is_shallow
from git_feedback.store import BadItem, Git, GitFailed, is_item_file, read

NAME = "witness.jsonl"
"""The file in a folder that is given as the place."""
FOLDER = "feedback"
_FILES = ("100644", "100755")
_SHORT = 10
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Witness:
    """What was there: the commit, how many items and events it held, and the digest of its files."""

    at: str
    head: str
    items: int
    events: int
    digest: str

    @property
    def holds(self) -> tuple[int, int, str]:
        """Counts and digest, which follow from the commit alone."""
        return self.items, self.events, self.digest


class Inside(ValueError):
    """The place lies in the repository: it would be rewritten together with what it witnesses."""


class Counting:
    """Counts of commits; the events of a version of a file are counted once, however many commits hold it."""

    def __init__(self, git: Git, known: Mapping[str, int] | None = None) -> None:
        """`known` are numbers of events by blob id."""
        self.git = git
        self._events = dict(known or {})

    def witness(self, commit: str, now: datetime) -> Witness:
        """What a commit holds.  Raises GitFailed where it is not there."""
        items, events, digest = self.holds(commit)
        return Witness(write_moment(now), self.git.commit_named(commit), items, events, digest)

    def holds(self, commit: str) -> tuple[int, int, str]:
        """Item files, readable events in them, and the digest of everything below `feedback/`."""
        listed = entries(self.git, commit, FOLDER)
        items = [one for one in listed if one.mode in _FILES and is_item_file(one.path)]
        missing = (one for one in dict.fromkeys(item.id for item in items) if one not in self._events)
        self._events |= {one: _events(source) for one, source in contents(self.git, missing)}
        return len(items), sum(self._events.get(one.id, 0) for one in items), digest(listed)


def digest(listed: Iterable[Entry]) -> str:
    """The SHA-256 of a listing, as `git ls-tree -r -z` prints it."""
    seen = sha256()
    for one in listed:
        kind = "commit" if one.mode == "160000" else "blob"
        seen.update(f"{one.mode} {kind} {one.id}\t{one.path}\0".encode("utf-8", "surrogateescape"))
    return seen.hexdigest()


def _events(source: bytes) -> int:
    try:
        return len(read(source).history)
    except BadItem:
        return 0


# ---- the second place -----------------------------------------------------------------------------------------------


def witness_file(place: Path) -> Path:
    """The file that is meant: `place` itself, or in a folder (also one that is not there yet) the file of that name."""
    return place / NAME if place.is_dir() or not place.suffix else place


def write_witness(git: Git, place: Path, now: datetime) -> Witness | None:
    """Append what HEAD holds; None where the last line says the same of it already.

    Raises Inside for a place in the repository, GitFailed without a commit, OSError.
    """
    file = witness_file(place.resolve())
    if any(file.is_relative_to(inside) for inside in _folders_of(git)):
        raise Inside(str(place))
    found = Counting(git).witness("HEAD", now)
    before = file.read_bytes() if file.is_file() else b""
    last = _read(before.splitlines()[-1]) if before.strip() else None
    if last and (last.head, last.holds) == (found.head, found.holds):
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    row = json.dumps(asdict(found)).encode() + b"\n"
    with file.open("ab", buffering=0) as there:
        there.write(row if not before or before.endswith(b"\n") else b"\n" + row)
        os.fsync(there.fileno())
    return found


def _folders_of(git: Git) -> Iterator[Path]:
    """The folders that belong to the repository: its working tree, and where Git keeps it."""
    yield (git.top() or git.folder).resolve()
    yield (git.folder / git.run("rev-parse", "--git-common-dir").strip()).resolve()


def _read(row: bytes) -> Witness | None:
    """The witness on a line; None where the line is none."""
    try:
        raw = json.loads(row)
        found = Witness(**raw)
        parse_moment(found.at)
    except (ValueError, TypeError):
        return None
    texts, counts = (found.head, found.digest), (found.items, found.events)
    well = all(_HASH.fullmatch(one) for one in texts) and {type(n) for n in counts} == {int}
    return found if well else None


def witnesses(place: Path) -> tuple[list[tuple[str, Witness]], list[Finding]]:
    """The witnesses of a place, each with its `FILE:LINE`, and the lines that are none.  Raises OSError."""
    file = witness_file(place)
    found, wrong = [], []
    for number, row in enumerate(file.read_bytes().splitlines(), 1):
        where = f"{file}:{number}"
        witness = _read(row)
        if witness:
            found.append((where, witness))
        elif row.strip():
            wrong.append(Finding("audit-witness-unreadable", where))
    return found, wrong


# ---- held against the record ----------------------------------------------------------------------------------------


def held_against(git: Git, found: Sequence[tuple[str, Witness]], audit: Audit) -> Iterator[Finding]:
    """What witnesses saw that the record does not hold, and what it holds now though a witness should have seen it."""
    counting = Counting(git)
    known = {one.id for one in audit.history}
    whole = not is_shallow(git)
    for where, witness in found:
        if witness.head not in known:
            if whole:
                yield Finding(_lost(git, witness.head), where, None, _of(witness))
        elif (holds := counting.holds(witness.head)) != witness.holds:
            names = ("is_items", "is_events", "is_digest")
            yield Finding(
                "audit-witness-differs", where, None, {**_of(witness), **dict(zip(names, holds, strict=True))}
            )
    yield from _late(found, audit)


def _lost(git: Git, head: str) -> str:
    """Whether the repository still has the commit somewhere, which helps to bring it back."""
    try:
        git.run("cat-file", "-e", f"{head}^{{commit}}")
    except GitFailed:
        return "audit-head-gone"
    return "audit-head-left"


def _of(witness: Witness) -> dict[str, object]:
    return {**asdict(witness), "head": witness.head[:_SHORT]}


def _late(found: Sequence[tuple[str, Witness]], audit: Audit) -> Iterator[Finding]:
    """Commits whose events say they are older than a witness that did not see them yet."""
    known = {one.id: one for one in audit.history}
    seen: set[str] = set()
    last: Witness | None = None
    for _, witness in sorted(found, key=lambda row: parse_moment(row[1].at)):
        if witness.head in known:
            yield from _late_since(last, _mark(witness.head, known, seen), audit)
            last = witness
    yield from _late_since(last, [one for one in audit.history if one.id not in seen], audit)


def _mark(head: str, known: dict[str, Commit], seen: set[str]) -> list[Commit]:
    """The commits that a head has grown from and that were not seen yet; they are now."""
    new, left = [], [head]
    while left:
        one = left.pop()
        if one in known and one not in seen:
            seen.add(one)
            new.append(known[one])
            left += known[one].parents
    return new


def _late_since(last: Witness | None, came: Iterable[Commit], audit: Audit) -> Iterator[Finding]:
    if last is None:
        return
    seen = parse_moment(last.at)
    for commit in came:
        brought = audit.arrivals.get(commit.id)
        if brought and seen - brought.earliest > DAY and commit.committer.at < seen - SKEW:
            values = {"n": brought.events, "at": write_moment(brought.earliest), "seen": last.at}
            yield Finding("audit-not-seen", commit=commit, values={**values, "time": write_moment(commit.committer.at)})
