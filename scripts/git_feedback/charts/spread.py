"""How long items took, from quick to slow: a mean hides that half were done in an hour and a tenth took weeks."""

import statistics
from bisect import bisect_right
from dataclasses import dataclass

from git_feedback.charts import amounts
from git_feedback.charts.drawing import Drawing
from git_feedback.charts.plot import SMALL, Plot, paint_ground, paint_under, plot
from git_feedback.charts.report_series import Spread
from git_feedback.charts.sheet import Sheet, message, on_every_sheet
from git_feedback.i18n import text
from git_feedback.insight.durations import p90
from git_feedback.insight.wording import duration

NAME = "spread"
HOUR_S = 3600
DAY_S = 24 * HOUR_S
EDGES_S = (
    *(900, 1800, HOUR_S, 2 * HOUR_S, 4 * HOUR_S, 8 * HOUR_S),
    *(DAY_S * days for days in (1, 2, 4, 8, 16, 32, 64, 128, 256)),
)
"""Each about twice the one before, in times that people say; the first bin begins at 0, the last has no end."""


@dataclass(frozen=True, slots=True)
class _Bins:
    """Counts from the first to the last bin that holds any; bin `first` ends at EDGES_S[first]."""

    first: int
    counts: list[int]

    def place(self, time_s: float) -> float:
        """Where a time lies, in bins from the left edge: within a bin by its share of it."""
        index = min(bisect_right(EDGES_S, time_s), len(EDGES_S))
        low = EDGES_S[index - 1] if index else 0
        high = EDGES_S[index] if index < len(EDGES_S) else 2 * EDGES_S[-1]
        return index - self.first + min((time_s - low) / (high - low), 1.0)


def draw(series: Spread, language: str) -> Drawing:
    """Bars of times, each bin twice as long as the one before, with median and 90th percentile."""
    times = sorted(series.times_s)
    none = _none(series, language)
    all_bins = [0] * (len(EDGES_S) + 1)
    for time_s in times:
        all_bins[bisect_right(EDGES_S, time_s)] += 1
    return Drawing(
        name=NAME,
        svgs=_pictures(times, all_bins, language) if times else message(none),
        alt=_alt(times, all_bins, language) if times else none,
        caption=_caption(times, series.excluded, language) if times else none,
        head=tuple(text(f"chart-spread-{column}", language) for column in ("time", "count", "share", "cumulative")),
        rows=_rows(all_bins, language),
    )


def _pictures(times: list[int], all_bins: list[int], language: str) -> dict[str, bytes]:
    filled = [place for place, count in enumerate(all_bins) if count]
    first, last = max(filled[0] - 1, 0), min(filled[-1] + 1, len(all_bins) - 1)
    bins = _Bins(first, all_bins[first : last + 1])
    return on_every_sheet(lambda sheet: _paint(sheet, times, bins, language))


def _paint(sheet: Sheet, times: list[int], bins: _Bins, language: str) -> None:
    ground = plot(sheet, max(bins.counts), above=3.6)
    paint_ground(ground)
    places = len(bins.counts)
    slot = (ground.right - ground.left) / places
    boxes = [
        (ground.slot(place, places) + 0.06 * slot, ground.y(0), 0.88 * slot, max(ground.y(count) - ground.y(0), 1.2))
        for place, count in enumerate(bins.counts)
        if count
    ]
    sheet.boxes(boxes, sheet.mixed("series-1", 0.46))
    edges = [(place, bins.first + place - 1) for place in range(places + 1) if bins.first + place <= len(EDGES_S)]
    paint_under(ground, [(ground.slot(place, places), _edge(index, language)) for place, index in edges])
    _paint_counts(ground, bins, [bins.place(time_s) for time_s in (statistics.median(times), p90(times))])
    _paint_middles(ground, times, bins, language)


