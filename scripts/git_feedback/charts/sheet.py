"""A sheet to draw on: points from the lower left corner, colours by their token, everything placed by the chart."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from git_feedback.charts.compacting import compact
from git_feedback.charts.fonts import drawable, families, width

POINTS_PER_INCH = 72
LONGEST = 300
"""No more letters than these fit on any sheet."""
ROW_PITCH = (1.75, 3.6)
"""The least and the greatest height of a row of bars, in letters."""
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, width, height."""

LIGHT = {
    "paper": "#fbfbfa", "sunk": "#efefec", "line": "#e3e3df", "ink": "#1b1e22", "ink-2": "#474d55", "ink-3": "#62686f",
    "series-1": "#0b5a6b", "series-2": "#b07a1e", "series-2-text": "#7d5a14", "series-3": "#7c5a8c",
    "series-4": "#5f8dad", "series-4-text": "#3f6c8b", "series-5": "#7b8450", "series-5-text": "#5a6338", "rest": "#8d9398", "late": "#c4352b",
}  # fmt: skip
DARK = {
    "paper": "#14171a", "sunk": "#23282d", "line": "#2e343a", "ink": "#e9ebed", "ink-2": "#bcc2c8", "ink-3": "#9aa1a9",
    "series-1": "#6cb9ca", "series-2": "#dcae58", "series-2-text": "#dcae58", "series-3": "#b695c4",
    "series-4": "#8fb4d9", "series-4-text": "#8fb4d9", "series-5": "#aab377", "series-5-text": "#aab377", "rest": "#777f87", "late": "#f0695e",
}  # fmt: skip

SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "git-feedback",
    "text.parse_math": False,
    "hatch.linewidth": 1.6,
    "path.simplify": False,
}
SWING = [Path.CURVE4] * 3
UNDER = 0.5
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


@dataclass(frozen=True, slots=True)
class Format:
    """A size of sheet in points, with the size of its letters."""

    name: Literal["wide", "phone"]
    width: float
    height: float
    letter: float

    def for_rows(self, rows: int, around: float = 0) -> "Format":
        """The same width, as high as `rows` need: taller where they would crowd, lower where they would stray."""
        least, most = (rows * pitch * self.letter + around for pitch in ROW_PITCH)
        return replace(self, height=min(max(self.height, least), most))


WIDE = Format("wide", 633.6, 223.2, 11)
PHONE = Format("phone", 273.6, 194.4, 9.5)


