"""The list of the weekly meeting: which matters belong to several departments, what keeps them, what comes next."""

from datetime import date, datetime

import pytest
from tests.sample_desk import item, policy

from git_feedback.desk import Standing, standings
from git_feedback.insight.coordination import Matter, PingPong, askable, concerns, coordination, ping_pong

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
HEAD = """\
id: Q261116-QYA161C
received: 2026-11-16T09:00:00+08:00
channel: web-form
language: zh
title: 门店扣了款，App 里没有订单
text: 在门店付的，App 里查不到。
submitter:
  kind: returning
history:
"""
CLASSIFIED = (
    "  - classify: {at: 2026-11-16T09:01:00+08:00, by: ines.brandt, category: product/payment, urgency: 4, impact: 4}\n"
)
ASSIGNED = "  - assign: {at: 2026-11-16T09:10:00+08:00, by: ines.brandt, department: payments, owner: lin.wan}\n"
ACCEPTED = "  - accept: {at: 2026-11-16T09:20:00+08:00, by: lin.wan}\n"
OWN = HEAD + CLASSIFIED + ASSIGNED + ACCEPTED
HELPED = HEAD + CLASSIFIED + ASSIGNED.replace("lin.wan}", "lin.wan, helpers: [ji.nan, fang.yu, owen.vale]}") + ACCEPTED
RETURNED = "  - return: {at: 2026-11-17T10:00:00+08:00, by: lin.wan}\n    reason: 不是支付的事。\n"
AGAIN = """\
  - assign: {at: 2026-11-17T11:00:00+08:00, by: ji.nan, department: payments, owner: lin.wan}
  - return: {at: 2026-11-18T10:00:00+08:00, by: lin.wan}
    reason: 请转门店，收银机没有上传。
"""
AGAIN_HELPED = AGAIN.splitlines(keepends=True)[0].replace("lin.wan}", "lin.wan, helpers: [fang.yu]}")


def stand(*texts: str) -> list[Standing]:
    return standings([item(text) for text in texts], policy(), NOW)


def matters(*texts: str) -> list[Matter]:
    return coordination(stand(*texts), policy(), NOW)


def unwanted(*texts: str) -> list[PingPong]:
    return ping_pong(stand(*texts), NOW)


def test_what_one_department_has_alone_is_no_matter_of_the_meeting() -> None:
    assert matters(OWN) == []
    assert matters(OWN.replace("lin.wan}\n  - accept", "lin.wan, helpers: [ji.nan]}\n  - accept")) == []


@pytest.mark.parametrize(("text", "why", "departments"), [
    (HELPED, ("helpers",), ("payments", "app", "stores")),
    (OWN + "  - copy: {at: 2026-11-17T09:00:00+08:00, by: lin.wan, to: [brand]}\n", ("copied",), ("payments", "brand")),
    (OWN.replace("lin.wan}\n  - accept", "lin.wan, task_force: true}\n  - accept"), ("force",), ("payments",)),
    (OWN + RETURNED + AGAIN, ("returned",), ("payments",)),
    (OWN.replace("lin.wan}\n  - accept", "lin.wan, helpers: [stores]}\n  - accept"), ("helpers",), ("payments", "stores")),
    (OWN + "  - assign: {at: 2026-11-18T09:00:00+08:00, by: he.miao, department: app, owner: fang.yu}\n",
     ("held",), ("app", "payments")),
])  # fmt: skip
def test_why_others_have_a_part_in_it_and_which_departments_they_are(
    text: str, why: tuple[str, ...], departments: tuple[str, ...]
) -> None:
    assert [(one.why, one.departments) for one in matters(text)] == [(why, departments)]


def test_what_is_resolved_is_off_the_list() -> None:
    solved = "  - resolve: {at: 2026-11-18T09:00:00+08:00, by: lin.wan}\n    result: 已补单\n"
    assert matters(HELPED + solved) == []


def test_its_age_counts_working_days() -> None:
    assert matters(HELPED)[0].age == 4
    assert matters(HELPED.replace("received: 2026-11-16", "received: 2026-11-13"))[0].age == 5


def blocker(text: str) -> tuple[str, str, str, str] | None:
    found = matters(text)[0].blocker
    return (found.kind, found.who, found.since.isoformat()[:10], found.reason) if found else None


