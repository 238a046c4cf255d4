"""`list` from the index: nothing heavy is loaded, no file that is as it was is opened, and SQLite chooses.

It answers only what it surely can; for everything else (a field or value it does not know, a question about working
days, a tree that Git cannot tell) it says None, and the files are read as ever.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from git_feedback.jobs import asking, edition
from git_feedback.store.index import Broken, Index, Torn, opened
from git_feedback.store.plain_files import is_item_file, policy_sources
from git_feedback.store.repository import Git, GitFailed
from git_feedback.store.sight import Sight, between, blob, blobs, content, sight, sizes, unwatched

NAME = "index.sqlite"
_FRESH = ""


class Listed(NamedTuple):
    """An item as `list` shows it; `due` as JSON writes it, `due_shown` as people read it."""

    id: str
    state: str
    level: str | None
    department: str | None
    owner: str | None
    due: str | None
    due_shown: str | None
    title: str
    title_shown: str
    is_late: bool


_SHOWN = (
    "id_shown", "state", "level_shown", "department_shown", "owner_shown", "due_at", "due_shown", "title", "title_shown",
)  # fmt: skip
_ORDER = "due IS NULL, due, id_shown, received, path"


@dataclass
class Looked:
    """A desk at a glance: what its index knows, and which files are other than that."""

    root: Path
    index: Index
    sight: Sight
    sources: Mapping[str, bytes]
    bound: str
    about: Mapping[str, str]
    changed: dict[str, bytes | None] = field(default_factory=dict)
    """Files that are new or other, with their bytes; None where they are gone."""
    odd: frozenset[str] = frozenset()
    """Files that are not what the tree holds: to be looked at each time."""

    @property
    def is_empty(self) -> bool:
        """Whether the index knows nothing that counts, and is to be made anew."""
        return self.about.get("bound") != self.bound

    def is_stale(self, now: int) -> bool:
        """Whether something must be read before the index can answer for a moment."""
        return self.is_empty or bool(self.changed) or bool(self.index.run_out(now))

    @cached_property
    def facts(self) -> dict[str, str]:
        """What is to be noted of this glance."""
        return {"tree": self.sight.tree, "noted": self.sight.noted, "odd": json.dumps(sorted(self.odd))}

    def note(self) -> None:
        """Keep where the next glance goes on from, where nothing else is to be kept."""
        if any(self.about.get(name) != value for name, value in self.facts.items()):
            self.index.keep(self.facts, (), (), anew=False)


def look(root: Path) -> Looked | None:
    """The desk at a glance; None where the index cannot help."""
    try:
        seen = sight(root)
        if seen is None or not seen.noted:
            return None
        sources = policy_sources(root)
        index = opened(seen.folder / NAME)
    except (Broken, OSError):
        return None
    try:
        return _compared(Looked(root, index, seen, sources, edition.bound(sources), index.about()))
    except Torn:
        index.put_away()
    except (Broken, GitFailed, OSError, ValueError, KeyError):
        index.close()
    return None


def _compared(looked: Looked) -> Looked:
    """Which of the files that may be other than the index knows them really are."""
    if looked.is_empty:
        return looked
    root, seen, about, git = looked.root, looked.sight, looked.about, Git(looked.root)
    try:
        moved = between(git, about["tree"], seen.tree)
    except GitFailed:  # the tree that was indexed is gone
        looked.about = {}
        return looked
    doubtful = {*filter(is_item_file, moved), *seen.touched, *json.loads(about["odd"])}
    blind = frozenset(json.loads(about["odd"]))
    if about["noted"] != seen.noted:
        blind = unwatched(root)
        doubtful |= blind | _resized(root, looked.index.sizes())
    found = {path: content(root, path) for path in doubtful}
    ids = {path: _FRESH if said is None else blob(said, seen.tree) for path, said in found.items()}
    known = looked.index.files(doubtful)
    looked.changed = {path: said for path, said in found.items() if known.get(path, _FRESH) != ids[path]}
    held = blobs(git, seen.tree, doubtful - seen.touched)
    always = seen.touched | blind
    looked.odd = frozenset(path for path in doubtful if path in always or held.get(path, _FRESH) != ids[path])
    return looked


def _resized(root: Path, known: Mapping[str, int]) -> set[str]:
    """Files whose size is not the known one: Git notes a file that it converts as unchanged."""
    there = sizes(root)
    return {path for path in known.keys() | there.keys() if known.get(path) != there.get(path)}


def answer(looked: Looked, text: str, now: datetime, limit: int | None) -> list[Listed] | None:
    """The items that fit a query at `now`, first due first; None where the index cannot say it."""
    second = int(now.timestamp())
    about = looked.about
    asked = asking.asked(text, json.loads(about["vocabulary"]), now, about["zone"], about["desk"])
    if asked is None:
        return None
    late = "clock = 'running' AND late_from <= ?"
    where = f"since <= ? AND ? < until AND received <= ? AND {asked.where}"
    order = f"{_ORDER} LIMIT {-1 if limit is None else limit}"
    values = (second, second, second, second, *asked.values)
    rows = looked.index.rows((*_SHOWN, f"({late})"), where, values, order)
    return [Listed._make((*row[:-1], bool(row[-1]))) for row in rows]
