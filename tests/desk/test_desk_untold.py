"""What submitters should have been told and were not, what a person may decide next, and task forces that fall silent."""

from datetime import datetime, timedelta

import pytest
from tests.sample_desk import PAYMENT, item

from git_feedback.desk import Standing, standing
from git_feedback.desk.suggestions import Suggestion, suggestions, task_force_silent
from git_feedback.desk.untold import to_tell, way_to
from git_feedback.policy import Policy

ID = "Q261119-0AAJN0D"
NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
CLASSIFY = "classify: {at: 2026-11-19T09:31:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}"
ASSIGN = "assign: {at: 2026-11-19T09:40:00+08:00, by: ji.nan, department: payments, owner: lin.wan}"
ACCEPT = "accept: {at: 2026-11-19T09:45:00+08:00, by: lin.wan}"
RESPOND = "respond: {at: 2026-11-19T10:00:00+08:00, by: lin.wan, channel: web-form}\n    text: 正在查。"
PLAN = "plan: {at: 2026-11-19T10:10:00+08:00, by: lin.wan, due: 2026-11-23}\n    what: 补单"
ASK = "ask: {at: 2026-11-19T10:20:00+08:00, by: lin.wan, whom: submitter}\n    question: 哪一单？"
ASKED_BY_MACHINE = "ask: {at: 2026-11-19T10:20:00+08:00, by: intake, whom: submitter}\n    question: 哪一单？"
RESOLVE = "resolve: {at: 2026-11-19T14:00:00+08:00, by: lin.wan}\n    result: 已补单"
REVIEW = "review: {at: 2026-11-19T14:30:00+08:00, by: he.miao, verdict: pass}"
REPLY = "reply: {at: 2026-11-19T15:00:00+08:00, by: lin.wan, channel: web-form}\n    text: 已补单。"
MEASURE = "link: {at: 2026-11-19T15:30:00+08:00, by: lin.wan, kind: measure, to: m-2026-031}"
NOTIFY = "notify: {at: 2026-11-19T16:00:00+08:00, by: lin.wan, channel: web-form, about: progress}"
UNSATISFIED = "follow-up: {at: 2026-11-19T16:10:00+08:00, by: lin.wan, verdict: unsatisfied}"
SATISFIED = UNSATISFIED.replace("unsatisfied", "satisfied")
REOPEN = "reopen: {at: 2026-11-19T16:20:00+08:00, by: lin.wan, kind: unsatisfied}"
ISSUE = PAYMENT.replace("channel: web-form", "channel: issue-form").replace('"票据 #123"', '"github#57"')


def told(*events: str, text: str = PAYMENT) -> str:
    return text + "history:\n" + "".join(f"  - {event}\n" for event in events)


def at(policy: Policy, *events: str, text: str = PAYMENT, now: datetime = NOW) -> Standing:
    return standing(item(told(*events, text=text) if events else text), policy, now)


def abouts(policy: Policy, *events: str, text: str = PAYMENT) -> list[str]:
    return [news.about for news in to_tell(at(policy, *events, text=text), policy, NOW)]


# ---- by which way ---------------------------------------------------------------------------------------------------

MAIL = PAYMENT.replace("channel: web-form", "channel: e-mail")
SEALED = MAIL.replace("  kind: returning\n", "  kind: returning\n  sealed: |-\n    -----BEGIN AGE-----\n")
NO_SOURCE = PAYMENT.replace('source: "票据 #123"\n', "")


@pytest.mark.parametrize(("text", "way"), [
    (ISSUE, "comment"), (ISSUE.replace("github#57", "gitlab!8"), "comment"), (ISSUE.replace("github#57", "表格第 7 行"), "call"),
    (SEALED, "mail"), (MAIL, "call"), (PAYMENT, "call"), (NO_SOURCE, None),
    (NO_SOURCE.replace("kind: returning", 'kind: returning\n  hint: "138****5678"'), "call"),
    (PAYMENT.replace("returning", "anonymous"), None), (ISSUE.replace("returning", "anonymous"), None),
    (PAYMENT.replace("channel: web-form", "channel: paper-box"), None),
    (PAYMENT.replace("channel: web-form", "channel: fax"), None),
])  # fmt: skip
def test_everybody_is_reached_by_the_way_their_channel_has_and_nobody_without_a_trace(
    policy: Policy, text: str, way: str | None
) -> None:
    assert way_to(item(text), policy) == way


