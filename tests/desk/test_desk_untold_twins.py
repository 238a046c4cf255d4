"""Whoever sent a duplicate is told where it goes on, and when it is settled there."""

from datetime import datetime

import pytest
from tests.sample_desk import PAYMENT, item

from git_feedback.desk import Standing, standing
from git_feedback.desk.untold import to_tell
from git_feedback.policy import Policy

ID, OTHER = "Q261119-0AAJN0D", "Q261119-5DVCFC5"
NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
TWIN = f"duplicate: {{at: 2026-11-19T11:00:00+08:00, by: he.miao, of: {OTHER}}}"
CLASSIFY = "classify: {at: 2026-11-19T09:31:00+08:00, by: he.miao, category: product/payment, urgency: 4, impact: 4}"
ACCEPT = "accept: {at: 2026-11-19T09:45:00+08:00, by: he.miao}"
RESOLVE = "resolve: {at: 2026-11-19T14:00:00+08:00, by: he.miao}\n    result: 已补单"
REVIEW = "review: {at: 2026-11-19T14:30:00+08:00, by: zhou.yuan, verdict: pass}"
REPLY = "reply: {at: 2026-11-19T15:00:00+08:00, by: he.miao, channel: web-form}\n    text: 已补单。"
CLOSE = "close: {at: 2026-11-19T15:00:00+08:00, by: he.miao}"
ANSWERED = (CLASSIFY, ACCEPT, RESOLVE, REVIEW, REPLY)


def notified(about: str, at: str) -> str:
    return f"notify: {{at: 2026-11-19T{at}:00+08:00, by: he.miao, channel: web-form, about: {about}}}"


def at(policy: Policy, *events: str, text: str = PAYMENT) -> Standing:
    return standing(item(text + "history:\n" + "".join(f"  - {event}\n" for event in events)), policy, NOW)


def abouts(policy: Policy, twin: tuple[str, ...], original: tuple[str, ...], text: str = PAYMENT) -> list[str]:
    other = at(policy, *original, text=PAYMENT.replace(ID, OTHER))
    return [news.about for news in to_tell(at(policy, CLASSIFY, *twin, text=text), policy, NOW, other)]


def test_while_the_original_is_worked_on_only_the_link_is_told(policy: Policy) -> None:
    assert abouts(policy, (TWIN,), (CLASSIFY, ACCEPT)) == ["closing"]
    assert abouts(policy, (TWIN, notified("closing", "11:30")), (CLASSIFY, ACCEPT, RESOLVE, REVIEW)) == []


@pytest.mark.parametrize("twin", [(TWIN, notified("closing", "11:30")), (TWIN, notified("closing", "16:00"))])
def test_when_the_original_is_answered_that_is_told_however_late_the_link_was(
    policy: Policy, twin: tuple[str, ...]
) -> None:
    assert abouts(policy, twin, ANSWERED) == ["resolved"]


def test_what_was_told_of_neither_is_told_with_the_newest(policy: Policy) -> None:
    assert abouts(policy, (TWIN,), ANSWERED) == ["closing", "resolved"]


@pytest.mark.parametrize("heard", [
    notified("resolved", "15:30"), notified("replied", "15:30"),
    "respond: {at: 2026-11-19T15:30:00+08:00, by: he.miao, channel: web-form}\n    text: 已补单。",
])  # fmt: skip
def test_whoever_heard_of_the_end_is_not_told_again(policy: Policy, heard: str) -> None:
    assert abouts(policy, (TWIN, heard), ANSWERED) == []


def test_an_answer_after_a_reopening_is_news_again(policy: Policy) -> None:
    again = (
        *ANSWERED,
        "reopen: {at: 2026-11-19T16:00:00+08:00, by: he.miao, kind: recurring}",
        "accept: {at: 2026-11-19T16:05:00+08:00, by: he.miao}",
    )
    twin = (TWIN, notified("resolved", "15:30"))
    assert abouts(policy, twin, again) == [], "it is worked on again"
    end = (RESOLVE.replace("T14:00", "T17:00"), REVIEW.replace("T14:30", "T17:10"), REPLY.replace("T15:00", "T17:20"))
    assert abouts(policy, twin, (*again, *end)) == ["resolved"]


def test_where_nobody_could_be_answered_the_closing_is_the_end(policy: Policy) -> None:
    silent = at(
        policy,
        CLASSIFY,
        ACCEPT,
        RESOLVE,
        REVIEW,
        CLOSE,
        text=PAYMENT.replace(ID, OTHER).replace("returning", "anonymous"),
    )
    one = at(policy, CLASSIFY, TWIN, notified("closing", "11:30"))
    assert [news.about for news in to_tell(one, policy, NOW, silent)] == ["resolved"]


def test_what_is_no_duplicate_any_more_and_who_cannot_be_reached_hears_nothing_of_it(policy: Policy) -> None:
    apart = f"unlink: {{at: 2026-11-19T12:00:00+08:00, by: he.miao, kind: duplicate, to: {OTHER}}}"
    assert "resolved" not in abouts(policy, (TWIN, apart), ANSWERED)
    assert abouts(policy, (TWIN,), ANSWERED, text=PAYMENT.replace("returning", "anonymous")) == []
