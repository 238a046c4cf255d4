"""The ground of a chart with counts upwards: round steps from zero, thin lines, words under it and at line ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

from git_feedback.charts import amounts
from git_feedback.charts.sheet import Point, Sheet

FEW = 8
"""With so many points or fewer, each has its value."""
SMALL = 0.92
"""Words at the axes and values are a little smaller."""
MONDAY = 0
A_YEAR = timedelta(days=366)
LINE = {"wide": 2.0, "phone": 1.6}


def steps(most: int, parts: int = 4) -> list[int]:
    """Round numbers from 0 to `most` or just above, at most `parts` + 1 of them."""
    step, grow = 1, (2, 5, 10)
    while step * parts < most:
        power = 10 ** (len(str(step)) - 1)
        step = next(factor * power for factor in grow if factor * power > step)
    return [step * index for index in range(-(-max(most, 1) // step) + 1)]


@dataclass(frozen=True, slots=True)
class Plot:
    """Where counts lie on a sheet: between `left` and `right`, from `bottom` (zero) to `top` (the last step)."""

    sheet: Sheet
    ticks: list[int]
    left: float
    right: float
    bottom: float
    top: float

    def y(self, amount: float) -> float:
        return self.bottom + amount / self.ticks[-1] * (self.top - self.bottom)

    def x(self, place: int, places: int) -> float:
        """The place of a point among so many, from edge to edge; a single one stands in the middle."""
        return self.left + (place / (places - 1) if places > 1 else 0.5) * (self.right - self.left)

    def slot(self, place: float, places: int) -> float:
        """The left edge of a column's room among so many."""
        return self.left + place / places * (self.right - self.left)


def plot(sheet: Sheet, most: float, beside: float = 0, above: float = 1.8) -> Plot:
    """A ground for counts up to `most`, with `beside` points of room at the right and `above` letters at the top."""
    letter, page = sheet.page.letter, sheet.page
    ticks = steps(ceil(most))
    left = sheet.widest(map(amounts.count, ticks)) + 2 * letter
    right = page.width - max(beside, 1.2 * letter)
    return Plot(sheet, ticks, left, right, 2 * letter, page.height - above * letter)


def paint_ground(ground: Plot) -> None:
    """The steps with their lines."""
    sheet, letter = ground.sheet, ground.sheet.page.letter
    for tick in ground.ticks:
        ends = [(ground.left - 0.8 * letter, ground.y(tick)), (ground.right + 0.8 * letter, ground.y(tick))]
        sheet.line(ends, under=True)
        sheet.words((ground.left - 1.2 * letter, ground.y(tick)), amounts.count(tick), "ink-3", "right")


def paint_under(ground: Plot, words: Sequence[tuple[float, str]]) -> None:
    """Words under the ground, centred at their places but within the sheet; every second, third ... until they fit."""
    placed = [(*_within(ground.sheet, x, said), said) for x, said in words]
    kept = next(
        (placed[::every] for every in range(1, len(placed)) if _stand_apart(ground, placed[::every])), placed[:1]
    )
    for middle, _, said in kept:
        height = ground.bottom - 1.1 * ground.sheet.page.letter
        ground.sheet.words((middle, height), said, "ink-3", "center", SMALL)


def _within(sheet: Sheet, x: float, words: str) -> tuple[float, float]:
    """Where words near `x` are centred so that they stay on the sheet, and half their width."""
    half = sheet.width(words, SMALL) / 2
    return min(max(x, half), sheet.page.width - half), half


def _stand_apart(ground: Plot, placed: Sequence[tuple[float, float, str]]) -> bool:
    between = 0.8 * ground.sheet.page.letter
    return all(later[0] - later[1] - here[0] - here[1] >= between for here, later in pairwise(placed))


def under_dates(ground: Plot, dates: Sequence[date], xs: Sequence[float], language: str) -> None:
    """Dates under the ground: of many days the Mondays; of more than a year the months with their year."""
    if len(dates) > 1 and dates[-1] - dates[0] > A_YEAR:
        under_months(ground, dates, xs)
        return
    marks = list(zip(dates, xs, strict=True))
    if len(marks) > FEW and dates[1] - dates[0] == timedelta(days=1):
        marks = [(day, x) for day, x in marks if day.weekday() == MONDAY]
    paint_under(ground, [(x, amounts.short_day(day, language)) for day, x in marks])


def under_months(ground: Plot, dates: Sequence[date], xs: Sequence[float]) -> None:
    """The months of dates under the ground."""
    paint_under(ground, [(x, f"{day.year}-{day.month:02}") for day, x in zip(dates, xs, strict=True)])


def apart(heights: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """The same heights, moved as little as need be until each is `room` from the next, between `low` and `high`."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    moved = [min(max(height, low), high) for height in heights]
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + room)
    ceiling = high
    for place in reversed(order):
        moved[place] = min(moved[place], ceiling)
        ceiling = moved[place] - room
    return moved


def thinned(points: Sequence[Point], width: float) -> Sequence[Point]:
    """The lowest and the highest point of each strip of `width`: a line through them looks the same."""
    strips: dict[int, list[Point]] = {}
    for point in points:
        strips.setdefault(int(point[0] / width), []).append(point)
    if len(points) <= 2 * len(strips):
        return points
    kept: list[Point] = []
    for strip in strips.values():
        ends = {min(strip, key=lambda point: point[1]), max(strip, key=lambda point: point[1])}
        kept += sorted(ends)
    return kept
