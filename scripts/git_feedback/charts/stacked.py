"""What the items were about, week by week or month by month: a category that grows shows before it is the largest."""

from dataclasses import dataclass
from datetime import date

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.labels import brief, whole
from git_feedback.charts.plot import FEW, SMALL, Plot, apart, paint_ground, plot, under_dates, under_months
from git_feedback.charts.report_series import Layer, Stacked
from git_feedback.charts.sheet import Sheet, message, on_every_sheet
from git_feedback.i18n import text

NAME = "stacked"
MOST = 5
LATEST = 53
"""No more columns than these are drawn: a year of weeks.  The table has them all."""
COLOURS = (
    ("series-1", "series-1"),
    ("series-2", "series-2-text"),
    ("series-3", "series-3"),
    ("series-4", "series-4-text"),
    ("series-5", "series-5-text"),
)
REST = ("rest", "ink-3")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A layer as it is drawn, with its colour and the colour of its name."""

    layer: Layer
    colour: str
    words: str


def draw(series: Stacked, language: str) -> Drawing:
    """Columns of the five largest categories and the rest."""
    ranked = sorted(series.layers, key=lambda layer: (-sum(layer.counts), layer.name))
    total = sum(sum(layer.counts) for layer in ranked)
    none = text("chart-stacked-none", language)
    listed = [one.layer for one in _shown([layer for layer in ranked if any(layer.counts)], language)]
    return Drawing(
        name=NAME,
        svgs=_pictures(series, ranked, language) if total else message(none),
        alt=_alt(series, ranked, total, language) if total else none,
        caption=_caption(series, ranked, total, language) if total else none,
        head=_head(series, listed, language),
        rows=tuple(_row(series, listed, place) for place in range(len(series.starts))),
    )


def _pictures(series: Stacked, ranked: list[Layer], language: str) -> dict[str, bytes]:
    shown = [
        _Shown(Layer(one.layer.name, one.layer.counts[-LATEST:]), one.colour, one.words)
        for one in _shown([layer for layer in ranked if any(layer.counts)], language)
    ]
    dates = series.starts[-LATEST:]
    return on_every_sheet(lambda sheet: _paint(sheet, shown, dates, series.every, language))


def _shown(ranked: list[Layer], language: str) -> list[_Shown]:
    """The five largest, then one layer for all the rest."""
    shown = [_Shown(layer, *colours) for layer, colours in zip(ranked, COLOURS, strict=False)]
    rest = ranked[MOST:]
    if rest:
        name = text("chart-pareto-rest", language, n=len(rest), count=amounts.count(len(rest)))
        shown.append(_Shown(Layer(name, tuple(map(sum, zip(*(one.counts for one in rest), strict=True)))), *REST))
    return shown


def _paint(sheet: Sheet, shown: list[_Shown], dates: tuple[date, ...], every: str, language: str) -> None:
    totals = [sum(counts) for counts in zip(*(one.layer.counts for one in shown), strict=True)]
    names = [sheet.fitted(one.layer.name, 0.27 * sheet.page.width, SMALL) for one in shown]
    ground = plot(sheet, max(totals), sheet.widest(names, SMALL) + 1.8 * sheet.page.letter)
    paint_ground(ground)
    places = len(dates)
    centres = [ground.slot(place + 0.5, places) for place in range(places)]
    if every == "month":
        under_months(ground, dates, centres)
    else:
        under_dates(ground, dates, centres, language)
    tops = _paint_columns(ground, shown, places)
    _paint_names(ground, names, shown, tops)
    if places <= FEW:
        _paint_totals(ground, totals)


def _paint_columns(ground: Plot, shown: list[_Shown], places: int) -> list[float]:
    """The columns; what comes back is the middle of each layer in the last one."""
    slot = (ground.right - ground.left) / places
    wide = min(0.72 * slot, 4 * ground.sheet.page.letter)
    below = [0] * places
    middles = []
    for one in shown:
        boxes = []
        for place, count in enumerate(one.layer.counts):
            low, high = ground.y(below[place]), ground.y(below[place] + count)
            left = ground.slot(place + 0.5, places) - wide / 2
            boxes.append((left, low, wide, max(high - low - 0.6, 0.4)) if count else None)
        ground.sheet.boxes([box for box in boxes if box], one.colour)
        middles.append(ground.y(below[-1] + one.layer.counts[-1] / 2))
        below = [under + count for under, count in zip(below, one.layer.counts, strict=True)]
    return middles


def _paint_names(ground: Plot, names: list[str], shown: list[_Shown], middles: list[float]) -> None:
    """Each name at the end of its layer, in the layer's order, with a hairline to it."""
    sheet, letter = ground.sheet, ground.sheet.page.letter
    places = [middle + 0.01 * index for index, middle in enumerate(middles)]
    moved = apart(places, 1.35 * letter, ground.bottom + 0.3 * letter, ground.top + 1.2 * letter)
    places_wide = (ground.right - ground.left) / len(shown[0].layer.counts)
    edge = ground.right - places_wide / 2 + min(0.72 * places_wide, 4 * letter) / 2
    for name, one, middle, height in zip(names, shown, middles, moved, strict=True):
        sheet.line([(edge + 1.5, middle), (ground.right + 1.1 * letter, height)], one.words, 0.7)
        sheet.words((ground.right + 1.3 * letter, height), name, one.words, scale=SMALL)


