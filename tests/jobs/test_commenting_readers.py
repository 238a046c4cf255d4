"""Comments of people outside the desk: the customer's words join the item, a stranger's commands do nothing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.jobs.commented_desk import (
    ACCEPTED,
    CLASSIFIED,
    CUSTOMER,
    OWNED,
    STRANGER,
    Commented,
    commented,
    id_of,
    issue_item,
)
from tests.sample_desk import git

from git_feedback.desk import standing
from git_feedback.jobs.auditing import audit
from git_feedback.privacy import erased_source
from git_feedback.privacy.sealing import new_identity
from git_feedback.store import Git

ITEM = id_of(12)
ASKED = "  - ask: {at: 2026-11-20T10:00:00+08:00, by: lin.wan, channel: issue-form, missing: [device]}\n    question: 哪款手机？\n"
REPLIED = (
    "  - resolve: {at: 2026-11-19T10:00:00+08:00, by: lin.wan}\n    result: 修好\n"
    "  - review: {at: 2026-11-19T11:00:00+08:00, by: shen.mu, verdict: pass}\n"
    "  - reply: {at: 2026-11-19T12:00:00+08:00, by: lin.wan, channel: issue-form}\n    text: 修好了\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Commented:
    return commented(tmp_path, issue_item(12, CLASSIFIED, OWNED, ACCEPTED))


def asked(folder: Path) -> Commented:
    return commented(folder, issue_item(12, CLASSIFIED, OWNED, ACCEPTED, ASKED))


def replied(folder: Path) -> Commented:
    return commented(folder, issue_item(12, CLASSIFIED, OWNED, ACCEPTED, REPLIED))


def facts(desk: Commented) -> dict[str, object]:
    """What was written last, without its moment."""
    return desk.last(ITEM).model_dump(mode="json", exclude={"at"}, exclude_none=True, exclude_defaults=True)


def test_what_the_customer_writes_unasked_is_a_message(desk: Commented) -> None:
    said = desk.say(CUSTOMER, "又试了一次,还是报错。\n![截图](https://x.example/a.png)")
    taken = desk.take(said)

    assert (taken.who, taken.done, taken.item) == ("customer", (("message", ITEM),), ITEM)
    assert facts(desk) == {
        "by": "intake",
        "channel": "issue-form",
        "source": said.source,
        "text": "又试了一次,还是报错。\n![截图](https://x.example/a.png)",
    }
    assert desk.last(ITEM).at == said.at
    assert git(desk.root, "log", "-1", "--format=%s").strip() == "comment github#12: message by intake"


def test_the_customers_answer_is_what_was_waited_for_and_the_clocks_go_on(tmp_path: Path) -> None:
    desk = asked(tmp_path)
    paused = standing(desk.item(ITEM), desk.policy, desk.now).clock("resolve")

    taken = desk.comment(CUSTOMER, "iPhone 15")

    running = standing(desk.item(ITEM), desk.policy, desk.now).clock("resolve")
    assert taken.done == (("supply", ITEM),)
    assert paused and running and (paused.state, running.state) == ("paused", "running")
    assert desk.state(ITEM).life == "accepted"
    assert desk.comment(CUSTOMER, "谢谢").done == (("message", ITEM),)
    assert audit(Git(desk.root), desk.policy).findings == ()


def test_another_readers_words_are_never_the_awaited_answer_and_say_whose_they_are_not(tmp_path: Path) -> None:
    desk = asked(tmp_path)

    taken = desk.comment(STRANGER, "我也是这样")

    assert (taken.who, taken.done) == ("reader", (("message", ITEM),))
    assert str(facts(desk)["text"]).split("\n\n") == ["议题的另一位读者（不是客户）写道：", "我也是这样"]
    assert desk.state(ITEM).life == "waiting"


def test_a_second_run_for_the_same_words_writes_nothing(desk: Commented) -> None:
    said = desk.say(CUSTOMER, "有进展吗")
    first = desk.take(said)
    before = git(desk.root, "rev-parse", "HEAD")

    again = desk.again(said, timedelta(days=3))

    assert (again.done, again.already, again.lines) == ((), True, first.lines)
    assert git(desk.root, "rev-parse", "HEAD") == before


def test_words_that_were_erased_do_not_come_back(tmp_path: Path) -> None:
    key = erased_source("issue-form", "github#12/c3001")
    gone = f'  - message: {{at: 2026-11-19T10:00:00+08:00, by: intake, channel: issue-form, source: "{key}"}}\n    text: "[已删除]"\n'
    desk = commented(tmp_path, issue_item(12, CLASSIFIED, OWNED, ACCEPTED, gone))

    assert desk.comment(CUSTOMER, "我的电话").already


def test_an_edited_comment_keeps_its_first_words_and_one_that_was_missed_is_taken(desk: Commented) -> None:
    said = desk.say(CUSTOMER, "有进展吗")
    desk.take(said)
    edited = desk.take(desk.say(CUSTOMER, "漏掉的", action="edited"))
    same = desk.take(replace(said, action="edited", body="有进展吗？"))

    assert edited.done == (("message", ITEM),)
    assert (same.done, same.already, "最初" in same.lines[0]) == ((), True, True)


def test_addresses_are_masked_and_sealed_for_those_who_hold_a_key(tmp_path: Path) -> None:
    desk = asked(tmp_path)
    (desk.root / "policy/recipients.txt").write_text(f"{new_identity()[1]}\n", encoding="utf-8")

    desk.comment(CUSTOMER, "iPhone 15,电话 13812345678")

    event = desk.last(ITEM)
    assert "13812345678" not in desk.desk.text(f"feedback/2026/11/{ITEM}.yml")
    assert "BEGIN AGE ENCRYPTED FILE" in str(getattr(event, "sealed", ""))


# ---- verdicts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "verdict", "words"),
    [("/satisfied", "satisfied", None), ("/满意 很快", "satisfied", "很快"), ("/unsatisfied still broken", "unsatisfied", "still broken"),
     ("/不满意：还是打不开", "unsatisfied", "还是打不开"), ("/follow-up neutral", "neutral", None)],
)  # fmt: skip
def test_after_the_answer_the_customer_says_how_content_they_are(
    tmp_path: Path, body: str, verdict: str, words: str | None
) -> None:
    desk = replied(tmp_path)
    said = desk.say(CUSTOMER, body)

    taken = desk.take(said)

    assert taken.done == (("follow-up", ITEM),)
    assert facts(desk) == {"by": "intake", "verdict": verdict, **({"words": words} if words else {})}
    assert desk.state(ITEM).verdict == verdict
    assert desk.again(said, timedelta(hours=2)).already
    assert len(desk.item(ITEM).history) == 7


def test_words_before_the_verdict_are_kept_too(tmp_path: Path) -> None:
    desk = replied(tmp_path)

    taken = desk.comment(CUSTOMER, "谢谢林晚。\n/满意")

    assert taken.done == (("follow-up", ITEM), ("message", ITEM))
    assert facts(desk)["text"] == "谢谢林晚。"


def test_a_verdict_before_any_answer_is_a_message(desk: Commented) -> None:
    taken = desk.comment(CUSTOMER, "/不满意 太慢")

    assert taken.done == (("message", ITEM),)
    assert facts(desk)["text"] == "/不满意 太慢"


def test_nobody_else_says_how_content_the_customer_is(tmp_path: Path) -> None:
    desk = replied(tmp_path)

    taken = desk.comment(STRANGER, "/不满意 差")

    assert (taken.done, len(taken.lines)) == ((), 1)
    assert desk.last(ITEM).verb == "reply"


# ---- strangers' commands ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", ["/受理", "/close", "/assign @lin-wan", "/reply 骗子", "/help", "随便说\n/priority 5 5"]
)
def test_a_strangers_command_does_nothing_and_is_told_the_way_out_in_one_line(desk: Commented, body: str) -> None:
    before = desk.item(ITEM)

    taken = desk.comment(STRANGER, body)

    assert (taken.who, taken.done, len(taken.lines)) == ("reader", (), 1)
    assert STRANGER in taken.lines[0] and "policy/people.yml" in taken.lines[0]
    assert desk.item(ITEM) == before


def test_a_customers_command_does_nothing_and_the_words_are_kept(desk: Commented) -> None:
    taken = desk.comment(CUSTOMER, "算了\n/close 不用了")

    assert taken.done == (("message", ITEM),)
    assert CUSTOMER in taken.lines[0]
    assert desk.state(ITEM).life == "accepted"


@pytest.mark.parametrize("body", ["/acept", "/受理了", "/xyzzy", "/help-me"])
def test_strangers_get_no_help_with_words_that_are_no_command(desk: Commented, body: str) -> None:
    taken = desk.comment(STRANGER, body)

    assert taken.done == (("message", ITEM),)
    assert "/" not in taken.lines[0]


def test_somebody_without_a_login_is_a_reader(desk: Commented) -> None:
    assert desk.comment("", "/受理").done == ()


def test_a_person_whose_login_left_people_yml_is_a_stranger(desk: Commented) -> None:
    people = desk.root / "policy/people.yml"
    people.write_text(people.read_text("utf-8").replace("login: Lin-Wan, ", ""), encoding="utf-8")

    assert desk.comment("lin-wan", "/退回 不是我们").who == "reader"


def test_an_issue_that_became_no_item_takes_nobodys_words(desk: Commented) -> None:
    assert desk.comment(CUSTOMER, "你好", 99).lines == ()
    assert desk.comment(STRANGER, "/受理", 99).done == ()


def test_what_only_the_team_can_read_is_no_word_of_a_reader(desk: Commented) -> None:
    inside = desk.take(desk.say(STRANGER, "内部讨论", internal=True))
    person = desk.take(desk.say("lin-wan", "/备注 内部", internal=True))

    assert (inside.done, person.done) == ((), (("note", ITEM),))


# ---- floods -----------------------------------------------------------------------------------------------------------


def test_words_of_other_readers_have_a_limit_a_day_and_the_customers_have_none(desk: Commented) -> None:
    most = desk.policy.desk.limits.per_author or 0
    done = [desk.comment(STRANGER, f"第 {n} 次").done for n in range(most + 1)]

    assert [bool(one) for one in done] == [True] * most + [False]
    assert desk.comment(CUSTOMER, "是我").done == (("message", ITEM),)
    desk.now += timedelta(days=1)
    assert desk.comment(STRANGER, "新的一天").done


def test_long_words_are_cut_and_say_where_they_go_on(desk: Commented) -> None:
    said = desk.say(CUSTOMER, "字" * 60_000)
    desk.take(said)

    text = str(facts(desk)["text"])
    assert len(text) < desk.policy.desk.limits.text_max
    assert text.endswith(f"（评论 {said.source} 还有后文。）")


def test_an_item_that_is_full_takes_no_more_words_from_outside_but_the_desks(desk: Commented) -> None:
    while (taken := desk.comment(CUSTOMER, "字" * 20_000)).done:
        desk.now += timedelta(hours=1)

    assert taken.refused == 1
    assert desk.comment("lin-wan", "/备注 太长了").done
    assert desk.state(ITEM).life == "accepted"


@pytest.mark.parametrize("body", ["", "   ", "\u3000\n"])
def test_a_comment_without_words_is_left_alone(desk: Commented, body: str) -> None:
    assert desk.comment(CUSTOMER, body).done == ()


@pytest.mark.parametrize(
    "body",
    [
        "<!-- 看不见 -->",
        "<script>alert(1)</script>",
        "[U+202E]\u202egnp",
        "\x00\x1b[2J",
        "- accept: {at: x}\n  - close:",
    ],
)
def test_hostile_words_are_kept_as_words(desk: Commented, body: str) -> None:
    assert desk.comment(CUSTOMER, body).done == (("message", ITEM),)
    assert desk.last(ITEM).verb == "message"
    assert desk.desk.run("check", now=desk.now.isoformat()).code == 0
