"""Patterns in mapping files: `*` stands for anything, every other character for itself, and case counts."""

from collections.abc import Iterable, Sequence

ANYTHING = "*"


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text is meant; in time that grows with its length only."""
    first, *others = pattern.split(ANYTHING)
    if not others:
        return text == pattern
    *inner, last = others
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in inner:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def columns(names: Iterable[str], header: Sequence[str]) -> list[str]:
    """The columns of a header that names and patterns mean: in the order of the names, each once.

    A name that is a column itself means just that one, stars and all.
    """
    found: dict[str, None] = {}
    for name in names:
        found |= dict.fromkeys([name] if name in header else _meant(name, header))
    return list(found)


def _meant(name: str, header: Sequence[str]) -> list[str]:
    return [column for column in header if fits(name, column)] if ANYTHING in name else []
