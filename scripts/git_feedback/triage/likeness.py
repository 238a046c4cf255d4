"""How much two texts say the same: shared pieces, shared words and length, as one figure from 0 to 1.

Of both shelves (characters and pieces; words) it is the shared weight over the mean weight of the two texts, a rare
term weighing more than a common one (the idf of BM25).  Some weight is added below the line: short texts agree by
chance, so that `很好` twice says less than a sentence twice.  The figures were chosen on the development set of Chinese
questions, tuned on half of its queries and tried on the other.

This module needs nothing but Python; `triage.likeness_arrays` says the same with numpy and scipy, and faster.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from math import log
from typing import NamedTuple, Protocol

from git_feedback.triage.terms import Cut, is_latin_piece


class Shelf(NamedTuple):
    """One kind of terms: its part of the figure, the power of idf, and how many average terms short texts lack."""

    part: float
    power: float
    lacking: float


PIECES = Shelf(0.645, 0.5, 8.0)
WORDS = Shelf(0.225, 1.0, 4.5)
LENGTH_PART = 1 - PIECES.part - WORDS.part
LATIN_PIECE = 0.2
"""A Latin word has so many more pieces than a Chinese one has characters."""

BACKGROUND = 200
"""So many texts that say none of it are thought to be there too: where two are all, what both say is not common."""

REACH = 60
"""So many texts that share most are looked at closely for each."""
BUDGET = 20_000
"""So many entries of the index are read for one text, those of its rarest terms first."""

Pair = tuple[int, int, float]


class Likeness(Protocol):
    """Texts of a desk, made ready; they are known by their places."""

    def nearest(self, cut: Cut, k: int) -> list[tuple[int, float]]:
        """The `k` texts that are most like `cut`, best first; the earlier of two that are equally like it."""

    def pairs(self, threshold: float, *, own: bool = False) -> Iterator[Pair]:
        """Pairs of places (the smaller first) that are at least so much alike.

        With `own` the threshold is a share of how much such texts are like themselves: short ones count like long ones.
        """

    def weight(self, word: str) -> float:
        """How much a word says: the rarer, the more."""


def idf(holding: float, texts: int) -> float:
    """How much a term says that `holding` of `texts` hold; never below zero."""
    return log(1 + (texts + BACKGROUND - holding + 0.5) / (holding + 0.5))


def term_weight(shelf: Shelf, term: str, holding: float, texts: int) -> float:
    """How much a term counts."""
    share = LATIN_PIECE if shelf is PIECES and is_latin_piece(term) else 1.0
    weight: float = idf(holding, texts) ** shelf.power
    return share * weight


def lacking(shelf: Shelf, holding: Iterable[int], texts: int) -> float:
    """What is added below the line: so many terms of the weight that a term has on average where it is said."""
    counted = Counter(holding)
    said = sum(held * terms for held, terms in counted.items())
    weighed = sum(held * terms * idf(held, texts) ** shelf.power for held, terms in counted.items())
    return shelf.lacking * weighed / said if said else shelf.lacking


class PlainLikeness:
    """Likeness in plain Python, for a desk of some thousand items."""

    def __init__(self, cuts: Iterable[Cut]) -> None:
        self._cuts = tuple(cuts)
        self._pieces = _Index(PIECES, [cut.pieces for cut in self._cuts])
        self._words = _Index(WORDS, [cut.words for cut in self._cuts])

    def nearest(self, cut: Cut, k: int) -> list[tuple[int, float]]:
        """The `k` texts that are most like `cut`."""
        found = [(place, self._score(cut, place)) for place in self._near(cut, max(k, REACH))]
        return nlargest(k, found, key=lambda one: (one[1], -one[0]))

    def pairs(self, threshold: float, *, own: bool = False) -> Iterator[Pair]:
        """Pairs that are at least so much alike, in the order of their places."""
        selves = [self._score(cut, place) for place, cut in enumerate(self._cuts)] if own else []
        met: set[tuple[int, int]] = set()
        for place, cut in enumerate(self._cuts):
            for other in self._near(cut, REACH):
                if other != place:
                    met.add((min(place, other), max(place, other)))
        for first, second in sorted(met):
            score = self._score(self._cuts[first], second)
            if score >= threshold * (min(selves[first], selves[second]) if own else 1):
                yield first, second, score

    def weight(self, word: str) -> float:
        """How much a word says."""
        return self._words.weight(word)

    def _near(self, cut: Cut, most: int) -> list[int]:
        """Places of texts that share most of its weight, read from the rarest terms."""
        shared: dict[int, float] = defaultdict(float)
        for index, terms in ((self._words, cut.words), (self._pieces, cut.pieces)):
            part = index.shelf.part / (index.total(terms) + index.lacking)
            left = BUDGET
            for term in sorted(terms, key=index.holding):
                places = index.places.get(term, ())
                left -= len(places)
                if left < 0:
                    break
                weight = part * index.weight(term)
                for place in places:
                    shared[place] += weight
        return nlargest(most, shared, key=lambda place: (shared[place], -place))

    def _score(self, cut: Cut, place: int) -> float:
        other = self._cuts[place]
        alike = self._pieces.alike(cut.pieces, place) + self._words.alike(cut.words, place)
        return alike + LENGTH_PART * min(cut.length, other.length) / max(cut.length, other.length, 1)


class _Index:
    """Where each term of a shelf stands."""

    def __init__(self, shelf: Shelf, terms: Sequence[tuple[str, ...]]) -> None:
        self.shelf = shelf
        self._texts = len(terms)
        places: dict[str, list[int]] = defaultdict(list)
        for place, said in enumerate(terms):
            for term in said:
                places[term].append(place)
        self.places: Mapping[str, list[int]] = dict(places)
        self._said = [frozenset(said) for said in terms]
        self._weights = {term: term_weight(shelf, term, len(held), self._texts) for term, held in places.items()}
        self._totals = [self.total(said) for said in terms]
        self.lacking = lacking(shelf, [len(held) for held in places.values()], self._texts)

    def holding(self, term: str) -> int:
        """How many texts hold it."""
        return len(self.places.get(term, ()))

    def weight(self, term: str) -> float:
        """How much a term counts, known or not."""
        found = self._weights.get(term)
        return term_weight(self.shelf, term, 0, self._texts) if found is None else found

    def total(self, terms: Iterable[str]) -> float:
        """The weight of a text."""
        return sum(map(self.weight, terms))

    def alike(self, terms: Sequence[str], place: int) -> float:
        """The part of the figure that comes from this shelf."""
        said = self._said[place]
        shared = sum(self.weight(term) for term in terms if term in said)
        return self.shelf.part * shared / ((self.total(terms) + self._totals[place]) / 2 + self.lacking)
