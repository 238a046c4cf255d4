"""Words to submitters: templates that can do no harm, facts of the item in them, lengths that the channel takes."""

import json
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email import policy as mail_policy

import pytest
from tests.sample_desk import PAYMENT, item, policy

from git_feedback.desk import standing
from git_feedback.model import Item
from git_feedback.outbox.drafts import Draft, comment, draft, letter, values
from git_feedback.outbox.replies import NAMES, NoWords, filled, mistakes, mistakes_in
from git_feedback.policy import Policy
from git_feedback.policy.template_reading import Key, Template

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
SOLVED = PAYMENT.replace("product: App\n", "product: App\nexpected: 2026-11-25\n") + (
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}\n"
    "  - assign: {at: 2026-11-19T09:40:00+08:00, by: ji.nan, department: payments, owner: lin.wan}\n"
    "  - accept: {at: 2026-11-19T09:45:00+08:00, by: lin.wan}\n"
    "  - plan: {at: 2026-11-19T09:50:00+08:00, by: lin.wan, due: 2026-11-21}\n"
    "    what: 补单并退回重复扣款。\n"
    "  - resolve: {at: 2026-11-19T15:00:00+08:00, by: lin.wan}\n"
    "    result: 已补单，多扣的 20 元当天退回。\n"
    "    cause: 网关超时后重复提交。\n"
    "  - review: {at: 2026-11-19T16:00:00+08:00, by: he.miao, verdict: pass}\n"
)
UNSATISFIED = SOLVED + (
    "  - reply: {at: 2026-11-19T16:10:00+08:00, by: lin.wan, channel: web-form}\n"
    "    text: 已补单。\n"
    "  - follow-up: {at: 2026-11-19T17:00:00+08:00, by: lin.wan, verdict: unsatisfied}\n"
    "  - reopen: {at: 2026-11-19T17:01:00+08:00, by: lin.wan, kind: unsatisfied}\n"
    "  - accept: {at: 2026-11-19T17:05:00+08:00, by: shen.mu}\n"
    "  - resolve: {at: 2026-11-20T10:00:00+08:00, by: shen.mu}\n"
    "    result: 全额退款并致歉。\n"
    "  - review: {at: 2026-11-20T10:30:00+08:00, by: he.miao, verdict: pass}\n"
)


def made(text: str, about: str = "reply", rules: Policy | None = None, **how: str) -> Draft:
    found = rules or policy()
    return draft(standing(item(text), found, NOW), found, about, NOW, **how)


def with_templates(**texts: str) -> Policy:
    found: dict[Key, Template] = {}
    for name, text in texts.items():
        about, *channel, language = name.split("__")
        found[about, channel[0] if channel else "", language] = Template(f"policy/templates/{name}.txt", text)
    return replace(policy(), templates=found)


def wrong(text: str) -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in mistakes_in(Template("policy/templates/reply.zh.txt", text))]


# ---- templates ------------------------------------------------------------------------------------------------------


def test_the_default_templates_have_no_mistakes() -> None:
    assert list(mistakes(policy().templates)) == []


def test_every_name_that_a_template_may_use_has_a_value() -> None:
    one = standing(item(SOLVED), policy(), NOW)
    assert set(values(one, policy(), "zh", "call", NOW)) == set(NAMES)


@pytest.mark.parametrize(("text", "code", "line"), [
    ("您好\n{{ title\n", "template-broken", 2), ("您好\n{% if title %}再见", "template-broken", 2),
    ("您好\n{% wenn title %}{% endif %}\n", "template-broken", 2), ("您好\n\n{{ 客户 }}", "template-name-unknown", 3),
    ("{{ submitter }}", "template-name-unknown", 1), ("{% if vip %}您{% endif %}", "template-name-unknown", 1),
    ("{% for c in title %}{{ id }}{% endfor %}", "template-too-much", 1),
    ("{% set x = title %}", "template-too-much", 1), ("一\n{{ title.__class__ }}", "template-too-much", 2),
    ("{{ title.format(id) }}", "template-too-much", 1), ("{{ title['a'] }}", "template-too-much", 1),
    ("{{ range(9) }}", "template-too-much", 1), ("{{ title * 9999999 }}", "template-too-much", 1),
    ("{% include 'desk.yml' %}", "template-too-much", 1), ("{{ title|safe }}", "template-too-much", 1),
    ("{{ title|attr('upper') }}", "template-too-much", 1), ("{{ 'a'|center(99999999) }}", "template-too-much", 1),
    ("{% macro m() %}{% endmacro %}", "template-too-much", 1),
])  # fmt: skip
def test_a_template_that_is_broken_or_reaches_for_more_is_named_with_its_line(text: str, code: str, line: int) -> None:
    found = wrong(text)
    assert [(found[0][0], found[0][1])] == [(code, line)]
    with pytest.raises(NoWords) as none:
        filled(Template("policy/templates/reply.zh.txt", text), dict.fromkeys(NAMES, "甲"))
    assert f"policy/templates/reply.zh.txt:{line}" in none.value.said("zh")


