"""The chapter on times: medians where there is little, more where there is enough, and a word where there is nothing."""

from tests.insight.late_items import classified, happened, item
from tests.pages.clock_reports import charts, rows, sentences, table, told

from git_feedback.pages.reports.chapters import times

QUICK = [
    item(
        f"{day:02} 09:00",
        classified(f"{day:02} 09:01"),
        happened("respond", f"{day:02} 10:00", text="您好。"),
        happened("resolve", f"{day:02} 13:00", result="好了"),
        source=f"第 {day} 天",
    )
    for day in (9, 10, 11, 12, 13)
]


def test_all_items_and_each_large_group_are_told_beside_the_month_before() -> None:
    found = rows(told(times, QUICK), "times-respond")
    assert found[0] == ["全部", "", "5", "1 小时", "1 小时", "1 小时", "0", "–"]
    assert {row[0] for row in found[1:]} == {"渠道", "类别", "部门", "级别"}
    assert ["级别", "P2", "5"] in [row[:3] for row in found]


def test_of_fewer_than_five_only_the_median_is_told() -> None:
    found = rows(told(times, QUICK[:4]), "times-resolve")[0]
    assert found[2:6] == ["4", "4 小时", "–", "–"]


def test_what_there_was_none_of_is_told_in_a_sentence() -> None:
    assert "3 月没有最终回复。" in sentences(told(times, QUICK))
    assert sentences(told(times, [], "en")) == [
        "No first answer was given in March.",
        "No item was resolved in March.",
        "No final reply went out in March.",
    ]


def test_imported_history_that_does_not_tell_is_counted_as_left_out() -> None:
    old = item("10 09:00", classified("10 09:00", by="import"), source="旧", record="history")
    assert table(told(times, [*QUICK, old]), "times-respond").rows[0][6].number == 1
    assert sentences(told(times, [old]))[:2] == ["3 月没有首次答复。", "另有 1 件不计：不知道用时。"]


def test_solutions_are_drawn_where_there_are_three() -> None:
    assert [one.name for one in charts(told(times, QUICK[:3]))] == ["spread"]
    assert not charts(told(times, QUICK[:2]))
