"""The likeness of `triage.likeness` with numpy, scipy and sparse_dot_topn: the same figures for a hundred thousand texts.

Two steps: the texts that share most weight are found with as many of the rarest terms as a budget allows, then those
are compared in full.  With short texts, and up to some ten thousand of them, the budget reaches for all terms.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sparse_dot_topn import sp_matmul_topn

from git_feedback.triage.likeness import LENGTH_PART, PIECES, REACH, WORDS, Pair, Shelf, lacking, term_weight
from git_feedback.triage.terms import Cut

Floats = NDArray[np.float32]
Places = NDArray[np.int32]


class Budget(NamedTuple):
    """How much is read and multiplied; what does not fit into it are the most common terms."""

    read: int = 300_000
    """Entries of the index of one shelf for one text, at most."""
    looked_at: int = 400
    """Texts that are compared in full with one new text, where not all of its terms were read."""
    multiplied: int = 4_000
    """Products for each text and shelf, to find all pairs."""
    multiplied_in_all: int = 1_500_000_000
    """The same for a desk with few texts."""


_AMPLE = Budget()
_ENTRIES_AT_ONCE = 3_000_000


class ArrayLikeness:
    """Likeness for many texts."""

    def __init__(self, cuts: Iterable[Cut], budget: Budget = _AMPLE) -> None:
        self._budget = budget
        pieces, words = _Collected(), _Collected()
        lengths = array("i")
        for cut in cuts:
            pieces.add(cut.pieces)
            words.add(cut.words)
            lengths.append(cut.length)
        self._length = np.asarray(lengths, np.float32)
        self._shelves = (_Table(PIECES, pieces), _Table(WORDS, words))

    def nearest(self, cut: Cut, k: int) -> list[tuple[int, float]]:
        """The `k` texts that are most like `cut`."""
        queries = [table.query(terms) for table, terms in zip(self._shelves, (cut.pieces, cut.words), strict=True)]
        shared = [table.shared(query, self._budget.read) for table, query in zip(self._shelves, queries, strict=True)]
        rough = self._scores(cut, queries, [weight for weight, _ in shared])
        touched = shared[0][0] > 0
        touched |= shared[1][0] > 0
        rough[~touched] = -1.0
        if not all(complete for _, complete in shared):
            places = _best(rough, max(k, self._budget.looked_at))
            full = [table.shared_with(query, places) for table, query in zip(self._shelves, queries, strict=True)]
            rough[:] = -1.0
            rough[places] = self._scores(cut, queries, full, places)
        return [(int(place), float(rough[place])) for place in _best(rough, k)]

    def pairs(self, threshold: float, *, own: bool = False) -> Iterator[Pair]:
        """Pairs that are at least so much alike, in the order of their places."""
        selves = self._selves() if own else None
        first, second = self._likely(0.0 if own else threshold)
        step = max(1, _ENTRIES_AT_ONCE // max(1, *(table.longest for table in self._shelves)))
        for start in range(0, len(first), step):
            left, right = first[start : start + step], second[start : start + step]
            scores = self._pair_scores(left, right)
            least = threshold * np.minimum(selves[left], selves[right]) if selves is not None else threshold
            kept = scores >= least
            yield from zip(left[kept].tolist(), right[kept].tolist(), scores[kept].tolist(), strict=True)

    def weight(self, word: str) -> float:
        """How much a word says."""
        return self._shelves[1].weight(word)

    def _scores(
        self, cut: Cut, queries: Sequence["_Query"], shared: Sequence[Floats], places: Any = slice(None)
    ) -> Floats:
        length = self._length[places]
        score: Floats = _length_part(length, np.float32(cut.length))
        for table, query, weight in zip(self._shelves, queries, shared, strict=True):
            score += np.float32(table.shelf.part) * weight / ((query.total + table.total[places]) / 2 + table.lacking)
        return score

    def _pair_scores(self, left: Places, right: Places) -> Floats:
        score = _length_part(self._length[left], self._length[right])
        for table in self._shelves:
            score += np.float32(table.shelf.part) * table.alike(left, right)
        return score

    def _selves(self) -> Floats:
        """How much each text is like itself."""
        score = _length_part(self._length, self._length)
        for table in self._shelves:
            score += np.float32(table.shelf.part) * table.total / (table.total + table.lacking)
        return score

    def _likely(self, threshold: float) -> tuple[Places, Places]:
        """Pairs that may reach the threshold: for each text those that share most, the smaller place first."""
        parts, complete = zip(*(table.comparable(self._budget) for table in self._shelves), strict=True)
        rows = hstack(parts, format="csr", dtype=np.float32)
        share = 1.0 if all(complete) else 0.5
        least = max(0.0, (threshold - LENGTH_PART) * share)
        found = sp_matmul_topn(rows, rows.T.tocsr(), REACH + 1, threshold=least).tocoo()
        one, other = np.minimum(found.row, found.col), np.maximum(found.row, found.col)
        texts = len(self._length)
        keys = np.unique(one[one != other].astype(np.int64) * texts + other[one != other])
        return (keys // max(texts, 1)).astype(np.int32), (keys % max(texts, 1)).astype(np.int32)


class _Collected:
    """The terms of texts as numbers, text by text."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.terms = array("i")
        self.ends = array("q", [0])

    def add(self, terms: Iterable[str]) -> None:
        """One more text."""
        number = self.number
        self.terms.extend([number.setdefault(term, len(number)) for term in terms])
        self.ends.append(len(self.terms))


