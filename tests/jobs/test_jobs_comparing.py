"""The record against an older one: nothing that was said or done gets lost unseen."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, Sample, sample

from git_feedback.jobs.comparing import changes_of_settled_rules, changes_of_the_past
from git_feedback.jobs.reading import whole
from git_feedback.model import Problem
from git_feedback.store import NoSuchCommit

NOTE = "  - note: {at: 2026-11-19T10:00:00+08:00, by: he.miao}\n    text: 顾客来电\n"
WITH_NOTES = PAYMENT + "history:\n" + NOTE + NOTE


def found(desk: Sample, base: str = "HEAD") -> list[Problem]:
    return list(changes_of_the_past(desk.git, base, whole(desk.root, datetime.fromisoformat(NOW))))


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, WITH_NOTES)


def rewrite(desk: Sample, text: str) -> None:
    (desk.root / "feedback/2026/11/Q261119-0AAJN0D.yml").write_text(text, encoding="utf-8")


def test_a_history_that_only_grew_is_well(desk: Sample) -> None:
    rewrite(desk, WITH_NOTES + NOTE.replace("10:00", "11:00"))
    assert found(desk) == []


def test_an_event_that_is_gone_is_named_even_when_its_twin_is_still_there(desk: Sample) -> None:
    rewrite(desk, PAYMENT + "history:\n" + NOTE)
    (problem,) = found(desk)
    assert (problem.code, problem.line) == ("event-gone", 12)
    assert "note" in problem.said("zh")


def test_an_event_that_says_something_else_now_is_gone(desk: Sample) -> None:
    rewrite(desk, WITH_NOTES.replace("顾客来电", "顾客没来电"))
    assert [problem.code for problem in found(desk)] == ["event-gone", "event-gone"]


def test_what_was_said_stays_said(desk: Sample) -> None:
    rewrite(desk, WITH_NOTES.replace("支付页面报错", "没什么"))
    (problem,) = found(desk)
    assert (problem.code, problem.line) == ("submission-changed", 6)
    assert "title" in problem.said("zh")


def test_an_item_that_is_gone_is_named(desk: Sample) -> None:
    (desk.root / "feedback/2026/11/Q261119-0AAJN0D.yml").unlink()
    assert [problem.code for problem in found(desk)] == ["item-gone"]


def test_an_item_that_moved_is_the_same_item(desk: Sample) -> None:
    (desk.root / "feedback/2026/11/Q261119-0AAJN0D.yml").rename(desk.root / "feedback/Q261119-0AAJN0D.yml")
    assert found(desk) == []


def test_a_file_that_broke_is_told_by_the_reader_and_not_here(desk: Sample) -> None:
    rewrite(desk, "id: [")
    assert found(desk) == []


def test_a_base_that_nothing_has_is_refused(desk: Sample) -> None:
    with pytest.raises(NoSuchCommit):
        found(desk, "没有")


# ---- rules that have judged -----------------------------------------------------------------------------------------

SLA, OFFICE = "policy/sla.yml", "policy/calendars/office.yml"


def rules_changed(desk: Sample, now: str = NOW, base: str = "HEAD") -> list[tuple[str, str]]:
    problems = changes_of_settled_rules(desk.git, base, desk.root, datetime.fromisoformat(now))
    return [(problem.file, problem.code) for problem in problems]


def edit(desk: Sample, file: str, old: str, new: str) -> None:
    text = desk.text(file)
    assert old in text
    (desk.root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_rules_that_stayed_as_they_were_are_well(desk: Sample) -> None:
    edit(desk, SLA, "zh: 普通", "zh: 一般")
    assert rules_changed(desk) == []


def test_an_edit_of_what_has_judged_is_found_in_the_working_tree_and_in_a_later_commit(desk: Sample) -> None:
    edit(desk, SLA, "reopen_within: 10wd", "reopen_within: 5wd")
    assert rules_changed(desk) == [(SLA, "edition-changed")]
    desk.commit()
    assert rules_changed(desk) == []
    assert rules_changed(desk, base="HEAD~1") == [(SLA, "edition-changed")]


@pytest.mark.parametrize(("now", "expected"), [
    ("2026-11-20T23:59:59+08:00", []), ("2026-11-20T16:00:00+00:00", [(OFFICE, "past-hours-changed")]),
])  # fmt: skip
def test_a_day_is_past_when_it_is_past_at_the_desk(desk: Sample, now: str, expected: list[tuple[str, str]]) -> None:
    edit(desk, OFFICE, "      - 2026-10-07\n", "      - 2026-10-07\n      - 2026-11-20  # 店庆\n")
    assert rules_changed(desk, now) == expected


def test_nothing_is_said_where_the_base_has_no_policy_or_one_that_cannot_be_read(desk: Sample) -> None:
    edit(desk, SLA, "reopen_within: 10wd", "reopen_within: 5wd")
    good = desk.text("policy/desk.yml")
    desk.put("名字: [", "policy/desk.yml")
    (desk.root / "policy/desk.yml").write_text(good, encoding="utf-8")
    edit(desk, SLA, "reopen_within: 5wd", "reopen_within: 6wd")
    assert rules_changed(desk) == []
    empty = desk.git.run("mktree").strip()
    without = desk.git.run("commit-tree", empty, "-m", "没有规则").strip()
    assert rules_changed(desk, base=without) == []


def test_a_base_that_nothing_has_is_refused_for_rules_too(desk: Sample) -> None:
    with pytest.raises(NoSuchCommit):
        rules_changed(desk, base="没有")
