"""An SVG of matplotlib, rewritten to half its size: no comments, no styles, outlines relative and on a coarse grid.

The rewriting looks at the tree only, so equal drawings stay equal bytes.  Comments go first of all: matplotlib repeats
every label in one, and a label may be a stranger's word.
"""

import re
from collections.abc import Callable, Iterator
from itertools import count
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
GLYPH = "scale(0.015625)"
GLYPH_GRID = 25
"""Outlines of letters come in 6,400 parts of their size; 256 are fine enough for any screen."""
GRID = 0.01
PIECE = re.compile(r"([MLQCz])([^MLQCz]*)")
SHIFT = re.compile(r"translate\((\S+) (\S+)\)(?: scale\(1\))?")

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


def compact(svg: str) -> str:
    root = ElementTree.fromstring(svg)  # noqa: S314 -- written by matplotlib a moment ago
    root.set("stroke-linejoin", "round")
    _drop_style_sheet(root)
    for element in root.iter():
        element.text = element.tail = None
        _spell_out_style(element)
        _shorten_shift(element)
        _shorten_outline(element)
    _rename(root)
    _unwrap(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def outline(path: str, grid: float, shown: Callable[[int], str]) -> str:
    """The same outline with every point on the grid, each written by its distance from the one before."""
    return "".join(_pieces(path, grid, shown))


def _pieces(path: str, grid: float, shown: Callable[[int], str]) -> Iterator[str]:
    here = start = (0, 0)
    for letter, numbers in PIECE.findall(path):
        if letter == "z":
            here = start
            yield "z"
            continue
        values = [round(float(number) / grid) for number in numbers.split()]
        points = list(zip(values[::2], values[1::2], strict=True))
        if letter == "L" and points[0] == here:
            continue
        yield _piece(letter, points, here, shown)
        here = points[-1]
        start = here if letter == "M" else start


def _piece(letter: str, points: list[tuple[int, int]], here: tuple[int, int], shown: Callable[[int], str]) -> str:
    steps = [(x - here[0], y - here[1]) for x, y in points]
    if letter == "L" and 0 in steps[0]:
        across, up = steps[0]
        return f"h{shown(across)}" if up == 0 else f"v{shown(up)}"
    numbers = " ".join(shown(number) for step in steps for number in step)
    return letter.lower() + numbers.replace(" -", "-")


def _hundredths(amount: int) -> str:
    shown = f"{amount / 100:.2f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", shown)


def _drop_style_sheet(root: ElementTree.Element) -> None:
    for defs in root.findall(f"{{{SVG}}}defs"):
        if defs.find(f"{{{SVG}}}style") is not None:
            root.remove(defs)


def _spell_out_style(element: ElementTree.Element) -> None:
    """Styles become attributes: a content security policy may forbid the first, never the second."""
    for declaration in filter(None, element.attrib.pop("style", "").split(";")):
        name, _, value = declaration.partition(":")
        element.set(name.strip(), value.strip())


def _shorten_shift(element: ElementTree.Element) -> None:
    shift = SHIFT.fullmatch(element.get("transform", ""))
    if shift and element.tag == f"{{{SVG}}}use":
        del element.attrib["transform"]
        for name, value in zip("xy", shift.groups(), strict=True):
            if float(value):
                element.set(name, f"{round(float(value), 1):g}")


def _shorten_outline(element: ElementTree.Element) -> None:
    path = element.get("d")
    if path is None:
        return
    if element.get("transform") == GLYPH:
        element.set("d", outline(path, GLYPH_GRID, str))
        element.set("transform", f"scale({GLYPH_GRID / 64:g})")
    else:
        element.set("d", outline(path, GRID, _hundredths))


def _rename(root: ElementTree.Element) -> None:
    """Ids that something points to become g0, g1, ... in the order of the tree; the others go."""
    wanted = {element.get(HREF, "")[1:] for element in root.iter()}
    wanted |= {found for element in root.iter() for found in re.findall(r"url\(#(\w+)\)", element.get("fill", ""))}
    numbers = count()
    names = {old: f"g{next(numbers)}" for element in root.iter() if (old := element.get("id")) in wanted and old}
    for element in root.iter():
        name = names.get(element.attrib.pop("id", ""))
        if name:
            element.set("id", name)
        if HREF in element.attrib:
            element.set(HREF, "#" + names[element.attrib[HREF][1:]])
        if element.get("fill", "").startswith("url"):
            element.set("fill", re.sub(r"#(\w+)", lambda found: "#" + names[found[1]], element.attrib["fill"]))


def _unwrap(parent: ElementTree.Element) -> None:
    """Groups without a say of their own give way to what they hold."""
    for child in list(parent):
        _unwrap(child)
        if child.tag == f"{{{SVG}}}g" and not child.attrib:
            place = list(parent).index(child)
            parent[place : place + 1] = list(child)
