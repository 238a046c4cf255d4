"""The one answer to an issue: what it says in each state, in both languages, and that it is steady."""

import re
from datetime import datetime, timedelta

import pytest
from markdown_it import MarkdownIt
from tests.sample_desk import PAYMENT, item, policy

from git_feedback.desk import STATES, Standing, possible, standing
from git_feedback.intake import slash
from git_feedback.outbox import answers
from git_feedback.policy import Policy

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
ISSUE = (
    PAYMENT.replace("channel: web-form", "channel: issue-form")
    .replace("票据 #123", "github#57")
    .replace("submitter:\n  kind: returning\n", "")
)
ASSIGNED = """\
history:
  - classify: {at: 2026-11-19T09:31:05+08:00, by: intake, category: product/bug, urgency: 4, impact: 4}
  - assign: {at: 2026-11-19T09:40:00+08:00, by: rules, department: payments, owner: lin.wan}
"""
ACCEPTED = ASSIGNED + (
    "  - accept: {at: 2026-11-19T09:45:00+08:00, by: lin.wan}\n"
    "  - respond: {at: 2026-11-19T09:46:00+08:00, by: lin.wan}\n    text: 已在查。\n"
)
ASKED = ACCEPTED + "  - ask: {at: 2026-11-19T09:50:00+08:00, by: lin.wan}\n    question: 哪个版本？\n"


def at(history: str = "", text: str = ISSUE, now: datetime = NOW, rules: Policy | None = None) -> Standing:
    return standing(item(text + history), rules or policy(), now)


def said(history: str = "", language: str = "zh", now: datetime = NOW, remark: str = "") -> str:
    text = ISSUE.replace("language: zh", f"language: {language}")
    return answers.answer(at(history, text, now), policy(), now, remark)


def test_it_says_id_state_level_owner_and_when_in_the_zone_of_the_desk() -> None:
    text = said(ACCEPTED)
    assert text.startswith("**Q261119-0AAJN0D** · 已受理 · P1（高）\n\n负责人：林晚（支付产品）\n")
    assert "| 解决 | 最迟 2026-11-23（周一）09:31（UTC+08:00） |" in text
    assert "我们正在处理" in text


def test_it_speaks_the_language_of_the_submitter() -> None:
    text = said(ACCEPTED, "en")
    assert text.startswith("**Q261119-0AAJN0D** · accepted · P1 (High)\n\nLin Wan (Payments) looks after it.\n")
    assert "| A solution | by Mon 2026-11-23 09:31 (UTC+08:00) |" in text
    assert said(ACCEPTED, "fr") == text


def test_a_clock_that_ran_out_says_so_and_one_that_waits_says_for_whom() -> None:
    late = said(ASSIGNED)
    assert "| 首次答复 | 应不晚于 2026-11-19（周四）11:31（UTC+08:00），已经超时，很抱歉 |" in late
    assert "- 受理：已超时，原定最迟 2026-11-19（周四）10:40（UTC+08:00）" in late
    waiting = said(ASKED)
    assert "| 解决 | 暂停计时，等您答复我们的提问 |" in waiting
    assert "请直接在这里评论回答" in waiting


def test_clocks_of_the_team_alone_stand_where_the_team_unfolds_them() -> None:
    open_part, folded = said(ASSIGNED).split("<details>")
    assert "团队自己的时限" in folded
    assert "受理：" in folded
    assert "| 受理" not in open_part


def test_nothing_changes_until_something_happens_or_runs_out() -> None:
    due = datetime.fromisoformat("2026-11-23T09:31:00+08:00")
    before = said(ACCEPTED, now=due - timedelta(minutes=1))
    assert said(ACCEPTED, now=NOW) == before
    after = said(ACCEPTED, now=due + timedelta(minutes=1))
    assert after != before
    assert "以上情况截至 2026-11-23（周一）09:31" in after
    assert said(ACCEPTED, now=due + timedelta(hours=1)) == after


def test_a_reminder_or_a_note_of_the_team_leaves_it_as_it_is() -> None:
    unseen = (
        "  - note: {at: 2026-11-20T10:00:00+08:00, by: lin.wan}\n    text: 客户很急\n"
        "  - notify: {at: 2026-11-20T10:01:00+08:00, by: nightly, channel: issue-form, about: accepted}\n    text: 已受理\n"
    )
    assert said(ACCEPTED + unseen) == said(ACCEPTED)
    assert "客户很急" not in said(ACCEPTED + unseen)


