"""What the charts of a report say: numbers in the table equal the series, the sentence names most and least."""

from datetime import date, timedelta

import pytest
from tests.charts.report_samples import MONDAY, REPORT_SAMPLES, Sample, ahead, weeks

from git_feedback.charts import (
    Age,
    Ages,
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
    draw,
)
from git_feedback.charts.effect import rate
from git_feedback.charts.spread import EDGES_S
from git_feedback.i18n import codes
from git_feedback.insight import effects

EMPTY: tuple[Sample, ...] = (
    Trend(()),
    Trend((Counted(MONDAY, 0), Counted(MONDAY + timedelta(days=1), 0))),
    Stacked((), ()),
    Stacked((MONDAY,), (Layer("登录", (0,)),)),
    HotSpots((), (), ()),
    HotSpots(("浦东",), ("登录",), ((0,),)),
    Points(()),
    Points((Place(31, 121, 0),), 9),
    Spread(()),
    Spread((), 12),
    Ages((), ()),
    Ages(("P0",), (Age(0, None, (0,)),)),
    Score(()),
    Score((Band("10 月", 0, 0, 0),)),
    Flow((), ()),
    Flow((State("a", "新", 0), State("b", "已结案", 1)), (Stream("a", "b", 0),)),
    Effect((), MONDAY, "too-few", 0.0, 0, 0),
    Effect(weeks([0, 0]), MONDAY, "too-few", 1.0, 0, 0),
    Fan((), ()),
    Fan(weeks([3, 4]), ()),
    Fishbone("收银机卡住"),
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("series", EMPTY, ids=repr)
def test_an_empty_series_is_drawn_as_a_sentence(series: Sample, language: str) -> None:
    drawing = draw(series, language)
    assert drawing.alt == drawing.caption
    assert drawing.alt.endswith("。" if language == "zh" else ".")
    letters = drawing.alt.replace(" ", "")
    assert all(svg.count(b"<use") >= min(len(letters), 40) for svg in drawing.svgs.values())
    assert all(len(row) == len(drawing.head) for row in drawing.rows)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", REPORT_SAMPLES)
def test_each_row_of_a_table_has_a_cell_for_each_head(name: str, language: str) -> None:
    drawing = draw(REPORT_SAMPLES[name], language)
    assert drawing.rows
    assert {len(row) for row in drawing.rows} == {len(drawing.head)}
    assert drawing.alt != drawing.caption


def numbers(cells: tuple[str, ...]) -> list[int]:
    return [int(cell.replace(",", "")) for cell in cells]


# ---- trend --------------------------------------------------------------------------------------------------------------


def spike(every: int = 1) -> tuple[Counted, ...]:
    counts = [10, 12, 11, 9, 10, 60, 11, 10, 12, 9]
    return tuple(
        Counted(date(2026, 10, 1) + timedelta(days=every * place), count) for place, count in enumerate(counts)
    )


def test_a_trend_names_its_extremes_and_the_day_outside_its_limits() -> None:
    drawing = draw(Trend(spike()[::-1]), "zh")
    assert drawing.alt == (
        "2026 年 10 月 1 日至 2026 年 10 月 10 日每日件数的折线图：共 154 件；10 月 6 日最多，60 件；10 月 4 日最少，9 件。"
    )
    assert drawing.caption == "有 1 点超出自然波动界限（0 至 48.2）：10 月 6 日（60 偏高）。"
    assert draw(Trend(spike()), "en").caption.startswith("1 point lies outside its natural limits (0 to 48.2)")


def test_the_table_of_a_trend_has_counts_means_and_a_word_for_what_is_outside() -> None:
    rows = draw(Trend(spike()), "zh").rows
    assert numbers(tuple(row[1] for row in rows)) == [point.count for point in spike()]
    assert [row[2] for row in rows[:8]] == ["–"] * 6 + ["17.6", "17.6"]
    assert [row[3] for row in rows] == ["–"] * 5 + ["偏高"] + ["–"] * 4


def test_a_closed_day_is_in_the_table_and_neither_in_the_limits_nor_outside() -> None:
    closed = Counted(date(2026, 10, 11), 0, working=False)
    drawing = draw(Trend((*spike(), closed)), "zh")
    assert drawing.rows[-1] == ("2026-10-11", "0", "–", "–")
    assert "（0 至 48.2）" in drawing.caption
    assert drawing.caption.endswith("灰底为非工作日，不计入界限与均值。")


def test_weeks_have_no_mean_of_seven_days_and_few_points_no_limits() -> None:
    drawing = draw(Trend(spike(7), "week"), "en")
    assert drawing.head == ("Week from", "Items", "Outside limits")
    assert draw(Trend(spike()[:7]), "en").caption == "Fewer than 8 points have no natural limits."


# ---- stacked, hot spots, points -----------------------------------------------------------------------------------------


def test_stacked_categories_are_ordered_by_size_and_add_up() -> None:
    layers = (Layer("发票", (1, 9)), Layer("登录", (20, 30)), Layer("价格", (5, 5)))
    drawing = draw(Stacked((MONDAY, MONDAY + timedelta(weeks=1)), layers), "zh")
    assert drawing.head == ("周（起始日）", "登录", "价格", "发票", "合计")
    assert [numbers(row[1:]) for row in drawing.rows] == [[20, 5, 1, 26], [30, 5, 9, 44]]
    assert "2026 年 8 月 10 日当周最多，44 件；最大的类别是“登录”，50 件。" in drawing.alt
    assert drawing.caption == "“登录”占全部的 71 %。首尾相比变化最大的是“登录”：从 20 件增至 30 件。"


def test_the_table_of_stacked_categories_has_the_columns_of_the_picture_and_adds_up() -> None:
    drawing = draw(REPORT_SAMPLES["stacked"], "en")
    assert len(drawing.head) == 1 + 5 + 1 + 1
    assert all(sum(int(count.replace(",", "")) for count in row[1:-1]) == int(row[-1]) for row in drawing.rows)
    long = Stacked(tuple(MONDAY + timedelta(weeks=place) for place in range(60)), (Layer("登录", (2,) * 60),))
    assert draw(long, "en").caption.endswith("The picture shows the last 53 of 60 columns, the table all.")
    assert len(draw(long, "en").rows) == 60


def test_hot_spots_are_ordered_and_name_the_hottest() -> None:
    drawing = draw(HotSpots(("浦东", "静安"), ("登录", "发票"), ((1, 2), (4, 30))), "zh")
    assert drawing.head == ("地区", "发票", "登录", "合计")
    assert drawing.rows == (("静安", "30", "4", "34"), ("浦东", "2", "1", "3"))
    assert drawing.alt == "地区与类别的热力表：2 个地区，2 个类别，共 37 件；最多的是“静安”的“发票”，30 件。"
    assert drawing.caption == "颜色越浓，件数越多；“静安”最多，34 件，占 92 %。"


def test_a_point_map_lists_places_by_count_and_tells_how_many_have_none() -> None:
    drawing = draw(Points((Place(31.2, 121.4, 3, "浦东店"), Place(31.3, 121.4, 12, "静安店")), 4), "zh")
    assert drawing.rows == (("静安店", "31.3000", "121.4000", "12"), ("浦东店", "31.2000", "121.4000", "3"))
    assert drawing.alt == "点状地图：2 个地点，共 15 件；最多的是 静安店，12 件。"
    assert drawing.caption == "圆越大，件数越多；地点分布在东西 0 公里、南北 11.1 公里之内。没有坐标的 4 件未画出。"


# ---- spread, ages, score ------------------------------------------------------------------------------------------------


def test_a_spread_tells_median_ninth_tenth_n_and_what_it_left_out() -> None:
    times = tuple(3600 * hours for hours in range(1, 12))
    drawing = draw(Spread(times[::-1], 3), "zh")
    assert drawing.caption == "一半不超过 6 小时，九成不超过 10 小时（n = 11）。不计入的有 3 件：时长不明。"
    assert drawing.alt == "11 件用时的分布图：最短 1 小时，最长 11 小时；4 小时–8 小时的最多，4 件。"
    assert sum(numbers(tuple(row[1] for row in drawing.rows))) == 11
    assert drawing.rows[-1][3] == "100 %"


def test_a_time_on_an_edge_belongs_to_the_bin_that_it_begins() -> None:
    rows = draw(Spread(EDGES_S), "en").rows
    assert [row[1] for row in rows] == ["1"] * len(EDGES_S)
    assert draw(Spread((899,)), "en").rows[0][1] == "1"


def test_ages_say_how_much_is_in_the_oldest_and_how_heavy_that_is() -> None:
    drawing = draw(REPORT_SAMPLES["ages"], "zh")
    assert drawing.head == ("已等", "P0 紧急", "P1 高", "P2 普通", "P3 低", "未分类", "合计")
    assert drawing.rows[0] == ("0–1 天", "1", "5", "9", "3", "4", "22")
    assert drawing.caption == "按工作日计；已等 21 天以上的有 6 件，占 7 %，其中级别最高的是 P1 高，1 件。"
    assert "最多的是 2–3 天，23 件；最久的是 21 天以上，6 件。" in drawing.alt


def test_a_score_comes_with_n_and_interval_and_says_when_a_difference_may_be_chance() -> None:
    drawing = draw(REPORT_SAMPLES["score"], "en")
    assert drawing.rows[0] == ("10 月", "11", "9", "41", "61", "+49", "+31 to +66")
    assert drawing.rows[2] == ("2025 年 10 月", "2", "1", "1", "4", "−25", "–")
    assert drawing.caption.endswith("The first two intervals overlap: the difference may be chance.")
    apart = Score((Band("10 月", 1, 1, 20, 70, 95), Band("9 月", 9, 9, 9, -20, 20)))
    assert "chance" not in draw(apart, "en").caption


# ---- flow, effect, fan, fishbone ----------------------------------------------------------------------------------------


def test_a_flow_lists_its_streams_and_tells_of_those_that_go_back() -> None:
    flow = REPORT_SAMPLES["flow"]
    assert isinstance(flow, Flow)
    drawing = draw(flow, "zh")
    assert numbers(tuple(row[2] for row in drawing.rows)) == [stream.count for stream in flow.streams]
    assert drawing.rows[0] == ("新", "已分类", "59")
    assert drawing.alt == "状态流向图：9 个状态，227 次流转；最多的是新到已分类 59 件；最少的是已分类到重复 1 件。"
    assert drawing.caption.endswith("另有 2 件退回，没有画带：已结案到已受理 2 件。")


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("fewer", "不只是偶然"),
        ("more", "不只是偶然"),
        ("same", "可能只是偶然"),
        ("too-early", "为时尚早"),
        ("too-few", "太少"),
    ],
)
def test_an_effect_says_as_much_as_is_known(verdict: effects.Verdict, said: str) -> None:
    found = effects.Effect(verdict, 4.0, 40, 20)
    drawing = draw(
        Effect(weeks([12, 9, 10, 9, 5, 5, 4, 6]), MONDAY + timedelta(days=30), found.verdict, found.weeks, 40, 20), "zh"
    )
    assert said in drawing.caption
    assert ("每周 10 件（7.3 至 13.6）" in drawing.caption) == (verdict not in ("too-early", "too-few"))
    assert [row[1] for row in drawing.rows] == ["之前"] * 4 + ["当周"] + ["之后"] * 3
    assert "8 月 3 日当周最多，12 件；9 月 14 日当周最少，4 件" in drawing.alt


