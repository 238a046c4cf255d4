"""Words of rules in a text: both folded, Latin words whole, and none that is denied (`没有起火` is no fire)."""

from collections.abc import Collection, Iterable, Mapping

from git_feedback.model import Item
from git_feedback.text import find, fold, negated


def folded_text(item: Item) -> str:
    """Title and text as rules compare them."""
    return fold(f"{item.title}\n{item.text or ''}")


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """Words as rules compare them."""
    return tuple(fold(word) for word in words)


def negations_of(negations: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The words of every language that deny what follows."""
    return tuple(fold(word) for words in negations.values() for word in words)


def hits(words: Iterable[str], compared: Iterable[str], text: str, negations: Collection[str]) -> tuple[str, ...]:
    """Those of `words` (in their folded form `compared`) that a folded text says and does not deny."""
    return tuple(word for word, one in zip(words, compared, strict=True) if says(text, one, negations))


def says(text: str, word: str, negations: Collection[str]) -> bool:
    """Whether a folded text says a folded word and does not deny it."""
    return any(not negated(text, at, negations) for at in find(word, text))
