"""Where which kind of trouble is: areas by categories, the count in each cell and its weight in colour."""

from dataclasses import dataclass

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.labels import brief, whole, wrapped
from git_feedback.charts.report_series import HotSpots
from git_feedback.charts.sheet import Box, Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "hotspots"
AREAS = 9
CATEGORIES = {"wide": 7, "phone": 4}
"""So many are drawn; all others become one row and one column."""
STRENGTHS = (0.15, 0.3, 0.5, 0.8, 1.0)
"""How much of the accent is in each step: on every one of them a count can be read."""
SMALL = 0.92


@dataclass(frozen=True, slots=True)
class _Table:
    """Areas and categories from the largest to the smallest, with their counts."""

    areas: list[str]
    categories: list[str]
    counts: list[list[int]]
    rest_row: bool = False
    rest_column: bool = False

    @property
    def total(self) -> int:
        return sum(map(sum, self.counts))


def draw(series: HotSpots, language: str) -> Drawing:
    """A heat table of the largest areas and categories."""
    table = _ranked(series)
    none = text("chart-hotspots-none", language)
    head = (
        text("chart-hotspots-area", language),
        *map(whole, table.categories),
        text("chart-hotspots-total", language),
    )
    return Drawing(
        name=NAME,
        svgs=_pictures(table, language) if table.total else message(none),
        alt=_alt(table, language) if table.total else none,
        caption=_caption(table, language) if table.total else none,
        head=head,
        rows=tuple(
            (whole(area), *map(amounts.count, row), amounts.count(sum(row)))
            for area, row in zip(table.areas, table.counts, strict=True)
        ),
    )


