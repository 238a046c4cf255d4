"""Where which kind of trouble is: items by area and category, and the cells that hold more than their row and column say.

A cell is hot by its adjusted standardised residual (S. J. Haberman, "The analysis of residuals in cross-classified
tables", Biometrics 29, 1973): what it holds less what area and category alone let expect, over the standard deviation
of that where both have nothing to do with each other.  It has to be as large as one chance in 100 allows for the whole
table (Bonferroni over its cells), so that a large table has no more hot spots by its size, and the cell must hold at
least FEWEST items and half as many again as expected: a difference that nobody would notice is no hot spot.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, sqrt
from statistics import NormalDist

from git_feedback.desk import Standing
from git_feedback.insight.courses import UNCLASSIFIED

FEWEST, TIMES = 5, 1.5
_CHANCE = 0.01
_DIGITS = 2
GRIDS = tuple(Decimal(step) for step in ("0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"))
"""Degrees; 0.001 is a hundred metres, near enough for a map and too far for a door."""
PLACES = 60
"""Where there would be more places, a wider grid is taken."""


@dataclass(frozen=True, slots=True)
class HotSpot:
    """A cell that holds more than was to be expected: `residual` in standard deviations."""

    area: str
    category: str
    count: int
    expected: float
    residual: float
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Areas and categories from the largest to the smallest, a row of counts for each area.

    `without_area` items say no area and are in no row; what nobody has classified is a column and never hot.
    """

    areas: tuple[str, ...]
    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    spots: tuple[HotSpot, ...]
    without_area: int

    @property
    def total(self) -> int:
        """All items in the table."""
        return sum(map(sum, self.counts))

    @property
    def hot(self) -> frozenset[tuple[str, str]]:
        """The area and category of each hot spot."""
        return frozenset((one.area, one.category) for one in self.spots)


@dataclass(frozen=True, slots=True)
class Spot:
    """How many items come from about here; `name` is the area most of them name."""

    latitude: float
    longitude: float
    count: int
    name: str


@dataclass(frozen=True, slots=True)
class Map:
    """Places with coordinates, those with most items first; `unplaced` items have none."""

    spots: tuple[Spot, ...]
    unplaced: int


def heat(standings: Sequence[Standing]) -> Heat:
    """Items by area and category, hot spots by their residual."""
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in standings:
        if one.item.area:
            cells[one.item.area, one.state.category or UNCLASSIFIED].append(one.item.id)
    areas, categories = (_ranked(cells, side) for side in (0, 1))
    counts = tuple(tuple(len(cells.get((area, name), ())) for name in categories) for area in areas)
    spots = sorted(_spots(cells, areas, categories), key=lambda one: (-one.residual, one.area, one.category))
    return Heat(tuple(areas), tuple(categories), counts, tuple(spots), sum(not one.item.area for one in standings))


def _ranked(cells: Mapping[tuple[str, str], Sequence[str]], side: int) -> dict[str, int]:
    """The names of one side with their sums, the largest first."""
    sums: Counter[str] = Counter()
    for names, ids in cells.items():
        sums[names[side]] += len(ids)
    return dict(sorted(sums.items(), key=lambda one: (-one[1], one[0])))


def _spots(
    cells: Mapping[tuple[str, str], Sequence[str]], areas: Mapping[str, int], categories: Mapping[str, int]
) -> Iterator[HotSpot]:
    total = sum(areas.values())
    asked = _least(len(areas) * len(categories))
    for (area, category), ids in cells.items():
        expected = areas[area] * categories[category] / max(total, 1)
        found = residual(len(ids), areas[area], categories[category], total)
        many = len(ids) >= FEWEST and len(ids) >= TIMES * expected
        if category != UNCLASSIFIED and many and found is not None and found >= asked:
            yield HotSpot(area, category, len(ids), round(expected, _DIGITS), round(found, _DIGITS), tuple(ids))


def _least(cells: int) -> float:
    """The residual from which on a cell is hot."""
    return NormalDist().inv_cdf(1 - _CHANCE / max(cells, 1))


def residual(count: int, row: int, column: int, total: int) -> float | None:
    """Haberman's adjusted residual of a cell; None where its row or its column is the whole table."""
    if not row or not column or total in (row, column):
        return None
    expected = row * column / total
    return (count - expected) / sqrt(expected * (1 - row / total) * (1 - column / total))


# ---- by coordinates ---------------------------------------------------------------------------------------------------


def places(standings: Iterable[Standing]) -> Map:
    """Items by coordinates, on the finest grid that leaves no more than PLACES places, at the middle of each."""
    known: list[tuple[Decimal, Decimal, str]] = []
    unplaced = 0
    for one in standings:
        point = one.item.point
        if point is None:
            unplaced += 1
        else:
            known.append((Decimal(str(point.lat)), Decimal(str(point.lon)), one.item.area or ""))
    for grid in GRIDS:
        cells = _on_grid(known, grid)
        if len(cells) <= PLACES:
            break
    found = (_spot(cell, names, grid) for cell, names in cells.items())
    return Map(tuple(sorted(found, key=lambda one: (-one.count, one.latitude, one.longitude))), unplaced)


def _on_grid(known: Iterable[tuple[Decimal, Decimal, str]], grid: Decimal) -> dict[tuple[int, int], list[str]]:
    """The areas named in each square."""
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for latitude, longitude, area in known:
        cells[floor(latitude / grid), floor(longitude / grid)].append(area)
    return cells


def _spot(cell: tuple[int, int], names: Sequence[str], grid: Decimal) -> Spot:
    named = Counter(name for name in names if name)
    most = min(named, key=lambda name: (-named[name], name), default="")
    middle = ((side + Decimal("0.5")) * grid for side in cell)
    latitude, longitude = (float(degrees) for degrees in middle)
    return Spot(max(-90.0, min(90.0, latitude)), max(-180.0, min(180.0, longitude)), len(names), most)
