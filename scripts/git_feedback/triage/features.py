"""The n-grams by which a text is judged: Chinese runs by characters, Latin words whole and in pieces, in one union.

N-grams are hashed, so that what is learned holds no readable word of a customer.  All texts of a batch are cut up
together, as arrays: about 10 us for a short text.  Only `triage.learned` and its kin need this module (and numpy).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from re import compile as pattern

import numpy as np
from numpy.typing import NDArray

from git_feedback.text import HAN, fold

LENGTH = 2_000  # characters of a text that are looked at
HAN_SIZES = (1, 2, 3)
LATIN_SIZES = (2, 3, 4, 5)

# Shelves of the union.
HAN_PIECE, SYMBOL, WORD, WORD_PAIR, LATIN_PIECE = range(5)

_RAW_LENGTH = 5 * LENGTH  # folding drops invisible characters; so many of them may stand before the words
_BATCH = 200_000  # characters
_BATCH_TEXTS = 4_000
_OUT, _LATIN, _HAN, _SYMBOL, _UNKNOWN = 0, 1, 2, 3, 255
_STEP = np.uint64(0x9E3779B97F4A7C15)
_APOSTROPHE = ord("'")

Bools = NDArray[np.bool_]
Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grams:
    """Every n-gram of a batch of texts, one entry an occurrence; `start` and `end` count in the folded text."""

    row: Ints
    key: NDArray[np.uint32]
    start: Ints
    end: Ints
    shelf: NDArray[np.uint8]


def folded(text: str) -> str:
    """The text as it is looked at: folded, and cut after 2,000 characters."""
    return fold(text[:_RAW_LENGTH])[:LENGTH]


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in lists of at most 200,000 characters and 4,000 texts."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (size + len(text) > _BATCH or len(batch) == _BATCH_TEXTS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def grams(texts: Sequence[str]) -> Grams:
    """The n-grams of folded texts, those of one text independent of its neighbours."""
    stream = _Stream(texts)
    parts = [_symbols(stream), *_han_pieces(stream)]
    if stream.latin.any():
        line = _Line(stream)
        parts += [*_words(line), *_latin_pieces(line)]
    row, key, start, end, shelf = (np.concatenate(column) for column in zip(*parts, strict=True))
    offset = stream.offset[row]
    return Grams(row, key, np.maximum(start - offset, 0), end - offset, shelf)


_Part = tuple[Ints, NDArray[np.uint32], Ints, Ints, NDArray[np.uint8]]


class _Stream:
    """All texts in one row of code points, a space before, between and after them."""

    def __init__(self, texts: Sequence[str]) -> None:
        joined = f" {' '.join(texts)} "
        self.code = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        sizes = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
        self.offset = np.cumsum(sizes) - sizes + 1
        self.row = np.concatenate(([0], np.repeat(np.arange(len(texts)), sizes)))
        kind = _kinds(self.code)
        self.latin = kind == _LATIN
        self.han = kind == _HAN
        self.symbol = (kind == _SYMBOL) & ~self._joined_by_apostrophe()

    def _joined_by_apostrophe(self) -> Bools:
        """Apostrophes between letters, made part of their word: `don't` is one."""
        at = np.flatnonzero(self.code[1:-1] == _APOSTROPHE) + 1
        at = at[self.latin[at - 1] & self.latin[at + 1]]
        self.latin[at] = True
        inside = np.zeros(len(self.code), bool)
        inside[at] = True
        return inside


class _Line:
    """The Latin words of a stream with one space between them; `place` leads back into the stream.

    `chinese` counts the Chinese characters up to each place: two words with Chinese between them are no neighbours.
    """

    def __init__(self, stream: _Stream) -> None:
        kept = stream.latin.copy()
        kept[1:] |= stream.latin[:-1]
        kept[0] = True
        self.place = np.flatnonzero(kept)
        self.row = stream.row[self.place]
        self.letter = stream.latin[self.place]
        self.chinese = np.cumsum(stream.han)[self.place]
        self.code = np.where(self.letter, stream.code[self.place], ord(" ")).astype(np.uint64)


def _kinds(code: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The kind of each code point; a code point is classified when it is first met."""
    table = _kind_table()
    kind = table[code]
    if (unknown := kind == _UNKNOWN).any():
        met = np.unique(code[unknown])
        table[met] = [_kind(chr(one)) for one in met.tolist()]
        kind = table[code]
    return kind


