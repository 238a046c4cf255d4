"""Problems that come again: items about one thing, in groups with a name, a count and a trend.

Items that people linked (duplicates of one item, links to one problem) belong together whatever they say.  Around
them, and around the item that most others are like, gather those whose words are like its own: each member is like the
middle of its group, so that no chain of small steps joins two matters.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, fsum, lgamma, log, log1p
from typing import NamedTuple

from git_feedback import i18n
from git_feedback.desk import State, state
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.text import language
from git_feedback.triage.duplicates import Finder
from git_feedback.triage.pairing import FEWEST_TERMS, Twins, dismissals, said

STRONG = 0.5
"""Texts at least so much alike are about one thing (of 20,000 such pairs of bank questions 86 of 100 are)."""
FEWEST_SUBMITTERS = 3
"""So many different people make it a problem worth a record."""
WEEKS = 8
NAMED_TERMS, EXAMPLES, AREAS = 4, 3, 3
_WEEK = timedelta(days=7)
_WEEKS_BEFORE = 4
_TIMES = 3.0
"""+200 %."""
_CHANCE = 0.01
_SAID_BY = 0.4
"""A term names a group when at least so many of its items say it."""
_COMMON = frozenset({
    "怎么", "什么", "为什么", "没有", "一个", "这个", "那个", "你们", "我们", "他们", "就是", "还是", "但是", "因为", "所以", "现在",
    "已经", "不能", "时候", "哪儿", "自己", "知道", "觉得", "问题", "the", "and", "for", "not", "with", "this", "that", "have", "has",
    "was", "were", "are", "you", "your", "my", "our", "from", "but", "its", "can", "cannot", "does", "did", "when", "what", "why",
    "how", "is", "it", "to", "of", "in", "on", "at", "be", "do", "me", "an", "as", "or", "so", "if", "no", "we", "they", "there",
    "been", "will", "would", "please", "just", "get", "got",
})  # fmt: skip
"""Words that name nothing."""


class Spike(NamedTuple):
    """Many more than before: items of the last 7 days, the weekly mean of the 4 weeks before, and the chance of it.

    `chance` is already corrected for the number of groups that were looked at.
    """

    now: int
    before: float
    chance: float


@dataclass(frozen=True, slots=True)
class Recurring:
    """A group of items about one thing."""

    key: str
    """The problem they are linked to, else the id of the first item: it stays while the group grows."""
    ids: tuple[str, ...]
    """In the order of arrival."""
    middle: str
    """The item that the others are most like."""
    terms: tuple[str, ...]
    terms_by_language: Mapping[str, tuple[str, ...]]
    submitters: int
    weekly: tuple[int, ...]
    """Items of each of the last eight weeks, the newest last."""
    areas: tuple[tuple[str, int], ...]
    products: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]
    """The middle, the newest, the oldest."""
    open: int
    first: datetime
    last: datetime
    problem: str | None
    confirmed: int
    """How many of them people linked."""
    spike: Spike | None

    @property
    def count(self) -> int:
        """How many items."""
        return len(self.ids)

    @property
    def proposes_problem(self) -> bool:
        """Whether a problem record is due: enough different people, and none yet."""
        return self.problem is None and self.submitters >= FEWEST_SUBMITTERS

    def name(self, lang: str) -> str:
        """Its terms, those of the reader's language first."""
        own = self.terms_by_language.get(lang, ())
        terms = tuple(dict.fromkeys((*own, *self.terms)))[:NAMED_TERMS]
        if self.problem:
            return i18n.text("recurring-problem", lang, problem=self.problem, terms=terms)
        return i18n.text("recurring-name", lang, terms=terms)


def recurring(items: Iterable[Item], policy: Policy, now: datetime) -> list[Recurring]:
    """The groups of at least two items, those that rise first, then the largest; praise and what is none are left out."""
    there = sorted((item for item in items if item.received <= now), key=lambda item: (item.received, item.id))
    stood = {item.id: state(item, policy, now) for item in there}
    kept = {item.id: item for item in there if not (stood[item.id].life == "rejected" or stood[item.id].short)}
    gathering = _Gathering(kept, stood, dismissals(there, now))
    groups = [group for group in gathering.groups() if len(group.ids) > 1]
    spikes = _spikes([[kept[name] for name in group.ids] for group in groups], now)
    found = [gathering.described(group, spike, now) for group, spike in zip(groups, spikes, strict=True)]
    return sorted(found, key=lambda one: (one.spike is None, -one.count, one.first, one.key))