def _paint_counts(ground: Plot, bins: _Bins, lines: list[float]) -> None:
    """The count above each bar, but where a line passes."""
    sheet, room = ground.sheet, (ground.right - ground.left) / len(bins.counts)
    if sheet.widest(map(amounts.count, bins.counts), SMALL) > room - 2:
        return
    for place, count in enumerate(bins.counts):
        half = (sheet.width(amounts.count(count), SMALL) / 2 + 1.5) / room
        if count and all(abs(place + 0.5 - line) > half for line in lines):
            at = (ground.slot(place + 0.5, len(bins.counts)), ground.y(count) + 0.75 * sheet.page.letter)
            sheet.words(at, amounts.count(count), "ink", "center", SMALL)


def _paint_middles(ground: Plot, times: list[int], bins: _Bins, language: str) -> None:
    """Median and 90th percentile as dashed lines, each with its time at the top; the two words stand apart."""
    sheet, letter = ground.sheet, ground.sheet.page.letter
    high = sheet.page.height - 0.7 * letter
    for number, (name, time_s) in enumerate((("median", statistics.median(times)), ("p90", p90(times)))):
        said = text(f"chart-spread-{name}", language, time=duration(time_s / HOUR_S, language))
        x = ground.slot(bins.place(time_s), len(bins.counts))
        height = high - 1.3 * letter * (1 - number)
        half = sheet.width(said, SMALL) / 2
        sheet.line([(x, ground.bottom), (x, height - 0.8 * letter)], "ink-2", 1.1, dashed=True)
        sheet.words((min(max(x, half), sheet.page.width - half), height), said, "ink", "center", SMALL)


# ---- words --------------------------------------------------------------------------------------------------------------


def _edge(index: int, language: str) -> str:
    return (
        "0"
        if index < 0
        else duration(EDGES_S[index] / HOUR_S, language)
        if EDGES_S[index] < DAY_S
        else _days(index, language)
    )


def _days(index: int, language: str) -> str:
    days = EDGES_S[index] // DAY_S
    return text("chart-spread-days", language, n=days, count=amounts.count(days))


def _between(place: int, language: str) -> str:
    """`1–2 小时`: a bin by both its ends."""
    if place == len(EDGES_S):
        return text("chart-spread-over", language, time=_edge(place - 1, language))
    return text("chart-spread-between", language, low=_edge(place - 1, language), high=_edge(place, language))


def _alt(times: list[int], all_bins: list[int], language: str) -> str:
    fullest = all_bins.index(max(all_bins))
    return text(
        "chart-spread-alt",
        language,
        n=len(times),
        count=amounts.count(len(times)),
        shortest=duration(times[0] / HOUR_S, language),
        longest=duration(times[-1] / HOUR_S, language),
        between=_between(fullest, language),
        most=amounts.count(all_bins[fullest]),
    )


def _caption(times: list[int], excluded: int, language: str) -> str:
    said = text(
        "chart-spread-caption",
        language,
        median=duration(statistics.median(times) / HOUR_S, language),
        p90=duration(p90(times) / HOUR_S, language),
        count=amounts.count(len(times)),
    )
    return said + _left_out(excluded, language)


def _none(series: Spread, language: str) -> str:
    return text("chart-spread-none", language) + _left_out(series.excluded, language)


def _left_out(excluded: int, language: str) -> str:
    return text("chart-spread-excluded", language, n=excluded, count=amounts.count(excluded)) if excluded else ""


def _rows(all_bins: list[int], language: str) -> tuple[tuple[str, ...], ...]:
    """From the first bin that holds anything to the last one."""
    total = sum(all_bins)
    filled = [place for place, count in enumerate(all_bins) if count]
    return tuple(
        (
            _between(place, language),
            amounts.count(all_bins[place]),
            amounts.percent(all_bins[place], total, 1),
            amounts.percent(sum(all_bins[: place + 1]), total, 1),
        )
        for place in range(filled[0] if filled else 0, filled[-1] + 1 if filled else 0)
    )
