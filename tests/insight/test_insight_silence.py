"""Submitters who do not answer: when a reminder is due, when closing is proposed, and what ends the silence."""

from datetime import datetime

import pytest
from tests.sample_desk import item, policy

from git_feedback.desk import standings
from git_feedback.insight.silence import Silent, silent, working_days

ASKED = """\
id: Q261102-QYA1614
received: 2026-11-02T09:00:00+08:00
channel: web-form
language: zh
title: 发票抬头改不了
text: 抬头写错了。
submitter:
  kind: returning
history:
  - classify: {at: 2026-11-02T09:01:00+08:00, by: ines.brandt, category: process/invoice, urgency: 3, impact: 3}
  - assign: {at: 2026-11-02T09:10:00+08:00, by: ines.brandt, department: payments, owner: lin.wan}
  - accept: {at: 2026-11-02T09:20:00+08:00, by: lin.wan}
  - ask: {at: 2026-11-02T10:00:00+08:00, by: lin.wan, missing: [source]}
    question: 请告诉我们订单号。
"""
"""Asked on Monday 2 November: the tenth working day after it is Monday the 16th, which closes at 18:00."""
REMINDED = """\
  - notify: {at: 2026-11-17T09:00:00+08:00, by: lin.wan, channel: web-form, about: reminder}
"""


def found(text: str, now: str) -> list[Silent]:
    moment = datetime.fromisoformat(f"{now}+08:00")
    return silent(standings([item(text)], policy(), moment), policy(), moment)


@pytest.mark.parametrize(("now", "due"), [
    ("2026-11-16T18:00:00", []), ("2026-11-16T18:00:01", ["reminder"]), ("2026-12-31T09:00:00", ["reminder"]),
])  # fmt: skip
def test_a_reminder_is_due_once_the_tenth_working_day_after_the_question_has_closed(now: str, due: list[str]) -> None:
    assert [one.due for one in found(ASKED, now)] == due


def test_it_tells_since_when_for_how_many_working_days_and_by_which_command() -> None:
    one = found(ASKED, "2026-11-17T08:00:00")[0]
    assert (one.since.isoformat(), one.days, one.reminded) == ("2026-11-02T10:00:00+08:00", 11, None)
    assert one.command == "git feedback notify Q261102-QYA1614 --about reminder"


@pytest.mark.parametrize(("now", "due"), [
    ("2026-11-24T18:00:00", []), ("2026-11-24T18:00:01", ["closing"]),
])  # fmt: skip
def test_five_working_days_after_the_reminder_closing_is_proposed(now: str, due: list[str]) -> None:
    listed = found(ASKED + REMINDED, now)
    assert [one.due for one in listed] == due
    assert all(one.command == "git feedback reject Q261102-QYA1614 --kind withdrawn" for one in listed)


def test_an_interim_answer_counts_as_a_reminder_only_once_one_was_due() -> None:
    early, late = (
        f"  - respond: {{at: 2026-11-{day}T09:00:00+08:00, by: lin.wan, channel: web-form}}\n    text: 还在等您的订单号。\n"
        for day in ("04", "17")
    )
    assert [one.due for one in found(ASKED + early, "2026-11-16T18:00:01")] == ["reminder"]
    assert found(ASKED + late, "2026-11-24T18:00:00") == []
    assert [one.due for one in found(ASKED + late, "2026-11-24T18:00:01")] == ["closing"]


def test_a_reminder_that_was_taken_back_reminded_nobody() -> None:
    back = """\
  - retract: {at: 2026-11-17T09:05:00+08:00, by: lin.wan, what: notify, when: 2026-11-17T09:00:00+08:00}
    because: 发错了人
"""
    assert [one.due for one in found(ASKED + REMINDED + back, "2026-11-18T09:00:00")] == ["reminder"]


@pytest.mark.parametrize("word", [
    "  - message: {at: 2026-11-12T09:00:00+08:00, by: ines.brandt}\n    text: 还没找到订单号，再等等。\n",
    "  - ask: {at: 2026-11-12T09:00:00+08:00, by: lin.wan, missing: [device]}\n    question: 那是什么手机？\n",
])  # fmt: skip
def test_a_word_of_the_submitter_and_a_new_question_begin_it_anew(word: str) -> None:
    assert found(ASKED + word, "2026-11-26T18:00:00") == []
    assert [one.days for one in found(ASKED + word, "2026-11-26T18:00:01")] == [10]


def test_who_answered_is_not_silent_and_a_partner_is_no_submitter() -> None:
    supply = "  - supply: {at: 2026-11-12T09:00:00+08:00, by: lin.wan}\n    text: 订单 7。\n"
    assert found(ASKED + supply, "2026-12-31T09:00:00") == []
    assert found(ASKED.replace("missing: [source]", "whom: partner"), "2026-12-31T09:00:00") == []


def test_the_longest_silence_stands_first() -> None:
    other = ASKED.replace("Q261102-QYA1614", "Q261102-0AAJN0C").replace("11-02T10:00:00", "11-02T09:30:00")
    moment = datetime.fromisoformat("2026-12-31T09:00:00+08:00")
    listed = silent(standings([item(ASKED), item(other)], policy(), moment), policy(), moment)
    assert [one.since.minute for one in listed] == [30, 0]


def test_working_days_leave_out_the_day_itself_weekends_and_holidays() -> None:
    office = policy().office
    friday, after_holidays = (datetime.fromisoformat(f"2026-{day}T09:00:00+08:00") for day in ("09-25", "10-08"))
    assert working_days(office, friday, friday) == 0
    assert working_days(office, friday, after_holidays) == 4