class _Group(NamedTuple):
    ids: tuple[str, ...]
    middle: str
    confirmed: int


class _Gathering:
    """Items, what people linked of them, and how alike they are."""

    def __init__(self, items: Mapping[str, Item], states: Mapping[str, State], apart: frozenset[Twins]) -> None:
        self._items, self._states, self._apart = items, states, apart
        self._texts = {name: said(item) for name, item in items.items()}
        self._finder = Finder(self._texts)
        links = tuple(_links(items, states))
        self._linked = {name for link in links for name in link}
        self._alike = self._likenesses()
        self._bundle = _bundles(items, (*links, *(pair for pair in self._same() if frozenset(pair) not in apart)))

    def groups(self) -> Iterator[_Group]:
        """Leaders first: those with most weight around them take whoever is like them and is still free."""
        bundles: dict[str, list[str]] = defaultdict(list)
        for name in self._items:
            bundles[self._bundle[name]].append(name)
        free = dict.fromkeys(sorted(bundles, key=lambda one: self._rank(bundles[one])))
        for leader in tuple(free):
            if leader in free:
                taken = self._taken(leader, free, bundles)
                for one in taken:
                    del free[one]
                yield self._group({name for one in taken for name in bundles[one]})

    def _taken(self, leader: str, free: Mapping[str, None], bundles: Mapping[str, Sequence[str]]) -> list[str]:
        """The leader and the bundles that one of its own is like, unless somebody said that they are another matter."""
        members = set(bundles[leader])
        leading = self._linked & members or {self._middle(members)}
        weight: dict[str, float] = defaultdict(float)
        for name in sorted(leading):
            for other, score in self._alike[name].items():
                weight[self._bundle[other]] = max(weight[self._bundle[other]], score)
        taken = [leader]
        for one in sorted(weight, key=lambda one: (-weight[one], one)):
            if one in free and one != leader and self._fit(members, bundles[one]):
                taken.append(one)
                members.update(bundles[one])
        return taken

    def _fit(self, members: Iterable[str], others: Sequence[str]) -> bool:
        """Whether nothing that people said keeps them apart: another problem, or a pair that was dismissed."""
        mine, theirs = self._problems(members), self._problems(others)
        if mine and theirs and mine.isdisjoint(theirs):
            return False
        met = {*members, *others}
        return not any(twins <= met for twins in self._apart)

    def _rank(self, names: Sequence[str]) -> tuple[int, float, str]:
        linked = sum(name in self._linked for name in names)
        return -linked, -round(sum(sum(self._alike[name].values()) for name in names), 6), names[0]

    def _group(self, names: set[str]) -> _Group:
        in_order = tuple(name for name in self._items if name in names)
        return _Group(in_order, self._middle(names), len(self._linked & names))

    def _middle(self, names: Iterable[str]) -> str:
        """The item that the others are most like; the earliest of several."""
        there = set(names)
        near = {name: sum(score for other, score in self._alike[name].items() if other in there) for name in there}
        return min(there, key=lambda name: (-round(near[name], 6), self._items[name].received, name))

    def _likenesses(self) -> Mapping[str, dict[str, float]]:
        """Who is strongly like whom, without pairs that somebody took apart and texts that say too little."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for one, other, score in self._finder.pairs(STRONG):
            if frozenset((one, other)) not in self._apart and self._tells(one) and self._tells(other):
                found[one][other] = found[other][one] = score
        return found

    def _same(self) -> Iterator[tuple[str, str]]:
        return ((one, other) for one, other in self._finder.same() if self._tells(one) and self._tells(other))

    def _tells(self, name: str) -> bool:
        """A few words tell what it is about only where somebody or a rule said what kind of thing it is."""
        words = self._texts[name]
        return bool(words) and (bool(self._states[name].category) or len(self._finder.words(words)) >= FEWEST_TERMS)

    def _problems(self, names: Iterable[str]) -> set[str]:
        return {to for name in names for kind, to in self._states[name].links if kind == "problem"}

    def described(self, group: _Group, spike: Spike | None, now: datetime) -> Recurring:
        """A group with its figures."""
        items = [self._items[name] for name in group.ids]
        problem = min(self._problems(group.ids), default=None)
        terms = self._terms(items)
        by_language = {
            lang: self._terms([item for item in items if _language(item) == lang]) for lang in i18n.LANGUAGES
        }
        return Recurring(
            key=problem or group.ids[0],
            ids=group.ids,
            middle=group.middle,
            terms=terms,
            terms_by_language=by_language,
            submitters=len({submitter(item) for item in items}),
            weekly=_weekly(items, now),
            areas=_most(item.area for item in items),
            products=_most(item.product for item in items),
            categories=_most(self._states[name].category for name in group.ids),
            examples=tuple(dict.fromkeys((group.middle, group.ids[-1], group.ids[0], *reversed(group.ids))))[:EXAMPLES],
            open=sum(self._states[name].is_open for name in group.ids),
            first=items[0].received,
            last=items[-1].received,
            problem=problem,
            confirmed=group.confirmed,
            spike=spike,
        )

    def _terms(self, items: Sequence[Item]) -> tuple[str, ...]:
        """The words that name them: said by many of them, and by few others of the desk."""
        said_by = Counter(word for item in items for word in self._finder.words(self._texts[item.id]))
        fitting = [word for word, n in said_by.items() if n >= _SAID_BY * len(items) and _names(word)]
        order = sorted(fitting, key=lambda word: (-said_by[word] * self._finder.telling(word), word))
        return tuple(order[:NAMED_TERMS])


def _names(word: str) -> bool:
    return len(word) > 1 and word not in _COMMON and not word.isdigit()


def submitter(item: Item) -> str:
    """Who said it: the same person again where that is known, else a person of its own."""
    return item.submitter.ref if item.submitter and item.submitter.ref else item.id


def _links(items: Mapping[str, Item], states: Mapping[str, State]) -> Iterator[tuple[str, str]]:
    """Pairs that people linked: a duplicate with its original, items of one problem with the first of them."""
    first: dict[str, str] = {}
    for name in items:
        original = states[name].duplicate_of
        if original is not None and original in items:
            yield name, original
        for kind, to in states[name].links:
            if kind == "problem" and first.setdefault(to, name) != name:
                yield first[to], name


def _bundles(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What belongs together, each under the name of one of them."""
    above = {name: name for name in names}

    def top(name: str) -> str:
        while above[name] != name:
            above[name] = name = above[above[name]]
        return name

    for one, other in pairs:
        above[top(other)] = top(one)
    return {name: top(name) for name in above}


