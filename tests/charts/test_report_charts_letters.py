"""On every chart of a report each word stays on the canvas, off the others, and can be read on what it stands on."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
from tests.charts.drawn import Picture, picture
from tests.charts.report_samples import MONDAY, REPORT_SAMPLES, STATES, Sample, ahead, trend, weeks

from git_feedback.charts import (
    VARIANTS,
    Age,
    Ages,
    Ahead,
    Band,
    Counted,
    Drawing,
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
    draw,
)
from git_feedback.charts.sheet import DARK, LIGHT, Sheet, on_every_sheet

READABLE = 4.5
NASTY = (
    "$x$ 与 $y_1$",
    "_登录",
    "<script>alert(1)</script>",
    "\u202eexe.付款",
    "a\nb",
    "🧾",
    "",
    "很长的名字" * 80,
    "unbroken" * 60,
)
LONG = tuple(f"{name} {place}" for place, name in enumerate(NASTY))


def hostile() -> dict[str, Sample]:
    """The charts that bear names, with names meant to do harm."""
    few = LONG[:5]
    return {
        "stacked": Stacked((MONDAY, MONDAY + timedelta(weeks=1)), tuple(Layer(name, (3, 4)) for name in LONG)),
        "ages": Ages(few, (Age(0, 1, (1, 2, 3, 4, 5)), Age(2, None, (0, 0, 0, 0, 1)))),
        "hotspots": HotSpots(LONG, LONG, tuple(tuple(row * column for column in range(9)) for row in range(9))),
        "points": Points(
            tuple(Place(31 + place / 9, 121 + place / 7, place + 1, name) for place, name in enumerate(NASTY))
        ),
        "score": Score(tuple(Band(name, 5, 6, 7, -20, 30) for name in NASTY)),
        "flow": Flow(
            tuple(State(str(place), name, place // 3) for place, name in enumerate(NASTY)),
            tuple(Stream(str(place), str(place + 3), 5) for place in range(6)),
        ),
        "fishbone": Fishbone(LONG[7], *(LONG[place:] for place in range(6))),
    }


def extreme() -> dict[str, Sample]:
    """One point, very many points, very large numbers, all at one place."""
    dice = Random(5)
    day = date(2012, 1, 2)
    huge = 123_456_789
    return {
        "one day": Trend((Counted(MONDAY, 3),)),
        "five days": Trend(tuple(Counted(MONDAY + timedelta(days=place), 12 + place) for place in range(5))),
        "eight days, one outside": Trend(tuple(Counted(MONDAY + timedelta(days=place), 100 if place == 5 else 10) for place in range(8))),
        "weeks": Trend(weeks([12, 15, 11, 13, 90, 12, 14, 15, 11, 13, 12]), "week"),
        "5,000 days": Trend(tuple(Counted(day + timedelta(days=place), dice.randint(0, 90)) for place in range(5000))),
        "millions": Trend(tuple(Counted(day + timedelta(days=place), huge + place) for place in range(12))),
        "one week": Stacked((MONDAY,), (Layer("登录", (7,)),)),
        "5,000 weeks": Stacked(tuple(date(1930, 1, 6) + timedelta(weeks=place) for place in range(5000)), (Layer("登录", (7,) * 5000),)),
        "months": Stacked((date(2026, 9, 1), date(2026, 10, 1)), (Layer("登录", (7, huge)), Layer("发票", (0, 1))), "month"),
        "one time": Spread((90,)),
        "no time at all": Spread((0, 0, 0)),
        "5,000 times": Spread(tuple(int(3600 * dice.lognormvariate(3, 2)) for _ in range(5000)), 4000),
        "one age": Ages(("P0",), (Age(0, None, (1,)),)),
        "many old": Ages(("P0", "P1"), (Age(0, 0, (1, 0)), Age(1, None, (huge, huge)))),
        "one spot": HotSpots(("浦东",), ("登录",), ((1,),)),
        "huge spots": HotSpots(("浦东", "静安"), tuple("甲乙丙丁戊己庚"), ((huge,) * 7, (0,) * 7)),
        "one place": Points((Place(31.2, 121.5, 1),)),
        "the whole earth": Points((Place(-90, -180, 1), Place(90, 180, 2, "北"), Place(0, 0, 3, "赤道"))),
        "5,000 places": Points(tuple(Place(31 + dice.random(), 121 + dice.random(), dice.randint(1, 9)) for _ in range(5000))),
        "one answer": Score((Band("10 月", 0, 0, 1),)),
        "no answer beside some": Score((Band("10 月", 0, 0, 0), Band("9 月", huge, huge, huge, -1, 1))),
        "one stream": Flow((State("a", "新", 0), State("b", "已结案", 9)), (Stream("a", "b", 1),)),
        "a large flow": Flow(STATES, tuple(Stream(one.id, other.id, 5000 if other.column == one.column + 1 else 1) for one in STATES for other in STATES if one is not other)),
        "one week of an effect": Effect(weeks([3]), MONDAY, "too-few", 2.0, 1, 2),
        "five weeks of an effect": Effect(weeks([30, 41, 28, 9, 7]), MONDAY + timedelta(days=20), "fewer", 2.0, 69, 16, 0.23, 0.1, 0.4),
        "a measure long ago": Effect(weeks([5] * 4), MONDAY - timedelta(days=90), "same", 12.0, 60, 55, 0.9, 0.6, 1.3),
        "a measure to come": Effect(weeks([5] * 4), MONDAY + timedelta(days=90), "too-early", 0.0, 20, 0),
        "only a forecast": Fan((), ahead(1)),
        "a week of each": Fan(weeks([4]), (Ahead(MONDAY + timedelta(weeks=1), 4.0, 3.0, 5.0, 2.0, 6.0),)),
        "5,000 weeks known": Fan(weeks([7] * 5000, MONDAY - timedelta(weeks=4987)), ahead()),
        "one cause": Fishbone("问题", material=("原因",)),
        "a few days outside": trend(200),
    }  # fmt: skip


ALL = {
    f"{kind}: {name}": series
    for kind, found in (("usual", REPORT_SAMPLES), ("hostile", hostile()), ("extreme", extreme()))
    for name, series in found.items()
}


CASES = [(name, language) for name in ALL for language in ("zh", "en") if name.startswith("usual") or language == "en"]
"""English words are the longer ones."""


@cache
def drawing(name: str, language: str) -> Drawing:
    return draw(ALL[name], language)


def pictures(name: str, language: str) -> Mapping[str, Picture]:
    return {variant: picture(svg) for variant, svg in drawing(name, language).svgs.items()}


@pytest.mark.parametrize(("name", "language"), CASES)
def test_no_word_leaves_the_canvas_or_lies_on_another(name: str, language: str) -> None:
    found = pictures(name, language)
    assert {variant: one.outside for variant, one in found.items() if one.outside} == {}
    assert {variant: one.overlaps for variant, one in found.items() if one.overlaps} == {}


@pytest.mark.parametrize("name", ALL)
def test_every_word_can_be_read_on_its_ground(name: str) -> None:
    for variant, one in pictures(name, "en").items():
        paper = (DARK if variant.endswith("dark") else LIGHT)["paper"]
        assert one.least_contrast(paper) >= READABLE, variant


@pytest.mark.parametrize("name", ALL)
def test_no_chart_of_a_report_is_red_and_none_is_heavy(name: str) -> None:
    for svg in drawing(name, "en").svgs.values():
        assert LIGHT["late"].encode() not in svg
        assert DARK["late"].encode() not in svg
        assert len(svg) < 100 * 1024


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_name_reaches_the_file_as_outlines_only_and_the_words_without_hidden_signs(name: str) -> None:
    found = drawing(f"hostile: {name}", "en")
    assert tuple(found.svgs) == VARIANTS
    for svg in found.svgs.values():
        assert not any(part in svg for part in (b"script", b"alert", b"<!--", b"exe.", b"$", b"<text"))
    said = [found.alt, found.caption, *found.head, *(cell for row in found.rows for cell in row)]
    assert not any(sign in one for one in said for sign in "\u202e\n")
    assert all(len(one) < 3000 for one in said)


def test_a_word_outside_or_upon_another_would_be_found() -> None:
    def seen(*at: tuple[float, float]) -> Picture:
        def paint(sheet: Sheet) -> None:
            for point in at:
                sheet.words(point, "登录", "rest")

        return picture(on_every_sheet(paint)["wide.light"])

    assert seen((20, 20), (20, 60)).overlaps == []
    assert len(seen((20, 20), (25, 22)).overlaps) == 1
    assert len(seen((620, 20)).outside) == len(seen((20, -3)).outside) == len(seen((-4, 30)).outside) == 1
    assert seen((20, 20)).least_contrast(LIGHT["paper"]) < READABLE
