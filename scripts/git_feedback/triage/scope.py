"""How many people have the same problem: different submitters of one matter are counted, each once.

One matter are confirmed duplicates and their original, items that were linked to one problem, and copies of any of
them.  What was rejected counts nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from git_feedback.desk import state
from git_feedback.desk.untold import counted
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.policy.triage_files import ScopeName

ORDER: Mapping[ScopeName, int] = {"single": 0, "common": 1, "systemic": 2}
"""Which scope is wider."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How many a matter concerns: its submitters, and the items of the others, in the order in which they joined.

    `since` is the moment at which it became what it is, None for a single one; `alarm` is the rule whose words say it.
    """

    kind: ScopeName = "single"
    submitters: int = 1
    items: tuple[str, ...] = ()
    since: datetime | None = None
    alarm: str | None = None

    def is_wider_than(self, other: ScopeName | None) -> bool:
        """Whether more people are concerned than with `other`; None is a single one."""
        return ORDER[self.kind] > ORDER[other or "single"]


SINGLE = Scope()


class _Joined(NamedTuple):
    """A link that somebody confirmed, and when."""

    to: str
    at: datetime


class Matters:
    """The items of a desk by what they are about, as of a moment; `copies` are pairs of items that say the same.

    Of many copies all are paired with the first, so copies of a copy count; no further, for step by step words change.
    """

    def __init__(
        self, items: Iterable[Item], policy: Policy, now: datetime, copies: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._policy, self._now = policy, now
        self._items = {item.id: item for item in items if item.received <= now}
        self._original: dict[str, _Joined] = {}
        self._problems: dict[str, list[_Joined]] = {}
        self._twins: dict[str, list[str]] = defaultdict(list)
        self._sharing: dict[str, list[str]] = defaultdict(list)
        self._copies: dict[str, set[str]] = defaultdict(set)
        for item in self._items.values():
            self._look_at(item)
        for one in self._original:
            self._twins[self._root(one)].append(one)
        for one, other in copies:
            self._copies[one].add(other)
            self._copies[other].add(one)

    def scope(self, item: Item) -> Scope:
        """How many have the problem of an item of the desk, itself included.

        It is as wide as it is since the submitter joined who made the number full.
        """
        kind, since, found = SINGLE.kind, SINGLE.since, {sender(item)}
        others: list[str] = []
        for name, at in sorted(self._joined(item).items(), key=lambda one: (one[1], one[0])):
            if name == item.id or self._is_rejected(name):
                continue
            others.append(name)
            found.add(sender(self._items[name]))
            if self._named(len(found)) != kind:
                kind, since = self._named(len(found)), at
        return Scope(kind, len(found), tuple(others), since)

    def _named(self, submitters: int) -> ScopeName:
        triage = self._policy.triage
        if submitters >= triage.systemic_from:
            return "systemic"
        return "common" if submitters >= triage.common_from else "single"

    # ---- what belongs together --------------------------------------------------------------------------------------

    def _look_at(self, item: Item) -> None:
        """What somebody linked it to; most items are linked to nothing, and are not folded for it."""
        if not any(isinstance(event, ev.Duplicate | ev.Link) for event in item.history):
            return
        at = state(item, self._policy, self._now)
        events = counted(item, self._now)
        if at.duplicate_of:
            self._original[item.id] = _Joined(at.duplicate_of, _of_duplicate(events, at.duplicate_of))
        problems = [to for kind, to in at.links if kind == "problem"]
        for name in problems:
            self._sharing[name].append(item.id)
        self._problems[item.id] = [_Joined(name, _of_problem(events, name)) for name in problems]

    def _root(self, name: str) -> str:
        """The item that carries on for a duplicate, of however many steps."""
        seen = {name}
        while (next_one := self._original.get(name)) and next_one.to not in seen:
            name = next_one.to
            seen.add(name)
        return name

    def _joined(self, item: Item) -> dict[str, datetime]:
        """The items of one matter, with the moment at which each was there and known to belong to it."""
        root = self._root(item.id)
        own = self._group(root)
        near = [name for one in own for problem in self._problems.get(one, ()) for name in self._sharing[problem.to]]
        groups = dict.fromkeys(other for name in (root, *near) for other in self._group(self._root(name)))
        known = [name for name in groups if name in self._items]
        near_by = self._copies_of(known)
        copies = sorted((near_by | self._copies_of(near_by)) & self._items.keys())
        return {name: self._moment(name) for name in dict.fromkeys((*known, *copies))}

    def _copies_of(self, names: Iterable[str]) -> set[str]:
        return {copy for name in names for copy in self._copies.get(name, ())}

    def _group(self, root: str) -> list[str]:
        return [root, *self._twins.get(root, ())]

    def _moment(self, name: str) -> datetime:
        linked = [one.at for one in self._problems.get(name, ())]
        if name in self._original:
            linked.append(self._original[name].at)
        return max(self._items[name].received, *linked) if linked else self._items[name].received

    def _is_rejected(self, name: str) -> bool:
        item = self._items[name]
        return any(isinstance(event, ev.Reject) for event in item.history) and self._life(item) == "rejected"

    def _life(self, item: Item) -> str:
        return state(item, self._policy, self._now).life


def sender(item: Item) -> tuple[str, str]:
    """Who sent it, as far as that is known; else each identity (channel, source) is somebody."""
    if item.submitter and item.submitter.ref:
        return "", item.submitter.ref
    return item.channel, item.source or item.id


def _of_duplicate(events: Iterable[Event], original: str) -> datetime:
    """When it was last said to be a duplicate of another."""
    return _last(one for one in events if isinstance(one, ev.Duplicate) and one.of == original)


def _of_problem(events: Iterable[Event], name: str) -> datetime:
    """When it was last linked to a problem."""
    links = (one for one in events if isinstance(one, ev.Link))
    return _last(one for one in links if (one.kind, one.to) == ("problem", name))


def _last(events: Iterable[Event]) -> datetime:
    moments: list[datetime] = [one.at for one in events]
    return max(moments)
