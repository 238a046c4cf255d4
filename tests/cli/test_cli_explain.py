"""`explain`: every reason with its rule, its line and its commit, in both languages, on eighty columns."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.sample_desk import PAYMENT, Ran, Sample, sample

from git_feedback.text import display_width

CLASSIFIED = (
    PAYMENT
    + """\
landed: 2026-11-19T09:31:20+08:00
history:
  - classify: {at: 2026-11-19T09:31:40+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}
    because: keyword 支付页面; rule pay-zh
"""
)
WORKED = (
    CLASSIFIED
    + """\
  - assign: {at: 2026-11-19T10:00:00+08:00, by: ji.nan, department: app, owner: fang.yu}
  - accept: {at: 2026-11-19T10:20:00+08:00, by: fang.yu}
  - ask: {at: 2026-11-19T11:00:00+08:00, by: fang.yu}
    question: 请问订单号是多少？
  - supply: {at: 2026-11-19T14:00:00+08:00, by: fang.yu}
    text: 20261119
  - escalate: {at: 2026-11-19T15:00:00+08:00, by: lin.wan}
    because: 客户第三次来电
  - alarm: {at: 2026-11-20T02:00:00+08:00, by: nightly, clock: resolve, cycle: 1, rungs: [50, 75], addressee: fang.yu, channel: mail, since: 2026-11-19T21:31:00+08:00}
