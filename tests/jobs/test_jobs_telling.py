"""Comments and mails are drafted, calls are listed; what was told meanwhile is taken away again."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email import policy as mail_policy
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, item, policy

from git_feedback.desk import Standing, standings
from git_feedback.jobs import telling
from git_feedback.model import Item
from git_feedback.outbox import drafts

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
ID, ISSUE_ID, MAIL_ID = "Q261119-0AAJN0D", "Q261119-5DVCFC5", "Q261120-4C8E1V8"
HISTORY = (
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}\n"
    "  - assign: {at: 2026-11-19T09:40:00+08:00, by: ji.nan, department: payments, owner: lin.wan}\n"
    "  - accept: {at: 2026-11-19T09:45:00+08:00, by: lin.wan}\n"
)
REVIEWED = (
    "  - resolve: {at: 2026-11-19T15:00:00+08:00, by: lin.wan}\n    result: 已补单\n"
    "  - review: {at: 2026-11-19T16:00:00+08:00, by: he.miao, verdict: pass}\n"
)
ISSUE = (
    PAYMENT.replace(ID, ISSUE_ID).replace("channel: web-form", "channel: issue-form").replace("票据 #123", "github#57")
)
MAIL = (
    PAYMENT.replace(ID, MAIL_ID)
    .replace("channel: web-form", "channel: e-mail")
    .replace("kind: returning", "kind: returning\n  sealed: |-\n    -----BEGIN AGE-----")
)
NOTIFY = "  - notify: {at: 2026-11-20T10:00:00+08:00, by: lin.wan, channel: issue-form, about: accepted}\n"


def at(*texts: str, now: datetime = NOW) -> list[Standing]:
    return standings([item(text) for text in texts], policy(), now)


def drafted(folder: Path) -> list[str]:
    found = sorted((folder / "build").rglob("*"))
    return [path.relative_to(folder).as_posix() for path in found if path.is_file()]


def test_issues_get_comments_sealed_addresses_mails_and_the_others_calls(tmp_path: Path) -> None:
    found = at(PAYMENT + HISTORY, ISSUE + HISTORY, MAIL + HISTORY)
    left = telling.run(tmp_path, found, policy(), NOW)
    assert drafted(tmp_path) == sorted(left.written) == [
        f"build/outbox/comments/{ISSUE_ID}-accepted.json", f"build/outbox/mails/{MAIL_ID}-accepted.eml",
    ]  # fmt: skip
    assert [call.untold.standing.item.id for call in telling.calls(found, policy(), NOW)] == [ID]
    comment = json.loads((tmp_path / left.written[0]).read_text(encoding="utf-8"))
    assert comment["target"] == "github#57"
    assert "林晚受理" in comment["text"]
    mail = message_from_bytes((tmp_path / left.written[1]).read_bytes(), policy=mail_policy.default)
    assert mail["To"] is None
    assert "林晚受理" in mail.get_content()


def test_a_second_run_writes_nothing_also_at_another_moment(tmp_path: Path) -> None:
    texts = (ISSUE + HISTORY, MAIL + HISTORY)
    telling.run(tmp_path, at(*texts), policy(), NOW)
    later = NOW + timedelta(hours=5)
    assert telling.run(tmp_path, at(*texts, now=later), policy(), later).written == ()


def test_what_was_told_meanwhile_is_taken_away_and_what_is_newer_takes_its_place(tmp_path: Path) -> None:
    telling.run(tmp_path, at(ISSUE), policy(), NOW)
    assert drafted(tmp_path) == [f"build/outbox/comments/{ISSUE_ID}-received.json"]
    telling.run(tmp_path, at(ISSUE + HISTORY), policy(), NOW)
    assert drafted(tmp_path) == [f"build/outbox/comments/{ISSUE_ID}-accepted.json"]
    telling.run(tmp_path, at(ISSUE + HISTORY + NOTIFY), policy(), NOW)
    assert drafted(tmp_path) == []


@pytest.mark.parametrize("text", [PAYMENT, ISSUE, MAIL])
def test_a_final_answer_is_given_by_a_person_whatever_the_channel(tmp_path: Path, text: str) -> None:
    found = at(text + HISTORY + REVIEWED)
    assert telling.run(tmp_path, found, policy(), NOW).written == ()
    (call,) = telling.calls(found, policy(), NOW)
    assert call.untold.then == f"git feedback reply {found[0].item.id} --template"
    assert call.draft
    assert "已补单" in call.draft.text


def test_words_that_a_person_gave_stay_in_the_outbox_until_they_are_sent(tmp_path: Path) -> None:
    (one,) = at(ISSUE + HISTORY + REVIEWED)
    (call,) = telling.calls([one], policy(), NOW)
    assert call.draft
    path = telling.leave(tmp_path, call.draft, one, policy(), NOW)
    assert path == f"build/outbox/comments/{ISSUE_ID}-reply-20261120T110500.json"
    told = ISSUE + HISTORY + REVIEWED + (
        "  - reply: {at: 2026-11-20T11:05:00+08:00, by: lin.wan, channel: issue-form}\n    text: 已补单\n"
    )  # fmt: skip
    telling.run(tmp_path, at(told), policy(), NOW)
    assert drafted(tmp_path) == [path]


def test_a_notice_that_a_person_gave_though_none_is_due_stays_too(tmp_path: Path) -> None:
    (one,) = at(ISSUE + HISTORY + NOTIFY)
    found = drafts.draft(one, policy(), "closing", NOW)
    path = telling.leave(tmp_path, found, one, policy(), NOW)
    assert path == f"build/outbox/comments/{ISSUE_ID}-closing-20261120T110500.json"
    telling.run(tmp_path, [one], policy(), NOW)
    assert drafted(tmp_path) == [path]


def test_who_is_told_by_a_call_gets_no_file(tmp_path: Path) -> None:
    (one,) = at(PAYMENT + HISTORY + REVIEWED)
    (call,) = telling.calls([one], policy(), NOW)
    assert call.draft
    assert telling.leave(tmp_path, call.draft, one, policy(), NOW) is None
    assert drafted(tmp_path) == []


def test_the_list_begins_with_who_has_waited_longest_and_names_the_newest_matter() -> None:
    plan = "  - plan: {at: 2026-11-20T09:00:00+08:00, by: lin.wan, due: 2026-11-23}\n    what: 补单\n"
    second = PAYMENT.replace(ID, "Q261120-EBBW5EQ").replace("#123", "#200") + HISTORY.replace("T09:4", "T09:5")
    found = telling.calls(at(second, PAYMENT + HISTORY + plan), policy(), NOW)
    assert [(one.untold.standing.item.id, one.untold.about) for one in found] == [
        (ID, "progress"), ("Q261120-EBBW5EQ", "accepted"),
    ]  # fmt: skip
    assert found[0].untold.since == datetime.fromisoformat("2026-11-19T09:45:00+08:00")
    assert found[0].untold.then == f"git feedback notify {ID} --about progress"


def test_a_silent_submitter_is_to_be_reminded_with_our_question() -> None:
    asked = "  - ask: {at: 2026-11-19T10:00:00+08:00, by: lin.wan, whom: submitter, channel: web-form}\n    question: 哪一单？\n"
    late = datetime.fromisoformat("2026-12-07T09:00:00+08:00")
    assert telling.calls(at(PAYMENT + HISTORY + asked), policy(), NOW) == []
    (call,) = telling.calls(at(PAYMENT + HISTORY + asked, now=late), policy(), late)
    assert call.untold.about == "reminder"
    assert call.draft
    assert "哪一单？" in call.draft.text


def test_imported_history_is_left_alone(tmp_path: Path) -> None:
    old = [text.replace("channel:", "record: history\nchannel:") for text in (PAYMENT, ISSUE, MAIL)]
    found = at(*(text + HISTORY + REVIEWED for text in old))
    assert telling.untold(found, policy(), NOW) == []


def test_without_a_template_the_call_is_listed_with_the_reason(tmp_path: Path) -> None:
    rules = replace(policy(), templates={})
    found = at(PAYMENT + HISTORY, ISSUE + HISTORY)
    (call,) = telling.calls(found, rules, NOW)
    assert call.draft is None
    assert call.reason
    assert "policy/templates/accepted.zh.txt" in call.reason.said("zh")
    left = telling.run(tmp_path, found, rules, NOW)
    assert [(name, reason.code) for name, reason in left.wordless] == [(ISSUE_ID, "no-template")]


def test_broken_templates_are_told_as_problems() -> None:
    assert list(telling.template_problems(policy())) == []
    assert not telling.are_templates_unread(policy())


def test_the_order_of_items_changes_nothing() -> None:
    items: list[Item] = [item(text + HISTORY) for text in (PAYMENT, ISSUE, MAIL)]
    ways = [[one.standing.item.id for one in telling.untold(standings(order, policy(), NOW), policy(), NOW)]
            for order in (items, items[::-1])]  # fmt: skip
    assert ways[0] == ways[1]
