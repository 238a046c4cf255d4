"""Charts: series in, figure out.  One chart a file, listed here in the order a report shows them.

`draw` takes any of the series and gives its Drawing: four SVGs (wide and phone, light and dark), a sentence in place
of the picture, a caption and the data table.  Equal series give equal bytes.  matplotlib is imported with the first
drawing, so the series cost nothing to import.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from git_feedback.charts.drawing import VARIANTS, Drawing, FontMissing
from git_feedback.charts.series import Attainment, Category, Day, Heatmap, Pareto, Share, Volume

__all__ = [
    "CHARTS",
    "VARIANTS",
    "Attainment",
    "Category",
    "Day",
    "Drawing",
    "FontMissing",
    "Heatmap",
    "Pareto",
    "Share",
    "Volume",
    "draw",
]

Series = Volume | Pareto | Attainment | Heatmap

CHARTS: Mapping[type[Series], str] = {
    Volume: "volume",
    Pareto: "pareto",
    Attainment: "attainment",
    Heatmap: "heatmap",
}


def draw(series: Series, language: str) -> Drawing:
    """The chart of `series` with words in `language` ("zh" or "en").  Raises FontMissing where Chinese has no font."""
    chart = import_module(f"{__name__}.{CHARTS[type(series)]}")
    return cast(Drawing, chart.draw(series, language))