# ---- what is to be told ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("events", "news"), [
    ((), []), ((CLASSIFY,), []), ((CLASSIFY, ASSIGN, ACCEPT), ["accepted"]), ((CLASSIFY, ASSIGN, ACCEPT, RESPOND), []),
    ((CLASSIFY, ASSIGN, ACCEPT, RESPOND, PLAN), ["progress"]), ((CLASSIFY, ASSIGN, ACCEPT, PLAN), ["accepted", "progress"]),
    ((CLASSIFY, ASSIGN, ACCEPT, PLAN, ASK), []), ((CLASSIFY, ASSIGN, ACCEPT, ASKED_BY_MACHINE), ["accepted", "asked"]),
    ((CLASSIFY, ASSIGN, ACCEPT, PLAN, NOTIFY), []), ((CLASSIFY, ASSIGN, ACCEPT, RESPOND, RESOLVE), []),
    ((CLASSIFY, ASSIGN, ACCEPT, RESPOND, RESOLVE, REVIEW), ["replied"]),
    ((CLASSIFY, ASSIGN, ACCEPT, RESOLVE, REVIEW.replace("pass", "fail")), ["accepted"]),
    ((CLASSIFY, ASSIGN, ACCEPT, RESOLVE, REVIEW, REPLY), []),
    ((CLASSIFY, ASSIGN, ACCEPT, RESOLVE, REVIEW, REPLY, MEASURE), ["released"]),
    ((CLASSIFY, ASSIGN, ACCEPT, RESPOND, MEASURE), []),
])  # fmt: skip
def test_what_happened_since_the_last_word_to_the_submitter_is_news(
    policy: Policy, events: tuple[str, ...], news: list[str]
) -> None:
    assert abouts(policy, *events) == news


def test_a_submitter_who_can_be_written_to_is_told_of_arrival_and_nobody_is_called_for_it(policy: Policy) -> None:
    assert abouts(policy, text=ISSUE) == ["received"]
    assert abouts(policy, text=SEALED) == ["received"]
    assert abouts(policy) == []


def test_news_has_the_moment_at_which_it_came_up(policy: Policy) -> None:
    (news,) = to_tell(at(policy, CLASSIFY, ASSIGN, ACCEPT), policy, NOW)
    assert news.since == datetime.fromisoformat("2026-11-19T09:45:00+08:00")


def test_what_has_not_happened_yet_is_no_news(policy: Policy) -> None:
    early = datetime.fromisoformat("2026-11-19T09:44:59+08:00")
    assert to_tell(at(policy, CLASSIFY, ASSIGN, ACCEPT, now=early), policy, early) == []


def test_imported_history_is_told_to_nobody(policy: Policy) -> None:
    old = PAYMENT.replace("channel:", "record: history\nchannel:")
    assert abouts(policy, CLASSIFY, ASSIGN, ACCEPT, text=old) == []


def test_an_event_that_was_taken_back_tells_nothing(policy: Policy) -> None:
    back = "retract: {at: 2026-11-19T10:05:00+08:00, by: lin.wan, what: respond, when: 2026-11-19T10:00:00+08:00}\n    because: 发错"
    assert abouts(policy, CLASSIFY, ASSIGN, ACCEPT, RESPOND, back) == ["accepted"]


@pytest.mark.parametrize(("kind", "news"), [("invalid", ["closing"]), ("spam", []), ("abuse", []), ("withdrawn", [])])
def test_a_rejection_is_told_unless_it_helps_nobody(policy: Policy, kind: str, news: list[str]) -> None:
    reject = f"reject: {{at: 2026-11-19T11:00:00+08:00, by: he.miao, kind: {kind}}}"
    assert abouts(policy, CLASSIFY, ASSIGN, ACCEPT, reject) == news


def test_a_duplicate_is_told_where_it_goes_on(policy: Policy) -> None:
    duplicate = "duplicate: {at: 2026-11-19T11:00:00+08:00, by: he.miao, of: Q261119-5DVCFC5}"
    assert abouts(policy, CLASSIFY, ASSIGN, ACCEPT, duplicate) == ["closing"]


# ---- what a person may decide ---------------------------------------------------------------------------------------

VALUED = PAYMENT.replace("kind: returning", "kind: high-value")


def suggested(policy: Policy, *events: str, text: str = PAYMENT) -> list[Suggestion]:
    return suggestions(at(policy, *events, text=text), policy, NOW)


def test_a_high_value_submitter_is_heard_by_the_departments_that_their_words_point_to(policy: Policy) -> None:
    text = VALUED.replace("已经试了三次。", "已经试了三次，快递也没到。")
    (one,) = suggested(policy, CLASSIFY, ASSIGN, text=text)
    assert one.code == "suggest-copy"
    assert "logistics" in one.who
    assert one.command == f"git feedback copy {ID} --to {','.join(one.who)}"
    assert "payments" not in one.who


def test_where_the_words_point_nowhere_else_the_departments_that_listen_hear_of_it(policy: Policy) -> None:
    text = VALUED.replace("支付页面报错", "你们好").replace("付款到最后一步提示“系统繁忙”,已经试了三次。", "如题")
    (one,) = suggested(policy, CLASSIFY, ASSIGN, text=text)
    assert one == ("suggest-copy", f"git feedback copy {ID} --to brand,quality", ("brand", "quality"))
    half = "copy: {at: 2026-11-19T10:00:00+08:00, by: lin.wan, to: [brand]}"
    assert suggested(policy, CLASSIFY, ASSIGN, half, text=text)[0].who == ("quality",)
    whole = half.replace("[brand]", "[brand, quality]")
    assert suggested(policy, CLASSIFY, ASSIGN, whole, text=text) == []