def step(amount: int, most: int) -> int:
    """The step of the ramp for an amount: 0 for none, the last for the most, equal parts between."""
    return -(-amount * len(STRENGTHS) // most)


def _ranked(series: HotSpots) -> _Table:
    down = sorted(range(len(series.areas)), key=lambda row: (-sum(series.counts[row]), series.areas[row]))
    sums = [sum(row[column] for row in series.counts) for column in range(len(series.categories))]
    across = sorted(range(len(sums)), key=lambda column: (-sums[column], series.categories[column]))
    return _Table(
        [series.areas[row] for row in down],
        [series.categories[column] for column in across],
        [[series.counts[row][column] for column in across] for row in down],
    )


def _shortened(table: _Table, categories: int, language: str) -> _Table:
    """What has counts, the smaller areas and categories each taken together."""
    filled = [place for place, row in enumerate(table.counts) if any(row)]
    areas, counts = [table.areas[place] for place in filled], [table.counts[place] for place in filled]
    if len(areas) > AREAS:
        counts = [*counts[: AREAS - 1], [sum(column) for column in zip(*counts[AREAS - 1 :], strict=True)]]
        areas = [*areas[: AREAS - 1], _rest("chart-hotspots-rest-areas", len(areas) - AREAS + 1, language)]
    columns = [place for place in range(len(table.categories)) if any(row[place] for row in counts)]
    names, counts = [table.categories[place] for place in columns], [[row[at] for at in columns] for row in counts]
    if len(names) > categories:
        counts = [[*row[: categories - 1], sum(row[categories - 1 :])] for row in counts]
        names = [*names[: categories - 1], _rest("chart-pareto-rest", len(names) - categories + 1, language)]
    return _Table(areas, names, counts, len(filled) > AREAS, len(columns) > categories)


def _rest(code: str, count: int, language: str) -> str:
    return text(code, language, n=count, count=amounts.count(count))


def _pictures(table: _Table, language: str) -> dict[str, bytes]:
    tables = {name: _shortened(table, most, language) for name, most in CATEGORIES.items()}
    rows = len(tables["wide"].areas)
    return on_every_sheet(
        lambda sheet: _paint(sheet, tables[sheet.page.name]), lambda page: page.for_rows(rows, 3.4 * page.letter)
    )


def _paint(sheet: Sheet, table: _Table) -> None:
    letter, page = sheet.page.letter, sheet.page
    names = [sheet.fitted(area, 0.3 * page.width, SMALL) for area in table.areas]
    left = sheet.widest(names, SMALL) + 0.8 * letter
    wide = min((page.width - left) / len(table.categories), 0.4 * page.width)
    top = page.height - 3 * letter
    high = min((top - 0.2 * letter) / len(names), 3.4 * letter)
    for index, name in enumerate(names):
        sheet.words((left - 0.8 * letter, top - (index + 0.5) * high), name, "ink-2", "right", SMALL)
    for index, name in enumerate(table.categories):
        _paint_head(sheet, name, left + (index + 0.5) * wide, wide)
    _paint_cells(sheet, table, (left, top, wide, high))


def _paint_head(sheet: Sheet, name: str, middle: float, wide: float) -> None:
    """A category over its column, on two lines where it needs them."""
    letter = sheet.page.letter
    lines = wrapped(sheet, name, wide - 0.5 * letter, 2, 0.86)
    for number, line in enumerate(reversed(lines)):
        sheet.words((middle, sheet.page.height - (2.35 - 1.15 * number) * letter), line, "ink-2", "center", 0.86)


def _paint_cells(sheet: Sheet, table: _Table, place: Box) -> None:
    left, top, wide, high = place
    shelves: dict[int, list[Box]] = {}
    shades = _shades(table)
    for y, row in enumerate(shades):
        for x, shade in enumerate(row):
            box = (left + x * wide + 0.8, top - (y + 1) * high + 0.8, wide - 1.6, high - 1.6)
            shelves.setdefault(shade, []).append(box)
    for shade, boxes in sorted(shelves.items()):
        sheet.boxes(boxes, _shade(sheet, shade))
    for y, row in enumerate(table.counts):
        for x, amount in enumerate(row):
            if amount:
                middle = (left + (x + 0.5) * wide, top - (y + 0.5) * high)
                ink = sheet.readable_on(_shade(sheet, shades[y][x]))
                sheet.words(middle, _fitting(sheet, amount, wide - 3), ink, "center", SMALL)


def _shades(table: _Table) -> list[list[int]]:
    """The step of each cell; what is taken together has none, or it would outweigh all others."""
    rows, columns = len(table.areas) - table.rest_row, len(table.categories) - table.rest_column
    most = max((amount for row in table.counts[:rows] for amount in row[:columns]), default=1) or 1
    return [
        [step(amount, most) if y < rows and x < columns else 0 for x, amount in enumerate(row)]
        for y, row in enumerate(table.counts)
    ]


def _fitting(sheet: Sheet, amount: int, room: float) -> str:
    """The count, in thousands where it would leave its cell."""
    full = amounts.count(amount)
    return full if sheet.width(full, SMALL) <= room else sheet.fitted(f"{amount // 1000:,}k", room, SMALL)


def _shade(sheet: Sheet, shade: int) -> str:
    return "sunk" if shade == 0 else sheet.mixed("series-1", STRENGTHS[shade - 1])


# ---- words --------------------------------------------------------------------------------------------------------------


def _alt(table: _Table, language: str) -> str:
    most = max(map(max, table.counts))
    row, column = min((y, x) for y, row in enumerate(table.counts) for x, count in enumerate(row) if count == most)
    return text(
        "chart-hotspots-alt",
        language,
        n=table.total,
        total=amounts.count(table.total),
        areas=amounts.count(len(table.areas)),
        categories=amounts.count(len(table.categories)),
        area=brief(table.areas[row]),
        category=brief(table.categories[column]),
        count=amounts.count(most),
    )


def _caption(table: _Table, language: str) -> str:
    first = sum(table.counts[0])
    return text(
        "chart-hotspots-caption",
        language,
        n=first,
        area=brief(table.areas[0]),
        count=amounts.count(first),
        share=amounts.percent(first, table.total),
    )
