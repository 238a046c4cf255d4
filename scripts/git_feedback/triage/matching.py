"""Words of rules in a text: both folded, Latin words whole, and none that is denied (`没有起火` is no fire).

A word that was pulled apart (`退 款`, `r.e.f.u.n.d`) is found as well.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from git_feedback.model import Item
from git_feedback.policy import Keyword
from git_feedback.text import find, fold, joined, negated


@dataclass(frozen=True, slots=True)
class Match:
    """A rule and the words of it that the text holds."""

    rule: Keyword
    words: tuple[str, ...]


def folded_text(item: Item) -> str:
    """Title and text as rules compare them."""
    return _folded(f"{item.title}\n{item.text or ''}")


@lru_cache(maxsize=64)
def _folded(said: str) -> str:
    """Each rule asks for the same text."""
    return fold(said)


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """Words as rules compare them."""
    return tuple(fold(word) for word in words)


def negations_of(negations: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The words of every language that deny what follows."""
    return tuple(fold(word) for words in negations.values() for word in words)


def hits(words: Iterable[str], compared: Iterable[str], text: str, negations: Collection[str]) -> tuple[str, ...]:
    """Those of `words` (in their folded form `compared`) that a folded text says and does not deny."""
    whole = joined(text)
    there = (pair for pair in zip(words, compared, strict=True) if pair[1] in text or pair[1] in whole)
    return tuple(word for word, one in there if says(text, one, negations))


def says(text: str, word: str, negations: Collection[str]) -> bool:
    """Whether a folded text says a folded word and does not deny it; a word that was pulled apart is said too."""
    if found := find(word, text):
        return any(not negated(text, at, negations) for at in found)
    whole = joined(text)
    return whole is not text and any(not negated(whole, at, negations) for at in find(word, whole))
