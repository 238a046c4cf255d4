"""Fields of a query that are no single word of an item: plans, what is put aside, forces, copies, returns, age."""

from datetime import datetime

import pytest
from tests.sample_desk import item, policy

from git_feedback.desk import query, standing
from git_feedback.pages.views import tokens

ITEM = """\
id: Q261113-QYA161B
received: 2026-11-13T16:00:00+08:00
channel: phone
language: zh
title: 扣款后没有订单
text: 扣了两次款。
history:
  - classify: {at: 2026-11-13T16:01:00+08:00, by: ines.brandt, category: product/payment, urgency: 3, impact: 3}
  - assign: {at: 2026-11-13T16:10:00+08:00, by: ines.brandt, department: payments, owner: lin.wan, task_force: true}
  - return: {at: 2026-11-13T16:20:00+08:00, by: lin.wan}
    reason: 不归支付
"""
"""Received on a Friday."""
PLAN = "  - plan: {at: 2026-11-16T09:00:00+08:00, by: ji.nan, due: 2026-11-19}\n    what: 对账\n"
SNOOZE = "  - snooze: {at: 2026-11-16T09:05:00+08:00, by: ji.nan, until: 2026-11-20}\n    because: 等回单\n"
COPY = "  - copy: {at: 2026-11-16T09:10:00+08:00, by: ji.nan, to: [brand]}\n"


@pytest.mark.parametrize(("more", "now", "term", "fits"), [
    ("", "2026-11-16T10:00:00", "planned:yes", False), ("", "2026-11-16T10:00:00", "planned:no", True),
    (PLAN, "2026-11-19T10:00:00", "planned:yes", True), (PLAN, "2026-11-19T10:00:00", "planned:late", False),
    (PLAN, "2026-11-20T00:00:00", "planned:late", True), (PLAN, "2026-11-20T00:00:00", "planned:no,late", True),
    (SNOOZE, "2026-11-19T10:00:00", "snoozed:yes", True), (SNOOZE, "2026-11-20T00:00:00", "snoozed:yes", False),
    (SNOOZE, "2026-11-20T00:00:00", "snoozed:no", True), ("", "2026-11-16T10:00:00", "snoozed:no", True),
    ("", "2026-11-16T10:00:00", "force:yes", False), ("", "2026-11-16T10:00:00", "force:no", True),
    (COPY, "2026-11-16T10:00:00", "copied:brand", True), (COPY, "2026-11-16T10:00:00", "copied:app", False),
    (COPY, "2026-11-16T10:00:00", "copied：app，brand", True),
    ("", "2026-11-16T10:00:00", "returned:1", True), ("", "2026-11-16T10:00:00", "returned:2", False),
    ("", "2026-11-16T10:00:00", "returned:0", True),
    ("", "2026-11-18T16:00:00", "older:5d", False), ("", "2026-11-18T16:00:01", "older:5d", True),
    ("", "2026-11-20T18:00:00", "older:5wd", False), ("", "2026-11-20T18:00:01", "older:5wd", True),
    ("", "2026-11-20T18:00:01", "older:5WD 没有订单", True), ("", "2026-11-20T18:00:01", "older:5wd 退款", False),
])  # fmt: skip
def test_a_query_finds_what_is_planned_put_aside_copied_returned_and_old(
    more: str, now: str, term: str, fits: bool
) -> None:
    moment = datetime.fromisoformat(f"{now}+08:00")
    found = standing(item(ITEM.replace(", task_force: true", "") + more), policy(), moment)
    assert query.parse(term, policy(), moment).fits(found) is fits


@pytest.mark.parametrize(("received", "term", "fits"), [
    ("2026-11-13T16:00:00+08:00", "received:2026-11-13", True), ("2026-11-13T16:00:00+08:00", "received:2026-11-14", False),
    ("2026-11-13T00:00:00+08:00", "received:2026-11-13", True), ("2026-11-12T23:59:59+08:00", "received:2026-11-13", False),
    ("2026-11-12T16:00:00+00:00", "received:2026-11-13", True), ("2026-11-13T16:00:00Z", "received:2026-11-13", False),
    ("2026-11-13T23:59:59+08:00", "received:2026-11-10..2026-11-13", True),
    ("2026-11-14T00:00:00+08:00", "received:2026-11-10..2026-11-13", False),
    ("2026-11-10T00:00:00+08:00", "received:2026-11-10..2026-11-13", True),
    ("2026-09-30T23:59:59+08:00", "received:2026-Q3", True), ("2026-10-01T00:00:00+08:00", "received:2026-q3", False),
    ("2026-10-01T00:00:00+08:00", "received:2026-09,2026-10", True), ("2026-10-01T00:00:00+08:00", "received：2026", True),
    ("2027-01-01T00:00:00+08:00", "received:2026", False), ("2026-10-31T23:59:59+08:00", "received:2026-Q3..2026-10", True),
])  # fmt: skip
def test_a_query_finds_what_was_received_in_days_of_the_desk(received: str, term: str, fits: bool) -> None:
    moment = datetime.fromisoformat("2027-02-01T10:00:00+08:00")
    source = ITEM.partition("history:")[0].replace("2026-11-13T16:00:00+08:00", received)
    assert query.parse(term, policy(), moment).fits(standing(item(source), policy(), moment)) is fits


