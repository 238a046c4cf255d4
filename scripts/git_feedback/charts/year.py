"""A working calendar as a year of twelve small months: when the desk works, and where that differs from the week.

Filled is open, empty is closed; only days that differ from the week bear their number.  Colour says nothing alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.fonts import drawable, width
from git_feedback.charts.series import DAY_KINDS, WEEKDAYS, Year
from git_feedback.charts.sheet import Box, Format, Point, Sheet, on_every_sheet
from git_feedback.i18n import text

NAME = "year"
MONTHS, WEEKS = 12, 6
WORKING, HALF = 0.26, 0.6
"""How much of the accent an ordinary working day has, and the open part of a half day."""
GAP, EDGE = 1, 1
"""The ground around a day, and the thickness of a holiday's frame, in points (whole ones make short outlines)."""
SAMPLE_COUNT = "21"
OPEN = ("working", "makeup", "half")
TOLD = ("holiday", "makeup", "half")
"""Kinds that differ from the week, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where months lie on a sheet: so many beside each other, the size of a day, the ground between, in points."""

    columns: int
    day: int
    week: int
    between: int

    @property
    def month(self) -> int:
        """The width of a month."""
        return WEEKDAYS * self.day

    @property
    def height(self) -> int:
        """The height of a month with its name and the ground below it."""
        return self.heading + WEEKS * self.week + self.week

    @property
    def heading(self) -> int:
        """The height of a month's name and the line under it."""
        return self.week + self.week // 2


LAYOUTS = {"wide": Layout(4, 20, 16, 24), "phone": Layout(2, 18, 14, 21)}


def draw(series: Year, language: str) -> Drawing:
    """The year as a picture, a sentence, and a table of its months."""
    return Drawing(
        name=NAME,
        svgs=on_every_sheet(
            lambda sheet: _paint(sheet, series, language), lambda page: _fitted(page, series, language)
        ),
        alt=_alt(series, language),
        caption=_caption(series, language),
        head=_head(language),
        rows=tuple(_rows(series, language)),
    )


