"""Receipts: given for what was taken in by hand, and held against the record by whoever was given one.

A receipt names the SHA-256 of what was said: the item's own file, as it is written, without its history and without the
receipt.  So a later event changes no receipt, and a word of the submission that is changed changes every one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import PurePosixPath

from git_feedback.desk import Refusal, act
from git_feedback.intake import issues
from git_feedback.jobs.commits import contents, is_shallow
from git_feedback.model import Item, ids, receipts
from git_feedback.model.receipts import Receipt
from git_feedback.policy import Policy
from git_feedback.store import BadItem, Git, GitFailed, append, is_item_file, read, with_receipt, write

PUBLIC = frozenset({issues.CHANNEL, "pull-request"})
"""Channels on which everybody reads along: a number given there would be everybody's."""


def content_hash(item: Item) -> str:
    """The SHA-256, in hex, of what was said."""
    return sha256(write(item.model_copy(update={"history": (), "receipt": None}))).hexdigest()


def receipt(item: Item, token: str | None = None, commit: str | None = None) -> Receipt:
    """The receipt of an item."""
    return Receipt(item.id, item.received, content_hash(item), token, commit)


def is_public(channel: str) -> bool:
    """Whether no number may be given for what came by a channel."""
    return channel in PUBLIC


# ---- giving one -----------------------------------------------------------------------------------------------------


def handed_over(
    item: Item, source: bytes, policy: Policy, now: datetime, by: str, token: str, because: str, *, file: str
) -> bytes | Refusal:
    """The file of an item that has no receipt yet, with one: the digest of `token`, and the event that says who gave it.

    Raises BadItem where the file has not the form that can be added to.
    """
    if is_public(item.channel):
        return Refusal("receipt-public", (), {"id": item.id, "channel": item.channel})
    if item.receipt:
        return Refusal("receipt-there", (), {"id": item.id})
    event = act("correct", item, policy, now, by, {"field": "receipt", "because": because})
    if isinstance(event, Refusal):
        return event
    return append(with_receipt(source, receipts.digest(token), file=file), event, file=file)


# ---- holding one against the record ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proof:
    """What the record says to a receipt: `code` has the words, `commit` is the first that holds what was said."""

    code: str
    commit: str = ""
    at: datetime | None = None
    changed: str = ""
    """The first commit that holds something else since."""

    @property
    def holds(self) -> bool:
        """Whether it is there, and still the same."""
        return self.code == "receipt-proven"


@dataclass(frozen=True, slots=True)
class _Version:
    """The item as a commit holds it; None where it is gone or cannot be read."""

    commit: str
    at: datetime
    item: Item | None


def proof(git: Git, shown: Receipt) -> Proof:
    """Since when the record holds what a receipt names.  Raises GitFailed."""
    if is_shallow(git):
        return Proof("receipt-shallow")
    versions = list(_versions(git, shown.id))
    first = next((one for one in versions if _is_same(one, shown)), None)
    if first is None:
        return Proof("receipt-other-content" if versions else "receipt-no-item")
    code = _contradiction(git, shown, first, versions[-1])
    changed = _changed_since(versions, shown)
    if not code and changed:
        code = "receipt-changed"
    return Proof(code or "receipt-proven", first.commit, first.at, changed.commit if changed else "")


def first_commit(git: Git, shown: Receipt) -> str:
    """The first commit that holds what a receipt names, empty where that is not on the other side yet.

    What was not pushed may get another id when it is.
    """
    try:
        upstream = git.commit_named("@{upstream}")
    except GitFailed:
        return ""
    first = next((one for one in _versions(git, shown.id) if _is_same(one, shown)), None)
    return first.commit if first and is_ancestor(git, first.commit, upstream) else ""


def is_ancestor(git: Git, commit: str, of: str) -> bool:
    """Whether a commit is part of another's history; one that is not there is not."""
    try:
        git.run("merge-base", "--is-ancestor", commit, of)
    except GitFailed:
        return False
    return True


def _is_same(version: _Version, shown: Receipt) -> bool:
    return version.item is not None and content_hash(version.item) == shown.content


def _contradiction(git: Git, shown: Receipt, first: _Version, last: _Version) -> str:
    """What of a receipt is not as the record has it, though what was said is."""
    if first.item and first.item.received != shown.time:
        return "receipt-other-time"
    if shown.token and not (last.item and last.item.receipt == receipts.digest(shown.token)):
        return "receipt-other-token"
    if shown.commit and not is_ancestor(git, shown.commit, "HEAD"):
        return "receipt-commit-gone"
    if shown.commit and not is_ancestor(git, first.commit, shown.commit):
        return "receipt-commit-before"
    return ""


def _changed_since(versions: list[_Version], shown: Receipt) -> _Version | None:
    """The commit from which on something else is said than the receipt names; None where it is the same now."""
    other = None
    for version in versions:
        other = None if _is_same(version, shown) else other or version
    return other


def _versions(git: Git, item_id: str) -> Iterator[_Version]:
    """The item as each commit left it that touched its file, parents before children."""
    if not git.head():
        return
    paths = _paths(git, item_id)
    rows = git.run("log", "--topo-order", "--reverse", "--full-history", "--format=%H %ct", "HEAD", "--", *paths)
    moments = dict(row.split(" ") for row in rows.splitlines())
    sources = dict(contents(git, (f"{commit}:{path}" for commit in moments for path in paths)))
    for commit, seconds in moments.items():
        there = [sources[name] for path in paths if (name := f"{commit}:{path}") in sources]
        at = datetime.fromtimestamp(int(seconds), UTC)
        yield _Version(commit, at, _item(there[0]) if there else None)


def _paths(git: Git, item_id: str) -> list[str]:
    """Where the item's file belongs, and where it lies if that is elsewhere."""
    listed = git.run("ls-tree", "-r", "-z", "--name-only", "HEAD", "--", "feedback").split("\0")
    lies = [path for path in listed if PurePosixPath(path).stem == item_id and is_item_file(path) and " " not in path]
    return sorted({ids.path(item_id), *lies})


def _item(source: bytes) -> Item | None:
    try:
        return read(source)
    except BadItem:
        return None
