"""A chart is the same bytes wherever and whenever it is drawn, and light enough for a phone."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.charts.report_samples import REPORT_SAMPLES, Sample

from git_feedback.charts import (
    CHARTS,
    VARIANTS,
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
    draw,
)

LIGHT_ENOUGH = 28 * 1024
A_YEAR_WEIGHS = 32 * 1024
"""365 days and a number on each that differs."""
MAY_WEIGH = {"year": A_YEAR_WEIGHS, "hotspots": 36 * 1024, "fishbone": 60 * 1024}
"""A fishbone is little but words, of some hundred different letters."""
ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "scripts"
HASHES = """
import hashlib, json, runpy, sys
samples = runpy.run_path(sys.argv[1])["SAMPLES"]
from git_feedback.charts import draw
print(json.dumps([[name, language, variant, hashlib.sha256(svg).hexdigest()]
    for name, series in samples.items() for language in ("zh", "en")
    for variant, svg in draw(series, language).svgs.items()]))
"""
HOSTILE = """
font.size: 30
font.family: serif
svg.fonttype: none
text.parse_math: True
lines.linewidth: 9
savefig.bbox: tight
figure.constrained_layout.use: True
"""

MONTH = [date(2026, 10, 1) + timedelta(days=n) for n in range(31)]
KINDS = {
    **dict.fromkeys([1, 2, 3, *range(46, 55), 94, 95, 96, *range(121, 126), *range(274, 281)], "holiday"),
    **dict.fromkeys([4, 45, 59, 129, 263, 283], "makeup"),
    **dict.fromkeys([358, 365], "half"),
}
"""Days of 2026, counted from 1 January, that differ from the week."""
SAMPLES: dict[str, Volume | Pareto | Attainment | Heatmap | Year | Life | Sample] = {
    "volume": Volume(tuple(Day(d, 20 + d.day * 7 % 13, 18 + d.day * 5 % 17, d.weekday() < 5) for d in MONTH)),
    "pareto": Pareto(
        tuple(
            Category(name, 214 - 17 * rank, 41 // (rank + 1))
            for rank, name in enumerate(
                [
                    "支付失败",
                    "退款慢",
                    "物流破损",
                    "登录",
                    "发票",
                    "服务态度",
                    "页面报错",
                    "价格",
                    "包装",
                    "活动",
                    "环境",
                ]
            )
        )
    ),
    "attainment": Attainment(
        (Share("响应 P0", 12, 0), Share("响应 P1", 82, 9, 1), Share("解决 P1", 70, 15), Share("解决 P3", 0, 0))
    ),
    "heatmap": Heatmap(tuple(tuple((7 * day + hour * hour) % 23 for hour in range(24)) for day in range(7))),
    "year": Year("office", 2026, tuple(KINDS.get(n, ("working", "weekend")[(n + 2) % 7 >= 5]) for n in range(1, 366))),
    "life": Life(
        (Stop("new", "新"), Stop("closed", "已结案"), Stop("waiting", "待补充", beside=True)),
        (Passage(("ask",), ("new",), "waiting"), Passage(("supply",), ("waiting",), None, ("new",))),
    ),
    **REPORT_SAMPLES,
}


def hashes(tmp_path: Path, **environment: str) -> list[list[str]]:
    """What another process with this environment draws."""
    inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "MPLCONFIGDIR"}}
    done = subprocess.run(
        [sys.executable, "-c", HASHES, __file__],
        env={**inherited, "PYTHONPATH": os.pathsep.join(map(str, (SCRIPTS, ROOT))), **environment},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_two_processes_in_two_countries_draw_the_same_bytes(tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text(HOSTILE, encoding="utf-8")
    here = hashes(tmp_path / "..", PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C.UTF-8", MPLBACKEND="agg")
    there = hashes(
        tmp_path, PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="de_DE.UTF-8", MATPLOTLIBRC=str(settings)
    )
    assert len(here) == len(CHARTS) * len(VARIANTS) * 2
    assert here == there


def test_drawing_twice_in_one_process_gives_the_same_bytes() -> None:
    for series in SAMPLES.values():
        assert draw(series, "zh") == draw(series, "zh")


def test_every_chart_has_a_sample_under_its_name() -> None:
    assert {CHARTS[type(series)]: name for name, series in SAMPLES.items()} == {name: name for name in CHARTS.values()}


def test_the_order_of_days_and_categories_does_not_matter() -> None:
    month, pareto = SAMPLES["volume"], SAMPLES["pareto"]
    assert isinstance(month, Volume)
    assert isinstance(pareto, Pareto)
    assert draw(Volume(month.days[::-1]), "en") == draw(month, "en")
    assert draw(Pareto(pareto.categories[::-1]), "en") == draw(pareto, "en")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_chart_comes_for_both_widths_and_both_grounds_and_is_light(name: str, language: str) -> None:
    drawing = draw(SAMPLES[name], language)
    assert drawing.name == name
    limit = MAY_WEIGH.get(name, LIGHT_ENOUGH)
    assert tuple(drawing.svgs) == VARIANTS
    assert {variant: len(svg) for variant, svg in drawing.svgs.items() if len(svg) > limit} == {}
    assert len(set(drawing.svgs.values())) == len(VARIANTS)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_date_no_comment_no_style_and_no_clock_is_in_the_file(name: str) -> None:
    for svg in draw(SAMPLES[name], "zh").svgs.values():
        for unwanted in (
            b"<!--",
            b"<metadata",
            b"style",
            b"<text",
            b"Matplotlib",
            b"dc:date",
            b"<!DOCTYPE",
            b"http://matplotlib",
        ):
            assert unwanted not in svg


def test_drawing_leaves_the_settings_of_matplotlib_as_they_were() -> None:
    import matplotlib

    with matplotlib.rc_context({"font.size": 33.0}):
        draw(SAMPLES["heatmap"], "zh")
        assert matplotlib.rcParams["font.size"] == 33.0
