"""The chapters of a quarter and a year: directions, rules, agenda and plan, in both languages."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from tests.insight.improving_desk import at, event, item, measure, problem, solved
from tests.pages.improving_report import points, tables, told, words
from tests.sample_desk import policy, policy_files

from git_feedback.clock.periods import Period
from git_feedback.desk import standings
from git_feedback.i18n import LANGUAGES
from git_feedback.model import Item
from git_feedback.pages.reports import chapters
from git_feedback.pages.reports.chapters import agenda, plan, rules, trends
from git_feedback.pages.reports.document import Blank
from git_feedback.pages.reports.issue import Issue, report
from git_feedback.pages.reports.material import Material, RuleChange
from git_feedback.policy import Policy, load

Q3 = Period.parse("2026-Q3")
MINE = (trends, rules, agenda, plan)


def material(items: Sequence[Item] = (), period: Period = Q3, **more: Any) -> Material:
    until = period.bounds(policy().zone)[1] - timedelta(seconds=1)
    return Material(policy(), period, until, standings(items, policy(), until), **more)


def came(month: str, many: int, start: int, hours: float = 3) -> list[Item]:
    """So many items of a month, each answered and solved after so many hours."""
    found = []
    for place in range(many):
        moment = at(f"{month}-{3 + place % 20:02}") + timedelta(minutes=place)
        end = moment + timedelta(hours=hours)
        answered = event("respond", end, channel="phone", prose="text: 收到")
        found.append(item(start + place, moment, answered, *solved(moment, after=timedelta(hours=hours))))
    return found


@cache
def busier() -> tuple[Item, ...]:
    """Ten, twenty, thirty a month; thirty slow ones in the quarter before."""
    return (*came("05", 30, 900, hours=40), *came("07", 10, 0), *came("08", 20, 100), *came("09", 30, 200))


def edited(*edits: tuple[str, str, str]) -> Policy:
    files = dict(policy_files())
    for file, old, new in edits:
        said = files[f"policy/{file}"].decode()
        assert old in said
        files[f"policy/{file}"] = said.replace(old, new, 1).encode()
    loaded = load(files).policy
    assert loaded
    return loaded


def commit(subject: str = "答复更快", day: str = "08-12") -> RuleChange:
    return RuleChange("a" * 40, at(day), "He Miao", subject, ("sla.yml",), 2, 1)


# ---- directions -----------------------------------------------------------------------------------------------------


def test_what_rises_month_by_month_is_said_with_its_numbers() -> None:
    said = words(told(trends, material(busier())))
    assert "收到：逐月上升（10 件 → 20 件 → 30 件）。" in said
    assert "Received: up month by month (10 items → 20 items → 30 items)." in words(
        told(trends, material(busier()), "en")
    )


def test_the_quarter_before_is_compared_and_a_missing_year_is_said() -> None:
    lines = [one.text for one in points(told(trends, material(busier())))]
    assert any(line.startswith("与 2 季度相比有明显不同：收到，30 件 → 60 件") for line in lines)
    assert "去年同期还没有收到过反馈，不能比较。" in lines


def test_the_table_has_the_months_and_numbers_for_a_workbook() -> None:
    table = tables(told(trends, material(busier())))["trends"]
    assert table.head[:6] == ("指标", "7 月", "8 月", "9 月", "走向", "3 季度")
    received = table.rows[0]
    assert [cell.number for cell in received[1:4]] == [10, 20, 30]
    assert received[1].query == "state:all received:2026-07"
    assert received[4].text == "↗ 一路上升"


def test_few_items_have_no_direction() -> None:
    said = words(told(trends, material(came("08", 3, 0))))
    assert "每个月的件数太少，还看不出走向" in said
    assert "逐月" not in said


def test_a_year_stands_in_quarters() -> None:
    made = material(busier(), Period.parse("2026"))
    table = tables(told(trends, made))["trends"]
    assert table.head[1:4] == ("2 季度", "3 季度", "4 季度")
    assert table.head[4:] == ("走向", "2026 年", "上期")
    assert "去年同期" not in words(told(trends, made))


# ---- rules ----------------------------------------------------------------------------------------------------------

FASTER = ("sla.yml", "clock: respond, level: [P1], target: 2h", "clock: respond, level: [P1], target: 90m")
WATCH = ("categories.yml", "categories:\n", "categories:\n  - id: product/watch\n    name: {en: Watch, zh: 手表}\n    department: app\n    urgency: 3\n    impact: 3\n")  # fmt: skip
HOLIDAYS = ("calendars/office.yml", "years:\n", 'years:\n  "2028":\n    status: provisional\n    notice: 暂定\n    off: [2028-10-01, 2028-10-02]\n')  # fmt: skip


def ruled(*edits: tuple[str, str, str], period: Period = Q3, commits: Sequence[RuleChange] = (commit(),)) -> Material:
    return material(busier(), period, rule_changes=tuple(commits), rules_before=policy(), rules_after=edited(*edits))


def test_changes_are_told_by_what_they_say() -> None:
    lines = [one.text for one in points(told(rules, ruled(FASTER, WATCH, HOLIDAYS)))]
    assert lines == [
        "首次答复时限（P1）：2 小时 → 90 分钟。",
        "新增类别“手表”。",
        "日历 office 的 2028 年：没有列出 → 暂定。",
        "日历 office 新增休息：2028 年 10 月 1 日至 2028 年 10 月 2 日。",
    ]


def test_changes_are_told_in_english_too() -> None:
    parts = told(rules, ruled(FASTER, WATCH), "en")
    assert [one.text for one in points(parts)] == [
        "Target “first answer” (P1): 2 hours → 90 minutes.",
        "Category “Watch” is new.",
    ]
    assert words(parts).startswith("The policy files were changed in 1 commit, which made 2 changes.")


INFO = "      - {clock: info, target: 1wd}\n"


@pytest.mark.parametrize(("new", "said"), [
    ("", "补充信息时限（一般）：取消（原为 1 个工作日）。"),
    (INFO.replace("target: 1wd", "none: true"), "补充信息时限（一般）：1 个工作日 → 没有时限。"),
    (INFO.replace("target: 1wd", "channel: [phone], none: true") + INFO, "补充信息时限（热线电话）：不计时（新的例外）。"),
    (INFO.replace("target: 1wd", "submitter: [anonymous], target: 30m@24x7") + INFO, "补充信息时限（匿名反馈者）：新增，30 分钟（日历 24x7）。"),
])  # fmt: skip
def test_targets_and_exceptions_are_told_apart(new: str, said: str) -> None:
    assert [one.text for one in points(told(rules, ruled(("sla.yml", INFO, new))))] == [said]


def test_values_have_their_names() -> None:
    edits = (
        ("channels.yml", "required: [text, submitter]}", "required: [text, rating, submitter]}"),
        ("categories.yml", "    department: payments\n    urgency: 4", "    department: app\n    urgency: 5"),
    )
    said = words(told(rules, ruled(*edits)))
    assert "渠道“网页表单”的必填项：" in said
    assert "rating" not in said
    assert "类别“支付与账单”的负责部门：" in said
    assert "类别“支付与账单”的起始紧急度：4 → 5。" in said


def test_insults_that_hold_a_submission_back_are_counted_and_not_repeated() -> None:
    said = words(told(rules, ruled(("keywords.yml", "傻逼, 傻b, ", "傻b, "))))
    assert "拦截词减少 1 个。" in said
    assert "傻逼" not in said


def test_what_is_gone_is_called_as_it_was() -> None:
    made = replace(ruled(WATCH), rules_before=edited(WATCH), rules_after=policy())
    assert [one.text for one in points(told(rules, made))] == ["取消类别“手表”。"]


@pytest.mark.parametrize(("more", "said"), [
    ({"rules_before": None, "rules_after": None}, "Git 里没有这段时间的规则"),
    ({"rules_before": None}, "规则在这段时间里才开始写入 Git"),
    ({"rule_changes": ()}, "这段时间没有改动规则。期末执行的是 2024 年 1 月 1 日起生效的版本。"),
    ({}, "规则文件有 1 次提交，但内容的含义没有变化。"),
])  # fmt: skip
def test_where_nothing_changed_or_nothing_is_known_it_is_said(more: Mapping[str, Any], said: str) -> None:
    parts = told(rules, replace(ruled(), **more))
    assert words(parts).startswith(said)
    assert points(parts) == []


def test_an_edition_that_began_in_the_quarter_is_named() -> None:
    end = policy_files()["policy/sla.yml"].decode().rstrip("\n").rsplit("\n", 1)[1] + "\n"
    edition = policy_files()["policy/sla.yml"].decode().partition("editions:\n")[2].replace("2024-01-01", "2026-08-01")
    said = words(told(rules, ruled(("sla.yml", end, end + edition))))
    assert "2026 年 8 月 1 日起生效的版本在这段时间开始执行。" in said
    assert "新写了一版规则，2026 年 8 月 1 日起生效。" in said


def test_a_year_lists_the_commits_and_a_quarter_only_counts_them() -> None:
    year = told(rules, ruled(FASTER, period=Period.parse("2026")))
    assert [cell.text for cell in tables(year)["rules"].rows[0]] == [
        "2026 年 8 月 12 日", "答复更快", "He Miao", "sla.yml", "+2 −1", "aaaaaaaaaa",
    ]  # fmt: skip
    assert tables(told(rules, ruled(FASTER))) == {}


def test_many_places_of_the_matrix_are_one_sentence() -> None:
    rows = [("sla.yml", f"{row}: [P3, P3, P3, P3, P3]", f"{row}: [P2, P2, P2, P2, P2]") for row in (1, 2)]
    assert [one.text for one in points(told(rules, ruled(*rows)))] == ["等级矩阵有 10 格改了等级。"]


# ---- agenda ---------------------------------------------------------------------------------------------------------


def unhappy(number: int) -> Item:
    moment = at("09-21")
    heard = event("follow-up", moment + timedelta(hours=4), "he.miao", verdict="unsatisfied")
    return item(number, moment, *solved(moment), heard, category="product/bug")


def meeting(**more: Any) -> Material:
    items = [unhappy(1), unhappy(2)]
    late = measure("M-late", title="补发短信", due=date(2026, 9, 1), items=(items[0].id,))
    return material(items, **({"measures": (late,), "problem_records": (problem("P-slow", title="短信慢"),)} | more))


def test_the_agenda_is_written_from_the_quarter_with_minutes() -> None:
    table = tables(told(agenda, meeting(rule_changes=(commit(),))))["agenda"]
    assert [row[1].text for row in table.rows] == [
        "本季数字", "故障", "逾期的措施", "还没有措施的问题", "规则改动", "下季展望与目标", "小结",
    ]  # fmt: skip
    assert [row[3].number for row in table.rows] == [10, 15, 5, 5, 5, 10, 5]
    assert "共约 55 分钟" in words(told(agenda, meeting(rule_changes=(commit(),))))
    assert "《补发短信》（纪南，应于 2026 年 9 月 1 日完成）" in table.rows[2][2].text


def test_a_topic_says_what_went_wrong_and_leads_to_the_items() -> None:
    topic = tables(told(agenda, meeting()))["agenda"].rows[1][2]
    assert "2 件表示不满意" in topic.text
    assert "还没有问题记录" in topic.text
    assert set(topic.items) == {unhappy(1).id, unhappy(2).id}
    known = meeting(problem_records=(problem("P-slow", title="短信慢", category="product/bug"),))
    assert "已有问题记录：《短信慢》" in tables(told(agenda, known))["agenda"].rows[1][2].text


def test_what_nobody_has_classified_asks_for_another_decision() -> None:
    items = [item(n, at("09-01"), category=None) for n in range(3)]
    topic = tables(told(agenda, material(items)))["agenda"].rows[1]
    assert topic[1].text == "未分类"
    assert "谁来做，怎样避免" in topic[2].text


def test_each_decision_has_room_for_what_who_and_when() -> None:
    blanks = [part for part in told(agenda, meeting()) if isinstance(part, Blank)]
    labels = [one.label for one in blanks]
    assert labels[::2] == ["第 2 项 故障：决定", "第 3 项 补发短信：决定", "第 4 项 短信慢：决定"]
    assert set(labels[1::2]) == {"谁来做，到哪天"}


def test_a_quiet_quarter_has_a_short_agenda_that_says_so() -> None:
    parts = told(agenda, material(came("09", 1, 0)))
    assert "没有哪一类有两件以上的反馈超时、重开或不满意" in words(parts)
    assert [part for part in parts if isinstance(part, Blank)] == []


# ---- plan -----------------------------------------------------------------------------------------------------------


def test_the_plan_has_what_is_due_what_is_late_and_what_has_no_day() -> None:
    items = came("09", 2, 0)
    mine = {"items": (items[0].id,)}
    measures = (
        measure("M-late", title="已逾期的", due=date(2026, 9, 1), **mine),
        measure("M-next", title="下季的", due=date(2026, 12, 18), **mine),
        measure("M-open", title="没日期的", **mine),
        measure("M-far", title="明年的", due=date(2027, 2, 1), **mine),
        measure("M-after", title="季后完成的", due=date(2026, 10, 9), status="done", done=date(2026, 10, 3), **mine),
    )
    rows = tables(told(plan, material(items, measures=measures)))["plan"].rows
    assert [(row[0].text, row[3].text) for row in rows] == [
        ("已逾期的", "已逾期"), ("季后完成的", "下季到期"), ("下季的", "下季到期"), ("没日期的", "未定日期"),
    ]  # fmt: skip


def test_the_plan_tells_the_days_of_the_office() -> None:
    said = words(told(plan, material(came("09", 2, 0))))
    assert "休息（含其中的周末）：2026 年 10 月 1 日至 2026 年 10 月 7 日。" in said
    assert "调休上班：2026 年 10 月 10 日。" in said
    winter = words(told(plan, material(came("11", 2, 0), Period.parse("2026-Q4"))))
    assert "日历 office" in winter
    assert "2027 年" in winter


def test_a_measure_that_is_too_fresh_is_looked_at_again() -> None:
    items = came("09", 2, 0)
    fresh = measure(title="刚完成的", status="done", done=date(2026, 9, 25), items=(items[0].id,))
    said = words(told(plan, material(items, measures=(fresh,))))
    assert "《刚完成的》2026 年 9 月 25 日完成，2026 年 10 月 9 日起才能判断效果。" in said


def test_targets_are_to_be_filled_in_beside_where_they_stand() -> None:
    labels = [part.label for part in told(plan, material(came("09", 6, 0))) if isinstance(part, Blank)]
    assert labels[0].startswith("按时率（3 季度为 ")
    assert "解决（中位）（3 季度为 3 小时）：目标" in labels
    assert "满意（3 季度没有数据）：目标" in labels


# ---- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", MINE, ids=lambda one: one.NAME)
def test_a_month_has_no_such_chapter(chapter: ModuleType) -> None:
    assert chapter.find(material(came("09", 2, 0), Period.parse("2026-09"))) is None


def test_a_whole_quarter_is_told_in_both_languages_and_the_same_twice() -> None:
    made = ruled(FASTER, WATCH)
    issue = Issue(datetime.fromisoformat("2026-10-02T09:00:00+08:00"), "abc1234")
    files = report(made, issue)
    assert files == report(made, issue)
    found = json.loads(files["figures.json"])
    assert {one.NAME for one in MINE} <= {one.NAME for one in chapters(made)}
    for language in LANGUAGES:
        sections = {one["name"]: one for one in found["said"][language]["sections"]}
        assert {one.NAME for one in MINE} <= sections.keys()
        said = json.dumps([sections[one.NAME] for one in MINE], ensure_ascii=False)
        assert "report-" not in said
        assert "{" not in said.replace('{"', "")