def test_a_mistake_says_where_what_and_the_way_out_in_both_languages() -> None:
    (one,) = mistakes_in(Template("policy/templates/reply.zh.txt", "您好，\n关于 {{ titel }}"))
    assert one.said("en").startswith(
        "policy/templates/reply.zh.txt:2:7: template-name-unknown: nothing is called 'titel';"
    )
    assert one.said("zh").startswith("policy/templates/reply.zh.txt:2:7: template-name-unknown: 没有叫“titel”的变量；")
    for language in ("en", "zh"):
        assert "plan_due" in one.way_out(language)
        (broken,) = mistakes_in(Template("a", "{{ title"))
        assert "{{ title" in broken.fact(language)
        assert "{% endif %}" in broken.way_out(language)


def test_what_a_stranger_wrote_is_a_value_and_never_a_template() -> None:
    nasty = "{{ 7 * 7 }} {% raw %} {{ id.__class__ }}"
    words = filled(Template("a", "关于“{{ title }}”"), {**dict.fromkeys(NAMES, ""), "title": nasty})
    assert words == f"关于“{nasty}”"


def test_blank_lines_of_parts_that_are_empty_are_closed_up() -> None:
    text = "一\n\n{% if result %}\n{{ result }}\n{% endif %}\n\n\n{{ cause }}\n\n二\n"
    assert filled(Template("a", text), dict.fromkeys(NAMES, "")) == "一\n\n二"


# ---- the words of an item -------------------------------------------------------------------------------------------


def test_the_final_answer_tells_result_and_cause_and_leaves_out_what_nobody_said() -> None:
    found = made(SOLVED)
    assert found.text.startswith("您好，您的反馈“支付页面报错”（编号 Q261119-0AAJN0D）已处理完毕。\n\n处理结果：已补单")
    assert "原因：网关超时后重复提交。" in found.text
    assert "今后的措施" not in found.text
    assert found.text.endswith("林晚，反馈台")
    assert (found.way, found.language, found.file) == ("call", "zh", "policy/templates/reply.zh.txt")


def test_the_words_are_in_the_language_of_the_submitter_else_of_the_desk_unless_another_is_asked_for() -> None:
    assert made(SOLVED.replace("language: zh", "language: en")).text.startswith("Hello,")
    assert made(SOLVED.replace("language: zh\n", "")).text.startswith("您好")
    assert "Lin Wan, Feedback desk" in made(SOLVED, language="en").text
    chinese_only = with_templates(reply__zh="您好，{{ result }}")
    assert made(SOLVED.replace("language: zh", "language: en"), rules=chinese_only).language == "zh"


def test_the_template_of_the_channel_wins() -> None:
    assert made(SOLVED).file.endswith("/reply.zh.txt")
    assert made(SOLVED, channel="wechat").file.endswith("/reply.wechat.zh.txt")


def test_the_plan_is_told_with_its_day_and_the_hope_of_the_submitter_with_theirs() -> None:
    assert (
        "接下来：补单并退回重复扣款，预计 2026-11-21 前完成。" in made(SOLVED.split("  - resolve")[0], "respond").text
    )
    assert "您希望在 2026-11-25 前解决" in made(SOLVED.split("  - resolve")[0], "accepted").text


def test_who_was_not_satisfied_is_answered_in_other_words_with_the_second_solution() -> None:
    found = made(UNSATISFIED)
    assert found.file.endswith("/second.zh.txt")
    assert "上一次的处理没有让您满意" in found.text
    assert "全额退款并致歉" in found.text
    assert "已补单" not in found.text
    only_reply = with_templates(reply__zh="您好，{{ result }}")
    assert made(UNSATISFIED, rules=only_reply).text == "您好，全额退款并致歉。"


def test_a_title_is_one_visible_line_of_bearable_length() -> None:
    assert "“支付\u202e页面报错" not in made(SOLVED.replace("title: 支付页面报错", 'title: "支付[U+202E]页面"')).text
    title = made(SOLVED.replace("支付页面报错", "长" * 200)).title
    assert title == "长" * 29 + "…"


