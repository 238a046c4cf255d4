"""One person's day: what stands in which list, and what does not."""

from datetime import datetime

import pytest
from tests.sample_desk import item, policy

from git_feedback.desk import standings
from git_feedback.insight.my_day import MyDay, my_day

NOW = "2026-11-20T11:05:00"
HEAD = """\
id: Q261118-QYA161F
received: 2026-11-18T09:00:00+08:00
channel: phone
language: zh
title: 扣款后没有订单
text: 扣了两次款，App 里没有订单。
submitter:
  kind: returning
  hint: "138****5678"
"""
TRIAGED = HEAD + (
    "history:\n"
    "  - classify: {at: 2026-11-18T09:01:00+08:00, by: ines.brandt, category: product/payment, urgency: 3, impact: 3}\n"
)
ASSIGNED = TRIAGED + (
    "  - assign: {at: 2026-11-18T09:10:00+08:00, by: ines.brandt, department: payments, owner: lin.wan}\n"
)
ACCEPTED = ASSIGNED + "  - accept: {at: 2026-11-18T09:20:00+08:00, by: lin.wan}\n"
ANSWERED = ACCEPTED + (
    "  - respond: {at: 2026-11-18T09:30:00+08:00, by: lin.wan, channel: phone, progress: true}\n    text: 在查。\n"
)
SOLVED = ANSWERED + "  - resolve: {at: 2026-11-19T15:00:00+08:00, by: ji.nan}\n    result: 已补单\n"
ASKED = ANSWERED + (
    "  - ask: {at: 2026-11-18T10:00:00+08:00, by: lin.wan, missing: [source]}\n    question: 哪一单？\n"
)
SUPPLIED = ASKED + (
    "  - supply: {at: 2026-11-20T09:00:00+08:00, by: ines.brandt, supplied: [source]}\n    text: 第 7 单\n"
)


def day(*texts: str, person: str = "lin.wan", now: str = NOW) -> MyDay:
    moment = datetime.fromisoformat(f"{now}+08:00")
    return my_day(standings([item(text) for text in texts], policy(), moment), policy(), moment, person)


def plan(due: str) -> str:
    return ANSWERED + f"  - plan: {{at: 2026-11-18T09:40:00+08:00, by: lin.wan, due: {due}}}\n    what: 对账\n"


def snoozed(until: str, text: str = ANSWERED) -> str:
    return (
        text + f"  - snooze: {{at: 2026-11-18T11:00:00+08:00, by: lin.wan, until: {until}}}\n    because: 等银行回单\n"
    )


def test_an_idle_day_is_empty() -> None:
    assert day().is_empty
    assert day(ANSWERED, person="tess.ferro").is_empty
    assert not day(ASSIGNED).is_empty


def test_late_clocks_burn_first_then_what_is_due_today() -> None:
    other = ANSWERED.replace("Q261118-QYA161F", "Q261118-5DVCFCF")
    today = other.replace("urgency: 3, impact: 3", "urgency: 4, impact: 4")
    found = day(today, ASSIGNED, now="2026-11-20T08:50:00").burning
    assert [(row.standing.item.id, row.clock.name, row.clock.state) for row in found] == [
        ("Q261118-QYA161F", "accept", "breached-open"),
        ("Q261118-QYA161F", "respond", "breached-open"),
        ("Q261118-5DVCFCF", "resolve", "running"),
    ]


def test_what_is_due_tomorrow_does_not_burn_and_what_others_have_neither() -> None:
    assert day(ANSWERED).burning == ()
    assert day(ASSIGNED, person="ji.nan").burning == ()


def test_a_clock_with_an_exception_does_not_burn_until_its_last_day_is_over() -> None:
    late = (
        ANSWERED.replace("11-18T", "11-03T")
        .replace("Q261118-QYA161F", "Q261102-QYA1614")
        .replace("received: 2026-11-03", "received: 2026-11-02")
    )
    allowed = (
        late
        + "  - exempt: {at: 2026-11-04T09:00:00+08:00, by: he.miao, clock: resolve, until: 2026-11-20}\n    because: 等监管答复\n"
    )
    assert [row.clock.name for row in day(late).burning] == ["resolve"]
    assert day(allowed).burning == ()
    assert [row.clock.name for row in day(allowed, now="2026-11-21T09:00:00").burning] == ["resolve"]