class Sheet:
    """One picture in the making."""

    def __init__(self, page: Format, colours: Mapping[str, str]) -> None:
        self.page = page
        self.colours = colours
        self._figure = Figure(
            figsize=(page.width / POINTS_PER_INCH, page.height / POINTS_PER_INCH), dpi=POINTS_PER_INCH
        )
        self._figure.patch.set_visible(False)

    @property
    def is_narrow(self) -> bool:
        return self.page.name == "phone"

    def width(self, words: str, scale: float = 1) -> float:
        """The width of `words` in points, as they will be drawn."""
        return width(drawable(words), self.page.letter * scale)

    def widest(self, many: Iterable[str], scale: float = 1) -> float:
        return max((self.width(words, scale) for words in many), default=0.0)

    def fitted(self, words: str, room: float, scale: float = 1) -> str:
        """`words`, or as much of their beginning as fits into `room` points, and an ellipsis."""
        shown = drawable(words)
        if len(shown) <= LONGEST and self.width(shown, scale) <= room:
            return shown
        fits, too_long = 0, min(len(shown), LONGEST) + 1
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self.width(shown[:middle] + "…", scale) <= room:
                fits = middle
            else:
                too_long = middle
        return shown[:fits].rstrip() + "…"

    def words(self, at: Point, words: str, colour: str = "ink", side: str = "left", scale: float = 1) -> None:
        """Words whose `side` (left, center, right) and middle height are at the point."""
        size = self.page.letter * scale
        font = FontProperties(family=list(families()), size=size)
        middle = at[1] - 0.36 * size
        self._add(Text(at[0], middle, drawable(words), color=self._colour(colour), fontproperties=font, ha=side))

    def line(
        self,
        points: Sequence[Point],
        colour: str = "line",
        thickness: float = 0.8,
        dashed: bool = False,
        under: bool = False,
    ) -> None:
        """A line through points; lines lie over areas, but for those that lie `under` all."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(xs, ys, color=self._colour(colour), linewidth=thickness)
        if dashed:
            line.set_dashes((3, 3))
        if under:
            line.set_zorder(UNDER)
        self._add(line)

    def marks(self, points: Sequence[Point], colour: str, marker: str, size: float = 6) -> None:
        xs, ys = zip(*points, strict=True)
        shade = self._colour(colour)
        self._add(Line2D(xs, ys, linestyle="none", marker=marker, markersize=size, color=shade, markeredgewidth=0))

    def area(self, corners: Sequence[Sequence[Point]], colour: str, opacity: float = 1) -> None:
        """Filled shapes in one colour, given by their corners."""
        shapes = [Path([*shape, shape[0]], closed=True) for shape in corners]
        if shapes:
            outline = Path.make_compound_path(*shapes)
            self._add(PathPatch(outline, facecolor=self._colour(colour), edgecolor="none", alpha=opacity))

    def boxes(self, boxes: Iterable[Box], colour: str) -> None:
        self.area([_corners(box) for box in boxes], colour)

    def frame(self, box: Box, colour: str = "rest") -> None:
        """A hairline around a box, for fills that are hardly darker than the paper."""
        corners = _corners(box)
        self.line([*corners, corners[0]], colour, 0.6)

    def late(self, boxes: Iterable[Box]) -> None:
        """Boxes in the colour and hatching that mean lateness and nothing else."""
        shapes = [Path([*_corners(box), _corners(box)[0]], closed=True) for box in boxes if box[2] > 0]
        if shapes:
            outline = Path.make_compound_path(*shapes)
            patch = PathPatch(outline, facecolor=self.colours["late"], edgecolor=self.colours["paper"], linewidth=0)
            patch.set_hatch("////")
            self._add(patch)

    def band(self, start: tuple[Point, Point], end: tuple[Point, Point], colour: str, upright: bool = False) -> None:
        """A band that swings from one edge, given by its two ends, to another; it leaves and meets both squarely."""
        near, far = _swung(start[0], end[0], upright), _swung(end[1], start[1], upright)
        outline = Path([*near, *far, near[0]], [Path.MOVETO, *SWING, Path.LINETO, *SWING, Path.CLOSEPOLY])
        self._add(PathPatch(outline, facecolor=self._colour(colour), edgecolor="none"))

    def readable_on(self, ground: str) -> str:
        """Ink or paper, whichever is easier to read on a colour."""
        light = {token: _luminance(self._colour(token)) for token in (ground, "ink", "paper")}
        contrast = {
            token: (max(light[ground], light[token]) + 0.05) / (min(light[ground], light[token]) + 0.05)
            for token in ("ink", "paper")
        }
        return "ink" if contrast["ink"] >= contrast["paper"] else "paper"

    def svg(self) -> bytes:
        buffer = io.BytesIO()
        self._figure.savefig(buffer, format="svg", transparent=True, metadata=NO_METADATA)
        return compact(buffer.getvalue().decode()).encode()

    def mixed(self, token: str, strength: float) -> str:
        """A colour laid over the paper with so much strength."""
        ground, colour = self.colours["paper"], self.colours[token]
        pairs = [(int(ground[at : at + 2], 16), int(colour[at : at + 2], 16)) for at in (1, 3, 5)]
        return "#" + "".join(f"{round(under + (over - under) * strength):02x}" for under, over in pairs)

    def _colour(self, token: str) -> str:
        return self.colours.get(token, token)

    def _add(self, artist: Artist) -> None:
        artist.set_transform(IdentityTransform())
        self._figure.add_artist(artist)


def on_every_sheet(
    paint: Callable[[Sheet], None], fit: Callable[[Format], Format] = lambda page: page
) -> dict[str, bytes]:
    """The picture for both widths on both grounds; settings of the machine have no say in it."""
    drawn = {}
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        for page in (WIDE, PHONE):
            for ground, colours in (("light", LIGHT), ("dark", DARK)):
                sheet = Sheet(fit(page), colours)
                paint(sheet)
                drawn[f"{page.name}.{ground}"] = sheet.svg()
    return drawn


def message(words: str) -> dict[str, bytes]:
    """A sheet that says why there is nothing to see, above an empty ground line."""

    def paint(sheet: Sheet) -> None:
        page = sheet.page
        sheet.line([(0, page.letter), (page.width, page.letter)])
        sheet.words((page.width / 2, page.height / 2), words, "ink-2", "center")

    return on_every_sheet(paint)


def _corners(box: Box) -> list[Point]:
    left, bottom, wide, high = box
    return [(left, bottom), (left + wide, bottom), (left + wide, bottom + high), (left, bottom + high)]


def _swung(start: Point, end: Point, upright: bool) -> list[Point]:
    """A curve from one point to another that is level at both (or upright)."""
    middle = (start[1] + end[1]) / 2 if upright else (start[0] + end[0]) / 2
    if upright:
        return [start, (start[0], middle), (end[0], middle), end]
    return [start, (middle, start[1]), (middle, end[1]), end]


def _luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
