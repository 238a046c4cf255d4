"""Words that were not in use: terms of a time that nobody, or hardly anybody, said in the eight weeks before.

A Latin term is a word or two neighbours, a Chinese one any run of characters that has a word in it nobody used before:
a dictionary knows no new words and cuts them anyhow, so it only says where a term may begin and end.  A term is told when
at least FEWEST items of FEWEST_PEOPLE different people say it, ten times as many as in as long a time before and ten times
as large a share of all items, and chance alone would put so few of its items before in less than one case of 100 (the
exact binomial test: with few items before, nothing is new).  That is not corrected for the number of words: the list is a
hint to be read, no alarm.  What was rejected is left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

from git_feedback.desk import Standing
from git_feedback.text import HAN, words
from git_feedback.triage.pairing import said
from git_feedback.triage.recurring import submitter
from git_feedback.triage.terms import chinese_words, comparable, cut_up

FEWEST, FEWEST_PEOPLE = 3, 2
BEFORE = timedelta(weeks=8)
HARDLY = 10
"""So many times as often as before is new, though not unheard of."""
MOST = 20
TOLD = 4
"""So many terms of the same items are told together."""
LONGEST = 8
"""Characters of a Chinese term."""
_CHANCE = 0.01
_OVERLAP = 2 / 3
_HAN_WORD = re.compile(f"[{HAN}]+")

_STOP = """
的 了 是 我 你 他 她 它 在 有 和 就 都 也 很 不 没 没有 要 会 能 可 到 说 去 上 下 个 一个 这 那 这个 那个 这样 那样 怎么 怎样 什么 为什么
多少 几 谁 哪 哪儿 我们 你们 他们 咱们 大家 自己 因为 所以 但是 但 可是 不过 如果 虽然 然后 而且 并且 还是 或者 以及 关于 对于 已经 还 又 再
才 刚 刚才 刚刚 今天 昨天 前天 明天 后天 今早 上午 下午 晚上 中午 早上 现在 目前 最近 上周 本周 这周 下周 周一 周二 周三 周四 周五 周六 周日 时候
时间 小时 分钟 星期 请 请问 谢谢 您 您好 你好 希望 建议 觉得 感觉 知道 告诉 发现 需要 可以 不能 不会 不是 不要 不到 不了 不出 不够 一直 一下 一点 一次
两次 三次 几次 每次 有点 有些 非常 比较 特别 真的 实在 太 最 更 好像 就是 只是 只有 只能 一样 一起 出来 起来 进去 过来 过去 里面 外面 上面 下面
前面 后面 之后 之前 以后 以前 与 及 把 被 让 给 从 向 往 对 比 为 以 于 吗 呢 吧 啊 呀 哦 嗯 嘛 么 着 过 地 得
问题 情况 东西 反馈
a about after again all already also always am an and any are as at back be because been before being but by can cannot
could day days did do does doing done don't down each even every first for from get gets getting go goes going gone got
had has have having he hello her here hi him his hour hours how i i'd i'll i'm i've if in into is it it's its just keep
keeps know last later let like made make makes many may me minute minutes more most much must my need needs never new no
nobody not nothing now of off ok on once one only or other our out over own people please put said same say says see she
should since so some someone still such take takes than thank thanks that the their them then there these they thing
things this those three through time times to today tomorrow too tried try twice two under until up us use used using
very want wanted was we week weeks well went were what when where which while who why will with without work working
works would yes yesterday yet you your monday tuesday wednesday thursday friday saturday sunday january february march
april june july august september october november december problem problems issue feedback
"""
STOP = frozenset(_STOP.split())
"""Words that name nothing."""
_FRAGMENTS = frozenset(word[at:end] for word in STOP for at in range(len(word)) for end in range(at + 2, len(word) + 1))


@dataclass(frozen=True, slots=True)
class NewTerm:
    """Terms that the same items say, the longest first; `before` items of the eight weeks before said the first."""

    terms: tuple[str, ...]
    count: int
    people: int
    before: int
    items: tuple[str, ...]
    """In the order of arrival."""


@dataclass(frozen=True, slots=True)
class NewTerms:
    """The terms, most said first; how many items were read, and how many of the eight weeks before."""

    terms: tuple[NewTerm, ...]
    read: int
    before: int


def new_terms(standings: Iterable[Standing], start: datetime, end: datetime) -> NewTerms:
    """The terms of what was received after `start`, up to `end`."""
    heard = [one for one in standings if one.state.life != "rejected" and start - BEFORE < one.item.received <= end]
    heard.sort(key=lambda one: (one.item.received, one.item.id))
    now = [one for one in heard if one.item.received > start]
    before = [comparable(said(one.item)) for one in heard if one.item.received <= start]
    fresh = _Newness(len(now), len(before), (end - start) / BEFORE)
    found = _found({one.item.id: comparable(said(one.item)) for one in now}, before, fresh)
    told = sorted(_told(found, {one.item.id: submitter(one.item) for one in now}), key=_by_count)
    spelt = {one.item.id: said(one.item) for one in now}
    return NewTerms(tuple(_as_spelt(one, spelt) for one in told[:MOST]), len(now), len(before))


def _by_count(one: NewTerm) -> tuple[int, int, tuple[str, ...]]:
    return -one.count, one.before, one.terms


Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Newness:
    """Whether a term is new among so many items now and before; `length` of now as a part of the time before."""

    now: int
    before: int
    length: float

    def holds(self, count: int, before: int) -> bool:
        """Enough items, hardly any before, and not by chance."""
        rarely = count * self.before >= HARDLY * before * self.now and count >= HARDLY * before * self.length
        if count < FEWEST or not rarely:
            return False
        return at_most(before, count + before, self.before / (self.now + self.before)) < _CHANCE


def at_most(hits: int, trials: int, share: float) -> float:
    """The chance of no more than so many hits in trials that each hit with a probability of `share`, below 1."""
    chance = (1 - share) ** trials
    total = chance
    for done in range(min(hits, trials)):
        chance *= (trials - done) / (done + 1) * share / (1 - share)
        total += chance
    return min(total, 1.0)


def _found(texts: Mapping[str, str], before: Sequence[str], fresh: _Newness) -> dict[str, tuple[Ids, int]]:
    """The new terms, with the items that say them and how many said them before."""
    where: dict[str, list[str]] = defaultdict(list)
    for name, text in texts.items():
        for term in _runs(text):
            where[term].append(name)
    pieces = {term: _pieces(term) for term, ids in where.items() if len(ids) >= FEWEST}
    enough = _whole({term: tuple(where[term]) for term, cut in pieces.items() if _is_whole(cut)})
    sought = {one for term in enough for one in (term, _normal(term), *pieces[term])}
    earlier = Counter(term for text in before for term in sought.intersection(_runs(text)))
    used = {term: max(earlier[term], earlier[_normal(term)]) for term in enough}
    new = {term: (ids, used[term]) for term, ids in enough.items() if fresh.holds(len(ids), used[term])}
    told = {term: one for term, one in new.items() if _names(pieces[term], {it for it in pieces[term] if earlier[it]})}
    is_used = cache(lambda piece: len(piece) > 1 and any(piece in text for text in before))
    return {
        term: one for term, one in told.items() if sum(_stands(term, texts[name], is_used) for name in one[0]) >= FEWEST
    }


def _runs(text: str) -> Set[str]:
    """Everything in a comparable text that may be a term."""
    found: set[str] = set()
    said_in_order = words(text)
    for run in said_in_order:
        if _HAN_WORD.fullmatch(run):
            found.update(run[at : at + size] for size in range(2, LONGEST + 1) for at in range(len(run) - size + 1))
        else:
            found.add(run)
    pairs = (f"{one} {other}" for one, other in pairwise(said_in_order))
    found.update(pair for pair in pairs if not _HAN_WORD.search(pair) and pair in text)
    return found


def _pieces(term: str) -> tuple[str, ...]:
    """The words that the dictionary finds in a term."""
    cutter = chinese_words()
    return tuple(cutter(term)) if _HAN_WORD.fullmatch(term) else tuple(term.split())


def _normal(term: str) -> str:
    """How a term is compared: two ways of saying one thing are one."""
    return "".join(cut_up(term, chinese_words()).words)


def _is_whole(pieces: Sequence[str]) -> bool:
    """Whether a term begins and ends with a word that names something."""
    ends = (pieces[0], pieces[-1])
    return not any(one in STOP or one.isdigit() for one in ends) and "".join(pieces) not in _FRAGMENTS


def _names(pieces: Sequence[str], used: Set[str]) -> bool:
    """Whether a word of a term is new, or was cut into single characters."""
    longer = [one for one in pieces if len(one) > 1]
    if any(one not in used and one not in STOP for one in longer):
        return True
    return len(longer) < len(pieces) and sum(map(len, pieces)) > 2


def _stands(term: str, text: str, is_used: Callable[[str], bool]) -> bool:
    """Whether a text says a term without cutting through a word that was in use."""
    if not _HAN_WORD.fullmatch(term):
        return True
    return any(_is_uncut(term, run, is_used) for run in words(text) if term in run)


def _is_uncut(term: str, run: str, is_used: Callable[[str], bool]) -> bool:
    start = run.index(term)
    place = 0
    for piece in _pieces(run):
        end = place + len(piece)
        if is_used(piece) and any(place < edge < end for edge in (start, start + len(term))):
            return False
        place = end
    return True


def _whole(enough: Mapping[str, Ids]) -> dict[str, Ids]:
    """Without those that are a part of a longer one of the same items."""
    by_items: dict[Ids, list[str]] = defaultdict(list)
    for term, ids in enough.items():
        by_items[ids].append(term)
    return {
        term: ids
        for ids, terms in by_items.items()
        for term in terms
        if not any(len(other) > len(term) and term in other for other in terms)
    }


def _told(found: Mapping[str, tuple[Ids, int]], people: Mapping[str, str]) -> Iterator[NewTerm]:
    """Terms by the items that say them, without those that only vary one which is told."""
    by_items: dict[Ids, list[str]] = defaultdict(list)
    for term in _apart(found):
        by_items[found[term][0]].append(term)
    for ids, terms in by_items.items():
        submitters = len({people[name] for name in ids})
        if submitters >= FEWEST_PEOPLE:
            own = sorted(terms, key=lambda term: (-len(term), term))
            yield NewTerm(tuple(own[:TOLD]), len(ids), submitters, found[own[0]][1], ids)


def _apart(found: Mapping[str, tuple[Ids, int]]) -> list[str]:
    """The terms, those said most first; what shares characters with one of them and most of its items is left out."""
    kept: list[str] = []
    for term in sorted(found, key=lambda term: (-len(found[term][0]), -len(term), term)):
        ids = set(found[term][0])
        if not any(
            _meet(term, other) and len(ids.intersection(found[other][0])) >= _OVERLAP * len(ids) for other in kept
        ):
            kept.append(term)
    return kept


def _meet(one: str, other: str) -> bool:
    """Whether one of two terms has a part of the other in it: two characters, or a Latin word."""
    if _HAN_WORD.fullmatch(one) and _HAN_WORD.fullmatch(other):
        return any(one[at : at + 2] in other for at in range(len(one) - 1))
    return not set(one.split()).isdisjoint(other.split())


def _as_spelt(one: NewTerm, texts: Mapping[str, str]) -> NewTerm:
    """The terms as somebody wrote them: `iOS`, not `ios`; as they are compared where nobody wrote them so."""
    own = [texts[name] for name in one.items]
    return replace(one, terms=tuple(_spelt(term, own) for term in one.terms))


def _spelt(term: str, texts: Iterable[str]) -> str:
    form = re.compile(re.escape(term), re.IGNORECASE)
    return next((found[0] for text in texts if (found := form.search(text))), term)