@cache
def _kind_table() -> NDArray[np.uint8]:
    return np.full(0x110000, _UNKNOWN, np.uint8)


_HAN_CHARACTER = pattern(f"[{HAN}]")
_WORD_CHARACTER = pattern(r"\w")


def _kind(character: str) -> int:
    if _HAN_CHARACTER.match(character):
        return _HAN
    if _WORD_CHARACTER.match(character):
        return _LATIN
    return _SYMBOL if character.isprintable() and not character.isspace() else _OUT


def _mixed(value: Hashes, seed: int) -> NDArray[np.uint32]:
    """Evenly spread 32 bits (the finishing steps of SplitMix64, which is in the public domain)."""
    value = value + np.uint64(seed * int(_STEP) & 0xFFFFFFFFFFFFFFFF)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((value ^ (value >> np.uint64(31))) >> np.uint64(32)).astype(np.uint32)


def _part(row: Ints, key: NDArray[np.uint32], start: Ints, end: Ints, shelf: int) -> _Part:
    return row, key, start, end, np.full(len(row), shelf, np.uint8)


def _symbols(stream: _Stream) -> _Part:
    """Punctuation and emoji, one by one."""
    at = np.flatnonzero(stream.symbol)
    return _part(stream.row[at], _mixed(stream.code[at].astype(np.uint64), 1), at, at + 1, SYMBOL)


def _han_pieces(stream: _Stream) -> Iterator[_Part]:
    whole, value = stream.han, stream.code.astype(np.uint64)
    code = value
    for size in HAN_SIZES:
        if size > 1:
            whole = whole[:-1] & stream.han[size - 1 :]
            value = value[:-1] * _STEP + code[size - 1 :]
        at = np.flatnonzero(whole)
        yield _part(stream.row[at], _mixed(value[at], 10 + size), at, at + size, HAN_PIECE)


def _words(line: _Line) -> Iterator[_Part]:
    """Words, and every two neighbours of one text (with nothing Chinese between them)."""
    before = np.concatenate(([False], line.letter[:-1]))
    after = np.concatenate((line.letter[1:], [False]))
    first, last = np.flatnonzero(line.letter & ~before), np.flatnonzero(line.letter & ~after)
    value = _word_values(line, first)
    row, start, end = line.row[first], line.place[first], line.place[last] + 1
    yield _part(row, _mixed(value, 2), start, end, WORD)
    chinese = line.chinese[first]
    pair = np.flatnonzero((row[:-1] == row[1:]) & (chinese[:-1] == chinese[1:]))
    key = _mixed(value[pair] * _STEP + _mixed(value[pair + 1], 3), 4)
    yield _part(row[pair], key, start[pair], end[pair + 1], WORD_PAIR)


def _word_values(line: _Line, first: Ints) -> Hashes:
    """A number for each word: the sum of its letters, each times a power that depends on its place in the word."""
    sizes = np.diff(np.append(first, len(line.code)))
    place = np.arange(first[0], len(line.code)) - np.repeat(first, sizes)
    powers = np.cumprod(np.full(int(sizes.max()), _STEP, np.uint64))
    letters = np.where(line.letter, line.code, np.uint64(0))[first[0] :]
    return np.add.reduceat(letters * powers[place], first - first[0])


def _latin_pieces(line: _Line) -> Iterator[_Part]:
    """Windows over words and the spaces beside them, within one text and with nothing Chinese between words.

    Where a window starts or ends is told by its letters: the space before a text's first word may be the one that
    ended the text before.
    """
    value = line.code
    for size in LATIN_SIZES:
        for done in range(1 if size == LATIN_SIZES[0] else size - 1, size):
            value = value[:-1] * _STEP + line.code[done:]
        count = len(value)
        first = np.arange(count) + ~line.letter[:count]
        last = np.arange(size - 1, size - 1 + count) - ~line.letter[size - 1 :]
        whole = (line.row[first] == line.row[last]) & (line.chinese[first] == line.chinese[last])
        at = np.flatnonzero(whole)
        start, end = line.place[first[at]], line.place[last[at]] + 1
        yield _part(line.row[first[at]], _mixed(value[at], 20 + size), start, end, LATIN_PIECE)
