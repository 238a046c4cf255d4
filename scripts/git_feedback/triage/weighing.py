"""How often each n-gram stands in each text, and how much it weighs: rare ones and telling ones more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from git_feedback.triage.features import HAN_PIECE, LATIN_PIECE, SYMBOL, WORD, WORD_PAIR, Grams, Ints, batches, grams

Floats = NDArray[np.float32]
Matrix = Any  # scipy.sparse.csr_array, imported late: it comes with the extra `ml`

# A whole word says more than each of its many pieces.  Found by cross-validation on train parts alone.
SHELF_WEIGHT = {HAN_PIECE: 1.0, SYMBOL: 1.0, WORD: 3.0, WORD_PAIR: 2.0, LATIN_PIECE: 1.0}
MANY_WORDS = 20  # from so many different words on, pieces count for less
FEWER_PIECES = 2.0  # the power of how many times more words there are
_SHELF_WEIGHTS = np.array([SHELF_WEIGHT[shelf] for shelf in sorted(SHELF_WEIGHT)], np.float32)
_COLUMNS_AT_MOST = 1 << 20
_SLOT_SHIFT = np.uint32(11)
_EMPTY, _CROWDED = -1, -2


@dataclass(frozen=True, slots=True)
class Counts:
    """Texts by n-grams: `table[row, column]` times; `key` of each column ascends."""

    table: Matrix
    key: NDArray[np.uint32]
    shelf: NDArray[np.uint8]


def count(folded: Sequence[str]) -> Counts:
    """The n-grams of folded texts; of more than a million different ones those that occur in the most texts."""
    row, key, times, shelf = _tallied(folded)
    keys, first, column = np.unique(key, return_index=True, return_inverse=True)
    table = _matrix(times.astype(np.float32), row, column, (len(folded), len(keys)))
    shelves = shelf[first]
    if len(keys) > _COLUMNS_AT_MOST:
        frequent = np.argsort(-texts_with(table), kind="stable")[:_COLUMNS_AT_MOST]
        frequent.sort()
        table, keys, shelves = table[:, frequent], keys[frequent], shelves[frequent]
    return Counts(table, keys, shelves)


def texts_with(table: Matrix) -> Ints:
    """In how many texts each n-gram stands."""
    counted: Ints = np.bincount(table.indices, minlength=table.shape[1])
    return counted


def scales(counts: Counts, codes: Ints, classes: int) -> Floats:
    """The weight of each column: its shelf, its rarity, and how differently the classes use it; 0 if nobody does.

    The last is the square root of the spread, over the classes, of the log ratio of naive Bayes (Wang and Manning
    2012, there for each class by itself; one spread for all keeps a text's length the same for all).
    """
    texts, size = texts_with(counts.table), len(codes)
    rarity = np.log((1 + size) / (1 + texts)) + 1
    members = np.bincount(codes, minlength=classes)[:, None]
    inside = per_class(_presence(counts.table), codes, classes)
    outside = texts[None, :] - inside
    ratio = np.log((inside + 1) / (members + 2)) - np.log((outside + 1) / (size - members + 2))
    scale = _SHELF_WEIGHTS[counts.shelf] * rarity * np.sqrt(ratio.std(axis=0))
    return np.where(texts > 0, scale, 0).astype(np.float32)


def per_class(table: Matrix, codes: Ints, classes: int) -> Floats:
    """The sum of the rows of each class."""
    size = len(codes)
    picking = _matrix(np.ones(size, np.float32), codes, np.arange(size), (classes, size))
    summed: Floats = (picking @ table).toarray()
    return summed


def weighed(table: Matrix, scale: Floats, shelf: NDArray[np.uint8]) -> Matrix:
    """Counts made comparable: the tenth time says less than the first, and every text has length 1 (or 0).

    In a long text nearly every piece of a word occurs somewhere, so there words count for more and pieces for less.
    """
    table = table.astype(np.float32)  # a copy
    entries, shelves = np.diff(table.indptr), shelf[table.indices]
    table.data = (1 + np.log(table.data)) * scale[table.indices]
    words = _row_sums((shelves == WORD).astype(np.float32), table.indptr)
    fewer = np.minimum(1, (MANY_WORDS / np.maximum(words, 1)) ** FEWER_PIECES).astype(np.float32)
    table.data *= np.where(shelves == LATIN_PIECE, np.repeat(fewer, entries), np.float32(1))
    lengths = np.sqrt(_row_sums(table.data**2, table.indptr))
    table.data /= np.repeat(np.where(lengths > 0, lengths, 1), entries).astype(np.float32)
    return table


def _row_sums(entries: Floats, bounds: Ints) -> Floats:
    """The sum of the entries of each row."""
    sums: Floats = np.add.reduceat(np.append(entries, np.float32(0)), bounds[:-1])
    sums[np.diff(bounds) == 0] = 0
    return sums


class Columns:
    """Where the n-gram of a hash stands among known ones: a table of slots, since searching each costs ten times more."""

    def __init__(self, key: NDArray[np.uint32]) -> None:
        self._key = key
        slot = key >> _SLOT_SHIFT
        self._slots = np.full(1 << (32 - int(_SLOT_SHIFT)), _EMPTY, np.int32)
        self._slots[slot] = np.arange(len(key))
        self._slots[slot[1:][slot[1:] == slot[:-1]]] = _CROWDED

    def __len__(self) -> int:
        return len(self._key)

    def of(self, hashes: NDArray[np.uint32]) -> Ints:
        """The column of each hash, -1 where it is not known."""
        column: Ints = self._slots[hashes >> _SLOT_SHIFT].astype(np.int64)
        crowded = np.flatnonzero(column == _CROWDED)
        column[crowded] = np.minimum(np.searchsorted(self._key, hashes[crowded]), len(self._key) - 1)
        column[(column >= 0) & (self._key[column] != hashes)] = _EMPTY
        return column


def rows_of(found: Grams, columns: Columns, rows: int) -> tuple[Matrix, Ints]:
    """The table of a batch over known columns, and for each entry the occurrence that came first."""
    column = columns.of(found.key)
    known = np.flatnonzero(column >= 0)
    pair, first, times = _distinct(found.row[known] * len(columns) + column[known])
    shape = (rows, len(columns))
    table = _matrix(times.astype(np.float32), pair // len(columns), pair % len(columns), shape)
    return table, known[first]


def _distinct(pair: Ints) -> tuple[Ints, Ints, Ints]:
    """The different numbers in order, where each was first, how often it is there; numbers and places fit 63 bits."""
    width = max(1, len(pair).bit_length())
    packed = np.sort((pair << width) | np.arange(len(pair)))
    value = packed >> width
    first = np.flatnonzero(np.append(True, value[1:] != value[:-1])[: len(value)])
    return value[first], packed[first] & ((1 << width) - 1), np.diff(np.append(first, len(value)))


def _tallied(folded: Sequence[str]) -> tuple[Ints, NDArray[np.uint32], Ints, NDArray[np.uint8]]:
    """Row, key, times and shelf of each n-gram of each text."""
    parts, before = [], 0
    for batch in batches(folded):
        found = grams(batch)
        pair = (found.row.astype(np.uint64) << np.uint64(32)) | found.key
        pair, first, times = np.unique(pair, return_index=True, return_counts=True)
        row = (pair >> np.uint64(32)).astype(np.int64) + before
        parts.append((row, found.key[first], times, found.shelf[first]))
        before += len(batch)
    row, key, times, shelf = (np.concatenate(column) for column in zip(*parts, strict=True))
    return row, key, times, shelf


def _presence(table: Matrix) -> Matrix:
    present = table.copy()
    present.data = np.ones_like(present.data)
    return present


def _matrix(value: Floats, row: Ints, column: Ints, shape: tuple[int, int]) -> Matrix:
    from scipy.sparse import csr_array

    # liblinear takes no wider indices
    return csr_array((value, (row.astype(np.int32), column.astype(np.int32))), shape=shape)
