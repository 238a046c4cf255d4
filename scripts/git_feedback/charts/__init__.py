"""Charts: series in, figure out.  One chart a file, listed here in the order a report shows them.

`draw` takes any of the series and gives its Drawing: four SVGs (wide and phone, light and dark), a sentence in place
of the picture, a caption and the data table.  Equal series give equal bytes.  matplotlib is imported with the first
drawing, so the series cost nothing to import.
"""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import cast

from git_feedback.charts.drawing import VARIANTS, CannotDraw, Drawing, FontMissing
from git_feedback.charts.report_series import (
    Age,
    Ages,
    Ahead,
    Band,
    Counted,
    Effect,
    Fan,
    Fishbone,
    Flow,
    HotSpots,
    Layer,
    Place,
    Points,
    Score,
    Spread,
    Stacked,
    State,
    Stream,
    Trend,
)
from git_feedback.charts.series import (
    Attainment,
    Category,
    Day,
    Heatmap,
    Life,
    Pareto,
    Passage,
    Share,
    Stop,
    Volume,
    Year,
)

__all__ = [
    "CHARTS",
    "VARIANTS",
    "Age",
    "Ages",
    "Ahead",
    "Attainment",
    "Band",
    "CannotDraw",
    "Category",
    "Counted",
    "Day",
    "Drawing",
    "Effect",
    "Fan",
    "Fishbone",
    "Flow",
    "FontMissing",
    "Heatmap",
    "HotSpots",
    "Layer",
    "Life",
    "Pareto",
    "Passage",
    "Place",
    "Points",
    "Score",
    "Share",
    "Spread",
    "Stacked",
    "State",
    "Stop",
    "Stream",
    "Trend",
    "Volume",
    "Year",
    "draw",
]

Series = (
    Volume
    | Trend
    | Stacked
    | Pareto
    | Attainment
    | Spread
    | Ages
    | Heatmap
    | HotSpots
    | Points
    | Score
    | Flow
    | Fishbone
    | Effect
    | Fan
    | Year
    | Life
)

CHARTS: Mapping[type[Series], str] = {
    Volume: "volume",
    Trend: "trend",
    Stacked: "stacked",
    Pareto: "pareto",
    Attainment: "attainment",
    Spread: "spread",
    Ages: "ages",
    Heatmap: "heatmap",
    HotSpots: "hotspots",
    Points: "points",
    Score: "score",
    Flow: "flow",
    Fishbone: "fishbone",
    Effect: "effect",
    Fan: "fan",
    Year: "year",
    Life: "life",
}


def draw(series: Series, language: str) -> Drawing:
    """The chart of `series` with words in `language` ("zh" or "en").

    Raises CannotDraw where matplotlib is not installed, and FontMissing, a kind of it, where Chinese has no font.
    """
    return cast("Drawing", _chart(CHARTS[type(series)]).draw(series, language))


def _chart(name: str) -> ModuleType:
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise CannotDraw("chart-library-missing") from None
