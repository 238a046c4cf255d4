"""A text as a searcher wants it: full-width and other digits plain, nothing invisible, every place known."""

import unicodedata
from dataclasses import dataclass

from git_feedback.text import is_invisible


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` with the place in the original of each of its characters."""

    text: str
    places: range | tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original text of a span that is not empty; hidden characters inside belong to it."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """The text in plain characters, one for one, invisible ones left out."""
    if text.isascii():
        return Plain(text, range(len(text)))
    made = text.translate(_TABLE)
    if len(made) == len(text):
        return Plain(made, range(len(text)))
    seen = [(place, _plain(character)) for place, character in enumerate(text) if not is_invisible(character)]
    return Plain("".join(character for _, character in seen), tuple(place for place, _ in seen))


def _plain(character: str) -> str:
    """The compatibility form if it is one character, digits of every script as ASCII, every dash a hyphen."""
    form = unicodedata.normalize("NFKC", character)
    if len(form) != 1:
        return character
    if (digit := unicodedata.decimal(form, None)) is not None:
        return str(digit)
    return "-" if unicodedata.category(form) == "Pd" else form


class _Seen(dict[int, str | None]):
    """What `str.translate` asks for, worked out once a character; nothing for an invisible one."""

    def __missing__(self, point: int) -> str | None:
        character = chr(point)
        self[point] = made = None if is_invisible(character) else _plain(character)
        return made


_TABLE = _Seen()