def _fitted(page: Format, series: Year, language: str) -> Format:
    """As high as the weekdays, the months and the key need."""
    plan, rows = LAYOUTS[page.name], _key(page, series, language)[-1][3] + 1
    return replace(page, height=plan.week + MONTHS // plan.columns * plan.height + rows * 1.6 * page.letter)


def _paint(sheet: Sheet, series: Year, language: str) -> None:
    plan = LAYOUTS[sheet.page.name]
    places = {day: _place(sheet, plan, day) for day in _days(series)}
    _paint_weekdays(sheet, plan, language)
    for month in range(1, MONTHS + 1):
        _paint_heading(sheet, plan, series, month, language)
    kinds = {kind: [box for day, box in places.items() if _kind(series, day) == kind] for kind in DAY_KINDS}
    _paint_kinds(sheet, kinds)
    for day, box in places.items():
        if _kind(series, day) in TOLD:
            _paint_number(sheet, str(day.day), box, _kind(series, day))
    _paint_key(sheet, series, language)


def _days(series: Year) -> list[date]:
    first = date(series.year, 1, 1)
    return [first + timedelta(days=n) for n in range(len(series.kinds))]


def _kind(series: Year, day: date) -> str:
    return series.kinds[day.timetuple().tm_yday - 1]


def _corner(sheet: Sheet, plan: Layout, month: int) -> Point:
    """The upper left corner of a month's box."""
    row, column = divmod(month - 1, plan.columns)
    return column * (plan.month + plan.between), sheet.page.height - plan.week - row * plan.height


def _place(sheet: Sheet, plan: Layout, day: date) -> Box:
    """The box of a date: its column is its weekday, its row its week of the month."""
    left, top = _corner(sheet, plan, day.month)
    week = (day.day - 1 + day.replace(day=1).weekday()) // WEEKDAYS
    x, y = left + day.weekday() * plan.day, top - plan.heading - (week + 1) * plan.week
    return x + GAP, y + GAP, plan.day - 2 * GAP, plan.week - 2 * GAP


def _paint_weekdays(sheet: Sheet, plan: Layout, language: str) -> None:
    """Over the uppermost months; those below stand in the same columns."""
    for month in range(1, plan.columns + 1):
        left, top = _corner(sheet, plan, month)
        for weekday, name in enumerate(text("chart-year-weekdays", language).split()):
            sheet.words((left + (weekday + 0.5) * plan.day, top + plan.week / 2), name, "ink-3", "center", 0.82)


def _paint_heading(sheet: Sheet, plan: Layout, series: Year, month: int, language: str) -> None:
    """Name of the month and its working days; a dashed line below where the year is not official."""
    left, top = _corner(sheet, plan, month)
    middle, line = top - plan.week / 2, top - plan.heading + 3
    sheet.words((left, middle), text("chart-year-month", language, month=_month(month, language)[:3]))
    sheet.words((left + plan.month, middle), str(_count(series, month, OPEN)), "ink-3", "right", 0.92)
    if series.provisional:
        sheet.line([(left, line), (left + plan.month, line)], "ink-3", dashed=True)


def _paint_kinds(sheet: Sheet, kinds: Mapping[str, Sequence[Box]]) -> None:
    """Each kind in its own form: pale, sunk, framed, solid, half filled."""
    pale = {name: sheet.mixed("series-1", strength) for name, strength in (("day", WORKING), ("half", HALF))}
    sheet.boxes([*kinds["weekend"], *kinds["half"]], "sunk")
    sheet.boxes(kinds["working"], pale["day"])
    sheet.boxes(kinds["makeup"], "series-1")
    sheet.area([_frame(box) for box in kinds["holiday"]], "ink-3")
    sheet.area([[(x, y), (x, y + high), (x + wide, y + high)] for x, y, wide, high in kinds["half"]], pale["half"])


def _frame(box: Box) -> list[Point]:
    """The outline of a box as a shape: around it one way, and back along the inner side."""
    x, y, wide, high = box
    outer = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
    x, y, wide, high = x + EDGE, y + EDGE, wide - 2 * EDGE, high - 2 * EDGE
    return [*outer, (x, y), (x, y + high), (x + wide, y + high), (x + wide, y), (x, y)]


def _paint_number(sheet: Sheet, number: str, box: Box, kind: str) -> None:
    middle = (box[0] + box[2] / 2, box[1] + box[3] / 2)
    sheet.words(middle, number, "paper" if kind == "makeup" else "ink", "center", 0.82)


def _paint_key(sheet: Sheet, series: Year, language: str) -> None:
    """Every form with its word."""
    letter = sheet.page.letter
    entries = _key(sheet.page, series, language)
    for name, words, x, row in entries:
        y = (entries[-1][3] - row) * 1.6 * letter + 0.8 * letter
        _paint_sample(sheet, name, (x, y))
        sheet.words((x + 1.9 * letter, y), words, "ink-2", scale=0.92)


def _key(page: Format, series: Year, language: str) -> list[tuple[str, str, float, int]]:
    """The key as it flows across the page: form, word, distance from the left, row from the top."""
    entries, x, row = [], 0.0, 0
    for name in (*DAY_KINDS, "count", *(["dashed"] if series.provisional else [])):
        words = drawable(text(f"chart-year-{name}", language))
        wide = 1.9 * page.letter + width(words, 0.92 * page.letter)
        if x and x + wide > page.width:
            x, row = 0.0, row + 1
        entries.append((name, words, x, row))
        x += wide + 1.6 * page.letter
    return entries


def _paint_sample(sheet: Sheet, name: str, at: Point) -> None:
    (x, y), letter = at, sheet.page.letter
    if name == "count":
        sheet.words((x + 1.4 * letter, y), SAMPLE_COUNT, "ink-3", "right", 0.92)
    elif name == "dashed":
        sheet.line([(x, y), (x + 1.4 * letter, y)], "ink-3", dashed=True)
    else:
        box = (x, y - 0.5 * letter, 1.4 * letter, letter)
        _paint_kinds(sheet, {**dict.fromkeys(DAY_KINDS, ()), name: [box]})


def _count(series: Year, month: int, kinds: Iterable[str]) -> int:
    wanted = set(kinds)
    return sum(_kind(series, day) in wanted for day in _days(series) if day.month == month)


def _month_name(month: int, language: str) -> str:
    return text("chart-year-month", language, month=_month(month, language))


def _month(month: int, language: str) -> str:
    return text("chart-months", language).split()[month - 1]


def _alt(series: Year, language: str) -> str:
    counts = {kind: series.kinds.count(kind) for kind in TOLD}
    words = text(
        "chart-year-alt",
        language,
        calendar=series.calendar,
        year=series.year,
        days=amounts.count(sum(series.kinds.count(kind) for kind in OPEN)),
        **counts,
    )
    return f"{words}{_reservation(series, language)}"


def _caption(series: Year, language: str) -> str:
    counts = [_count(series, month, OPEN) for month in range(1, MONTHS + 1)]
    least, most = counts.index(min(counts)) + 1, counts.index(max(counts)) + 1
    words = text(
        "chart-year-caption",
        language,
        days=amounts.count(sum(counts)),
        least=_month_name(least, language),
        fewest=min(counts),
        most=_month_name(most, language),
        highest=max(counts),
    )
    return f"{words}{_reservation(series, language)}"


def _reservation(series: Year, language: str) -> str:
    between = "" if language == "zh" else " "
    return f"{between}{text('chart-year-provisional', language)}" if series.provisional else ""


def _head(language: str) -> tuple[str, ...]:
    return tuple(text(f"chart-year-head-{name}", language) for name in ("month", "days", *TOLD))


def _rows(series: Year, language: str) -> Iterable[tuple[str, ...]]:
    """A month a row: how many days one works, and the dates that differ from the week."""
    for month in range(1, MONTHS + 1):
        told = (
            _dates(day.day for day in _days(series) if day.month == month and _kind(series, day) == kind)
            for kind in TOLD
        )
        yield _month_name(month, language), str(_count(series, month, OPEN)), *told


def _dates(days: Iterable[int]) -> str:
    """`15–23 28`: days of a month, unbroken runs by their ends."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs) or "–"
