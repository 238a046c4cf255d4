"""Names that somebody gave (areas, products, causes) as a chart shows them: nothing hidden, short, or on several lines."""

import re
from collections.abc import Iterator

from git_feedback.charts.fonts import drawable
from git_feedback.charts.sheet import LONGEST, Sheet
from git_feedback.text import graphemes, shorten, visible

BRIEF = 40
"""Columns that a name may take within a sentence."""
PIECE = re.compile(r"[ -⺀]+? |[ -⺀]+|.", re.DOTALL)
ELLIPSIS = "…"
NOT_FIRST = frozenset("，。；：？！、）》」』”’…%")
"""Signs that do not begin a line."""


def whole(name: str) -> str:
    """A name for the table: on one line, what cannot be seen as its code point."""
    return visible(" ".join(name.split()))


def brief(name: str) -> str:
    """A name within a sentence."""
    return shorten(whole(name), BRIEF)


def wrapped(sheet: Sheet, words: str, room: float, most: int, scale: float = 1) -> list[str]:
    """`words` on at most so many lines, none wider than `room`; what does not fit ends in an ellipsis."""
    lines: list[list[str]] = [[]]
    for piece in _pieces(sheet, drawable(words)[:LONGEST], room, scale):
        line = lines[-1]
        if line and sheet.width("".join([*line, piece]).rstrip(), scale) > room:
            lines.append([line.pop()] if piece in NOT_FIRST and len(line) > 1 else [])
        lines[-1].append(piece)
    whole_lines = ["".join(line).strip() for line in lines]
    if len(lines) > most:
        whole_lines[most - 1 :] = [_cut(sheet, whole_lines[most - 1], room, scale)]
    return whole_lines


def _cut(sheet: Sheet, line: str, room: float, scale: float) -> str:
    """A line that goes on, with an ellipsis for what does not stand there."""
    while line and sheet.width(line + ELLIPSIS, scale) > room:
        line = line[:-1].rstrip()
    return line + ELLIPSIS


def _pieces(sheet: Sheet, words: str, room: float, scale: float) -> Iterator[str]:
    """What stays together on a line: a Latin word with its space, a Han letter; a word that is too long by letters."""
    for piece in PIECE.findall(words):
        if sheet.width(piece.rstrip(), scale) <= room:
            yield piece
        else:
            yield from graphemes(piece)