def _language(item: Item) -> str:
    return (item.language or language(said(item)))[:2]


def _weekly(items: Iterable[Item], now: datetime) -> tuple[int, ...]:
    ago = Counter((now - item.received) // _WEEK for item in items)
    return tuple(ago[week] for week in reversed(range(WEEKS)))


def _most(values: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    """What is named most often, and how often."""
    counted = Counter(value for value in values if value)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:AREAS])


# ---- what rises -----------------------------------------------------------------------------------------------------


def _spikes(groups: Sequence[Sequence[Item]], now: datetime) -> list[Spike | None]:
    return [spike(*_counts(group, now), tried=len(groups)) for group in groups]


def _counts(items: Iterable[Item], now: datetime) -> tuple[int, int]:
    """Items of the last seven days, and of the four weeks before; another system's past raises no alarm."""
    ages = [(now - item.received) // _WEEK for item in items if item.record != "history"]
    return ages.count(0), sum(1 for age in ages if 1 <= age <= _WEEKS_BEFORE)


def spike(recent: int, before: int, *, tried: int) -> Spike | None:
    """A rise by 200 % or more that chance does not explain; None where it is none.

    The exact test of two Poisson rates: given `recent + before` items in five weeks, how likely are so many in the last
    one?  The chance is multiplied by the number of groups that were tried (Bonferroni) and stays below 0.01.
    """
    weekly = before / _WEEKS_BEFORE
    if not recent or recent < _TIMES * weekly:
        return None
    chance = min(1.0, tried * _tail(recent, recent + before, 1 / (1 + _WEEKS_BEFORE)))
    return Spike(recent, weekly, chance) if chance < _CHANCE else None


def _tail(least: int, trials: int, share: float) -> float:
    """The chance of at least so many hits."""
    return min(1.0, fsum(exp(_log_chance(hits, trials, share)) for hits in range(least, trials + 1)))


def _log_chance(hits: int, trials: int, share: float) -> float:
    ways = lgamma(trials + 1) - lgamma(hits + 1) - lgamma(trials - hits + 1)
    return ways + hits * log(share) + (trials - hits) * log1p(-share)
