"""A picture read back: each line of words with its box, and what lies under it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
PIECE = re.compile(r"([mlhvqcz])([^mlhvqcz]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
STEP = {"m": 2, "l": 2, "q": 4, "c": 6, "h": 1, "v": 1}
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Words:
    """A line of words: its box, its colour, and the colour that it stands on."""

    box: Box
    colour: str
    ground: str


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    words: list[Words]

    @property
    def outside(self) -> list[Box]:
        """Boxes of words that leave the canvas, by more than a hair."""
        hair = 0.6
        return [
            one.box
            for one in self.words
            if min(one.box[:2]) < -hair or one.box[2] > self.width + hair or one.box[3] > self.height + hair
        ]

    @property
    def overlaps(self) -> list[tuple[Box, Box]]:
        """Pairs of words that lie on each other."""
        boxes = sorted(one.box for one in self.words)
        return [
            (one, other) for place, one in enumerate(boxes) for other in boxes[place + 1 :] if _meet(one, other, 0.3)
        ]

    def least_contrast(self, paper: str) -> float:
        """Of any words against what they stand on."""
        return min(contrast(one.colour, one.ground or paper) for one in self.words)


def picture(svg: bytes) -> Picture:
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    glyphs = {"#" + path.attrib["id"]: path for path in root.iter(f"{SVG}path") if "id" in path.attrib}
    areas: list[tuple[Box, str]] = []
    words: list[Words] = []
    for element in root:
        if element.tag == f"{SVG}path" and element.get("fill", "none").startswith("#"):
            areas += [(box, element.attrib["fill"]) for box in shapes(element.attrib["d"])]
        uses = element.findall(f"{SVG}use")
        if uses and "scale" in element.get("transform", ""):
            box = _words_box(element, uses, glyphs)
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            under = [
                fill
                for (left, top, right, bottom), fill in areas
                if left <= middle[0] <= right and top <= middle[1] <= bottom
            ]
            words.append(Words(box, element.get("fill", "#000000"), under[-1] if under else ""))
    return Picture(width, height, words)


def shapes(path: str) -> list[Box]:
    """The box of each closed or open part of an outline of relative steps."""
    found: list[Box] = []
    points: list[tuple[float, float]] = []
    x = y = start_x = start_y = 0.0
    for letter, said in PIECE.findall(path):
        numbers = [float(number) for number in NUMBER.findall(said)]
        if letter == "z":
            x, y = start_x, start_y
            continue
        if letter == "m":
            found += _box(points)
            points = []
        size = STEP[letter]
        for at in range(0, len(numbers), size):
            steps = numbers[at : at + size]
            pairs = (
                [(steps[0], 0.0)]
                if letter == "h"
                else [(0.0, steps[0])]
                if letter == "v"
                else list(zip(steps[::2], steps[1::2], strict=True))
            )
            points += [(x + across, y + down) for across, down in pairs]
            x, y = x + pairs[-1][0], y + pairs[-1][1]
        if letter == "m":
            start_x, start_y = x, y
    return [*found, *_box(points)]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _words_box(
    group: ElementTree.Element, uses: list[ElementTree.Element], glyphs: dict[str, ElementTree.Element]
) -> Box:
    across, down, wide, high = _moved(group.attrib["transform"])
    boxes = []
    for use in uses:
        glyph = glyphs[use.attrib[HREF]]
        scale = float(NUMBER.findall(glyph.attrib["transform"])[0])
        dx, dy = float(use.get("x", 0)), float(use.get("y", 0))
        for left, low, right, upper in _outline(glyph.attrib.get("d", "")):
            boxes.append(
                (
                    across + wide * (dx + scale * left),
                    down + high * (dy + scale * upper),
                    across + wide * (dx + scale * right),
                    down + high * (dy + scale * low),
                )
            )
    return _around(boxes or [(across, down, across, down)])


def _moved(transform: str) -> tuple[float, float, float, float]:
    numbers = [float(number) for number in NUMBER.findall(transform)]
    return (numbers[0], numbers[1], numbers[-2], numbers[-1]) if "translate" in transform else (0, 0, *numbers[:2])  # type: ignore[return-value]


@lru_cache(maxsize=4096)
def _outline(path: str) -> list[Box]:
    return [_around(shapes(path))] if path else []


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _box(points: list[tuple[float, float]]) -> Iterator[Box]:
    if points:
        xs, ys = zip(*points, strict=True)
        yield min(xs), min(ys), max(xs), max(ys)


def _meet(one: Box, other: Box, hair: float) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > hair and min(one[3], other[3]) - max(one[1], other[1]) > hair


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
