"""Items that may be the same matter: proposals for a person, each with its reason.

The same product, the same category and few days apart bring a pair in or up; others bring it down and never rule it
out.  A pair that somebody linked is not proposed, nor one that somebody took apart (`unlink: {kind: duplicate, to: ID}`
on either of the two).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from git_feedback import i18n
from git_feedback.desk import State, state
from git_feedback.desk.untold import counted
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.privacy.blanking import is_neutral
from git_feedback.triage.duplicates import SAME, Finder, Found, copied
from git_feedback.triage.terms import comparable

THRESHOLD = 0.5
"""Of pairs so much alike four of five say the same, among Chinese questions that all look alike."""
RECENT = timedelta(days=60)
"""Of what is over, only that which came in so lately is a candidate."""
OF_ONE = 5
"""So many proposals for one item."""
FEWEST_TERMS = 3
"""Who says less says what many say independently of each other: `很好`, `too slow`."""
FORM_WORDS = 20
"""What more items than that say in the same words are words of a form: `Graffiti on a wall`."""
_SAME_DAYS, _FAR_DAYS = 7, 60
_PRODUCT, _CATEGORY, _DAYS = 0.04, 0.03, 0.02
_MOST = 0.99
_NUMBERS = re.compile(r"\d+")

Twins = frozenset[str]
"""The ids of a pair, in no order."""


class Facts(NamedTuple):
    """What is known of a text beside its words; None is unknown."""

    product: str | None = None
    category: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a proposal: its code and the values in its words."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    n: int | None = None

    def said(self, language: str) -> str:
        """The reason in words."""
        return i18n.text(self.code, language, self.n, **self.values)


@dataclass(frozen=True, slots=True)
class Pair:
    """`id` may be a duplicate of `original`; `exact`: the text is the same, or nearly so word for word."""

    id: str
    original: str
    score: float
    shared_terms: tuple[str, ...]
    reason: tuple[Reason, ...]
    exact: bool
    swappable: bool = True
    """Whether the other direction may be recorded too: both are open."""

    @property
    def swapped(self) -> "Pair":
        """The same the other way round; only where `swappable`."""
        return Pair(self.original, self.id, self.score, self.shared_terms, self.reason, self.exact)


def nudged(score: float, one: Facts, other: Facts) -> float:
    """A likeness moved a little by what is known beside the words; what is unknown moves nothing."""
    moved = score + _agreeing(one.product, other.product, _PRODUCT) + _agreeing(one.category, other.category, _CATEGORY)
    if one.day and other.day:
        apart = abs((one.day - other.day).days)
        moved += _DAYS if apart <= _SAME_DAYS else -_DAYS if apart > _FAR_DAYS else 0.0
    return min(max(moved, 0.0), _MOST)


def candidates(items: Iterable[Item], policy: Policy, now: datetime, dismissed: Collection[Twins] = ()) -> list[Pair]:
    """The pairs among open and recent items that may be one matter: same texts first, then the most alike.

    The older item is the original; where the newer one is over, the older one is the duplicate.  Pairs taken apart by
    an event of theirs count as dismissed anyway.
    """
    return Pairing(items, policy, now, dismissed).pairs()


def dismissals(items: Iterable[Item], now: datetime) -> frozenset[Twins]:
    """The pairs that somebody said are not the same matter, and did not take back."""
    return frozenset(
        frozenset((item.id, event.to))
        for item in items
        if any(isinstance(event, ev.Unlink) for event in item.history)
        for event in counted(item, now)
        if isinstance(event, ev.Unlink) and event.kind == "duplicate"
    )


def said(item: Item) -> str:
    """The words of an item: its title, unless the text begins with it, and its text; what was erased says nothing."""
    if is_neutral(item.title):
        return ""
    text = item.text or ""
    return text if text.startswith(item.title.rstrip("….")) else f"{item.title}\n{text}"


class Pairing:
    """The items of a desk that may be duplicates, made ready once."""

    def __init__(self, items: Iterable[Item], policy: Policy, now: datetime, dismissed: Collection[Twins] = ()) -> None:
        there = [item for item in items if item.received <= now]
        self._zone = policy.zone
        self._apart = dismissals(there, now) | frozenset(dismissed)
        stood = ((item, state(item, policy, now)) for item in there)
        kept = [(item, at) for item, at in stood if _is_candidate(item, at, now)]
        kept.sort(key=lambda one: (one[0].received, one[0].id))
        self._items = {item.id: item for item, _ in kept}
        self._states = {item.id: at for item, at in kept}
        self.finder = Finder({name: said(item) for name, item in self._items.items()})

    def pairs(self) -> list[Pair]:
        """All proposals, best first, at most five of each item as the duplicate."""
        copies = {frozenset(pair) for pair in (*self.finder.copies(), *self._in_one_place())}
        scored = {frozenset((one, other)): score for one, other, score in self.finder.pairs(THRESHOLD - _NUDGE)}
        found = [
            pair
            for twins in sorted({*copies, *scored}, key=sorted)
            if (pair := self._pair(twins, scored.get(twins, SAME), twins in copies)) is not None
        ]
        found.sort(key=lambda pair: (not pair.exact, -pair.score, pair.id, pair.original))
        return list(_few(found))

    def of(self, item: Item, k: int = OF_ONE) -> list[Pair]:
        """The proposals for one item, which may be new to the desk: it would be a duplicate of each."""
        given = self.finder.search(said(item), k + len(self._apart_from(item.id)) + OF_ONE)
        found = [
            self._proposed(item, one) for one in given if one.id != item.id and not self._is_settled(item.id, one.id)
        ]
        pairs = [pair for pair in found if pair and self._says_enough(item, pair.original, pair.score)]
        pairs.sort(key=lambda pair: (not pair.exact, -pair.score, pair.original))
        return pairs[:k]

    # ---- one pair ---------------------------------------------------------------------------------------------------

    def _in_one_place(self) -> Iterator[tuple[str, str]]:
        """Of words of a form: in each area the first with every other."""
        for names in self.finder.groups():
            first: dict[str | None, str] = {}
            for name in names if len(names) > FORM_WORDS else ():
                earliest = first.setdefault(self._items[name].area, name)
                if earliest != name:
                    yield earliest, name

    def _proposed(self, item: Item, one: Found) -> Pair | None:
        score = one.score if one.score == 1.0 else nudged(one.score, self._facts_of(item), self._facts(one.id))
        why = tuple(self._reasons(item, self._items[one.id], one.shared_terms))
        exact = why[0].code in _EXACT
        if not exact and max(score, one.score) < THRESHOLD:
            return None
        return Pair(item.id, one.id, score, one.shared_terms, why, exact, self._states[one.id].is_open)

    def _pair(self, twins: Twins, score: float, is_copy: bool) -> Pair | None:
        older, newer = sorted(twins, key=lambda name: (self._items[name].received, name))
        if not self._states[newer].is_open:
            older, newer = newer, older
        if not self._states[newer].is_open or self._is_settled(newer, older):
            return None
        by_words = score
        if score < 1.0:
            score = nudged(score, self._facts(newer), self._facts(older))
        if max(score, by_words) < THRESHOLD and not is_copy:
            return None
        if not self._says_enough(self._items[newer], older, score):
            return None
        one, other = self._items[newer], self._items[older]
        terms = self.finder.shared_terms(said(one), said(other))
        why = tuple(self._reasons(one, other, terms))
        return Pair(newer, older, score, terms, why, why[0].code in _EXACT, self._states[older].is_open)

    def _is_settled(self, one: str, other: str) -> bool:
        """Whether somebody has decided already: took them apart, or linked them to each other or to one problem."""
        if frozenset((one, other)) in self._apart:
            return True
        mine, theirs = self._states.get(one), self._states.get(other)
        if mine is None or theirs is None:
            return False
        if other in mine.split_into or one in theirs.split_into:
            return True
        return bool(_problems(mine) & _problems(theirs))

    def _says_enough(self, item: Item, other: str, score: float) -> bool:
        """Whether the same words are the same matter: two praises are two, and so is what many say in two places.

        A few words alone are one matter only from one person, or in one category.
        """
        mine, theirs = self._states.get(item.id), self._states[other]
        if theirs.short or (mine and mine.short) or not said(item):
            return False
        if score < 1.0 or same_sender(item, self._items[other]):
            return True
        if item.area != self._items[other].area and len(self.finder.reading_like(said(item))) > FORM_WORDS:
            return False
        same_category = bool(mine and mine.category and mine.category == theirs.category)
        return same_category or len(self.finder.words(said(item))) >= FEWEST_TERMS

    def _reasons(self, one: Item, other: Item, terms: tuple[str, ...]) -> Iterator[Reason]:
        yield _wording(said(one), said(other), terms)
        if same_sender(one, other):
            yield Reason("alike-sender")
        mine, theirs = self._facts_of(one), self._facts_of(other)
        if mine.product and _same(mine.product, theirs.product):
            yield Reason("alike-product", {"product": one.product})
        if mine.category and mine.category == theirs.category:
            yield Reason("alike-category", {"category": mine.category})
        if mine.day and theirs.day and (apart := abs((mine.day - theirs.day).days)) <= _SAME_DAYS:
            yield Reason("alike-days", n=apart)

    def _facts(self, name: str) -> Facts:
        return self._facts_of(self._items[name])

    def _facts_of(self, item: Item) -> Facts:
        at = self._states.get(item.id)
        return Facts(item.product, at.category if at else None, item.received.astimezone(self._zone).date())

    def _apart_from(self, name: str) -> list[Twins]:
        return [twins for twins in self._apart if name in twins]


def same_sender(one: Item, other: Item) -> bool:
    """Whether the same person sent both, as far as that is known."""
    mine, theirs = one.submitter, other.submitter
    return bool(mine and theirs and mine.ref and mine.ref == theirs.ref)


_EXACT = ("alike-same-text", "alike-nearly-same-text")
_NUDGE = _PRODUCT + _CATEGORY + _DAYS


def _wording(one: str, other: str, terms: tuple[str, ...]) -> Reason:
    how = copied(one, other)
    if how == "same":
        return Reason("alike-same-text")
    if how == "nearly":
        same_numbers = _NUMBERS.findall(comparable(one)) == _NUMBERS.findall(comparable(other))
        return Reason("alike-nearly-same-text" if same_numbers else "alike-other-numbers")
    return Reason("alike-words", {"terms": terms}) if terms else Reason("alike-no-words")


def _is_candidate(item: Item, at: State, now: datetime) -> bool:
    """Open, or received lately; neither set aside as no feedback, nor a duplicate already, nor another system's past."""
    if at.life in ("rejected", "duplicate") or item.record == "history":
        return False
    return at.is_open or now - item.received <= RECENT


def _problems(at: State) -> set[str]:
    return {to for kind, to in at.links if kind == "problem"}


def _agreeing(one: str | None, other: str | None, weight: float) -> float:
    if not one or not other:
        return 0.0
    return weight if _same(one, other) else -weight


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.casefold() == other.casefold()


def _few(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """At most five of each duplicate; what has a copy needs no other."""
    taken: Counter[str] = Counter()
    for pair in pairs:
        if taken[pair.id] < OF_ONE:
            taken[pair.id] += 1
            yield pair
