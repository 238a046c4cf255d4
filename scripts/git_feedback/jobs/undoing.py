"""What one commit wrote, taken back by writing the opposite: never a history rewritten, never an item deleted.

`undo` retracts the events that a commit added to items that were there; `revert` rejects the items that a commit or an
imported file brought.  Both say what they would do and leave the writing to whoever asked.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from git_feedback.desk import MACHINES, OPEN, Refusal, act, ordered, state
from git_feedback.jobs.commits import Touch, contents, empty_tree, entries, touched
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.store import BadItem, Desk, Git, GitFailed, append, is_item_file, read

SHORT = 10
BUILDS_ON = frozenset(
    [
        "classify",
        "assign",
        "accept",
        "return",
        "ask",
        "supply",
        "plan",
        "split",
        "resolve",
        "review",
        "reply",
        "follow-up",
        "reopen",
        "close",
        "reject",
        "duplicate",
        "unlink",
        "escalate",
    ]
)
"""Verbs that say where an item stands: whoever did one looked at what had happened by then."""


class CannotUndo(Exception):
    """The commit cannot be taken back at all: the code of its words and their values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that is left as it is: what came later and builds on it, or why a verb is refused."""

    id: str
    later: tuple[Event, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An item's file with more events at its end."""

    path: str
    id: str
    content: bytes
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What would be written, what is left and why; `already` counts what is undone already."""

    written: tuple[Written, ...]
    kept: tuple[Kept, ...]
    already: int


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does it, when, under which policy, and what is said as the reason."""

    policy: Policy
    now: datetime
    by: str
    because: str


# ---- what a commit did ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deed:
    """What a commit did to one item: the events that it added, and whether it brought the item itself."""

    id: str
    added: tuple[Event, ...]
    brought: bool


def commit_of(git: Git, name: str) -> str:
    """The full id of a commit that HEAD has grown from; raises CannotUndo, NoSuchCommit."""
    commit = git.commit_named(name)
    try:
        git.run("merge-base", "--is-ancestor", commit, "HEAD")
    except GitFailed:
        raise CannotUndo("undo-elsewhere", commit=commit[:SHORT]) from None
    return commit


def deeds(git: Git, commit: str) -> list[Deed]:
    """What a commit did to items.  Raises CannotUndo for a merge, and for one that did anything else."""
    parents = git.run("rev-parse", f"{commit}^@").split()
    if len(parents) > 1:
        raise CannotUndo("undo-merge", commit=commit[:SHORT])
    before = git.run("rev-parse", f"{parents[0]}^{{tree}}").strip() if parents else empty_tree(git)
    after = git.run("rev-parse", f"{commit}^{{tree}}").strip()
    touches = next(touched(git, [(before, after)], ()))
    for touch in touches:
        if not is_item_file(touch.path) or not touch.new:
            raise CannotUndo("undo-other", commit=commit[:SHORT], file=touch.path)
    versions = dict(contents(git, [one for touch in touches for one in (touch.old, touch.new) if one]))
    return [_deed(versions, commit, touch) for touch in touches]


def _deed(versions: Mapping[str, bytes], commit: str, touch: Touch) -> Deed:
    other = CannotUndo("undo-other", commit=commit[:SHORT], file=touch.path)
    try:
        old = read(versions[touch.old]) if touch.old else None
        item = read(versions[touch.new])
    except BadItem:
        raise other from None
    if old and (_submission(old) != _submission(item) or Counter(old.history) - Counter(item.history)):
        raise other
    added = Counter(item.history) - Counter(old.history if old else ())
    return Deed(item.id, tuple(ordered(added.elements())), old is None)


def _submission(item: Item) -> Item:
    return item.model_copy(update={"history": ()})


# ---- taking events back ---------------------------------------------------------------------------------------------


def undo(root: Path, listed: Iterable[Deed], doer: Doer) -> Undoing:
    """Retractions of all that a commit added.  Whoever writes does it only where nothing is kept: all or nothing.

    Raises CannotUndo where the commit brought items: they are rejected, not retracted (`revert`).
    """
    listed = list(listed)
    brought = [deed.id for deed in listed if deed.brought]
    if brought:
        raise CannotUndo("undo-brought", n=len(brought), ids=tuple(brought[:5]))
    return _gathered(_undone(root, deed, doer) for deed in listed)


def _undone(root: Path, deed: Deed, doer: Doer) -> Written | Kept | None:
    path, item, source = there(root, deed.id)
    taken_back = {(one.what, one.when) for one in item.history if isinstance(one, ev.Retract)}
    left = [one for one in deed.added if (one.verb, one.at) not in taken_back]
    if not left:
        return None
    later = [one for one in ordered(item.history) if one.at > left[0].at and one not in deed.added]
    building = [one for one in later if one.verb in BUILDS_ON and (one.verb, one.at) not in taken_back]
    if building:
        return Kept(item.id, tuple(building))
    wanted = [("retract", {"what": one.verb, "when": one.at, "because": doer.because}) for one in reversed(left)]
    return _done(path, item, source, wanted, doer)