def _paint_totals(ground: Plot, totals: list[int]) -> None:
    sheet = ground.sheet
    room = (ground.right - ground.left) / len(totals)
    if sheet.widest(map(amounts.count, totals), SMALL) > room - 2:
        return
    for place, total in enumerate(totals):
        at = (ground.slot(place + 0.5, len(totals)), ground.y(total) + 0.8 * sheet.page.letter)
        sheet.words(at, amounts.count(total), "ink", "center", SMALL)


# ---- words --------------------------------------------------------------------------------------------------------------


def _alt(series: Stacked, ranked: list[Layer], total: int, language: str) -> str:
    totals = _totals(series, ranked)
    peak = totals.index(max(totals))
    return text(
        f"chart-stacked-alt-{series.every}",
        language,
        n=total,
        total=amounts.count(total),
        first=amounts.long_day(series.starts[0], language),
        last=amounts.long_day(series.starts[-1], language),
        peak_day=amounts.long_day(series.starts[peak], language),
        peak=amounts.count(totals[peak]),
        name=brief(ranked[0].name),
        count=amounts.count(sum(ranked[0].counts)),
    )


def _caption(series: Stacked, ranked: list[Layer], total: int, language: str) -> str:
    """The largest one's share, the one that changed most from the first to the last date, and what is not drawn."""
    largest = sum(ranked[0].counts)
    said = text("chart-stacked-caption", language, name=brief(ranked[0].name), share=amounts.percent(largest, total))
    changes = [layer.counts[-1] - layer.counts[0] for layer in ranked]
    most = max(range(len(ranked)), key=lambda place: (abs(changes[place]), -place))
    if changes[most]:
        code = "chart-stacked-grew" if changes[most] > 0 else "chart-stacked-shrank"
        layer = ranked[most]
        before, after = amounts.count(layer.counts[0]), amounts.count(layer.counts[-1])
        said += text(code, language, name=brief(layer.name), before=before, after=after)
    if len(series.starts) > LATEST:
        of = amounts.count(len(series.starts))
        said += text("chart-stacked-latest", language, count=amounts.count(LATEST), of=of)
    return said


def _totals(series: Stacked, ranked: list[Layer]) -> list[int]:
    return [sum(layer.counts[place] for layer in ranked) for place in range(len(series.starts))]


def _head(series: Stacked, ranked: list[Layer], language: str) -> tuple[str, ...]:
    names = (whole(layer.name) for layer in ranked)
    return text(f"chart-stacked-{series.every}", language), *names, text("chart-stacked-total", language)


def _row(series: Stacked, ranked: list[Layer], place: int) -> tuple[str, ...]:
    day, counts = series.starts[place], [layer.counts[place] for layer in ranked]
    start = f"{day:%Y-%m}" if series.every == "month" else f"{day}"
    return start, *map(amounts.count, counts), amounts.count(sum(counts))