@pytest.mark.parametrize("given", [
    "2026-13", "2026-11-31", "2026-1", "26-11", "2026-11-09..2026-11-03", "2026-11-03..", "十月", "2026-11-03...2026-11-09",
])  # fmt: skip
def test_no_span_of_days_is_refused_with_examples(given: str) -> None:
    with pytest.raises(query.UnknownValue) as refused:
        query.parse(f"received:2026-10,{given}", policy(), datetime.fromisoformat("2026-11-16T10:00:00+08:00"))
    assert refused.value.known == ("2026", "2026-Q3", "2026-10", "2026-10-03", "2026-10-03..2026-10-09")


def test_a_task_force_is_found() -> None:
    moment = datetime.fromisoformat("2026-11-16T10:00:00+08:00")
    assert query.parse("force:yes", policy(), moment).fits(standing(item(ITEM), policy(), moment))


REF = "  kind: returning\n  ref: 5b1c6e0a77aa\n"
OF_SOMEBODY = ITEM.replace("history:\n", f"submitter:\n{REF}history:\n")


@pytest.mark.parametrize(("source", "term", "fits"), [
    (ITEM, "clock:none", False), (ITEM, "clock:running", True), (ITEM, "clock:soon", False),
    (ITEM, "clock:breached", False), (ITEM, "clock:soon,none,running", True),
    (ITEM, "state:all", True), (ITEM, "state:finished,all", True),
    (OF_SOMEBODY, "ref:5b1c6e0a", True), (OF_SOMEBODY, "ref:5B1C6E0A77AA", True), (OF_SOMEBODY, "ref:5b1c6e0a77ab", False),
    (ITEM, "ref:5b1c6e0a", False),
])  # fmt: skip
def test_a_query_knows_the_words_of_the_queue(source: str, term: str, fits: bool) -> None:
    moment = datetime.fromisoformat("2026-11-13T16:21:00+08:00")
    assert query.parse(term, policy(), moment).fits(standing(item(source), policy(), moment)) is fits


def test_late_and_soon_are_what_lists_call_so() -> None:
    for day in range(13, 27):
        moment = datetime.fromisoformat(f"2026-11-{day}T15:40:00+08:00")
        one = standing(item(ITEM), policy(), moment)
        shown = {"breached-open": "breached"}.get(one.worst.state, one.worst.state) if one.worst else "none"
        assert query.parse(f"clock:{shown}", policy(), moment).fits(one)
        if one.worst and one.worst.state == "running":
            soon = tokens.kind(one.worst) == "soon"
            assert query.parse("clock:soon", policy(), moment).fits(one) is soon


def test_me_is_the_one_who_asks_and_nobody_where_nobody_does() -> None:
    moment = datetime.fromisoformat("2026-11-16T10:00:00+08:00")
    one = standing(item(ITEM), policy(), moment)
    owner = one.state.owner
    assert query.parse("owner:me", policy(), moment, me=owner).fits(one)
    assert not query.parse("owner:me", policy(), moment, me="he.miao").fits(one)
    with pytest.raises(query.UnknownValue):
        query.parse("owner:me", policy(), moment)


def test_words_can_be_looked_for_in_titles_alone() -> None:
    moment = datetime.fromisoformat("2026-11-16T10:00:00+08:00")
    one = standing(item(ITEM), policy(), moment)
    assert query.parse("两次款", policy(), moment).fits(one)
    assert not query.parse("两次款", policy(), moment).fits_by_title(one)
    assert query.parse("扣款", policy(), moment).fits_by_title(one)


@pytest.mark.parametrize("term", ["ref:5b1c", "ref:甲乙丙丁", "clock:met"])
def test_a_value_of_the_wrong_form_is_refused(term: str) -> None:
    with pytest.raises(query.UnknownValue):
        query.parse(term, policy(), datetime.fromisoformat("2026-11-16T10:00:00+08:00"))