def test_the_interval_of_a_rate_is_that_of_a_score_and_never_below_zero() -> None:
    one = rate(40, 4.0)
    assert (one.amount, round(one.low, 2), round(one.high, 2)) == (10.0, 7.34, 13.62)
    assert rate(0, 2.0).low == 0
    assert 1.9 < rate(0, 2.0).high < 2.0


def test_a_fan_gives_both_bands_and_keeps_known_and_expected_apart() -> None:
    drawing = draw(Fan(weeks([72, 80])[::-1], ()), "en")
    assert drawing.caption == "There is no forecast."
    fan = Fan(weeks([72] * 13), ahead(2))
    drawing = draw(fan, "en")
    assert drawing.rows[12] == ("2026-10-26", "72", "–", "–", "–")
    assert drawing.rows[13] == ("2026-11-02", "–", "80", "74–86", "68–92")
    assert "most expected in the week from 9 November, 85; fewest in that from 2 November, 80." in drawing.alt


def test_a_fishbone_tells_its_fullest_branch_and_the_empty_ones() -> None:
    drawing = draw(Fishbone("支付失败", man=("没有培训",), method=("没有试行", "没有手册")), "zh")
    assert drawing.rows == (("人", "没有培训"), ("法", "没有试行"), ("法", "没有手册"))
    assert drawing.caption == "原因最多的分支是“法”，2 条。还没有记下的分支：机、料、环、测。"
    assert drawing.alt == "“支付失败”的鱼骨图，共 3 条原因。人：没有培训；法：没有试行、没有手册。"


