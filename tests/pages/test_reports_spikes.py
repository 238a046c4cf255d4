"""The chapter on spikes: told once at its height, compared with what was before, honest where nothing can be compared."""

from datetime import datetime, timedelta

from tests.insight.rising_items import NOW, came, many
from tests.pages.clock_reports import charts, material, rows, sentences, table, told

from git_feedback.model import Item
from git_feedback.model.item import Point as Place
from git_feedback.pages.reports.chapters import spikes
from git_feedback.pages.reports.document import Points
from git_feedback.pages.reports.issue import Issue, report

MONTH = "2026-10"
_LAST = (NOW - datetime.fromisoformat("2026-10-31T12:00:00+08:00")) / timedelta(days=1)
"""Days from the last noon of October to NOW."""


def october(first: int, days: list[int], **facts: object) -> list[Item]:
    """Items received at noon on days of October; below 1 are days of the months before."""
    return many(first, [_LAST + 31 - day for day in days], **facts)


OLD = october(900, [-60], channel="phone", title="很久以前")
QUIET = october(
    500,
    [-20, -12, -4, 3, 9, 15, 21, 27],
    channel="phone",
    category="service/logistics",
    area="华南/广州",
    title="快递没有派送",
)
STORM = october(0, [12, 12, 13, 13, 14, 14, 15, 16], category="product/payment", area="华东/上海", title="付款失败")


def test_a_spike_is_told_once_with_days_items_and_what_is_within() -> None:
    points = next(
        part for part in told(spikes, [*OLD, *QUIET, *STORM], period=MONTH) if isinstance(part, Points)
    ).points
    [said] = [point.text for point in points]
    assert said.startswith(
        "支付与账单（类别）：10 月 10 日至 10 月 16 日收到 8 件，此前从未有过。其中同样突增的：网页表单 8 件、华东/上海 8 件"
    )
    assert said.endswith("。碰巧如此的机会不到 1/1,000。")
    assert points[0].items == tuple(one.id for one in sorted(STORM, key=lambda one: (one.received, one.id)))


def test_english_says_how_many_times_and_what_was_before() -> None:
    before = october(300, [-18, -14, -10, -6, -2, 2, 5, 8], category="product/payment", title="Paid twice")
    more = october(330, [12, 12, 13, 13, 14, 15, 15, 16, 16, 16], category="product/payment", title="Charged twice")
    said = sentences(told(spikes, [*OLD, *before, *STORM, *more], "en", MONTH))[0]
    assert said.startswith(
        "Payment and billing (category): 18 items from 11 October to 17 October. The four weeks before had 7, "
    )
    assert "which is 1.8 a week; these 7 days had 10.3 times that." in said
    assert "Chance alone does this less than once in" in said


def test_of_less_than_one_a_week_no_number_of_times_is_told() -> None:
    once = october(300, [-2], category="product/payment", title="付款失败")
    said = sentences(told(spikes, [*OLD, *once, *STORM], period=MONTH))[0]
    assert "此前四周总共只有 1 件。" in said
    assert "倍" not in said


def test_a_month_without_spikes_says_so() -> None:
    said = sentences(told(spikes, [*OLD, *QUIET], period=MONTH))
    assert said[0] == "这个月没有突增：没有哪个类别、渠道、地区或产品在 7 天内明显多于此前四周。"


def test_a_record_that_does_not_reach_back_five_weeks_says_that_nothing_can_be_seen() -> None:
    said = sentences(told(spikes, STORM, "en", MONTH))
    assert said[0].startswith("The record does not reach back five weeks yet")
    assert not [one for one in said if "items from" in one]


def test_a_month_in_which_nothing_was_received_has_no_such_chapter() -> None:
    assert spikes.find(material(OLD, MONTH)) is None


def test_few_areas_make_no_picture_and_many_do() -> None:
    few = told(spikes, [*OLD, *STORM], period=MONTH)
    assert charts(few) == []
    assert "写明地区的只有 8 件，还看不出集中在哪里。" in sentences(few)
    enough = told(spikes, [*OLD, *STORM, *QUIET], period=MONTH)
    assert [one.name for one in charts(enough)] == ["hotspots"]
    assert charts(enough)[0].rows[0][0] == "华东/上海"
    assert "华东/上海 · 支付与账单：8 件；按这个地区和这个类别的总数，应有约 4.9 件。" in sentences(enough)


def test_the_table_has_only_the_largest_areas_and_the_others_are_counted() -> None:
    many_areas = [one.model_copy(update={"area": f"门店 {n}"}) for n, one in enumerate(october(600, [5] * 20))]
    parts = told(spikes, [*OLD, *many_areas], period=MONTH)
    assert len(charts(parts)[0].rows) == spikes.ROWS
    assert "20 件" in charts(parts)[0].alt, "the picture and its words are about all"
    assert "表中只列出件数最多的地区；另有 5 个地区，共 5 件。" in sentences(parts)


def test_coordinates_make_a_map_and_those_without_are_counted() -> None:
    point = Place.model_validate({"lat": "31.23041", "lon": "121.47371"})
    there = [one.model_copy(update={"point": point}) for one in STORM]
    drawn = charts(told(spikes, [*OLD, *there, *QUIET], period=MONTH))
    assert [one.name for one in drawn] == ["hotspots", "points"]
    assert list(drawn[1].rows[0]) == ["华东/上海", "31.2305", "121.4735", "8"], "no nearer than a hundred metres"


def test_new_words_stand_in_a_table_with_their_items() -> None:
    usual = october(400, [-1 - n for n in range(50)], channel="phone", title="快递没有派送")
    guns = [
        one.model_copy(update={"title": f"扫码枪{how}了"})
        for one, how in zip(october(0, [3, 9, 20, 28]), "坏丢脏慢", strict=True)
    ]
    parts = told(spikes, [*OLD, *usual, *guns], period=MONTH)
    assert rows(parts, "new-terms") == [["扫码枪", "4", "4", "0"]]
    assert set(table(parts, "new-terms").rows[0][1].items) == {one.id for one in guns}


def test_what_comes_after_the_month_changes_nothing() -> None:
    november = many(800, [1, 1, 2, 2, 3, 4], category="product/payment", area="华东/上海")
    items = [*OLD, *QUIET, *STORM]
    assert spikes.find(material([*items, *november], MONTH)) == spikes.find(material(items, MONTH))


def test_the_same_items_in_any_order_give_the_same_report() -> None:
    items = [*OLD, *QUIET, *STORM, came(999, 40, title="坏了")]
    issue = Issue(NOW, "abc1234")
    assert (
        report(material(items, MONTH), issue)["figures.json"]
        == report(material(items[::-1], MONTH), issue)["figures.json"]
    )
