"""`draft`, `--template` and what follows a verdict: words are looked at, then written, and nobody is told by accident."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, sample

from git_feedback.store import read

ID, ISSUE_ID = "Q261119-0AAJN0D", "Q261119-5DVCFC5"
FILE, ISSUE_FILE = f"feedback/2026/11/{ID}.yml", f"feedback/2026/11/{ISSUE_ID}.yml"
ACCEPTED = (
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}\n"
    "  - assign: {at: 2026-11-19T09:40:00+08:00, by: ji.nan, department: payments, owner: lin.wan}\n"
    "  - accept: {at: 2026-11-19T09:45:00+08:00, by: lin.wan}\n"
)
REVIEWED = ACCEPTED + (
    "  - resolve: {at: 2026-11-19T15:00:00+08:00, by: lin.wan}\n    result: 已补单，多扣的当天退回。\n"
    "  - review: {at: 2026-11-19T16:00:00+08:00, by: he.miao, verdict: pass}\n"
)
REPLIED = REVIEWED + (
    "  - reply: {at: 2026-11-19T16:10:00+08:00, by: lin.wan, channel: web-form}\n    text: 已补单。\n"
)
ISSUE = (
    PAYMENT.replace(ID, ISSUE_ID).replace("channel: web-form", "channel: issue-form").replace("票据 #123", "github#57")
)


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT + REVIEWED, ISSUE + REVIEWED)


def verbs(desk: Sample, file: str = FILE) -> list[str]:
    return [event.verb for event in read(desk.root / file).history]


def test_the_words_are_shown_in_the_language_of_the_submitter_and_nothing_is_written(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("draft", ID)
    assert done.code == 0, done.err
    assert done.out.startswith("您好，您的反馈“支付页面报错”")
    assert "处理结果：已补单，多扣的当天退回。" in done.out
    assert "policy/templates/reply.zh.txt" in done.err
    assert f"git feedback reply {ID} --template" in done.err
    assert (desk.git.head(), git(desk.root, "status", "--porcelain")) == (head, "")
    english = desk.run("draft", ID, "--lang", "en")
    assert english.out.startswith("Hello,")
    assert "final answer by web-form" in english.err


def test_what_is_shown_depends_on_what_is_to_be_told(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT + ACCEPTED)
    assert "已由支付产品的林晚受理" in desk.run("draft", ID).out
    assert "有进展" in desk.run("draft", ID, "--about", "respond").out
    asked = desk.run("ask", ID, "--question", "哪一单？")
    assert asked.code == 0
    assert "哪一单？" in desk.run("draft", ID, now="2026-11-20T11:10:00+08:00").out


def test_json_holds_the_words_and_nothing_but_json(desk: Sample) -> None:
    done = desk.run("draft", ID, "--format", "json")
    facts = json.loads(done.out)
    assert facts["about"] == "reply"
    assert (facts["way"], facts["language"], facts["fits"]) == ("call", "zh", True)
    assert "已补单" in facts["text"]


def test_reply_with_a_template_writes_the_words_that_draft_shows(desk: Sample) -> None:
    shown = desk.run("draft", ID).out.strip()
    done = desk.run("reply", ID, "--template")
    assert done.code == 0, done.err
    (*_, reply) = read(desk.root / FILE).history
    assert (reply.verb, getattr(reply, "text", None)) == ("reply", shown)
    assert "处理结果：已补单" in done.out


def test_text_wins_over_the_template(desk: Sample) -> None:
    assert desk.run("reply", ID, "--template", "--text", "请放心，已补单。").code == 0
    assert "    text: 请放心，已补单。\n" in desk.text(FILE)


def test_a_dry_run_shows_the_words_and_writes_neither_event_nor_draft(desk: Sample) -> None:
    for words in (("reply", ISSUE_ID, "--template"), ("draft", ISSUE_ID, "--send")):
        done = desk.run(*words, "--dry-run")
        assert "- reply: {at: 2026-11-20T11:05:00+08:00" in done.out, done.err
    assert verbs(desk, ISSUE_FILE)[-1] == "review"
    assert not (desk.root / "build").exists()


def test_words_for_an_issue_are_left_as_a_comment_when_they_are_written(desk: Sample) -> None:
    done = desk.run("reply", ISSUE_ID, "--template")
    assert done.code == 0, done.err
    path = f"build/outbox/comments/{ISSUE_ID}-reply-20261120T110500.json"
    assert path in done.err
    facts = json.loads(desk.text(path))
    assert facts["target"] == "github#57"
    (*_, reply) = read(desk.root / ISSUE_FILE).history
    assert getattr(reply, "text", None) == facts["text"]


def test_many_items_get_their_own_words_each(desk: Sample) -> None:
    done = desk.run("reply", "--where", "state:reviewed", "--template", "--yes")
    assert done.code == 0, done.err
    assert ID in desk.text(FILE).split("reply:")[1]
    assert ISSUE_ID in desk.text(ISSUE_FILE).split("reply:")[1]
    assert (desk.root / f"build/outbox/comments/{ISSUE_ID}-reply-20261120T110500.json").is_file()


def test_sending_writes_an_answer_and_a_notice_that_was_told_by_phone(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT + ACCEPTED)
    assert desk.run("draft", ID, "--send").code == 0
    (*_, notice) = read(desk.root / FILE).history
    assert (notice.verb, getattr(notice, "about", None)) == ("notify", "accepted")
    assert desk.run("draft", ID, "--about", "respond", "--send", now="2026-11-20T11:20:00+08:00").code == 0
    assert "respond: {at: 2026-11-20T11:20:00+08:00, by: he.miao, channel: web-form, progress: true}" in desk.text(FILE)
    assert git(desk.root, "log", "-1", "--format=%s") == f"respond {ID}, by he.miao\n"


def test_a_notice_for_an_issue_is_drafted_and_not_yet_told(tmp_path: Path) -> None:
    desk = sample(tmp_path, ISSUE + ACCEPTED)
    done = desk.run("draft", ISSUE_ID, "--send")
    assert done.code == 0, done.err
    assert verbs(desk, ISSUE_FILE)[-1] == "accept"
    assert (desk.root / f"build/outbox/comments/{ISSUE_ID}-accepted.json").is_file()
    assert f"git feedback notify {ISSUE_ID} --about accepted" in done.err


def test_an_answer_that_the_channel_does_not_take_is_shown_with_a_warning_and_not_sent(tmp_path: Path) -> None:
    desk = sample(tmp_path, (PAYMENT + REVIEWED).replace("已补单，多扣的当天退回。", "好" * 700))
    shown = desk.run("draft", ID, "--channel", "wechat")
    assert shown.code == 0
    assert "最多 600 个" in shown.err
    for words in (("draft", ID, "--channel", "wechat", "--send"), ("reply", ID, "--channel", "wechat", "--template")):
        done = desk.run(*words)
        assert done.code == 3
        assert "wechat" in done.err
    assert verbs(desk)[-1] == "review"


def test_a_refused_answer_is_refused_with_the_legal_verbs(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT + REPLIED)
    done = desk.run("draft", ID, "--about", "reply", "--send")
    assert done.code == 1
    assert "follow-up" in done.err


@pytest.mark.parametrize(("words", "code", "said"), [
    (("draft", "Q261119-XXXXXXX"), 2, "Q261119-XXXXXXX"), (("draft", ID, "--channel", "传真"), 2, "wechat"),
    (("draft", ID, "--about", "问好"), 2, "released"), (("draft", ID, "--about", "ask"), 3, "git feedback ask"),
    (("draft", ID, "--channel", "survey"), 3, "survey"), (("note", ID, "--template"), 2, "--template"),
])  # fmt: skip
def test_what_cannot_be_drafted_is_told_in_one_line(desk: Sample, words: tuple[str, ...], code: int, said: str) -> None:
    done = desk.run(*words)
    assert done.code == code, done
    assert said in done.err
    assert done.err.count("\n") == 1


def test_a_broken_template_is_found_by_check_with_its_line_and_stops_a_draft(desk: Sample) -> None:
    desk.put("您好，\n关于 {{ titel }}\n", "policy/templates/reply.zh.txt")
    done = desk.run("check")
    assert done.code == 1
    assert "policy/templates/reply.zh.txt:2:7: template-name-unknown: " in done.out
    drafted = desk.run("draft", ID)
    assert drafted.code == 3
    assert "policy/templates/reply.zh.txt:2:7" in drafted.err


def test_an_unsatisfied_submitter_leads_to_the_command_that_reopens_with_the_next_rung(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT + REPLIED)
    done = desk.run("follow-up", ID, "--verdict", "unsatisfied", "--words", "还是没有")
    assert f"git feedback reopen {ID} --kind unsatisfied" in done.err
    assert "沈木" in done.err
    assert f"git feedback reopen {ID}" in desk.run("show", ID).out
    assert desk.run("reopen", ID, "--kind", "unsatisfied", now="2026-11-20T11:30:00+08:00").code == 0
    assert "  负责人：shen.mu" in desk.run("show", ID, now="2026-11-20T11:31:00+08:00").out


def test_a_satisfied_submitter_leads_to_closing(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT + REPLIED)
    done = desk.run("follow-up", ID, "--verdict", "satisfied", "--lang", "en")
    assert f"the submitter is satisfied; close it: git feedback close {ID}" in done.err
    assert json.loads(desk.run("show", ID, "--format", "json").out)["suggested"] == [
        {"code": "suggest-close", "command": f"git feedback close {ID}", "who": []}
    ]