def test_the_order_in_which_a_series_is_given_does_not_matter() -> None:
    points = tuple(Place(31 + place / 10, 121.0, 1 + place % 3, f"{place} 号店") for place in range(6))
    layers = tuple(Layer(f"类别 {place}", (place % 3, 4)) for place in range(8))
    starts = (MONDAY, MONDAY + timedelta(weeks=1))
    assert draw(Points(points[::-1]), "zh") == draw(Points(points), "zh")
    assert draw(Stacked(starts, layers[::-1]), "zh") == draw(Stacked(starts, layers), "zh")
    assert draw(Trend(spike()[::-1]), "zh") == draw(Trend(spike()), "zh")
    turned = HotSpots(("静安", "浦东"), ("发票", "登录"), ((30, 4), (2, 1)))
    assert draw(turned, "zh") == draw(HotSpots(("浦东", "静安"), ("登录", "发票"), ((1, 2), (4, 30))), "zh")


# ---- what cannot be -----------------------------------------------------------------------------------------------------


def test_impossible_series_are_our_mistake() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Counted(MONDAY, -1)
    with pytest.raises(ValueError, match="missing"):
        Trend((Counted(MONDAY, 1), Counted(MONDAY + timedelta(days=2), 1)))
    with pytest.raises(ValueError, match="not in order"):
        Stacked((MONDAY, MONDAY), ())
    with pytest.raises(ValueError, match="for each date"):
        Stacked((MONDAY,), (Layer("登录", (1, 2)),))
    with pytest.raises(ValueError, match="for each category"):
        HotSpots(("浦东",), ("登录",), ((1, 2),))
    with pytest.raises(ValueError, match="no such place"):
        Place(91, 0, 1)
    with pytest.raises(ValueError, match="for each level"):
        Ages(("P0",), (Age(0, None, (1, 2)),))
    with pytest.raises(ValueError, match="unknown"):
        Flow((State("a", "新", 0),), (Stream("a", "b", 1),))
    with pytest.raises(ValueError, match="in each other"):
        type(ahead(1)[0])(MONDAY, 5, 4, 3, 2, 9)
    with pytest.raises(ValueError, match="known"):
        Fan(weeks([1, 1], MONDAY + timedelta(weeks=14)), ahead(1))


def test_all_new_words_are_in_both_languages() -> None:
    for name in REPORT_SAMPLES:
        assert [code for code in codes("en") if code.startswith(f"chart-{name}-")]
