"""Another id for a category or a department: one place of the policy says so, and no history is rewritten.

What was written stays written; the entry keeps its former ids under `was`, and whoever reads a history reads the new
one.  Rules of `sla.yml` stay as they are: editions that have judged are closed books, and know the former id.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from git_feedback import notation
from git_feedback.desk import STATES, Standing, standings
from git_feedback.jobs.reading import load_policy
from git_feedback.model import Item, Place
from git_feedback.policy import Policy

_ID = re.compile(r"[a-z0-9][a-z0-9._/-]{0,79}")
Sources = Mapping[str, bytes]
Places = Mapping[Place, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be renamed: where it is defined, where else the policy names it, and where an item's state does."""

    file: str
    shelf: str
    named: tuple[tuple[str, str, str], ...]
    """File, list and key of each other place."""


KINDS: Mapping[str, Kind] = {
    "category": Kind(
        "policy/categories.yml",
        "categories",
        (("policy/keywords.yml", "alarms", "category"), ("policy/keywords.yml", "rules", "category")),
    ),
    "department": Kind(
        "policy/people.yml",
        "departments",
        (("policy/people.yml", "people", "department"), ("policy/categories.yml", "categories", "department")),
    ),
}


class CannotRename(Exception):
    """Why not: the code of its words and their values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Renaming:
    """A renaming as it would be written.

    `files` are the edited files of the policy, `places` how often each of them names the new id now; `moves` counts
    the items that stand under it, by state, in the order of life.
    """

    files: Mapping[str, bytes]
    places: Mapping[str, int]
    moves: Mapping[str, int]

    @property
    def items(self) -> int:
        """How many items move."""
        return sum(self.moves.values())


def renaming(
    sources: Sources, items: Sequence[Item], policy: Policy, now: datetime, kind: str, old: str, new: str
) -> Renaming:
    """What calling `old` by `new` would edit and move; nothing to edit where it is called so already.

    Raises CannotRename, also when any item would be judged otherwise than before.
    """
    if _is_called(policy, kind, old, new):
        return Renaming({}, {}, {})
    _check(policy, kind, old, new)
    edits = _edits(sources, kind, old, new)
    files = {path: _edited(path, sources[path], listed) for path, listed in edits.items()}
    after = load_policy({**sources, **files})
    pairs = list(zip(standings(items, policy, now), standings(items, after, now), strict=True))
    judged = [before.item.id for before, there in pairs if _verdict(before, kind) != _verdict(there, kind)]
    if judged:
        raise CannotRename("rename-judges", n=len(judged), ids=tuple(judged[:5]))
    moved = Counter(before.state.life for before, _ in pairs if _named(before, kind) == old)
    places = {path: len(listed) for path, listed in edits.items()}
    return Renaming(files, places, {life: moved[life] for life in STATES if moved[life]})


def _shelf(policy: Policy, kind: str) -> Mapping[str, Any]:
    return {"category": policy.categories, "department": policy.departments}[kind]


def _is_called(policy: Policy, kind: str, old: str, new: str) -> bool:
    """Whether that was done already."""
    shelf = _shelf(policy, kind)
    return new in set(shelf) and old in shelf[new].was


def _check(policy: Policy, kind: str, old: str, new: str) -> None:
    shelf = _shelf(policy, kind)
    if old not in set(shelf):
        raise CannotRename(f"no-such-{kind}", given=old, known=tuple(shelf))
    if not _ID.fullmatch(new):
        raise CannotRename("rename-no-id", given=new)
    if new == old or (new in shelf and shelf[new].id != old):
        raise CannotRename("rename-taken", given=new)


def _named(one: Standing, kind: str) -> str | None:
    return one.state.category if kind == "category" else one.state.department


def _verdict(one: Standing, kind: str) -> tuple[object, ...]:
    """All that is judged of an item, whatever its category and department are called."""
    if kind == "category":
        return one.state._replace(category=None), one.clocks
    return one.state._replace(department=None, copied_to=()), one.clocks


# ---- the text -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Edit:
    """One place of a file and what it is to say; `was` are the former ids of a definition."""

    place: Place
    old: str
    new: str
    was: tuple[str, ...] | None = None


def _edits(sources: Sources, kind: str, old: str, new: str) -> dict[str, list[_Edit]]:
    found: dict[str, list[_Edit]] = {}
    for path, edit in _places(sources, kind, old, new):
        found.setdefault(path, []).append(edit)
    return found


def _places(sources: Sources, kind: str, old: str, new: str) -> Iterator[tuple[str, _Edit]]:
    where = KINDS[kind]
    for place, entry in _entries(sources[where.file], where.shelf):
        if entry["id"] == old:
            was = (old, *(one for one in entry.get("was") or () if one != new))
            yield where.file, _Edit((*place, "id"), old, new, was)
    for path, shelf, key in where.named:
        for place, entry in _entries(sources[path], shelf):
            if entry.get(key) == old:
                yield path, _Edit((*place, key), old, new)


def _entries(source: bytes, shelf: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The entries of a list that was validated already, with their places."""
    raw: Any = notation.read(source)
    for n, entry in enumerate(raw.get(shelf) or ()):
        yield (shelf, n), entry