def test_words_of_a_submitter_stay_out_of_comments_which_are_read_as_markdown() -> None:
    issue = SOLVED.replace("channel: web-form", "channel: issue-form").replace('"票据 #123"', '"github#57"')
    found = made(issue.replace("支付页面报错", '"@everyone ![x](http://evil.example)"'))
    assert found.way == "comment"
    assert "everyone" not in found.text
    assert "编号 Q261119-0AAJN0D" in found.text


def test_contact_data_in_the_words_is_masked_as_at_the_door() -> None:
    found = made(SOLVED.replace("多扣的 20 元当天退回", "有事打 13812345678"))
    assert "138****5678" in found.text
    assert found.masked
    assert not made(SOLVED).masked


def test_a_channel_says_how_long_an_answer_may_be() -> None:
    short = with_templates(reply__zh="{{ result }}")
    rules = replace(
        short, channels={**short.channels, "wechat": short.channels["wechat"].model_copy(update={"reply_max": 20})}
    )
    exactly = SOLVED.replace("已补单，多扣的 20 元当天退回。", "好" * 20)
    assert made(exactly, rules=rules, channel="wechat").fits
    assert not made(exactly.replace("好" * 20, "好" * 21), rules=rules, channel="wechat").fits
    assert made(exactly.replace("好" * 20, "好" * 21), rules=rules).fits


@pytest.mark.parametrize(("text", "about", "how", "code"), [
    (SOLVED.replace("kind: returning", "kind: anonymous"), "reply", {}, "nobody-to-tell"),
    (SOLVED, "reply", {"channel": "paper-box"}, "nobody-to-tell"), (SOLVED, "ask", {}, "nothing-asked"),
    (SOLVED, "reminder", {}, "nothing-asked"), (SOLVED.split("  - resolve")[0], "reply", {}, "nothing-solved"),
])  # fmt: skip
def test_where_there_is_nothing_to_say_or_nobody_to_tell_there_are_no_words(
    text: str, about: str, how: dict[str, str], code: str
) -> None:
    with pytest.raises(NoWords) as none:
        made(text, about, None, **how)
    assert none.value.code == code
    assert none.value.said("zh") != none.value.said("en")


def test_a_missing_template_is_named_as_the_file_that_is_to_be_written() -> None:
    with pytest.raises(NoWords) as none:
        made(SOLVED, rules=with_templates())
    assert "policy/templates/reply.zh.txt" in none.value.said("en")


def test_praise_is_answered_without_a_solution() -> None:
    praise = PAYMENT + (
        "history:\n  - classify: {at: 2026-11-19T09:31:00+08:00, by: rules, category: praise/staff, urgency: 1, impact: 2}\n"
    )
    assert "感谢您告诉我们" in made(praise).text


# ---- how they leave -------------------------------------------------------------------------------------------------


def mailed() -> tuple[Item, Draft]:
    text = SOLVED.replace("channel: web-form", "channel: e-mail").replace(
        "  kind: returning\n", "  kind: returning\n  hint: l***@mail.example\n  sealed: |-\n    -----BEGIN AGE-----\n"
    )
    return item(text), made(text.replace("支付页面报错", "=?utf-8?q?=0aBcc:x@evil.example?= 报错"))


def test_a_letter_has_no_recipient_and_no_header_that_a_title_wrote() -> None:
    _, found = mailed()
    assert found.way == "mail"
    sent = message_from_bytes(letter(found, policy(), NOW), policy=mail_policy.default)
    assert sent["To"] is None
    assert sent["Bcc"] is None
    assert sent["X-Unsent"] == "1"
    assert sent["X-Feedback-Item"] == "Q261119-0AAJN0D"
    assert str(sent["Subject"]).startswith("反馈台 Q261119-0AAJN0D：")
    assert sent.get_content().strip() == found.text
    assert letter(found, policy(), NOW) == letter(found, policy(), NOW)


def test_a_comment_is_a_file_that_says_where_it_belongs() -> None:
    found = made(SOLVED.replace("channel: web-form", "channel: issue-form").replace('"票据 #123"', '"github#57"'))
    facts = json.loads(comment(found, "github#57", NOW))
    assert facts == {
        "id": "Q261119-0AAJN0D", "target": "github#57", "about": "reply", "at": NOW.isoformat(), "text": found.text,
    }  # fmt: skip