def test_others_are_copied_to_nobody(policy: Policy) -> None:
    assert suggested(policy, CLASSIFY, ASSIGN) == []
    assert suggested(policy, text=VALUED) == []


GRAVE = CLASSIFY.replace("urgency: 4, impact: 4", "urgency: 5, impact: 5")


def test_the_gravest_level_asks_for_a_task_force_with_a_lead_and_members(policy: Policy) -> None:
    assign = ASSIGN.replace("owner: lin.wan", "owner: ji.nan")
    found = suggested(policy, GRAVE, assign)
    (one,) = [each for each in found if each.code == "suggest-task-force"]
    assert one.who[:2] == ("lin.wan", "ji.nan")
    assert one.command.startswith(f"git feedback assign {ID} --department payments --owner lin.wan --helpers ji.nan")
    assert one.command.endswith(" --task-force")
    forced = assign.replace("owner: ji.nan", "owner: lin.wan, helpers: [ji.nan], task_force: true")
    assert [each.code for each in suggested(policy, GRAVE, forced)] == []
    assert [each.code for each in suggested(policy, CLASSIFY, assign)] == []


DONE = (CLASSIFY, ASSIGN, ACCEPT, RESOLVE, REVIEW, REPLY)


def test_a_satisfied_submitter_leads_to_closing_and_an_unsatisfied_one_to_the_next_rung(policy: Policy) -> None:
    assert suggested(policy, *DONE) == []
    assert suggested(policy, *DONE, SATISFIED) == [("suggest-close", f"git feedback close {ID}", ())]
    (one,) = suggested(policy, *DONE, UNSATISFIED)
    assert one.command == f"git feedback reopen {ID} --kind unsatisfied"
    reopened = at(policy, *DONE, UNSATISFIED, REOPEN)
    assert one.who == (reopened.state.owner,)
    assert one.who != ("lin.wan",)


def test_a_verdict_on_an_earlier_answer_asks_for_nothing_any_more(policy: Policy) -> None:
    again = (
        "accept: {at: 2026-11-19T16:30:00+08:00, by: gu.heng}", "resolve: {at: 2026-11-19T17:00:00+08:00, by: gu.heng}\n    result: 已退款",
        "review: {at: 2026-11-19T17:10:00+08:00, by: he.miao, verdict: pass}",
        "reply: {at: 2026-11-19T17:20:00+08:00, by: gu.heng, channel: web-form}\n    text: 已退款。",
    )  # fmt: skip
    codes = [one.code for events in ((), again) for one in suggested(policy, *DONE, UNSATISFIED, REOPEN, *events)]
    assert codes == ["suggest-task-force"]


def test_a_task_force_on_what_did_not_satisfy_is_led_by_whoever_took_it_over(policy: Policy) -> None:
    one = at(policy, *DONE, UNSATISFIED, REOPEN)
    (found,) = suggestions(one, policy, NOW)
    assert found.who[0] == one.state.owner
    assert "lin.wan" not in found.who


def test_an_unsatisfied_submitter_of_long_ago_is_no_longer_reopened(policy: Policy) -> None:
    late = NOW + timedelta(days=60)
    one = at(policy, *DONE, UNSATISFIED, "close: {at: 2026-11-19T16:30:00+08:00, by: lin.wan}", now=late)
    assert suggestions(one, policy, late) == []


# ---- task forces ----------------------------------------------------------------------------------------------------

FORCE = ASSIGN.replace("owner: lin.wan", "owner: lin.wan, helpers: [ji.nan], task_force: true")


@pytest.mark.parametrize(("after_s", "silent_s"), [(0, None), (3600, None), (3601, 1), (7200, 3600)])
def test_a_task_force_is_silent_from_the_second_after_the_hour_on(
    policy: Policy, after_s: int, silent_s: int | None
) -> None:
    now = datetime.fromisoformat("2026-11-19T09:40:00+08:00") + timedelta(seconds=after_s)
    assert task_force_silent(at(policy, GRAVE, FORCE, now=now), policy, now) == silent_s


def test_only_words_of_people_count_and_only_while_there_is_work(policy: Policy) -> None:
    now = datetime.fromisoformat("2026-11-19T11:00:00+08:00")
    machine = "note: {at: 2026-11-19T10:30:00+08:00, by: nightly}\n    text: 夜间"
    person = machine.replace("by: nightly", "by: ji.nan")
    assert task_force_silent(at(policy, GRAVE, FORCE, machine, now=now), policy, now) == 20 * 60
    assert task_force_silent(at(policy, GRAVE, FORCE, person, now=now), policy, now) is None
    assert task_force_silent(at(policy, GRAVE, ASSIGN, now=now), policy, now) is None
    assert task_force_silent(at(policy, GRAVE, FORCE, ACCEPT, RESOLVE), policy, NOW) is None