def _edited(path: str, source: bytes, edits: Sequence[_Edit]) -> bytes:
    """`source` with the edits, every other byte as it was; raises CannotRename where the text has an unusual form."""
    places = notation.places(source)
    lines = source.decode().split("\n")
    for edit in sorted(edits, key=lambda one: places[one.place], reverse=True):
        try:
            if edit.was is not None:
                _keep_former(lines, edit, places)
            _replace_value(lines, edit, places)
        except ValueError:
            raise CannotRename("rename-by-hand", file=path, line=places[edit.place][0]) from None
    after = "\n".join(lines).encode()
    if notation.read(after) != _expected(source, edits):
        line, _ = places[edits[0].place]
        raise CannotRename("rename-by-hand", file=path, line=line)
    return after


def _replace_value(lines: list[str], edit: _Edit, places: Places) -> None:
    """The value behind a key on its line."""
    row, found = _value(lines, edit, places)
    lines[row] = f"{lines[row][: found.end(1)]}{notation.scalar(edit.new, flow=True)}{lines[row][found.end() :]}"


def _value(lines: list[str], edit: _Edit, places: Places) -> tuple[int, re.Match[str]]:
    """The line of an edit, and the key and value on it."""
    row, column = (place - 1 for place in places[edit.place])
    key, old = re.escape(str(edit.place[-1])), re.escape(edit.old)
    found = re.compile(rf"""(["']?{key}["']?\s*:\s*)(["']?){old}\2(?=[\s,}}]|$)""").match(lines[row], column)
    if found is None:
        raise ValueError(edit.place)
    return row, found


def _keep_former(lines: list[str], edit: _Edit, places: Places) -> None:
    """The former ids beside the id: a list of its own, or the one that is there made longer."""
    listed = "was: [" + ", ".join(notation.scalar(one, flow=True) for one in edit.was or ()) + "]"
    there = places.get((*edit.place[:-1], "was"))
    row, found = _value(lines, edit, places)
    if there:
        row, column = there[0] - 1, there[1] - 1
        changed, count = re.subn(r"^was\s*:\s*\[[^\]]*\]", listed, lines[row][column:])
        if not count:
            raise ValueError(edit.place)
        lines[row] = lines[row][:column] + changed
    elif _is_flow(lines, places[edit.place[:-1]]):
        lines[row] = f"{lines[row][: found.end()]}, {listed}{lines[row][found.end() :]}"
    else:
        ending = "\r" if lines[row].endswith("\r") else ""
        lines.insert(row + 1, f"{' ' * found.start()}{listed}{ending}")


def _is_flow(lines: Sequence[str], place: tuple[int, int]) -> bool:
    """Whether an entry stands in braces."""
    line, column = place
    return lines[line - 1][column - 1 : column] == "{"


def _expected(source: bytes, edits: Sequence[_Edit]) -> Any:
    """What the edited file must say."""
    raw: Any = deepcopy(notation.read(source))
    for edit in edits:
        entry = raw
        for step in edit.place[:-1]:
            entry = entry[step]
        entry[edit.place[-1]] = edit.new
        if edit.was is not None:
            entry["was"] = list(edit.was)
    return raw
