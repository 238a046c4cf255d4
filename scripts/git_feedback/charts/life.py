"""The life of an item: its states in a row, and under them a line for each verb that leads from some to another.

Dots are where a verb may come, the filled arrow is where it leads, an empty one where it may lead instead.  On a phone
the same stands upright, with a number for each verb.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from git_feedback.charts.drawing import Drawing
from git_feedback.charts.fonts import drawable, width
from git_feedback.charts.series import Life, Passage, Stop
from git_feedback.charts.sheet import Box, Format, Point, Sheet, on_every_sheet
from git_feedback.i18n import text

NAME = "life"
SMALL = 0.86
"""Names and verbs are a little smaller than the letters of other charts: there are many of them."""
APART = 0.4
"""Between the main way and what lies beside it, as a share of a state's room."""
MAIN, DOT, ARROW, INNER = 0.16, 4.6, 7.6, 3.8
"""How much accent the main way has, and the sizes of marks in points."""
PITCH = {"wide": 19.0, "phone": 20.0}
"""The room of a line (wide) or of a state (phone), in points."""
KEYS = ("from", "to", "perhaps")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where states and lines lie on one sheet: `along` the row of states, `across` it."""

    upright: bool
    along: dict[str, float]
    across: tuple[float, ...]
    boxes: dict[str, Box]
    scale: float = SMALL
    """Of the names of states: the longest fits into its box."""

    def point(self, stop: str, line: int, aside: float = 0) -> Point:
        """Where a line passes a state."""
        if self.upright:
            return self.across[line], self.along[stop] - aside
        return self.along[stop] + aside, self.across[line]


def draw(series: Life, language: str) -> Drawing:
    """The states and their passages as a picture, a sentence, and a table of passages."""
    return Drawing(
        name=NAME,
        svgs=on_every_sheet(
            lambda sheet: _paint(sheet, series, language), lambda page: _fitted(page, series, language)
        ),
        alt=_alt(series, language),
        caption=text("chart-life-caption", language),
        head=tuple(text(f"chart-life-head-{name}", language) for name in ("verb", "from", "to", "perhaps")),
        rows=tuple(_row(one, series, language) for one in series.passages),
    )


# ---- where --------------------------------------------------------------------------------------------------------------


def _fitted(page: Format, series: Life, language: str) -> Format:
    """As high as the states, the lines and the key need."""
    rows = _rows_of_key(page, series, language) * 1.6 * page.letter
    if page.name == "phone":
        return replace(page, height=(len(series.stops) + 1 + APART) * PITCH["phone"] + rows)
    return replace(page, height=1.5 * PITCH["wide"] + (len(series.passages) + 0.7) * PITCH["wide"] + rows)


def _layout(sheet: Sheet, series: Life) -> Layout:
    return _upright(sheet, series) if sheet.is_narrow else _level(sheet, series)


def _level(sheet: Sheet, series: Life) -> Layout:
    """States from left to right at the top, verbs at the left."""
    pitch = PITCH["wide"]
    left = max(sheet.width(_verbs(one), SMALL) for one in series.passages) + sheet.page.letter
    room = (sheet.page.width - left) / (len(series.stops) + APART)
    along = {stop.id: left + (place + 0.5 + APART * stop.beside) * room for place, stop in enumerate(series.stops)}
    top = sheet.page.height - 1.25 * pitch
    boxes = {name: (x - 0.47 * room, top, 0.94 * room, 1.25 * pitch) for name, x in along.items()}
    scale = min(SMALL, 0.86 * room / sheet.widest(stop.name for stop in series.stops))
    across = tuple(top - (line + 0.9) * pitch for line in range(len(series.passages)))
    return Layout(False, along, across, boxes, scale)


def _upright(sheet: Sheet, series: Life) -> Layout:
    """States from top to bottom at the left, numbers of verbs above."""
    pitch, top = PITCH["phone"], sheet.page.height
    wide = max(sheet.width(stop.name, SMALL) for stop in series.stops) + sheet.page.letter
    along = {stop.id: top - (place + 1.5 + APART * stop.beside) * pitch for place, stop in enumerate(series.stops)}
    boxes = {name: (0.0, y - 0.45 * pitch, wide, 0.9 * pitch) for name, y in along.items()}
    room = (sheet.page.width - wide) / (len(series.passages) + 0.3)
    return Layout(True, along, tuple(wide + (line + 0.8) * room for line in range(len(series.passages))), boxes)


# ---- painting -----------------------------------------------------------------------------------------------------------


def _paint(sheet: Sheet, series: Life, language: str) -> None:
    plan = _layout(sheet, series)
    for stop in series.stops:
        _paint_stop(sheet, plan, stop)
    for line, passage in enumerate(series.passages):
        _paint_passage(sheet, plan, passage, line)
    _paint_key(sheet, series, language)


def _paint_stop(sheet: Sheet, plan: Layout, stop: Stop) -> None:
    """A state's box, and a hairline along which the verbs pass it."""
    x, y, wide, high = plan.boxes[stop.id]
    last = plan.point(stop.id, -1)
    near = (x + wide, last[1]) if plan.upright else (last[0], y)
    sheet.line([near, last])
    sheet.boxes([(x, y, wide, high)], "sunk" if stop.beside else sheet.mixed("series-1", MAIN))
    if plan.upright:
        sheet.words((x + 0.5 * sheet.page.letter, y + high / 2), stop.name, scale=SMALL)
    else:
        sheet.words((x + wide / 2, y + high / 2), stop.name, "ink", "center", plan.scale)