class _Query:
    """Terms of a text that is compared: those known, rarest first, and the weight of all."""

    def __init__(self, known: Places, total: float) -> None:
        self.known = known
        self.total = total


class _Table:
    """The terms of one shelf, by text and by term."""

    def __init__(self, shelf: Shelf, collected: _Collected) -> None:
        self.shelf = shelf
        self._number = collected.number
        self._texts = len(collected.ends) - 1
        terms, ends = np.asarray(collected.terms, np.int32), np.asarray(collected.ends, np.int64)
        self._holding = np.bincount(terms, minlength=len(self._number)).astype(np.int32)
        self._weight = self._weights()
        weights = self._weight[terms]
        self._rows = csr_matrix((np.sqrt(weights), terms, ends), shape=(self._texts, len(self._number)))
        self._rows.sort_indices()
        self.total = np.asarray(self._rows.multiply(self._rows).sum(axis=1), np.float32).ravel()
        self.longest = int(np.diff(ends).max(initial=0))
        self.lacking = np.float32(lacking(shelf, self._holding.tolist(), self._texts))
        said = np.ones(len(terms), np.int8)
        by_term = csr_matrix((said, self._rows.indices, self._rows.indptr), shape=self._rows.shape).tocsc()
        self._places, self._starts = by_term.indices.astype(np.int32, copy=False), by_term.indptr

    def _weights(self) -> Floats:
        said = zip(self._number, self._holding.tolist(), strict=True)
        return np.fromiter((term_weight(self.shelf, term, held, self._texts) for term, held in said), np.float32)

    def weight(self, term: str) -> float:
        """How much a term counts, known or not."""
        number = self._number.get(term)
        return term_weight(self.shelf, term, 0, self._texts) if number is None else float(self._weight[number])

    def query(self, terms: Sequence[str]) -> _Query:
        """The terms of a text that is looked for."""
        known = np.array([self._number[term] for term in terms if term in self._number], np.int32)
        order = np.lexsort((known, self._holding[known]))
        return _Query(known[order], sum(map(self.weight, terms)))

    def shared(self, query: _Query, most: int) -> tuple[Floats, bool]:
        """The weight that each text shares with it, and whether all its terms were read."""
        weight: Floats = np.zeros(self._texts, np.float32)
        read = np.cumsum(self._holding[query.known])
        enough = max(1, int(np.searchsorted(read, most, side="right")))
        for number in query.known[:enough].tolist():
            weight[self._places[self._starts[number] : self._starts[number + 1]]] += self._weight[number]
        return weight, enough >= len(query.known)

    def shared_with(self, query: _Query, places: Places) -> Floats:
        """The weight that some texts share with it, all terms read."""
        counted: Floats = np.zeros(len(self._weight), np.float32)
        counted[query.known] = np.sqrt(self._weight[query.known])
        return np.asarray(self._rows[places] @ counted, np.float32)

    def alike(self, left: Places, right: Places) -> Floats:
        """How much of the weight pairs of texts share, from 0 to 1."""
        shared = np.asarray(self._rows[left].multiply(self._rows[right]).sum(axis=1), np.float32).ravel()
        mean: Floats = (self.total[left] + self.total[right]) / np.float32(2) + self.lacking
        return shared / mean

    def comparable(self, budget: Budget) -> tuple[Any, bool]:
        """Rows whose products are nearly `alike` (never less), of the rarest terms that the budget allows."""
        cost = np.sort(self._holding.astype(np.int64)) ** 2
        allowed = int(
            np.searchsorted(
                np.cumsum(cost), max(budget.multiplied_in_all, budget.multiplied * self._texts), side="right"
            )
        )
        complete = allowed == len(cost)
        limit = self._texts if complete else int(np.sqrt(cost[max(allowed - 1, 0)]))
        scale = np.sqrt(self.shelf.part / (self.total + self.lacking))
        rows = self._rows.copy()
        rows.data = rows.data * np.repeat(scale, np.diff(rows.indptr)).astype(np.float32)
        if not complete:
            rows.data[self._holding[rows.indices] > limit] = 0.0
            rows.eliminate_zeros()
        return rows, complete


def _length_part(one: Floats, other: Floats | np.float32) -> Floats:
    longer: Floats = np.maximum(np.maximum(one, other), 1, dtype=np.float32)
    return np.float32(LENGTH_PART) * np.minimum(one, other) / longer


def _best(scores: Floats, k: int) -> Places:
    """The places of the `k` best that are no less than zero; of equal ones the earlier."""
    if k < len(scores):
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        places = np.flatnonzero(scores >= max(least, 0.0))
    else:
        places = np.flatnonzero(scores >= 0.0)
    order = np.lexsort((places, -scores[places]))
    return places[order][:k].astype(np.int32)
