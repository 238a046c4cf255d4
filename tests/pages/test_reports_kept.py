"""The chapter on kept targets: a share only where it says something, and nothing left out in silence."""

from tests.insight.late_items import assigned, classified, happened, item
from tests.pages.clock_reports import charts, rows, sentences, table, told

from git_feedback.model import Item
from git_feedback.pages.reports.chapters import kept


def _answered(day: int, source: str, **facts: object) -> Item:
    """Everything in time: answered, solved, reviewed, replied and asked again on the same day."""
    return item(
        f"{day:02} 08:30",
        classified(f"{day:02} 08:31"),
        happened("respond", f"{day:02} 09:00", text="您好。"),
        happened("resolve", f"{day:02} 09:30", result="好了"),
        happened("review", f"{day:02} 10:00", "ji.nan", verdict="pass"),
        happened("reply", f"{day:02} 10:10", text="好了。"),
        happened("follow-up", f"{day:02} 11:00", verdict="satisfied"),
        source=source,
        **facts,
    )


SEVERAL = [_answered(day, f"第 {day} 天") for day in (9, 10, 11)]
LATE = item(
    "10 08:30",
    classified("10 08:31"),
    happened("respond", "12 09:00", text="抱歉。"),
    source="超时",
    channel="web-form",
)
SPAM = item(
    "10 08:30", classified("10 08:31"), happened("reject", "10 09:00", kind="spam"), source="广告", channel="email"
)


def test_the_share_stands_beside_its_numbers_and_reasons_for_leaving_out() -> None:
    said = sentences(told(kept, [*SEVERAL, LATE, SPAM]))
    assert said[0].startswith("3 月可计的时限 ")
    assert said[-1] == "另外不计：未到期即取消 3 个。"
    english = sentences(told(kept, [*SEVERAL, LATE, SPAM], "en"))
    assert english[-1] == "Left out: 3 cancelled in time."


def test_too_few_targets_make_no_share() -> None:
    parts = told(kept, [item("31 08:30", classified("31 08:31"), happened("respond", "31 09:00", text="您好。"))])
    assert sentences(parts) == ["3 月只有 1 个时限可计（按时 1 个，超时 0 个），太少，不算比例。"]
    assert all("%" not in cell for row in rows(parts, "kept-department") for cell in row)


def test_what_was_missed_leads_to_the_items_and_the_spotless_stand_in_one_row() -> None:
    other = _answered(9, "当面", channel="counter")
    parts = told(kept, [*SEVERAL, LATE, other])
    by_channel = table(parts, "kept-channel")
    assert by_channel.rows[0][3].items == (LATE.id,)
    assert by_channel.rows[-1][0].text == "其余 2 个，全部按时"
    assert by_channel.rows[-1][3].number == 0


def test_all_tables_count_the_same_targets_as_the_picture() -> None:
    parts = told(kept, [*SEVERAL, LATE, SPAM])
    drawn = sum(int(row[1]) + int(row[2]) for row in charts(parts)[0].rows)
    for by in ("department", "channel", "category"):
        assert sum(int(row[1].number or 0) for row in table(parts, f"kept-{by}").rows) == drawn


def test_a_month_in_which_nothing_was_due_says_so_and_draws_nothing() -> None:
    parts = told(kept, SEVERAL, period="2026-02")
    assert sentences(parts) == ["2 月没有完成或到期的时限，因此没有按时率。"]
    assert len(parts) == 1


def test_the_month_before_is_named_where_it_has_a_share() -> None:
    parts = told(
        kept, [*SEVERAL, LATE, item("31 17:00", classified("31 17:01"), assigned("31 17:02"))], "en", "2026-04"
    )
    assert table(parts, "kept-department").head[5] == "March"