def test_what_is_assigned_is_to_be_accepted_and_what_is_triaged_or_returned_to_be_dispatched() -> None:
    assert [one.item.id for one in day(ASSIGNED).to_accept] == ["Q261118-QYA161F"]
    assert day(ACCEPTED).to_accept == ()
    assert len(day(TRIAGED, person="ji.nan").to_dispatch) == 1
    returned = ASSIGNED + "  - return: {at: 2026-11-18T10:00:00+08:00, by: lin.wan}\n    reason: 不归支付\n"
    assert len(day(returned, person="ji.nan").to_dispatch) == 1
    assert day(returned).to_dispatch == ()


def test_what_nobody_has_classified_lies_with_the_coordinator_of_the_desk() -> None:
    assert len(day(HEAD, person="he.miao").to_dispatch) == 1
    assert day(HEAD).to_dispatch == ()


@pytest.mark.parametrize(("due", "count"), [("2026-11-19", 1), ("2026-11-20", 1), ("2026-11-21", 0)])
def test_a_plan_is_due_on_its_day(due: str, count: int) -> None:
    assert len(day(plan(due)).plans) == count


def test_the_answer_is_there_until_somebody_goes_on() -> None:
    assert day(ASKED).answered == ()
    assert len(day(SUPPLIED).answered) == 1
    noted = SUPPLIED + "  - note: {at: 2026-11-20T09:10:00+08:00, by: ines.brandt}\n    text: 已转告\n"
    assert len(day(noted).answered) == 1
    gone_on = SUPPLIED + "  - respond: {at: 2026-11-20T09:30:00+08:00, by: lin.wan}\n    text: 收到。\n"
    assert day(gone_on).answered == ()


def test_what_was_put_aside_comes_back_on_its_day_and_stays_until_somebody_does_something() -> None:
    assert day(snoozed("2026-11-21")).woken == ()
    assert len(day(snoozed("2026-11-20")).woken) == 1
    assert len(day(snoozed("2026-11-19")).woken) == 1
    noted = snoozed("2026-11-20") + "  - note: {at: 2026-11-20T09:00:00+08:00, by: lin.wan}\n    text: 回单到了\n"
    assert day(noted).woken == ()


def test_put_aside_it_is_in_no_list_but_where_it_burns() -> None:
    asleep = day(snoozed("2026-11-30", ASSIGNED))
    assert (asleep.to_accept, asleep.calls) == ((), ())
    assert asleep.burning


def test_a_message_waits_until_it_is_answered_and_a_note_does_not_answer_it() -> None:
    wrote = ANSWERED + "  - message: {at: 2026-11-20T08:40:00+08:00, by: ines.brandt}\n    text: 怎么样了？\n"
    noted = wrote + "  - note: {at: 2026-11-20T09:00:00+08:00, by: lin.wan}\n    text: 看到了\n"
    answered = noted + "  - respond: {at: 2026-11-20T09:30:00+08:00, by: lin.wan}\n    text: 明天到账。\n"
    assert [len(day(text).messages) for text in (ANSWERED, wrote, noted, answered)] == [0, 1, 1, 0]
    assert [call.why for call in day(wrote).calls] == ["message"]


@pytest.mark.parametrize(("person", "count"), [
    ("lin.wan", 1), ("ji.nan", 0), ("mara.lind", 0), ("he.miao", 0),
])  # fmt: skip
def test_a_solution_is_reviewed_by_another_of_the_department_whose_roles_allow_it(person: str, count: int) -> None:
    """Ji Nan solved it, Mara Lind reviews for another department, and He Miao's is the service."""
    assert len(day(SOLVED, person=person).to_review) == count


def test_whoever_solved_it_does_not_review_it() -> None:
    assert day(SOLVED.replace("by: ji.nan}\n    result", "by: lin.wan}\n    result")).to_review == ()


