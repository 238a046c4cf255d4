"""The sentence, the caption and the table say what the picture shows, in the reader's language."""

from datetime import date

import pytest

from git_feedback.charts import Attainment, Category, Day, Heatmap, Pareto, Share, Volume, draw
from git_feedback.charts.amounts import percent
from git_feedback.i18n import codes

WEEK = Volume(
    (Day(date(2026, 10, 9), 30, 12), Day(date(2026, 10, 8), 41, 55), Day(date(2026, 10, 10), 9, 0, working=False))
)
CAUSES = Pareto(
    (Category("登录", 88, 3), Category("支付失败", 214, 41), Category("退款慢", 166, 22), Category("发票", 32))
)
CLOCKS = Attainment((Share("响应 P0", 9, 1), Share("解决 P1", 70, 20, 2), Share("解决 P3", 0, 0)))
ONE_BUSY_HOUR = Heatmap(
    tuple(tuple(5 * (day == 2 and hour == 9) + (hour == 14) for hour in range(24)) for day in range(7))
)
EMPTY = (Volume(()), Volume((Day(date(2026, 10, 1), 0, 0),)), Pareto(()), Attainment(()), Heatmap(((0,) * 24,) * 7))


def test_the_sentence_of_volume_gives_totals_span_and_peak() -> None:
    assert draw(WEEK, "zh").alt == (
        "2026 年 10 月 8 日至 2026 年 10 月 10 日每日收到与解决的折线图：共收到 80 件，解决 67 件；10 月 8 日收到最多，41 件。"
    )
    assert draw(WEEK, "en").alt == (
        "Lines of items received and resolved by day, 8 October 2026 to 10 October 2026: "
        "80 received, 67 resolved; most came on 8 October, 41."
    )


def test_the_caption_of_volume_says_which_way_the_backlog_went_and_names_closed_days() -> None:
    assert draw(WEEK, "zh").caption == "两线之间是积压的变化：收到比解决多 13 件。灰底为非工作日。"
    shrinking = Volume((Day(date(2026, 10, 8), 1, 4),))
    assert draw(shrinking, "en").caption == "Between the lines is the backlog: 3 more resolved than received."


def test_the_table_of_volume_is_in_the_order_of_days() -> None:
    drawing = draw(WEEK, "zh")
    assert drawing.head == ("日期", "收到", "解决")
    assert drawing.rows == (("2026-10-08", "41", "55"), ("2026-10-09", "30", "12"), ("2026-10-10", "9", "0"))


def test_pareto_ranks_and_says_how_few_causes_make_most_of_it() -> None:
    drawing = draw(CAUSES, "zh")
    assert [row[0] for row in drawing.rows] == ["支付失败", "退款慢", "登录", "发票"]
    assert drawing.rows[1] == ("退款慢", "166", "33.2 %", "76.0 %", "22")
    assert drawing.alt == "按类别的条形图：共 500 件，其中超时 66 件；最多的是“支付失败”，214 件，占 43 %。"
    assert drawing.caption == "4 个类别中的前 3 个占全部的 94 %。红色斜纹为超时部分。"


def test_the_table_of_pareto_keeps_the_categories_that_the_picture_lumps_together() -> None:
    many = Pareto(tuple(Category(f"类别 {n:02}", 40 - n) for n in range(14)))
    assert len(draw(many, "zh").rows) == 14
    assert draw(many, "en").caption.endswith("None was late.")


def test_attainment_says_n_and_where_the_least_was_kept() -> None:
    drawing = draw(CLOCKS, "zh")
    assert drawing.alt == "按时率条形图：共 100 个时限，按时 79.0 %；最低的是“解决 P1”，77.8 %（n = 90）。"
    assert drawing.rows == (
        ("响应 P0", "9", "1", "0", "90.0 %"),
        ("解决 P1", "70", "20", "2", "77.8 %"),
        ("解决 P3", "0", "0", "0", "无时限"),
    )
    assert "不计入的有 2 个" in drawing.caption


def test_a_share_of_nothing_is_no_clock_and_not_a_hundred_per_cent() -> None:
    none = Attainment((Share("P3", 0, 0), Share("P2", 0, 0, 4)))
    drawing = draw(none, "en")
    assert [row[-1] for row in drawing.rows] == ["no clock", "none counted"]
    assert drawing.alt == "No clock has ended in this period."
    assert b"<path" in drawing.svgs["wide.light"]


def test_the_heat_map_names_its_busiest_hour_and_day() -> None:
    drawing = draw(ONE_BUSY_HOUR, "zh")
    assert drawing.alt == "星期与小时的热力图：共 12 件；最多的是周三 9:00–10:00，5 件。"
    assert drawing.caption == "颜色越浓，收到越多；周三最多，6 件，占 50 %。"
    assert len(drawing.head) == 26
    assert drawing.rows[2][0] == "周三"
    assert (drawing.rows[2][10], drawing.rows[2][-1]) == ("5", "6")
    assert draw(ONE_BUSY_HOUR, "en").rows[0][0] == "Mon"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("series", EMPTY)
def test_an_empty_series_is_drawn_as_a_sentence(series: Volume, language: str) -> None:
    drawing = draw(series, language)
    assert drawing.alt == drawing.caption
    assert drawing.alt.endswith("。" if language == "zh" else ".")
    assert all(svg.count(b"<use") >= len(drawing.alt.replace(" ", "")) for svg in drawing.svgs.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_item_is_spoken_of_in_the_singular(language: str) -> None:
    one = Pareto((Category("登录", 1, 1),))
    said = draw(one, language)
    assert ("1 item by" in said.alt) == (language == "en")
    assert said.rows == (("登录", "1", "100 %", "100 %", "1"),)


def test_a_million_is_written_with_its_thousands_apart() -> None:
    drawing = draw(Volume((Day(date(2026, 10, 8), 1_000_000, 999_999),)), "zh")
    assert drawing.rows == (("2026-10-08", "1,000,000", "999,999"),)
    assert "共收到 1,000,000 件" in drawing.alt


def test_only_all_is_a_hundred_per_cent_and_only_none_is_zero() -> None:
    assert percent(1000, 1000, 1) == "100 %"
    assert percent(99_999, 100_000, 1) == "99.9 %"
    assert percent(1, 100_000) == "1 %"
    assert percent(0, 7) == "0 %"
    assert percent(1, 8, 1) == "12.5 %"
    assert percent(1, 200, 1) == "0.5 %"


def test_both_languages_have_the_same_words() -> None:
    chart = [{code for code in codes(language) if code.startswith("chart-")} for language in ("en", "zh")]
    assert chart[0] == chart[1]
    assert len(chart[0]) > 40


def test_impossible_counts_are_our_mistake() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Category("登录", 1, late=2)
    with pytest.raises(ValueError, match="twice"):
        Volume((Day(date(2026, 10, 8), 1, 1), Day(date(2026, 10, 8), 1, 1)))
    with pytest.raises(ValueError, match="24 hours"):
        Heatmap(((0,) * 23,) * 7)