def there(root: Path, item_id: str) -> tuple[str, Item, bytes]:
    """Path, item and bytes as they are now; raises CannotUndo where the item is gone or broken."""
    try:
        path, item = Desk(root).item(item_id)
    except KeyError:
        raise CannotUndo("undo-gone", id=item_id) from None
    except BadItem:
        raise CannotUndo("undo-broken", id=item_id) from None
    return path, item, (root / path).read_bytes()


def _done(
    path: str, item: Item, source: bytes, wanted: Sequence[tuple[str, dict[str, object]]], doer: Doer
) -> Written | Kept:
    """The file after some verbs in a row, or the first refusal."""
    done: list[Event] = []
    for verb, args in wanted:
        event = act(verb, item, doer.policy, doer.now, doer.by, args)
        if isinstance(event, Refusal):
            return Kept(item.id, refusal=event)
        source = append(source, event, file=path)
        item = item.model_copy(update={"history": (*item.history, event)})
        done.append(event)
    return Written(path, item.id, source, tuple(done))


def _gathered(found: Iterable[Written | Kept | None]) -> Undoing:
    listed = list(found)
    return Undoing(
        tuple(one for one in listed if isinstance(one, Written)),
        tuple(one for one in listed if isinstance(one, Kept)),
        listed.count(None),
    )


# ---- rejecting what was brought -------------------------------------------------------------------------------------


def revert(root: Path, brought: Mapping[str, Sequence[Event]], doer: Doer) -> Undoing:
    """Items that should not be there, rejected as invalid; those that a person has touched since are kept.

    `brought` are ids with the events that they came with.
    """
    return _gathered(_reverted(root, item_id, known, doer) for item_id, known in brought.items())


def _reverted(root: Path, item_id: str, known: Sequence[Event], doer: Doer) -> Written | Kept | None:
    path, item, source = there(root, item_id)
    if _life(item, item.history, doer) == "rejected":
        return None
    touched_by = [one for one in ordered(item.history) if one not in known and one.by not in MACHINES]
    if touched_by:
        return Kept(item.id, tuple(touched_by))
    closing = [("retract", {"what": e.verb, "when": e.at, "because": doer.because}) for e in _closings(item, doer)]
    return _done(path, item, source, [*closing, ("reject", {"kind": "invalid", "reason": doer.because})], doer)


def _closings(item: Item, doer: Doer) -> list[Event]:
    """The newest events that must go before an item is open: what came as closed cannot be rejected."""
    events, gone = ordered(item.history), []
    while events and _life(item, events, doer) not in OPEN:
        gone.append(events.pop())
    return [event for event in gone if event.verb in BUILDS_ON]


def _life(item: Item, events: Sequence[Event], doer: Doer) -> str:
    """The state after some events, those that were written a second ahead among them."""
    at = max((doer.now, *(event.at for event in events)))
    return state(item.model_copy(update={"history": tuple(events)}), doer.policy, at).life


def brought_by_commit(git: Git, commit: str) -> dict[str, tuple[Event, ...]]:
    """The items that a commit brought, with the events that they came with; other things it did are left alone."""
    listed = git.run(
        "diff-tree", "--root", "--no-commit-id", "--relative", "--name-status", "--no-renames", "-r", "-z", commit
    )
    parts = listed.split("\0")
    paths = [path for status, path in zip(parts[::2], parts[1::2], strict=False) if status == "A"]
    added = {path for path in paths if is_item_file(path)}
    blobs = {one.path: one.id for one in entries(git, commit, "feedback") if one.path in added}
    items = {PurePosixPath(path).stem: _item(source) for path, source in git.contents(blobs).items()}
    return {name: tuple(item.history) for name, item in items.items() if item}


def _item(source: bytes) -> Item | None:
    try:
        return read(source)
    except BadItem:
        return None


def brought_by_file(root: Path, identities: Iterable[tuple[str, str]]) -> dict[str, tuple[Event, ...]]:
    """The items with these identities (channel and source); the events that they came with are those of the import."""
    wanted = set(identities)
    found: dict[str, tuple[Event, ...]] = {}
    for _, item in Desk(root).items():  # noqa: PERF102 - no mapping: pairs of a path and an item
        if isinstance(item, Item) and item.source and (item.channel, item.source) in wanted:
            found[item.id] = tuple(event for event in item.history if event.by in MACHINES)
    return found
