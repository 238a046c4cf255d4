"""When feedback arrives, weekday by hour: the hours that need hands."""

from collections.abc import Sequence

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.series import HOURS, WEEKDAYS, Heatmap
from git_feedback.charts.sheet import Box, Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "heatmap"
GROUPED = 3
"""Hours to a cell on a phone."""
STRENGTHS = (0.28, 0.46, 0.64, 0.82, 1.0)
"""How much of the accent is in each step of the ramp; a cell with nothing in it has the colour of sunken ground."""


def draw(series: Heatmap, language: str) -> Drawing:
    total = sum(map(sum, series.counts))
    days = amounts.weekdays(language)
    return Drawing(
        name=NAME,
        svgs=_pictures(series, language) if total else message(text("chart-heatmap-none", language)),
        alt=_alt(series, total, language) if total else text("chart-heatmap-none", language),
        caption=_caption(series, total, language) if total else text("chart-heatmap-none", language),
        head=(text("chart-heatmap-weekday", language), *map(str, range(HOURS)), text("chart-heatmap-total", language)),
        rows=tuple(
            (day, *map(amounts.count, row), amounts.count(sum(row)))
            for day, row in zip(days, series.counts, strict=True)
        ),
    )


def step(amount: int, most: int) -> int:
    """The step of the ramp for an amount: 0 for none, the last for the most, equal parts between."""
    return -(-amount * len(STRENGTHS) // most)


def grouped(row: Sequence[int], hours: int) -> list[int]:
    return [sum(row[start : start + hours]) for start in range(0, HOURS, hours)]


def _pictures(series: Heatmap, language: str) -> dict[str, bytes]:
    return on_every_sheet(lambda sheet: _paint(sheet, series, language))


def _paint(sheet: Sheet, series: Heatmap, language: str) -> None:
    letter, page = sheet.page.letter, sheet.page
    hours = GROUPED if sheet.is_narrow else 1
    cells = [grouped(row, hours) for row in series.counts]
    days = amounts.weekdays(language)
    left, top = sheet.widest(days) + 0.8 * letter, page.height - 0.2 * letter
    # The last hour, 24:00, is centred under the right edge and needs room beside it.
    wide = (page.width - left - 1.5 * letter) / len(cells[0])
    high = (top - 3.9 * letter) / WEEKDAYS
    for index, day in enumerate(days):
        sheet.words((left - 0.8 * letter, top - (index + 0.5) * high), day, "ink-2", "right")
    _paint_cells(sheet, cells, (left, top, wide, high))
    _paint_hours(sheet, left, wide / hours, top - WEEKDAYS * high - 0.8 * letter)
    _paint_key(sheet, max(map(max, cells)), left, 0.8 * letter, language)


def _paint_cells(sheet: Sheet, cells: list[list[int]], place: Box) -> None:
    left, top, wide, high = place
    most = max(map(max, cells))
    shelves: dict[int, list[Box]] = {}
    for y, row in enumerate(cells):
        for x, amount in enumerate(row):
            box = (left + x * wide + 0.8, top - (y + 1) * high + 0.8, wide - 1.6, high - 1.6)
            shelves.setdefault(step(amount, most), []).append(box)
    for shade, boxes in sorted(shelves.items()):
        sheet.boxes(boxes, _shade(sheet, shade))
    y, x = min((y, x) for y, row in enumerate(cells) for x, amount in enumerate(row) if amount == most)
    if sheet.width(amounts.count(most), 0.85) < wide - 2:
        middle = (left + (x + 0.5) * wide, top - (y + 0.5) * high)
        sheet.words(middle, amounts.count(most), "paper", "center", 0.85)


def _paint_hours(sheet: Sheet, left: float, hour_width: float, height: float) -> None:
    for hour in range(0, HOURS + 1, 6 if sheet.is_narrow else 3):
        side = "left" if hour == 0 else "center"
        sheet.words((left + hour * hour_width, height), f"{hour}:00", "ink-3", side, 0.92)


def _paint_key(sheet: Sheet, most: int, left: float, height: float, language: str) -> None:
    """From none to the most, in the steps of the ramp: it needs no frame."""
    letter = sheet.page.letter
    none = text("chart-heatmap-key-grouped" if sheet.is_narrow else "chart-heatmap-key", language, hours=GROUPED)
    sheet.words((left, height), none, "ink-3", scale=0.92)
    start = left + sheet.width(none, 0.92) + 0.6 * letter
    shades = _shades(most)
    for index, shade in enumerate(shades):
        box = (start + 1.3 * letter * index, height - 0.45 * letter, 1.2 * letter, 0.9 * letter)
        sheet.boxes([box], _shade(sheet, shade))
    end = start + 1.3 * letter * len(shades) + 0.4 * letter
    sheet.words(
        (end, height), text("chart-heatmap-key-most", language, n=most, count=amounts.count(most)), "ink-3", scale=0.92
    )


def _shades(most: int) -> list[int]:
    """The steps that amounts up to `most` can reach: 1, 2, 3 items need no five."""
    if most >= len(STRENGTHS):
        return list(range(len(STRENGTHS) + 1))
    return [step(amount, most) for amount in range(most + 1)]


def _shade(sheet: Sheet, shade: int) -> str:
    if shade == 0:
        return "sunk"
    return sheet.mixed("series-1", STRENGTHS[shade - 1])


def _alt(series: Heatmap, total: int, language: str) -> str:
    amount, day, hour = _busiest(series)
    return text(
        "chart-heatmap-alt",
        language,
        n=total,
        total=amounts.count(total),
        day=amounts.weekdays(language)[day],
        hour=f"{hour}:00",
        until=f"{hour + 1}:00",
        count=amounts.count(amount),
    )


def _caption(series: Heatmap, total: int, language: str) -> str:
    by_day = [sum(row) for row in series.counts]
    busiest = by_day.index(max(by_day))
    return text(
        "chart-heatmap-caption",
        language,
        n=by_day[busiest],
        day=amounts.weekdays(language)[busiest],
        count=amounts.count(by_day[busiest]),
        share=amounts.percent(by_day[busiest], total),
    )


def _busiest(series: Heatmap) -> tuple[int, int, int]:
    """Amount, weekday and hour of the fullest cell, the first of equals."""
    amount = max(map(max, series.counts))
    day, hour = min((d, h) for d, row in enumerate(series.counts) for h, count in enumerate(row) if count == amount)
    return amount, day, hour
