"""Lines that fit a terminal: wrapped by what the screen shows, where Chinese takes two columns and breaks anywhere."""

import re
from collections.abc import Iterator

from git_feedback.text import display_width, graphemes

WIDTH = 80
_LONG = 24
"""Columns from which on a run without blanks is no word and breaks between its characters."""
_WORD = re.compile(r"\s+|[^\s，。；：！？、）”]+[，。；：！？、）”]*|[，。；：！？、）”]+")
_NEVER_FIRST = "，。；：！？、）”’》」…"
_NEVER_LAST = "（“‘《「"


def wrapped(text: str, indent: int, hang: int = 2, width: int = WIDTH) -> Iterator[str]:
    """Lines of at most `width` columns, indented; those after the first by `hang` more.

    A word that is wider than a line stays whole.
    """
    line, room = "", width - indent
    for part in _parts(text):
        if line.strip() and display_width(line + part.rstrip()) > room:
            yield " " * indent + line.rstrip()
            indent, room = (indent + hang, room - hang) if hang else (indent, room)
            line, hang = "", 0
        line += part if line else part.lstrip()
    if line.strip():
        yield " " * indent + line.rstrip()


def _parts(text: str) -> Iterator[str]:
    """What stays together on a line: words with the punctuation after them, and of long runs the single characters."""
    for word in _WORD.findall(text):
        if display_width(word) <= _LONG or word.isascii():
            yield word
        else:
            yield from _pieces(word)


def _pieces(word: str) -> Iterator[str]:
    held = ""
    for piece in graphemes(word):
        clings = piece.isascii() and held.isascii()
        if held and not clings and piece not in _NEVER_FIRST and held[-1] not in _NEVER_LAST:
            yield held
            held = ""
        held += piece
    if held:
        yield held