def test_a_task_force_says_a_word_every_hour() -> None:
    force = ASSIGNED.replace("owner: lin.wan}", "owner: lin.wan, helpers: [fang.yu], task_force: true}")
    said = force + "  - note: {at: 2026-11-20T10:05:00+08:00, by: fang.yu}\n    text: 网关已切换\n"
    other = force + "  - note: {at: 2026-11-20T11:00:00+08:00, by: ines.brandt}\n    text: 客户又来电\n"
    assert [(row.silent_s, row.overdue) for row in day(said).forces] == [(3600, False)]
    assert [row.overdue for row in day(said, now="2026-11-20T11:05:01").forces] == [True]
    assert day(other).forces[0].said.isoformat() == "2026-11-18T09:10:00+08:00"
    assert day(said, person="fang.yu").forces == ()


@pytest.mark.parametrize(("channel", "why"), [("phone", ["accepted"]), ("e-mail", ["accepted"]), ("paper-box", [])])
def test_who_was_not_told_is_to_be_called_where_the_desk_cannot_write(channel: str, why: list[str]) -> None:
    """Without a sealed address no mail can be drafted; who put paper into a box cannot be reached."""
    told = ACCEPTED.replace("channel: phone", f"channel: {channel}")
    assert [call.why for call in day(told).calls] == why


def test_who_was_told_need_not_be_called() -> None:
    assert day(ANSWERED).calls == ()


def test_after_the_reply_somebody_asks_how_content_they_are() -> None:
    replied = SOLVED + (
        "  - review: {at: 2026-11-19T16:00:00+08:00, by: lin.wan, verdict: pass}\n"
        "  - reply: {at: 2026-11-19T17:00:00+08:00, by: lin.wan, channel: phone}\n    text: 已补单。\n"
    )
    assert [call.why for call in day(replied).calls] == ["follow-up"]
    reviewed = replied[: replied.index("  - reply")]
    assert [call.why for call in day(reviewed).calls] == ["replied"]


def test_copies_are_shown_to_the_department_in_the_week_of_the_copy() -> None:
    copied = ANSWERED + "  - copy: {at: 2026-11-18T10:00:00+08:00, by: lin.wan, to: [brand]}\n"
    assert len(day(copied, person="tess.ferro").copies) == 1
    assert day(copied, person="lena.arden").copies == ()
    assert len(day(copied, person="tess.ferro", now="2026-11-22T23:59:00").copies) == 1
    assert day(copied, person="tess.ferro", now="2026-11-23T00:00:00").copies == ()


def test_a_deputy_sees_what_those_on_leave_have_unfinished() -> None:
    theirs = ACCEPTED.replace("lin.wan", "tang.li").replace("payments", "logistics")
    found = day(theirs, person="sam.okafor").stands_in
    assert [(absent, len(listed)) for absent, listed in found.items()] == [("tang.li", 1)]
    assert day(theirs, person="sam.okafor", now="2026-11-21T09:00:00").stands_in == {}


def test_a_silent_submitter_is_named_and_called() -> None:
    found = day(ASKED, now="2026-12-03T09:00:00")
    assert [one.due for one in found.silent] == ["reminder"]
    assert [call.why for call in found.calls] == ["reminder"]


def test_what_goes_to_and_fro_is_shown_to_the_lead_and_to_the_coordinator_of_the_desk() -> None:
    twice = ASSIGNED + "".join(
        f"  - return: {{at: 2026-11-18T1{hour}:00:00+08:00, by: lin.wan}}\n    reason: 不归支付\n"
        f"  - assign: {{at: 2026-11-18T1{hour}:30:00+08:00, by: ji.nan, department: payments, owner: lin.wan}}\n"
        for hour in (0, 1)
    )
    assert {person for person in policy().people if day(twice, person=person).ping_pong} == {"lin.wan", "he.miao"}


def test_settled_history_of_another_system_is_nobodys_work() -> None:
    past = SOLVED.replace("channel: phone\nlanguage", "record: history\nchannel: phone\nlanguage", 1)
    assert day(past).is_empty
    assert not day(SOLVED).is_empty
