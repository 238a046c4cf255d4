"""Which texts say the same: for a new one those most like it, and all pairs of many.

Texts that read the same (folded: width, case, script, hidden characters) are one to the search, so that five hundred
times `很好` are no hundred thousand pairs.  With numpy, scipy and sparse_dot_topn (extra `ml`) a hundred thousand texts
are compared in minutes; without them the same is done in plain Python, for a desk of some thousand items.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, islice, product
from typing import Literal, NamedTuple

from git_feedback.triage.likeness import Likeness, PlainLikeness
from git_feedback.triage.terms import Cut, chinese_words, comparable, cut_up

SAME = 0.95
"""Texts whose edit similarity is no less are near-exact copies."""
SHOWN_TERMS = 5
OF_EACH = 5
"""Of texts that read the same, so many are paired with each other and with others; the rest with the first."""
_COPIES_SHARE = 0.7  # of what a text shares with itself; every near-exact copy shares more


class Found(NamedTuple):
    """A text that is like another: its id, how much (0 to 1; 1 only where both read the same), terms of both."""

    id: str
    score: float
    shared_terms: tuple[str, ...]


class Finder:
    """The texts of a desk by id, made ready for looking up."""

    def __init__(self, texts: Mapping[str, str], *, plain: bool = False) -> None:
        self._cutter = chinese_words()
        groups: dict[str, list[str]] = {}
        for name, text in texts.items():
            said = comparable(text)
            if said:
                groups.setdefault(said, []).append(name)
        self._texts = tuple(groups)
        self._ids = tuple(tuple(names) for names in groups.values())
        self._place = {text: place for place, text in enumerate(self._texts)}
        self._likeness = _likeness((cut_up(text, self._cutter) for text in self._texts), plain=plain)

    def search(self, text: str, k: int) -> list[Found]:
        """The `k` texts most like `text`, best first; among equals in the order in which they were given."""
        said = comparable(text)
        terms: dict[int, tuple[str, ...]] = {}
        found: list[Found] = []
        for place, name, score in self._most_like(said, k):
            if place not in terms:
                terms[place] = self.shared_terms(said, self._texts[place])
            found.append(Found(name, score, terms[place]))
        return found

    def nearest(self, text: str, k: int) -> list[tuple[str, float]]:
        """`search` for who asks how much alike texts are, and not why."""
        return [(name, score) for _, name, score in self._most_like(comparable(text), k)]

    def pairs(self, threshold: float) -> Iterator[tuple[str, str, float]]:
        """Pairs whose score is no less than `threshold`, best first, each once; the text given earlier comes first.

        For each text at most some dozens of those most like it are looked at.
        """
        met = sorted(self._likeness.pairs(threshold), key=lambda pair: (-pair[2], pair[0], pair[1]))
        yield from ((*pair, 1.0) for pair in self.same())
        for one, other, score in met:
            few = islice(self._ids[one], OF_EACH), islice(self._ids[other], OF_EACH)
            yield from ((first, second, min(score, _BELOW_SAME)) for first, second in product(*few))

    def copies(self) -> Iterator[tuple[str, str]]:
        """Exact copies, then near-exact ones: texts whose edit similarity is at least 0.95."""
        yield from self.same()
        for one, other, _ in self._likeness.pairs(_COPIES_SHARE, own=True):
            if edit_similarity(self._texts[one], self._texts[other], SAME) >= SAME:
                yield self._ids[one][0], self._ids[other][0]

    def same(self) -> Iterator[tuple[str, str]]:
        """Pairs that read the same: among the first few of a group each with each, later ones with the first."""
        for names in self._ids:
            yield from combinations(names[:OF_EACH], 2)
            yield from ((names[0], name) for name in names[OF_EACH:])

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The ids of texts that read the same, in the order given; one alone is a group too."""
        yield from self._ids

    def reading_like(self, text: str) -> tuple[str, ...]:
        """The ids of all texts that read the same as this one."""
        place = self._place.get(comparable(text))
        return () if place is None else self._ids[place]

    def shared_terms(self, text: str, other: str) -> tuple[str, ...]:
        """The terms of both texts that say most, most telling first; as they are compared (`如何` is `怎么`)."""
        said = set(self.words(other))
        both = [word for word in self.words(text) if word in said]
        longer = [word for word in both if len(word) > 1] or both
        return tuple(sorted(longer, key=lambda word: -self.telling(word))[:SHOWN_TERMS])

    def telling(self, word: str) -> float:
        """How much a word says among these texts: the rarer, the more."""
        return self._likeness.weight(word)

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a text, each once, as they are compared."""
        return cut_up(comparable(text), self._cutter).words

    def _most_like(self, said: str, k: int) -> Iterator[tuple[int, str, float]]:
        """Up to `k` texts, each with its place."""
        ranked = self._ranked(said, cut_up(said, self._cutter), k)
        return islice(((place, name, score) for place, score in ranked for name in self._ids[place]), k)

    def _ranked(self, said: str, cut: Cut, k: int) -> Iterator[tuple[int, float]]:
        place = self._place.get(said)
        if place is not None:
            yield place, 1.0
        for other, score in self._likeness.nearest(cut, k + 1) if cut.pieces else ():
            if other != place:
                yield other, min(score, _BELOW_SAME)


_BELOW_SAME = 0.9999


def copied(one: str, other: str) -> Literal["same", "nearly"] | None:
    """Whether two texts read the same, or nearly so (their edit similarity is at least 0.95)."""
    mine, theirs = comparable(one), comparable(other)
    if mine == theirs:
        return "same"
    return "nearly" if edit_similarity(mine, theirs, SAME) >= SAME else None


def edit_similarity(one: str, other: str, least: float = 0.0) -> float:
    """1 for equal texts, 0 for those with no character in common in order; 0 at once where it cannot reach `least`.

    Twice the longest common subsequence over both lengths, which is never below Levenshtein's.  The subsequence is
    counted in the bits of one number (H. Hyyrö, Bit-parallel LCS-length computation revisited, 2004).
    """
    together = len(one) + len(other)
    if not together:
        return 1.0
    if 2 * min(len(one), len(other)) < least * together:
        return 0.0
    return 2 * _common(one, other) / together


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence."""
    at: dict[str, int] = {}
    for place, character in enumerate(one):
        at[character] = at.get(character, 0) | 1 << place
    full = row = (1 << len(one)) - 1
    for character in other:
        met = row & at.get(character, 0)
        row = (row + met | row - met) & full
    return len(one) - row.bit_count()


def _likeness(cuts: Iterable[Cut], *, plain: bool) -> Likeness:
    if not plain:
        try:
            from git_feedback.triage.likeness_arrays import ArrayLikeness
        except ImportError:
            return PlainLikeness(cuts)
        return ArrayLikeness(cuts)
    return PlainLikeness(cuts)