"""
)
ID = "Q261119-0AAJN0D"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, CLASSIFIED)


@pytest.fixture
def worked(tmp_path: Path) -> Sample:
    return sample(tmp_path, WORKED)


def lines(ran: Ran) -> list[str]:
    assert (ran.code, ran.err) == (0, "")
    return ran.out.splitlines()


def joined(ran: Ran) -> str:
    """What it says, without the breaks that the width of the screen made."""
    return " ".join(line.strip() for line in lines(ran))


def facts(desk: Sample, *words: str) -> dict[str, Any]:
    ran = desk.run("explain", ID, "--format", "json", *words)
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_the_category_is_explained_by_the_words_that_hit_and_the_commit_of_their_rule(desk: Sample) -> None:
    said = joined(desk.run("explain", ID, "--lang", "en"))
    commit = desk.git.head()[:10]
    lines = desk.text("policy/keywords.yml").splitlines()
    line = next(number for number, words in enumerate(lines, 1) if "{id: pay-zh," in words)
    assert "Category: Payment and billing (product/payment)" in said
    assert "Rules, Thu 19 Nov 09:31: keyword 支付页面; rule pay-zh" in said
    assert f"keyword rule pay-zh: policy/keywords.yml:{line}, commit {commit} of" in said
    assert "He Miao: 样例" in said


def test_a_rule_that_was_changed_after_it_spoke_says_so(desk: Sample) -> None:
    assert "the rule was changed after it had spoken here" in joined(desk.run("explain", ID, "--lang", "en"))
    early = "2030-01-01T09:00:00+08:00"
    later = CLASSIFIED.replace("2026-11-19T09:31:40", "2029-12-31T09:31:40")
    desk.put(later)
    assert "changed after" not in joined(desk.run("explain", ID, "--lang", "en", now=early))


def test_a_persons_word_is_told_with_who_when_and_why(worked: Sample) -> None:
    person = "  - classify: {at: 2026-11-19T16:00:00+08:00, by: lin.wan, category: product/bug, urgency: 3, impact: 3}\n    because: 只有一位客户\n"
    worked.put(WORKED + person)
    said = joined(worked.run("explain", ID, "--lang", "zh"))
    assert "林晚，11 月 19 日 周四 16:00：只有一位客户" in said
    assert "keyword" not in said
    found = facts(worked)
    assert (found["category"]["by"], found["category"]["rules"], found["why_level"]["raises"]) == ("lin.wan", [], [])


def test_the_level_is_explained_by_the_matrix_and_what_raised_it_since(worked: Sample) -> None:
    said = joined(worked.run("explain", ID, "--lang", "en"))
    assert "Level: P0" in said
    assert "urgency 4 × impact 4 = P1, matrix of the edition of 2024-01-01" in said
    assert "raised by one: escalated by Lin Wan, Thu 19 Nov 15:00: 客户第三次来电" in said
    why = facts(worked)["why_level"]
    assert (why["matrix"], why["level"]) == ("P1", "P0")
    assert why["raises"] == [{"verb": "escalate", "by": "lin.wan", "at": "2026-11-19T15:00:00+08:00"}]


def test_before_anybody_is_named_the_coordinator_has_it_by_rule(desk: Sample) -> None:
    said = joined(desk.run("explain", ID, "--lang", "en"))
    assert "Owner: Ji Nan, Payments" in said
    assert "Payments: the category belongs there policy/categories.yml:" in said
    assert "coordinator of Payments, until somebody is named policy/people.yml:5" in said
    why = facts(desk)["why_owner"]
    assert (why["assigned"], why["coordinator_of"]) == (None, "payments")
    assert why["origin"]["file"] == "policy/people.yml"


def test_a_named_owner_is_explained_by_who_assigned_it_and_when_it_was_taken_on(worked: Sample) -> None:
    said = joined(worked.run("explain", ID, "--lang", "zh"))
    assert "负责人：方屿，移动端 由纪南指派，11 月 19 日 周四 10:00 已受理，11 月 19 日 周四 10:20" in said
    assert "协调人" not in said


def test_an_owner_on_leave_is_named_with_the_deputy(worked: Sample) -> None:
    assert facts(worked)["why_owner"]["deputy"] is None
    worked.put(WORKED.replace("owner: fang.yu}", "owner: tang.li}").replace("by: fang.yu", "by: tang.li"))
    assert facts(worked)["why_owner"]["deputy"] == "sam.okafor"
    said = joined(worked.run("explain", ID, "--lang", "en"))
    assert "on leave today; deputy: Sam Okafor policy/people.yml:" in said


def test_a_clock_is_told_with_its_rule_its_line_and_its_way_to_the_deadline(desk: Sample) -> None:
    said = joined(desk.run("explain", ID, "--lang", "en"))
    rule = next(
        n for n, row in enumerate(desk.text("policy/sla.yml").splitlines(), 1) if "clock: resolve, level: [P1]" in row
    )
    assert "from Thu 19 Nov 09:31, target 16h, calendar office, due Mon 23 Nov 09:31" in said
    assert f"of the edition of 2024-01-01, policy/sla.yml:{rule}, commit {desk.git.head()[:10]}" in said
    assert "Thu 19 Nov 09:31–12:00 2 h 29 min, lunch, 13:30–18:00 4 h 30 min, night" in said
    assert "Sat 21 Nov – Sun 22 Nov: weekend Mon 23 Nov 08:30–09:31 61 min → due 09:31" in said


def test_the_same_is_said_in_chinese(desk: Sample) -> None:
    said = joined(desk.run("explain", ID, "--lang", "zh"))
    assert "自 11 月 19 日 周四 09:31 起，目标 16h，日历 office，应于 11 月 23 日 周一 09:31" in said
    assert "11 月 19 日 周四 09:31–12:00 2 小时 29 分钟，午休，13:30–18:00 4 小时 30 分钟，夜间" in said
    assert "11 月 21 日 周六 – 11 月 22 日 周日：周末" in said
    assert "11 月 23 日 周一 08:30–09:31 61 分钟 → 09:31 到期" in said


def test_a_commit_is_told_in_full_once(desk: Sample) -> None:
    assert desk.run("explain", ID, "--lang", "en").out.count("He Miao: 样例") == 1


def test_a_rule_that_is_not_committed_says_so(desk: Sample) -> None:
    path = desk.root / "policy/sla.yml"
    path.write_text(
        path.read_text().replace(
            "{clock: resolve, level: [P1], target: 16h}", "{clock: resolve, level: [P1], target: 15h}"
        )
    )
    said = joined(desk.run("explain", ID, "--lang", "en"))
    assert ", not committed yet Thu 19 Nov 09:31" in said
    clock = next(clock for clock in facts(desk)["clocks"] if clock["clock"] == "resolve")
    assert (clock["target"], clock["origin"]["uncommitted"], clock["origin"]["commit"]) == ("15h", True, None)


def test_clocks_that_have_not_started_are_one_line(desk: Sample) -> None:
    said = joined(desk.run("explain", ID, "--lang", "en"))
    assert "not started: update, accept, info, review, follow-up, second" in said
    assert {row["clock"] for row in facts(desk)["not_started"]} >= {"review", "second"}


def test_departments_and_alarms_are_listed(worked: Sample) -> None:
    said = joined(worked.run("explain", ID, "--lang", "en"))
    assert "Payments: Thu 19 Nov 09:31 – Thu 19 Nov 10:00, 28 min of working time" in said
    assert "Mobile app: Thu 19 Nov 10:00 – now, 7 h 35 min of working time, and 90 min waiting for an answer" in said
    assert "resolve: 50 %, 75 % reached Thu 19 Nov 21:31, told to Fang Yu Fri 20 Nov 02:00" in said
    found = facts(worked)
    assert [row["department"] for row in found["held"]] == ["", "payments", "app"]
    assert found["alarms"][0]["rungs"] == [50, 75]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_eighty_columns(language: str, worked: Sample) -> None:
    for line in lines(worked.run("explain", ID, "--lang", language)):
        assert display_width(line) <= 80, line


def test_strange_characters_in_a_reason_are_shown_and_break_no_line(desk: Sample) -> None:
    desk.put(CLASSIFIED.replace("because: keyword 支付页面; rule pay-zh", 'because: "a\\u202Eb"'))
    assert "Rules, Thu 19 Nov 09:31: a[U+202E]b" in joined(desk.run("explain", ID, "--lang", "en"))


def steps(found: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for clock in found["clocks"]:
        yield clock, clock["trace"]


def test_the_trace_in_json_adds_up_to_the_target(worked: Sample) -> None:
    found = facts(worked)
    assert {clock["clock"] for clock in found["clocks"]} == {
        "register", "assess", "respond", "accept", "resolve", "reply",
    }  # fmt: skip
    for clock, trace in steps(found):
        assert sum(step["counted_s"] for step in trace) == clock["target_s"]
        assert (trace[0]["start"], trace[-1]["end"]) == (clock["start"], clock["due"])
        assert clock["rule"] >= 1
        assert clock["origin"]["file"] == "policy/sla.yml"
        row = worked.text("policy/sla.yml").splitlines()[clock["origin"]["line"] - 1]
        assert f"clock: {clock['clock']}," in row
        assert f"target: {clock['target']}" in row


def test_an_item_that_nobody_has_classified_is_explained_too(tmp_path: Path) -> None:
    new = sample(tmp_path, PAYMENT)
    said = joined(new.run("explain", ID, "--lang", "en"))
    assert "Category: nobody has classified it yet Owner: nobody until it is classified" in said
    assert "not classified yet: counted as urgency 3, impact 3" in said
    found = facts(new)
    assert (found["category"], found["why_level"]) == (None, None)


def test_a_desk_as_it_stood_names_the_lines_of_that_day(desk: Sample) -> None:
    then = desk.git.head()
    path = desk.root / "policy/sla.yml"
    path.write_text("# A line more.\n" + path.read_text())
    desk.put(WORKED)
    before, now = facts(desk, "--as-of", then), facts(desk)
    lines = [next(c["origin"]["line"] for c in found["clocks"] if c["clock"] == "respond") for found in (before, now)]
    assert lines[1] == lines[0] + 1
    assert before["owner"] == "ji.nan"


def test_an_id_that_is_not_there_is_wrong_usage(desk: Sample) -> None:
    ran = desk.run("explain", "Q261119-7K3QM2X")
    assert (ran.code, ran.out) == (2, "")
    assert "Q261119-7K3QM2X" in ran.err