def rejected(kind: str, reason: str) -> str:
    return f"{ACCEPTED}  - reject: {{at: 2026-11-19T09:50:00+08:00, by: lin.wan, kind: {kind}}}\n    reason: {reason}\n"


def test_the_reason_of_the_end_is_said_with_no_markup_no_call_and_no_number() -> None:
    reason = '"@desk/team 不是 <img src=x> [反馈](https://x.example)，打 13812345678"'
    text = said(rejected("invalid", reason))
    assert "无法受理" in text
    assert "13812345678" not in text
    assert "@desk/team" not in text
    html = MarkdownIt("commonmark").render(text.split("<details>")[0])
    assert "<img" not in html
    assert "href" not in html


@pytest.mark.parametrize("kind", ["spam", "abuse", "fraud"])
def test_of_spam_abuse_and_fraud_no_word_is_lost_where_everybody_reads(kind: str) -> None:
    text = said(rejected(kind, "骗子"))
    assert "骗子" not in text
    assert kind not in text.split("<details>")[0]


def test_a_duplicate_names_the_item_that_carries_on() -> None:
    history = ACCEPTED + "  - duplicate: {at: 2026-11-19T09:50:00+08:00, by: lin.wan, of: Q261119-5DVCFC5}\n"
    assert "与 Q261119-5DVCFC5 是同一件事" in said(history)
    assert "same matter as Q261119-5DVCFC5" in said(history, "en")


def test_no_word_of_the_customer_is_repeated() -> None:
    assert "支付页面报错" not in said(ACCEPTED)
    assert "系统繁忙" not in said(ACCEPTED)


def test_a_desk_may_keep_names_to_itself() -> None:
    rules = policy()
    quiet = rules.desk.model_copy(update={"comments": rules.desk.comments.model_copy(update={"names": False})})
    unnamed = rules.__class__(**{**{name: getattr(rules, name) for name in rules.__dataclass_fields__}, "desk": quiet})
    text = answers.answer(at(ACCEPTED, rules=unnamed), unnamed, NOW)
    assert "林晚" not in text
    assert "负责部门：支付产品\n" in text


def test_the_examples_are_legal_now_and_mean_what_they_say() -> None:
    shown = re.findall(r"^- `(/.*)` · `(/.*)`$", said(ASKED), re.MULTILINE)
    verbs = []
    for pair in shown:
        commands = [slash.parse(one).known for one in pair]
        names = {one.name for found in commands for one in found}
        assert len(names) == 1, pair
        verbs.append("classify" if names == {"priority"} else names.pop())
    assert set(verbs) <= set(possible("waiting"))
    assert {"accept", "resolve", "ask", "note"} <= set(verbs)


@pytest.mark.parametrize("verb", answers.OFFERED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_example_says_enough_to_be_done(verb: str, language: str) -> None:
    (command,) = slash.parse(answers.example(verb, language)).known
    assert command.language == language
    assert command.args is not None


def test_on_gitlab_the_examples_are_none_that_gitlab_takes_for_itself() -> None:
    there = at(ACCEPTED, ISSUE.replace("github#57", "gitlab#57"))
    shown = re.findall(r"^- `(.*)` · `(.*)`$", answers.answer(there, policy(), NOW), re.MULTILINE)
    assert len(shown) > 5
    assert all(one.startswith("／") and slash.parse(one).known for pair in shown for one in pair)


@pytest.mark.parametrize("life", STATES)
def test_in_every_state_the_team_is_shown_something_to_do(life: str) -> None:
    assert set(answers.OFFERED) & set(possible(life))


def test_a_remark_stands_in_it_and_is_no_part_of_what_is_compared() -> None:
    remarked = said(ACCEPTED, remark="- 已受理，谢谢")
    assert "- 已受理，谢谢" in remarked
    assert answers.without_remark(remarked.replace("\n", "\r\n")) == said(ACCEPTED).strip()


def test_where_the_desk_has_a_site_the_way_there_is_shown() -> None:
    rules = policy()
    desk = rules.desk.model_copy(update={"site": "https://desk.example/a(b)/"})
    placed = rules.__class__(**{**{name: getattr(rules, name) for name in rules.__dataclass_fields__}, "desk": desk})
    text = answers.answer(at(ACCEPTED, rules=placed), placed, NOW)
    assert "[查看整体进展](<https://desk.example/a(b)/zh/>)" in text
    assert "查看整体进展" not in said(ACCEPTED)
