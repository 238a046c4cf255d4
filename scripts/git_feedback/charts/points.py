"""Where items come from, by their coordinates alone: a grid of degrees, true to scale in the middle, no foreign map."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, cos, floor, pi, radians, sqrt

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.labels import brief, whole
from git_feedback.charts.report_series import Place, Points
from git_feedback.charts.sheet import Point, Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "points"
CIRCLES = 250
"""Where there are more places, near ones are taken together until so many are left."""
NAMED = 3
LEAST_SPAN = 0.02
"""Degrees from edge to edge at least: a single street needs no more."""
STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)
"""Degrees between two lines of the grid."""
LINES = 7
STRENGTH = 0.55
SMALL = 0.86


@dataclass(frozen=True, slots=True)
class _Map:
    """What part of the earth lies where on the sheet: degrees of the middle, points to a degree of latitude."""

    sheet: Sheet
    middle: tuple[float, float]
    scale: float
    left: float
    bottom: float

    @property
    def centre(self) -> Point:
        return (self.left + self.sheet.page.width) / 2, (self.bottom + self.sheet.page.height) / 2

    def at(self, latitude: float, longitude: float) -> Point:
        """Equirectangular, true at the latitude of the middle."""
        across = (longitude - self.middle[1]) * cos(radians(self.middle[0])) * self.scale
        return self.centre[0] + across, self.centre[1] + (latitude - self.middle[0]) * self.scale


def draw(series: Points, language: str) -> Drawing:
    """A circle for each place, as large as its count."""
    ranked = sorted(
        (place for place in series.places if place.count),
        key=lambda place: (-place.count, place.name, place.latitude, place.longitude),
    )
    none = text("chart-points-none", language)
    return Drawing(
        name=NAME,
        svgs=on_every_sheet(lambda sheet: _paint(sheet, ranked)) if ranked else message(none),
        alt=_alt(ranked, language) if ranked else none,
        caption=_caption(ranked, series.unplaced, language) if ranked else none,
        head=tuple(text(f"chart-points-{column}", language) for column in ("place", "latitude", "longitude", "count")),
        rows=tuple(
            (whole(one.name) or "–", f"{one.latitude:.4f}", f"{one.longitude:.4f}", amounts.count(one.count))
            for one in ranked
        ),
    )


# ---- where --------------------------------------------------------------------------------------------------------------


def _map(sheet: Sheet, places: list[Place]) -> _Map:
    """All places with room for their circles, as large as the sheet allows."""
    letter, page = sheet.page.letter, sheet.page
    south, north = _span(place.latitude for place in places)
    west, east = _span(place.longitude for place in places)
    middle = ((south + north) / 2, (west + east) / 2)
    left, bottom = 4.4 * letter, 1.8 * letter
    shrink = max(cos(radians(middle[0])), 0.02)
    room = page.width - left - 4.4 * letter, page.height - bottom - 4.4 * letter
    return _Map(sheet, middle, min(room[0] / ((east - west) * shrink), room[1] / (north - south)), left, bottom)


def _span(degrees: Iterable[float]) -> tuple[float, float]:
    known = list(degrees)
    low, high = min(known), max(known)
    missing = max(LEAST_SPAN - (high - low), 0) / 2
    return low - missing, high + missing


def gathered(points: list[tuple[Point, int]], most: int = CIRCLES) -> list[tuple[Point, int]]:
    """Near points taken together, at the middle of what they stand for, until no more than `most` are left."""
    cell = 1.0
    while len(points) > most:
        cells: dict[tuple[int, int], list[tuple[Point, int]]] = {}
        for (x, y), count in points:
            cells.setdefault((int(x // cell), int(y // cell)), []).append(((x, y), count))
        points = [_joined(group) for group in cells.values()]
        cell *= 1.5
    return points


def _joined(group: list[tuple[Point, int]]) -> tuple[Point, int]:
    total = sum(count for _, count in group)
    return (sum(x * count for (x, _), count in group) / total, sum(y * count for (_, y), count in group) / total), total


# ---- painting -----------------------------------------------------------------------------------------------------------


def _paint(sheet: Sheet, ranked: list[Place]) -> None:
    ground = _map(sheet, ranked)
    _paint_grid(ground)
    shown = gathered([(ground.at(place.latitude, place.longitude), place.count) for place in ranked])
    most = max(count for _, count in shown)
    largest = 1.6 * sheet.page.letter
    sizes: dict[int, list[Point]] = {}
    for point, count in sorted(shown):
        sizes.setdefault(round(2 * max(largest * sqrt(count / most), 1.6)), []).append(point)
    for size in sorted(sizes, reverse=True):
        sheet.marks(sizes[size], "paper", "o", size + 1.2)
        sheet.marks(sizes[size], sheet.mixed("series-1", STRENGTH), "o", size)
    _paint_labels(ground, ranked, shown, largest)


def _paint_grid(ground: _Map) -> None:
    sheet, letter, page = ground.sheet, ground.sheet.page.letter, ground.sheet.page
    high = (page.height - ground.bottom) / ground.scale
    wide = (page.width - ground.left) / ground.scale / max(cos(radians(ground.middle[0])), 0.02)
    for latitude, said in _lines(ground.middle[0], min(high, 180.0), 90, "NS"):
        y = ground.at(latitude, 0)[1]
        sheet.line([(ground.left, y), (page.width, y)])
        if ground.bottom + 0.4 * letter < y < page.height - 0.6 * letter:
            sheet.words((ground.left - 0.5 * letter, y), said, "ink-3", "right", SMALL)
    end = ground.left - letter
    for longitude, said in _lines(ground.middle[1], min(wide, 360.0), 180, "EW"):
        x, half = ground.at(0, longitude)[0], sheet.width(said, SMALL) / 2
        sheet.line([(x, ground.bottom), (x, page.height)])
        if x - half > end + 0.8 * letter and x + half < page.width:
            sheet.words((x, 0.8 * letter), said, "ink-3", "center", SMALL)
            end = x + half


def _lines(middle: float, span: float, end: int, signs: str) -> list[tuple[float, str]]:
    """The round degrees around a middle, written with the letter of their side of the earth."""
    step = next((step for step in STEPS if span / step <= LINES), STEPS[-1])
    first = ceil(max(middle - span / 2, -end) / step)
    last = floor(min(middle + span / 2, end) / step)
    found = []
    for number in range(first, last + 1):
        degree = round(number * step, 3)
        side = signs[degree < 0] if degree else ""
        found.append((degree, f"{abs(degree):g}°{side}"))
    return found


def _paint_labels(ground: _Map, ranked: list[Place], shown: list[tuple[Point, int]], largest: float) -> None:
    """Name and count of the largest places, where they stay on the sheet and out of each other's way."""
    sheet, letter = ground.sheet, ground.sheet.page.letter
    most, taken = max(count for _, count in shown), list[tuple[float, float, float]]()
    for place in [place for place in ranked[:NAMED] if place.name or len(ranked) <= NAMED]:
        said = _label(sheet, place)
        x, y = ground.at(place.latitude, place.longitude)
        half, reach = sheet.width(said, SMALL) / 2, largest * sqrt(place.count / most) + 0.8 * letter
        x = min(max(x, ground.left + half), sheet.page.width - half)
        for height in (y + reach, y - reach):
            clear = all(abs(height - other) > 1.2 * letter or abs(x - at) > half + far for at, other, far in taken)
            if clear and ground.bottom + letter < height < sheet.page.height - 0.6 * letter:
                taken.append((x, height, half))
                sheet.words((x, height), said, "ink", "center", SMALL)
                break