def _paint_passage(sheet: Sheet, plan: Layout, passage: Passage, line: int) -> None:
    ends = [*passage.sources, *passage.others, *([passage.target] if passage.target else [])]
    order = sorted(ends, key=lambda stop: plan.along[stop])
    sheet.line([plan.point(order[0], line), plan.point(order[-1], line)], "rest", 1.1)
    arrow = "<" if plan.upright else "^"
    both = set(passage.sources) & {*passage.others, passage.target}
    shift = {stop: 5.0 if stop in both else 0.0 for stop in ends}
    sheet.marks([plan.point(stop, line, -shift[stop]) for stop in passage.sources], "ink-2", "o", DOT)
    if passage.others:
        others = [plan.point(stop, line, shift[stop]) for stop in passage.others]
        sheet.marks(others, "series-1", arrow, ARROW)
        sheet.marks(others, "paper", arrow, INNER)
    if passage.target:
        sheet.marks([plan.point(passage.target, line, shift[passage.target])], "series-1", arrow, ARROW + 1)
    _paint_verbs(sheet, plan, passage, line)


def _paint_verbs(sheet: Sheet, plan: Layout, passage: Passage, line: int) -> None:
    if plan.upright:
        top = sheet.page.height - 0.5 * PITCH["phone"]
        sheet.words((plan.across[line], top), str(line + 1), "ink-2", "center", SMALL)
    else:
        sheet.words((0, plan.across[line]), _verbs(passage), "ink", scale=SMALL)


# ---- key ----------------------------------------------------------------------------------------------------------------


def _entries(page: Format, series: Life, language: str) -> list[tuple[str, str]]:
    """Sign and words of the key: on a phone also each number with its verb."""
    marks = [(name, text(f"chart-life-key-{name}", language)) for name in KEYS]
    if page.name != "phone":
        return marks
    return [*((str(number), _verbs(one)) for number, one in enumerate(series.passages, 1)), *marks]


def _key(page: Format, series: Life, language: str) -> list[tuple[str, str, float, int]]:
    """The key as it flows across the page: sign, words, distance from the left, row from the top."""
    found: list[tuple[str, str, float, int]] = []
    x, row = 0.0, 0
    for sign, words in _entries(page, series, language):
        wide = 1.6 * page.letter + width(drawable(words), SMALL * page.letter)
        fresh = x + wide > page.width or (sign == KEYS[0] and found)
        if fresh and x:
            x, row = 0.0, row + 1
        found.append((sign, words, x, row))
        x += wide + 1.2 * page.letter
    return found


def _rows_of_key(page: Format, series: Life, language: str) -> int:
    return _key(page, series, language)[-1][3] + 1


def _paint_key(sheet: Sheet, series: Life, language: str) -> None:
    letter, entries = sheet.page.letter, _key(sheet.page, series, language)
    for sign, words, x, row in entries:
        y = (entries[-1][3] - row + 0.5) * 1.6 * letter
        if sign in KEYS:
            _paint_sign(sheet, sign, (x + 0.5 * letter, y))
        else:
            sheet.words((x + 1.2 * letter, y), sign, "ink-2", "right", SMALL)
        sheet.words((x + 1.6 * letter, y), words, "ink" if sign not in KEYS else "ink-2", scale=SMALL)


def _paint_sign(sheet: Sheet, sign: str, at: Point) -> None:
    arrow = "<" if sheet.is_narrow else "^"
    if sign == "from":
        sheet.marks([at], "ink-2", "o", DOT)
        return
    sheet.marks([at], "series-1", arrow, ARROW + (sign == "to"))
    if sign == "perhaps":
        sheet.marks([at], "paper", arrow, INNER)


# ---- words --------------------------------------------------------------------------------------------------------------


def _verbs(passage: Passage) -> str:
    return " · ".join(passage.verbs)


def _named(stops: Iterable[str], series: Life, language: str) -> str:
    names = {stop.id: stop.name for stop in series.stops}
    return ("、" if language == "zh" else ", ").join(names[stop] for stop in stops) or "–"


def _row(one: Passage, series: Life, language: str) -> tuple[str, ...]:
    target = (one.target,) if one.target else ()
    return _verbs(one), *(_named(stops, series, language) for stops in (one.sources, target, one.others))


def _alt(series: Life, language: str) -> str:
    """The main way, what lies beside it, and each verb with its ends."""
    main = _named((stop.id for stop in series.stops if not stop.beside), series, language)
    beside = _named((stop.id for stop in series.stops if stop.beside), series, language)
    between = "；" if language == "zh" else "; "
    said = between.join(_said(_row(one, series, language), language) for one in series.passages)
    return text("chart-life-alt", language, main=main, beside=beside, passages=said)


def _said(row: tuple[str, ...], language: str) -> str:
    verbs, sources, target, others = row
    to = (
        target
        if others == "–"
        else others
        if target == "–"
        else text("chart-life-or", language, one=target, other=others)
    )
    return text("chart-life-passage", language, verb=verbs, sources=sources, target=to)
