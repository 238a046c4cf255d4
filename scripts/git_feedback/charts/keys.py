"""The key under a chart: a square of each colour with its name, on as many rows as they need."""

from collections.abc import Sequence

from git_feedback.charts.fonts import drawable, width
from git_feedback.charts.sheet import LONGEST, Format, Sheet

SMALL = 0.92
ROW = 1.6
"""Letters from row to row."""
SIGN, AFTER = 1.3, 1.1
"""The room of a square, and from a name to the next square, in letters."""


def key_height(page: Format, names: Sequence[str]) -> float:
    """How high the key of these names is, in points."""
    return (_places(page, names)[-1][1] + 1) * ROW * page.letter if names else 0.0


def paint_key(sheet: Sheet, names: Sequence[str], colours: Sequence[str]) -> None:
    """The key at the foot of the sheet."""
    letter = sheet.page.letter
    places = _places(sheet.page, names)
    for name, colour, (x, row) in zip(names, colours, places, strict=True):
        y = (places[-1][1] - row + 0.5) * ROW * letter
        box = (x + 0.5, y - 0.45 * letter, 0.9 * letter, 0.9 * letter)
        sheet.boxes([box], colour)
        sheet.frame(box)
        room = sheet.page.width - x - SIGN * letter
        sheet.words((x + SIGN * letter, y), sheet.fitted(name, room, SMALL), "ink-2", scale=SMALL)


def _places(page: Format, names: Sequence[str]) -> list[tuple[float, int]]:
    """Where each square begins, and in which row from the top."""
    found: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for name in names:
        wide = SIGN * page.letter + width(drawable(name[:LONGEST]), SMALL * page.letter)
        if x and x + wide > page.width:
            x, row = 0.0, row + 1
        found.append((x, row))
        x += wide + AFTER * page.letter
    return found