def _label(sheet: Sheet, place: Place) -> str:
    count = amounts.count(place.count)
    room = 0.36 * sheet.page.width - sheet.width(f" {count}", SMALL)
    return f"{sheet.fitted(place.name, room, SMALL)} {count}".strip()


# ---- words --------------------------------------------------------------------------------------------------------------


def _alt(ranked: list[Place], language: str) -> str:
    total, first = sum(place.count for place in ranked), ranked[0]
    return text(
        "chart-points-alt",
        language,
        n=total,
        total=amounts.count(total),
        places=amounts.count(len(ranked)),
        name=brief(first.name) or f"{first.latitude:.2f}, {first.longitude:.2f}",
        count=amounts.count(first.count),
    )


def _caption(ranked: list[Place], unplaced: int, language: str) -> str:
    height = (max(place.latitude for place in ranked) - min(place.latitude for place in ranked)) * 40_008 / 360
    middle = (max(place.latitude for place in ranked) + min(place.latitude for place in ranked)) / 2
    degrees = max(place.longitude for place in ranked) - min(place.longitude for place in ranked)
    width = degrees * cos(middle * pi / 180) * 40_075 / 360
    said = text("chart-points-caption", language, across=amounts.decimal(width), up=amounts.decimal(height))
    if unplaced:
        said += text("chart-points-unplaced", language, n=unplaced, count=amounts.count(unplaced))
    return said
