"""The items' keys among many clones: what others added or took out is united with ours, then ours goes along.

A key is taken out for good: whichever side took it out, it is gone for both.  What the other side had when it was last
seen is remembered as names and ids beside Git's own files, not as objects, which would keep an erased key alive.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from git_feedback.jobs.erasing import without_erased
from git_feedback.store import Git, GitFailed, Keys, write_file
from git_feedback.store.keys import REF, item_of, name_of

ARRIVING = "refs/git-feedback/keys-arriving"
"""Holds what was fetched while it is united with ours."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the other side had: a commit (empty: none), and the names and ids in it."""

    commit: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def united(base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """One set of keys out of two that come from `base`; what both sides changed is as they have it, for it is there."""
    found = {}
    for name in sorted({*ours, *theirs}):
        before, mine, yours = base.get(name), ours.get(name), theirs.get(name)
        chosen = mine if yours == before else yours
        if chosen is not None and not (before and (mine is None or yours is None)):
            found[name] = chosen
    return found


def fetched(git: Git, remote: str) -> int:
    """Unite our keys with those of the other side; how many both had changed: of those theirs are kept.

    Raises GitFailed.
    """
    keys, seen = Keys(git), _seen(git, remote)
    there = git.run("ls-remote", "--quiet", remote, REF).partition("\t")[0]
    if not there:
        _remember(git, remote, Seen())
        return 0
    arrived = seen if there == seen.commit else _arrived(git, remote, keys)
    keys.change(lambda ours: _side_by_side(git, seen.names, ours, arrived.names))
    mine = keys.names()
    keys.change(lambda ours: _needed(git, united(seen.names, ours, arrived.names)))
    _clear(git, keys, arrived, {*seen.names.values(), *mine.values(), *arrived.names.values()})
    _remember(git, remote, arrived)
    return sum(1 for name in mine if _is_crossed(seen.names.get(name), mine[name], arrived.names.get(name)))


def _side_by_side(
    git: Git, base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str]:
    """Ours, where both sides took in the same item: each sealed it by a key of its own, and both keys are needed."""
    new = {name: blob for name, blob in ours.items() if name not in base and theirs.get(name, blob) != blob}
    contents = git.contents({name: blob for name, blob in new.items() if item_of(name)})
    beside = {name: name_of(str(item_of(name)), content) for name, content in contents.items()}
    return {beside.get(name, name): blob for name, blob in ours.items()}


def _is_crossed(before: str | None, mine: str, yours: str | None) -> bool:
    return yours is not None and len({before, mine, yours}) == 3


def _needed(git: Git, names: Mapping[str, str]) -> dict[str, str]:
    return {name: names[name] for name in without_erased(git, names)}


def _arrived(git: Git, remote: str, keys: Keys) -> Seen:
    git.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote, f"+{REF}:{ARRIVING}")
    commit = git.run("rev-parse", "--verify", ARRIVING).strip()
    return Seen(commit, keys.names(commit))


def _clear(git: Git, keys: Keys, arrived: Seen, blobs: set[str]) -> None:
    """What came and is not ours is not kept: a key that was taken out least of all."""
    with suppress(GitFailed):
        git.run("update-ref", "-d", ARRIVING)
    keys.discard(arrived.commit)
    keys.forget(blobs)


def is_ahead(git: Git, remote: str) -> bool:
    """Whether our keys are others than those that the other side had when it was last seen."""
    commit = Keys(git).commit()
    return bool(commit) and commit != _seen(git, remote).commit


def pushed(git: Git, remote: str, branch: str) -> None:
    """Push what is checked out to `branch`, and our keys with it: both or neither.

    The keys replace what the other side had when it was last seen, and nothing else.  Raises GitFailed.
    """
    keys = Keys(git)
    commit = keys.commit()
    lease = f"--force-with-lease={REF}:{_seen(git, remote).commit}"
    git.run("push", "--quiet", "--atomic", lease, remote, f"HEAD:{branch}", f"{commit}:{REF}")
    _remember(git, remote, Seen(commit, keys.names(commit)))


# ---- what was last seen ---------------------------------------------------------------------------------------------


def _file(git: Git, remote: str) -> Path:
    shared = Path(git.folder, git.run("rev-parse", "--git-common-dir").rstrip("\n"))
    return shared / "git-feedback" / f"keys-{sha256(remote.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.json"


def _seen(git: Git, remote: str) -> Seen:
    try:
        facts = json.loads(_file(git, remote).read_bytes())
        return Seen(str(facts["commit"]), {str(name): str(blob) for name, blob in facts["names"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Seen()


def _remember(git: Git, remote: str, seen: Seen) -> None:
    facts = {"commit": seen.commit, "names": dict(seen.names)}
    write_file(_file(git, remote), f"{json.dumps(facts, indent=0, sort_keys=True)}\n".encode())
