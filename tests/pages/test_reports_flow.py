"""The chapter on ways: the picture, and what went backwards beside the month before."""

from tests.insight.late_items import assigned, classified, happened, item
from tests.pages.clock_reports import charts, sentences, told

from git_feedback.pages.reports.chapters import flow
from git_feedback.pages.reports.document import Points

RETURNED = item(
    "10 09:00", classified("10 09:10"), assigned("10 09:20"), happened("return", "10 10:00", reason="不归支付")
)
ANSWERED = item(
    "10 09:00", classified("10 09:10"), assigned("10 09:20"), happened("accept", "10 09:30"),
    happened("ask", "10 10:00", question="哪一单？"), source="在办",
)  # fmt: skip


def test_what_went_backwards_is_told_with_its_items() -> None:
    parts = told(flow, [RETURNED, ANSWERED])
    points = next(part for part in parts if isinstance(part, Points)).points
    assert [(point.text, point.items) for point in points] == [
        ("退回 1 次。", (RETURNED.id,)),
        ("有 1 件等过提交人或外部伙伴的答复，图中仍算在原来的状态。", (ANSWERED.id,)),
    ]


def test_what_went_backwards_a_month_ago_and_not_now_is_told_too() -> None:
    later = ANSWERED.model_copy(update={"history": ANSWERED.history[:3]})
    moved = [event.model_copy(update={"at": event.at.replace(month=4)}) for event in later.history]
    april = later.model_copy(update={"history": tuple(moved)})
    said = sentences(told(flow, [RETURNED, april], "en", "2026-04"))
    assert said == [
        "Nothing went backwards in April: nothing returned, nothing reopened.",
        "Returned 0 times. In March it was 1.",
    ]


def test_the_picture_shows_only_states_that_somebody_went_through() -> None:
    drawn = charts(told(flow, [RETURNED, ANSWERED]))[0]
    assert [list(row) for row in drawn.rows] == [
        ["新", "已分类", "2"], ["已分类", "已指派", "2"], ["已指派", "已受理", "1"], ["已指派", "已退回", "1"],
    ]  # fmt: skip
    assert drawn.alt.startswith("状态流向图：5 个状态，6 次流转")


def test_a_month_in_which_nothing_moved_says_so() -> None:
    assert sentences(told(flow, [RETURNED], period="2026-04")) == ["4 月没有反馈改变状态。"]
