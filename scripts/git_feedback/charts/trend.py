"""Counts by day or week with their natural limits: which points are news, and which are ordinary ups and downs."""

from collections.abc import Sequence
from dataclasses import dataclass

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.plot import FEW, LINE, SMALL, Plot, apart, paint_ground, plot, thinned, under_dates
from git_feedback.charts.report_series import Counted, Every, Trend
from git_feedback.charts.sheet import Sheet, message, on_every_sheet
from git_feedback.i18n import text
from git_feedback.insight.control import Control, control, moving_mean

NAME = "trend"
STRIP = 1.2
"""Points of a longer series are thinned to two in so many points of width."""
NAMED = 3
"""So many points outside are named in the caption."""
MARKED = 7.0
DAYS_APART = 120
"""Of more days than these none can be told from the next."""


@dataclass(frozen=True, slots=True)
class _Read:
    """The points in order, what was found about the open ones, and which are outside: 1 above, -1 below."""

    points: list[Counted]
    every: Every
    found: Control
    means: list[float | None]
    outside: dict[int, int]

    @property
    def counts(self) -> list[int]:
        return [point.count for point in self.points]

    @property
    def last_mean(self) -> float | None:
        """The newest mean over 7 days."""
        return next((mean for mean in reversed(self.means) if mean is not None), None)


def draw(series: Trend, language: str) -> Drawing:
    """The counts, their mean over 7 days and their limits."""
    read = _read(series)
    empty = not any(read.counts)
    none = text("chart-trend-none", language)
    return Drawing(
        name=NAME,
        svgs=message(none) if empty else on_every_sheet(lambda sheet: _paint(sheet, read, language)),
        alt=none if empty else _alt(read, language),
        caption=none if empty else _caption(read, language),
        head=_head(series.every, language),
        rows=tuple(_row(read, place, language) for place in range(len(read.points))),
    )


def _read(series: Trend) -> _Read:
    points = sorted(series.points, key=lambda point: point.date)
    counts = [point.count for point in points]
    open_places = [place for place, point in enumerate(points) if point.working]
    found = control([counts[place] for place in open_places])
    mean = found.limits.mean if found.limits else 0.0
    outside = {open_places[at]: 1 if found.values[at] > mean else -1 for at in found.outside}
    means: list[float | None] = [None] * len(counts)
    if series.every == "day":
        for place, of_seven in zip(open_places, moving_mean(found.values), strict=True):
            means[place] = of_seven
    return _Read(points, series.every, found, means, outside)


# ---- painting -----------------------------------------------------------------------------------------------------------


def _paint(sheet: Sheet, read: _Read, language: str) -> None:
    names = _names(read, language)
    most = max(max(read.counts), read.found.limits.high if read.found.limits else 0)
    beside = sheet.widest(names, SMALL) + 1.4 * sheet.page.letter
    ground = plot(sheet, most, beside, above=2.2)
    xs = [ground.x(place, len(read.points)) for place in range(len(read.points))]
    _paint_closed(ground, read, xs)
    paint_ground(ground)
    _paint_limits(ground, read)
    under_dates(ground, [point.date for point in read.points], xs, language)
    _paint_lines(ground, read, xs)
    _paint_outside(ground, read, xs, language)
    if len(read.points) <= FEW:
        _paint_values(ground, read, xs)
    _paint_names(ground, read, names)


def _paint_closed(ground: Plot, read: _Read, xs: Sequence[float]) -> None:
    """The ground of days on which the desk is closed."""
    if len(xs) < 2 or len(xs) > DAYS_APART:
        return
    half = (xs[1] - xs[0]) / 2
    closed = [x for x, point in zip(xs, read.points, strict=True) if not point.working]
    spans = [(max(x - half, ground.left), min(x + half, ground.right)) for x in closed]
    ground.sheet.boxes([(low, ground.bottom, high - low, ground.top - ground.bottom) for low, high in spans], "sunk")


def _paint_limits(ground: Plot, read: _Read) -> None:
    limits = read.found.limits
    if limits is None:
        return
    for amount in (limits.low, limits.high):
        ground.sheet.line(
            [(ground.left, ground.y(amount)), (ground.right, ground.y(amount))], "ink-3", 1.1, dashed=True
        )
    ground.sheet.line([(ground.left, ground.y(limits.mean)), (ground.right, ground.y(limits.mean))], "ink-3", 0.8)


def _paint_lines(ground: Plot, read: _Read, xs: Sequence[float]) -> None:
    sheet = ground.sheet
    points = [(x, ground.y(point.count)) for x, point in zip(xs, read.points, strict=True) if point.working]
    means = [(x, ground.y(mean)) for x, mean in zip(xs, read.means, strict=True) if mean is not None]
    plain = not means
    if len(points) > 1:
        width = LINE[sheet.page.name] if plain else 0.9
        sheet.line(thinned(points, STRIP), "series-1" if plain else "rest", width)
    if 0 < len(points) <= DAYS_APART / 2:
        sheet.marks(points, "series-1" if plain else "rest", "o", 5 if plain else 3.6)
    if len(means) > 1:
        sheet.line(thinned(means, STRIP), "series-1", LINE[sheet.page.name])
    if means:
        sheet.marks(means[-1:], "series-1", "o")


