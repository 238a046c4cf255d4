"""The record against an older one: nothing that was said or done gets lost unseen."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, Sample, sample

from git_feedback.jobs.comparing import changes_of_the_past
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