@pytest.mark.parametrize(("more", "expected"), [
    ("", None),
    ("  - ask: {at: 2026-11-17T09:00:00+08:00, by: lin.wan}\n    question: 哪一单？\n", ("submitter", "", "2026-11-17", "")),
    ("  - ask: {at: 2026-11-17T09:00:00+08:00, by: lin.wan, whom: partner}\n    question: 到账了吗？\n",
     ("partner", "", "2026-11-17", "")),
    (RETURNED, ("dispatch", "ji.nan", "2026-11-17", "不是支付的事。")),
    (RETURNED + AGAIN_HELPED, ("acceptance", "lin.wan", "2026-11-17", "不是支付的事。")),
    (RETURNED + AGAIN_HELPED + "  - accept: {at: 2026-11-18T09:00:00+08:00, by: lin.wan}\n", None),
    ("  - plan: {at: 2026-11-17T09:00:00+08:00, by: lin.wan, due: 2026-11-19}\n    what: 对账\n",
     ("plan", "lin.wan", "2026-11-19", "")),
    ("  - plan: {at: 2026-11-17T09:00:00+08:00, by: lin.wan, due: 2026-11-20}\n    what: 对账\n", None),
])  # fmt: skip
def test_what_keeps_it_whose_turn_it_is_and_since_when(more: str, expected: tuple[str, str, str, str] | None) -> None:
    assert blocker(HELPED + more) == expected


def test_the_next_step_is_the_plan_and_else_the_verb_that_leads_on() -> None:
    planned = HELPED + "  - plan: {at: 2026-11-17T09:00:00+08:00, by: lin.wan, due: 2026-11-24}\n    what: 对账\n"
    step = matters(planned)[0].step
    assert (step.verb, step.what, step.due, step.by) == ("plan", "对账", date(2026, 11, 24), "lin.wan")
    assert matters(HELPED)[0].step.verb == "resolve"
    assert matters(HELPED + RETURNED + AGAIN)[0].step.verb == "assign"
    praise = HELPED.replace("product/payment, urgency: 4, impact: 4", "praise/staff, urgency: 1, impact: 1")
    assert matters(praise)[0].step.verb == "reply"


def test_the_list_goes_by_level_then_by_age() -> None:
    older = HELPED.replace("Q261116-QYA161C", "Q261116-0AAJN04").replace("received: 2026-11-16", "received: 2026-11-12")
    urgent = HELPED.replace("Q261116-QYA161C", "Q261116-5DVCFCC").replace(
        "urgency: 4, impact: 4", "urgency: 5, impact: 5"
    )
    assert [one.standing.item.id for one in matters(HELPED, older, urgent)] == [
        "Q261116-5DVCFCC", "Q261116-0AAJN04", "Q261116-QYA161C",
    ]  # fmt: skip


def test_two_returns_without_an_acceptance_go_to_and_fro() -> None:
    assert unwanted(OWN + RETURNED) == []
    one = unwanted(OWN + RETURNED + AGAIN)[0]
    assert (one.times, one.by, one.reason) == (2, "lin.wan", "请转门店，收银机没有上传。")
    assert one.since.isoformat() == "2026-11-18T10:00:00+08:00"


def test_given_out_again_it_still_goes_to_and_fro_until_somebody_takes_it_on() -> None:
    given = AGAIN + "  - assign: {at: 2026-11-18T11:00:00+08:00, by: he.miao, department: stores, owner: owen.vale}\n"
    assert len(unwanted(OWN + RETURNED + given)) == 1
    assert unwanted(OWN + RETURNED + given + "  - accept: {at: 2026-11-18T12:00:00+08:00, by: owen.vale}\n") == []


def test_a_return_that_was_taken_back_is_not_counted() -> None:
    back = """\
  - retract: {at: 2026-11-18T10:05:00+08:00, by: lin.wan, what: return, when: 2026-11-18T10:00:00+08:00}
    because: 看错了
"""
    assert unwanted(OWN + RETURNED + AGAIN + back) == []


def test_the_lead_of_the_department_and_the_coordinator_of_the_desk_have_to_end_it() -> None:
    one = unwanted(OWN + RETURNED + AGAIN)[0]
    assert askable(one, policy()) == ("lin.wan", "he.miao")
    day = date(2026, 11, 20)
    concerned = {person for person in policy().people if concerns(one, person, policy(), day)}
    assert concerned == {"lin.wan", "he.miao"}


def test_a_returned_item_lies_with_the_coordinator_and_is_dispatched_again() -> None:
    from git_feedback.desk import act

    returned = stand(OWN + RETURNED)[0]
    assert (returned.state.life, returned.state.owner) == ("returned", "ji.nan")
    given = act("assign", returned.item, policy(), NOW, "ji.nan", {"department": "stores", "owner": "owen.vale"})
    after = returned.item.model_copy(update={"history": (*returned.item.history, given)})
    again = standings([after], policy(), NOW)[0].state
    assert (again.life, again.owner, again.department, again.returns) == ("assigned", "owen.vale", "stores", 1)
