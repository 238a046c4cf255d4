"""The chapter on missed targets: what a manager reads of each, and of what it cost."""

import pytest
from tests.insight.late_items import assigned, classified, happened, item
from tests.pages.clock_reports import rows, sentences, table, told

from git_feedback.i18n import LANGUAGES, text
from git_feedback.insight.stretches import KINDS
from git_feedback.model import Item
from git_feedback.pages.reports.chapters import breaches
from git_feedback.pages.reports.document import Points

LATE = item(
    "10 08:30",
    classified("10 09:00"),
    assigned("10 10:00"),
    happened("accept", "10 11:00"),
    happened("respond", "11 11:30", text="您好。"),
    happened("resolve", "11 14:00", result="好了"),
    happened("review", "11 15:00", "ji.nan", verdict="pass"),
    happened("reply", "11 15:10", text="好了。"),
    happened("follow-up", "12 09:00", verdict="satisfied"),
)


def _unanswered(count: int) -> list[Item]:
    return [
        item("24 09:00", classified("24 09:01"), assigned("24 09:02"), source=f"第 {place} 件")
        for place in range(count)
    ]


def test_a_missed_target_is_told_with_its_owner_its_lateness_and_its_cause() -> None:
    row = rows(told(breaches, [LATE]), "breaches")[0]
    assert row == [
        LATE.id, "P2 首次答复", "支付与账单", "2026 年 3 月 10 日", "林晚（支付产品）", "3 小时", "没有人答复提交人（8.5 小时）",
    ]  # fmt: skip
    assert table(told(breaches, [LATE]), "breaches").rows[0][0].items == (LATE.id,)


def test_english_says_the_same() -> None:
    row = rows(told(breaches, [LATE], "en"), "breaches")[0]
    assert row[1:] == [
        "P2 first answer", "Payment and billing", "10 March 2026", "Lin Wan (Payments)", "3 hours",
        "nobody answered the submitter (8.5 hours)",
    ]  # fmt: skip
    assert sentences(told(breaches, [LATE], "en"))[0] == (
        "1 target was missed in March, on 1 item, by 3 hours of working time in all."
    )


def test_few_missed_targets_are_listed_and_no_shares_are_made_of_them() -> None:
    parts = told(breaches, [LATE])
    assert "%" not in "".join(sentences(parts))
    with pytest.raises(StopIteration):
        table(parts, "breaches-causes")


def test_several_are_summed_by_cause_and_the_dearest_is_named() -> None:
    parts = told(breaches, _unanswered(3))
    causes = table(parts, "breaches-causes")
    assert causes.rows[0][0].text == "已指派，没有人受理"
    assert causes.rows[0][3].number == 12  # acceptance, answer, reply and solution of three
    assert sentences(parts)[1].startswith("耗时最多的原因：已指派，没有人受理，共 ")
    assert sentences(parts)[2] == "其中 12 个到期末仍没有完成。"
    assert rows(parts, "breaches")[0][5].endswith("，仍未完成")


def test_of_very_many_thirty_are_listed_and_the_others_are_counted() -> None:
    parts = told(breaches, _unanswered(11))
    assert len(rows(parts, "breaches")) == breaches.SHOWN
    rest = next(part for part in reversed(parts) if isinstance(part, Points)).points[0]
    assert rest.text == "另有 14 个超得较少，不逐一列出。"
    assert 0 < len(rest.items) <= 11


def test_the_month_before_is_compared_with() -> None:
    april = item("31 15:00", classified("31 15:01"), happened("respond", "31 15:30", text="您好。"))
    assert sentences(told(breaches, [LATE, april], period="2026-04"))[1:2] == ["比 3 月多，3 月超时 1 个。"]


@pytest.mark.parametrize(
    ("period", "said"),
    [("2026-03", "3 月没有超时，可计的 1 个时限全部按时。"), ("2026-02", "2 月没有超时，也没有时限到期。")],
)
def test_where_nothing_was_late_one_sentence_says_so(period: str, said: str) -> None:
    in_time = item("31 15:00", classified("31 15:01"), happened("respond", "31 15:30", text="您好。"))
    assert sentences(told(breaches, [in_time], period=period)) == [said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_has_a_name(language: str) -> None:
    names = {text(f"report-cause-{kind}", language) for kind in KINDS}
    assert len(names) == len(KINDS)
