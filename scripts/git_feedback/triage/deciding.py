"""The parts of a text that spoke for its label: its own n-grams, since hashed ones cannot be read back."""

import re
from collections.abc import Callable

import numpy as np

from git_feedback.text import HAN, fold
from git_feedback.triage.features import LATIN_PIECE, Grams, Ints
from git_feedback.triage.weighing import Floats, Matrix

SHOWN = 5
_LOUD = 0.15
_LETTER = re.compile(rf"(?![{HAN}])[\w']")

Reading = Callable[[int, str, str], tuple[str, ...]]


def reasons(table: Matrix, weights: Floats, against: Floats, best: Ints, cut: Grams, first: Ints) -> Reading:
    """A function that names the parts which spoke most for `best`, given a row, its folded text and the text itself.

    `against` is the mean weight of each n-gram over the labels; `first` is where in `cut` each entry of the table was found.
    """
    row = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    said = table.data * (weights[table.indices, best[row]] - against[table.indices])
    loud = _loud(said, table.indptr, row)
    order = loud[np.lexsort((-said[loud], row[loud]))]
    bounds = np.searchsorted(row[order], np.arange(table.shape[0] + 1)).tolist()
    found = first[order]
    spans = list(zip(cut.start[found].tolist(), cut.end[found].tolist(), cut.shelf[found].tolist(), strict=True))

    def reading(at: int, folded: str, text: str) -> tuple[str, ...]:
        return tuple(_spelt(folded, text, span) for span in _apart(folded, spans[bounds[at] : bounds[at + 1]]))

    return reading


def _loud(said: Floats, bounds: Ints, row: Ints) -> Ints:
    """The entries that say at least a seventh of what the loudest one of their text says (sorting all costs too much)."""
    if not len(said):
        return np.zeros(0, np.int64)
    loudest = np.zeros(len(bounds) - 1, np.float32)
    filled = np.flatnonzero(np.diff(bounds))
    loudest[filled] = np.maximum.reduceat(said, bounds[:-1][filled])
    return np.flatnonzero((said > 0) & (said >= _LOUD * loudest[row]))


def _apart(folded: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The first few spans that do not lie in one another; pieces of Latin words are widened to the words."""
    kept: list[tuple[int, int]] = []
    for start, end, shelf in spans:
        if shelf == LATIN_PIECE:
            start, end = _whole_words(folded, start, end)
        if all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
        if len(kept) == SHOWN:
            break
    return kept


def _whole_words(folded: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _LETTER.match(folded, start - 1):
        start -= 1
    while end < len(folded) and _LETTER.match(folded, end):
        end += 1
    return start, end


def _spelt(folded: str, text: str, span: tuple[int, int]) -> str:
    """The part as the writer spelt it, where folding has moved nothing; else as it was folded."""
    part, own = folded[slice(*span)], text[slice(*span)]
    return own if fold(own) == part else part