def _paint_outside(ground: Plot, read: _Read, xs: Sequence[float], language: str) -> None:
    """A diamond at each point outside, and its count with a word wherever that has room."""
    sheet, letter = ground.sheet, ground.sheet.page.letter
    if not read.outside:
        return
    sheet.marks([(xs[place], ground.y(read.counts[place])) for place in read.outside], "ink", "D", MARKED)
    for side in (1, -1):
        end = 0.0
        for place in sorted(place for place, found in read.outside.items() if found == side):
            said = _outside(read.counts[place], side, language)
            half = sheet.width(said, SMALL) / 2
            middle = min(max(xs[place], ground.left + half), ground.right + 0.8 * letter - half)
            y = ground.y(read.counts[place]) + side * 1.15 * letter
            if middle - half < end:
                continue
            if y < ground.bottom + 0.5 * letter:  # on the axis there is room beside the point only
                y, fits = ground.bottom + 0.6 * letter, xs[place] + 0.8 * letter + 2 * half < ground.right
                middle = xs[place] + (0.8 * letter + half) * (1 if fits else -1)
            sheet.words((middle, y), said, "ink", "center", SMALL)
            end = middle + half + 0.6 * letter


def _paint_values(ground: Plot, read: _Read, xs: Sequence[float]) -> None:
    sheet = ground.sheet
    room = (ground.right - ground.left) / max(len(xs) - 1, 1)
    if sheet.widest(map(amounts.count, read.counts), SMALL) > room - 2:
        return
    for place, (x, count) in enumerate(zip(xs, read.counts, strict=True)):
        if place in read.outside:
            continue
        sheet.words((x, ground.y(count) + 1.1 * sheet.page.letter), amounts.count(count), "ink", "center", SMALL)


def _paint_names(ground: Plot, read: _Read, names: list[str]) -> None:
    sheet, letter, limits = ground.sheet, ground.sheet.page.letter, read.found.limits
    heights = [] if read.last_mean is None else [ground.y(read.last_mean)]
    if limits:
        heights += [ground.y(limits.high), ground.y(limits.mean), ground.y(limits.low)]
    colours = ["series-1"] * (len(names) - 3 * bool(limits)) + ["ink-2"] * 3 * bool(limits)
    moved = apart(heights, 1.35 * letter, ground.bottom, ground.top + 1.4 * letter)
    for name, height, colour in zip(names, moved, colours, strict=False):
        sheet.words((ground.right + 1.2 * letter, height), name, colour, scale=SMALL)


def _names(read: _Read, language: str) -> list[str]:
    """What stands at the line ends: the mean of 7 days, then upper limit, mean and lower limit."""
    names = [text("chart-trend-moving", language)] if read.last_mean is not None else []
    if read.found.limits is None:
        return names
    limits = read.found.limits
    amounts_of = {"upper": limits.high, "mean": limits.mean, "lower": limits.low}
    return names + [
        text(f"chart-trend-{name}", language, amount=amounts.decimal(amount)) for name, amount in amounts_of.items()
    ]


# ---- words --------------------------------------------------------------------------------------------------------------


def _outside(count: int, side: int, language: str) -> str:
    return text("chart-trend-high" if side > 0 else "chart-trend-low", language, count=amounts.count(count))


def _alt(read: _Read, language: str) -> str:
    most, least = (pick(read.points, key=lambda point: point.count) for pick in (max, min))
    return text(
        f"chart-trend-alt-{read.every}",
        language,
        first=amounts.long_day(read.points[0].date, language),
        last=amounts.long_day(read.points[-1].date, language),
        total=amounts.count(sum(read.counts)),
        most_day=amounts.plain_day(most.date, language),
        most=amounts.count(most.count),
        least_day=amounts.plain_day(least.date, language),
        least=amounts.count(least.count),
    )


def _caption(read: _Read, language: str) -> str:
    limits = read.found.limits
    if limits is None:
        return text("chart-trend-no-limits", language)
    low, high = amounts.decimal(limits.low), amounts.decimal(limits.high)
    if not read.outside:
        said = text("chart-trend-calm", language, low=low, high=high)
    else:
        said = text(
            "chart-trend-outside",
            language,
            n=len(read.outside),
            count=amounts.count(len(read.outside)),
            days=_named(read, language),
            low=low,
            high=high,
        )
    said += text("chart-trend-shifted", language) if read.found.shifted and not read.found.outside else ""
    closed = not all(point.working for point in read.points)
    return said + (text("chart-trend-closed", language) if closed else "")


def _named(read: _Read, language: str) -> str:
    """The first of the points outside, farthest from the mean first, in the order of time."""
    mean = read.found.limits.mean if read.found.limits else 0.0
    farthest = sorted(read.outside, key=lambda place: (-abs(read.counts[place] - mean), place))[:NAMED]
    named = [
        text(
            "chart-trend-named",
            language,
            day=amounts.plain_day(read.points[place].date, language),
            found=_outside(read.counts[place], read.outside[place], language),
        )
        for place in sorted(farthest)
    ]
    more = "…" if len(read.outside) > NAMED else ""
    return ("、" if language == "zh" else ", ").join(named) + more


def _head(every: Every, language: str) -> tuple[str, ...]:
    columns = ("date", "count", "moving", "column") if every == "day" else ("week", "count", "column")
    return tuple(text(f"chart-trend-{column}", language) for column in columns)


def _row(read: _Read, place: int, language: str) -> tuple[str, ...]:
    point, mean = read.points[place], read.means[place]
    side = read.outside.get(place)
    outside = "–" if side is None else text("chart-trend-above" if side > 0 else "chart-trend-below", language)
    means = ("–" if mean is None else amounts.decimal(mean),) if read.every == "day" else ()
    return f"{point.date}", amounts.count(point.count), *means, outside
