"""The shapes of a chart: what is long, high, hatched or strong in colour follows from the counts."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.charts import Attainment, Category, Day, Heatmap, Pareto, Share, Volume, draw
from git_feedback.charts.compacting import outline
from git_feedback.charts.heatmap import grouped, step
from git_feedback.charts.plot import steps
from git_feedback.charts.sheet import DARK, LIGHT
from git_feedback.charts.volume import gaps

BOX = re.compile(r"[mM]?[^mzh]*h(-?[\d.]+)v(-?[\d.]+)h(-?[\d.]+)z")
TALL = re.compile(r'height="([\d.]+)pt"')


def paths(svg: bytes, fill: str) -> list[str]:
    """The outlines filled in one colour (or, for `url`, hatched)."""
    root = ElementTree.fromstring(svg)
    found = [path for path in root.iter("{http://www.w3.org/2000/svg}path") if "id" not in path.attrib]
    return [path.attrib["d"] for path in found if path.get("fill", "").startswith(fill)]


def lengths(outlines: list[str]) -> list[float]:
    return [abs(float(length)) for path in outlines for length, _, _ in BOX.findall(path)]


def test_bars_are_as_long_as_their_counts_and_the_late_part_is_hatched() -> None:
    svg = draw(Pareto((Category("支付失败", 200, 50), Category("退款慢", 100), Category("登录", 50, 50))), "zh").svgs[
        "wide.light"
    ]
    longest, middle, shortest = lengths(paths(svg, LIGHT["series-1"]))
    assert longest == pytest.approx(2 * middle, abs=0.05)
    assert longest == pytest.approx(4 * shortest, abs=0.05)
    late = lengths(paths(svg, "url"))
    assert late == [pytest.approx(longest / 4, abs=0.05), pytest.approx(shortest, abs=0.05)]


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_where_nothing_is_late_no_red_is_in_the_picture(ground: dict[str, str]) -> None:
    calm = (Pareto((Category("登录", 3),)), Attainment((Share("响应 P0", 4, 0),)))
    for series in calm:
        assert not any(ground["late"].encode() in svg for svg in draw(series, "zh").svgs.values())


def test_ten_categories_and_one_bar_for_the_rest() -> None:
    many = Pareto(tuple(Category(f"类别 {n}", 50 - n) for n in range(14)))
    svg = draw(many, "zh").svgs["phone.light"]
    assert len(lengths(paths(svg, LIGHT["series-1"]))) == 10
    assert len(lengths(paths(svg, LIGHT["rest"]))) == 1


def test_a_bar_of_attainment_is_full_scale_and_one_breach_in_a_million_shows() -> None:
    svg = draw(Attainment((Share("响应", 1_000_000, 0), Share("解决", 999_999, 1))), "zh").svgs["wide.light"]
    full, kept = lengths(paths(svg, LIGHT["series-1"]))
    (late,) = lengths(paths(svg, "url"))
    assert late == 1.5
    assert full == pytest.approx(kept + late, abs=0.02)


def test_sixteen_clocks_make_the_sheet_taller_and_one_makes_it_lower() -> None:
    def height(rows: int) -> float:
        svg = draw(Attainment(tuple(Share(f"时限 {n}", 3, 1) for n in range(rows))), "zh").svgs["wide.light"]
        found = TALL.search(svg.decode())
        assert found
        return float(found[1])

    assert height(1) < height(7) == 223.2 < height(16)


def test_a_cell_of_the_heat_map_is_as_strong_as_its_count() -> None:
    counts = [[0] * 24 for _ in range(7)]
    counts[0][9], counts[6][23] = 1_000_000, 1
    svg = draw(Heatmap(tuple(map(tuple, counts))), "zh").svgs["wide.light"]
    strongest, empty = paths(svg, LIGHT["series-1"]), paths(svg, LIGHT["sunk"])
    assert len(lengths(strongest)) == 1 + 1  # the cell, and its step in the key
    assert len(lengths(empty)) == 7 * 24 - 2 + 1
    assert [step(amount, 100) for amount in (0, 1, 20, 21, 100)] == [0, 1, 1, 2, 5]


def test_a_phone_shows_three_hours_in_a_cell_and_loses_none() -> None:
    assert grouped(range(24), 3) == [3, 12, 21, 30, 39, 48, 57, 66]


def test_a_month_has_a_name_at_each_line_and_no_values_but_a_few_days_have_both() -> None:
    def drawn(days: int) -> int:
        first = date(2026, 10, 1)
        month = Volume(tuple(Day(first + timedelta(days=n), 30 + n, 20 + n) for n in range(days)))
        return draw(month, "zh").svgs["wide.light"].count(b"<use")

    assert drawn(8) - drawn(9) > 2 * 8


@given(st.integers(0, 3_000_000))
def test_steps_are_round_start_at_zero_and_cover_the_most(most: int) -> None:
    found = steps(most)
    assert found[0] == 0
    assert found[-1] >= max(most, 1)
    assert 2 <= len(found) <= 5
    assert str(found[1]).rstrip("0") in {"1", "2", "5"}
    assert len({after - before for before, after in pairwise(found)}) == 1


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=12))
@settings(max_examples=60)
def test_the_ground_between_the_lines_adds_up_to_the_difference(pairs: list[tuple[int, int]]) -> None:
    upper = [(float(x), float(up)) for x, (up, _) in enumerate(pairs)]
    lower = [(float(x), float(low)) for x, (_, low) in enumerate(pairs)]
    area = sum(map(surface, gaps(upper, lower))) - sum(map(surface, gaps(lower, upper)))
    differences = [up - low for up, low in pairs]
    assert area == pytest.approx(sum(differences) - (differences[0] + differences[-1]) / 2, abs=1e-6)


def surface(shape: list[tuple[float, float]]) -> float:
    turned = zip(shape, [*shape[1:], shape[0]], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in turned)) / 2


def test_an_outline_is_rewritten_relative_to_the_point_before() -> None:
    path = "M 10 20 \nL 30 20 \nL 30 5 \nQ 31 6 32 7 \nz\nM 11 21 \nL 11 21 \nL 12 23 \nz\n"
    assert outline(path, 1, str) == "m10 20h20v-15q1 1 2 2zm1 1l1 2z"
