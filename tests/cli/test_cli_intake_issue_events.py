"""`intake issue`: the answer after the push, what is new in a rewritten issue, and what is left alone with a word."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.host_desk import Hosted, body, hosted
from tests.hosts.fake_hosts import FakeHost
from tests.sample_desk import NOW, git

LATER = "2026-11-20T12:05:00+08:00"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Hosted]:
    with FakeHost("github") as host:
        host.add_issue(body=body(), number=12)
        yield hosted(tmp_path, host)


# ---- the answer -----------------------------------------------------------------------------------------------------


def test_a_new_issue_is_answered_with_its_id_once_the_item_is_pushed(there: Hosted) -> None:
    seen: list[int] = []
    there.host.before = lambda asked: seen.append(len(there.items())) if asked.method == "POST" else None
    ran = there.intake(12)
    assert ran.code == 0, ran.err
    (item,) = there.items()
    (comment,) = there.host.issues[12].comments
    assert comment.body.startswith(f"**{item.id}** · ")
    assert {"feedback", "state: triaged"} <= set(there.host.issues[12].labels)
    assert set(seen) == {1}
    assert there.host.token not in ran.out + ran.err


def test_where_nothing_can_be_pushed_nobody_is_told_an_id(there: Hosted) -> None:
    git(there.desk.root, "branch", "--unset-upstream")
    ran = there.intake(12)
    assert (ran.code, there.host.requests, there.items()) == (3, [], [])


def test_a_second_run_writes_nothing_anywhere_and_makes_up_for_a_lost_answer(there: Hosted) -> None:
    there.intake(12)
    head, told = there.desk.git.head(), len(there.host.told)
    assert there.intake(12, now=LATER).code == 0
    assert (there.desk.git.head(), len(there.host.told)) == (head, told)
    there.host.issues[12].comments.clear()
    there.intake(12, now=LATER)
    assert len(there.host.issues[12].comments) == 1


def test_a_host_that_refuses_the_answer_keeps_the_item_and_ends_with_1(there: Hosted) -> None:
    there.host.fail_next(403, times=9)
    ran = there.intake(12, "opened", "--lang", "en")
    assert ran.code == 1
    assert len(there.items()) == 1
    assert "issue #12 does not show yet where it stands" in ran.err
    assert there.host.token not in ran.out + ran.err


def test_without_a_token_it_is_taken_in_and_said_that_nobody_was_answered(there: Hosted) -> None:
    ran = there.desk.run("intake", "issue", "--push", "--event", str(there.event(12)), "--lang", "en")
    assert (ran.code, len(there.items()), there.host.requests) == (0, 1, [])
    assert "no answer is written below its issue" in ran.err


# ---- rewritten ------------------------------------------------------------------------------------------------------


def test_what_the_author_adds_is_a_message_and_what_was_said_stays(there: Hosted) -> None:
    there.intake(12)
    (before,) = there.items()
    changes = there.edit(12, body("付款报错。\n\n订单 20261119-7 也一样，请打 13812345678。", rating="1"))
    ran = there.intake(12, "edited", now=LATER, changes=changes)
    assert ran.code == 0, ran.err
    (after,) = there.items()
    *old, message = after.history
    assert after.model_copy(update={"history": ()}) == before.model_copy(update={"history": ()})
    assert old == list(before.history)
    assert message.verb == "message"
    assert message.text.splitlines() == [
        "满意度 1 至 5？（选填） / How content are you, 1 to 5? (optional): 1",
        "订单 20261119-7 也一样，请打 138****5678。",
    ]
    assert message.source == f"github#12@{there.host.issues[12].changed:%Y-%m-%dT%H:%M:%SZ}"
    assert "13812345678" not in git(there.bare, "log", "-p", "--all")


def test_the_same_edit_told_twice_is_one_message_and_a_further_edit_another(there: Hosted) -> None:
    there.intake(12)
    changes = there.edit(12, body("付款报错。\n第二行"))
    for _ in range(2):
        there.intake(12, "edited", now=LATER, changes=changes)
    there.edit(12, body("付款报错。\n第二行\n第三行"))
    there.intake(12, "edited", now=LATER, changes={"body": {}})
    texts = [event.text for event in there.items()[0].history if event.verb == "message"]
    assert texts == ["第二行", "第三行"]


def test_a_text_that_was_replaced_is_told_whole_and_so_is_a_new_title(there: Hosted) -> None:
    there.intake(12)
    changes = there.edit(12, body("完全是另一回事：退款没到。\n等了三周。"), title="退款没到")
    there.intake(12, "edited", now=LATER, changes=changes)
    assert there.items()[0].history[-1].model_dump()["text"] == (
        "标题 / Title: 退款没到\n完全是另一回事：退款没到。\n等了三周。"
    )


@pytest.mark.parametrize("text", [body("付款报错。  \n\n"), body("付款报错。").replace("\n", "\r\n"), body("")])
def test_an_edit_that_adds_no_words_writes_nothing(there: Hosted, text: str) -> None:
    there.intake(12)
    head = there.desk.git.head()
    changes = there.edit(12, text)
    ran = there.intake(12, "edited", "--lang", "en", now=LATER, changes=changes)
    assert (ran.code, there.desk.git.head()) == (0, head)
    assert "adds no words" in ran.err


def test_what_somebody_else_edits_is_not_said_in_the_name_of_the_author(there: Hosted) -> None:
    there.intake(12)
    head = there.desk.git.head()
    changes = there.edit(12, body("付款报错。\n（编者：已核实）"))
    ran = there.intake(12, "edited", "--lang", "en", now=LATER, sender="linwan", changes=changes)
    assert (ran.code, there.desk.git.head()) == (0, head)
    assert "somebody other than its author" in ran.err


def test_while_an_answer_is_awaited_new_words_are_that_answer(there: Hosted) -> None:
    there.intake(12)
    item = there.items()[0].id
    asked = there.run("ask", item, "--question", "哪个版本？", now="2026-11-20T11:30:00+08:00")
    assert asked.code == 0, asked.err
    git(there.desk.root, "push", "--quiet")
    there.edit(12, body("付款报错。\n版本 3.2"))
    there.intake(12, "edited", now=LATER, changes={"body": {}})
    last = there.items()[0].history[-1]
    assert (last.verb, last.model_dump()["text"]) == ("supply", "版本 3.2")
    assert "state: waiting" not in there.host.issues[12].labels


def test_what_was_erased_does_not_come_back_by_an_edit(there: Hosted) -> None:
    there.intake(12)
    item = there.items()[0].id
    erased = there.run("erase", item, "--request", "R-1", now="2026-11-20T11:30:00+08:00")
    assert erased.code == 0, erased.err
    git(there.desk.root, "push", "--quiet", "--force")
    head = there.desk.git.head()
    there.edit(12, body("付款报错。\n张三"))
    ran = there.intake(12, "edited", now=LATER, changes={"body": {}})
    assert (ran.code, there.desk.git.head()) == (0, head)


# ---- labels and turns -----------------------------------------------------------------------------------------------


def test_the_label_of_feedback_takes_an_issue_in_and_other_labels_do_nothing(there: Hosted) -> None:
    there.host.add_issue(title="另一个", body="自由的文字", labels=("bug",), number=13)
    left = there.intake(13, "labeled", "--lang", "en", label={"name": "bug"})
    assert (left.code, left.out, there.items()) == (0, "", [])
    assert "does not bear the label of feedback" in left.err
    there.host.state.bear(there.host.issues[13], ["feedback"])
    assert there.intake(13, "labeled", label={"name": "feedback"}).code == 0
    (item,) = there.items()
    head = there.desk.git.head()
    there.intake(13, "labeled", label={"name": "bug"}, now=LATER)
    assert (item.source, there.desk.git.head()) == ("github#13", head)


def test_a_pass_that_is_handed_in_is_no_feedback(there: Hosted) -> None:
    there.host.add_issue(title="证书", labels=("training",), number=14)
    ran = there.intake(14, "opened", "--format", "json")
    assert (ran.code, there.items(), there.host.told) == (0, [], [])
    assert json.loads(ran.out) == {"id": None, "file": None, "new": False, "left": "issue-of-training"}


def test_an_edit_of_an_issue_that_a_lost_run_missed_takes_it_in_as_it_is_now(there: Hosted) -> None:
    there.edit(12, body("付款报错。\n改过"))
    assert there.intake(12, "edited", changes={"body": {}}).code == 0
    (item,) = there.items()
    assert "改过" in (item.text or "")


def test_an_author_who_closes_the_issue_is_noted_and_a_person_decides(there: Hosted) -> None:
    there.intake(12)
    there.host.issues[12].closed = True
    there.host.issues[12].changed = there.host.state.tick()
    for _ in range(2):
        assert there.intake(12, "closed", now=LATER).code == 0
    (item,) = there.items()
    assert [event.model_dump()["text"] for event in item.history if event.verb == "message"] == [
        "（提交人关闭了议题。）"
    ]
    assert there.host.issues[12].closed
    assert "state: closed" not in there.host.issues[12].labels
    there.host.issues[12].changed = there.host.state.tick()
    there.intake(12, "reopened", now=LATER)
    assert there.items()[0].history[-1].model_dump()["text"] == "（提交人重新打开了议题。）"


def test_the_desk_that_closes_an_issue_says_nothing_to_itself(there: Hosted) -> None:
    there.intake(12)
    head = there.desk.git.head()
    assert there.intake(12, "closed", sender="github-actions[bot]", now=LATER).code == 0
    assert there.desk.git.head() == head


@pytest.mark.parametrize("action", ["deleted", "transferred"])
def test_an_issue_that_is_gone_is_noted_once_and_nobody_asks_for_it(there: Hosted, action: str) -> None:
    there.intake(12)
    told = len(there.host.requests)
    for _ in range(2):
        assert there.intake(12, action, sender="hemiao", now=LATER).code == 0
    notes = [event for event in there.items()[0].history if event.verb == "note"]
    assert len(notes) == 1
    assert "github#12" in notes[0].model_dump()["text"]
    assert len(there.host.requests) == told


def test_a_dry_run_asks_nobody_and_writes_nothing(there: Hosted) -> None:
    there.intake(12)
    head, asked = there.desk.git.head(), len(there.host.requests)
    there.edit(12, body("付款报错。\n又一行"))
    ran = there.intake(12, "edited", "--dry-run", now=NOW, changes={"body": {}})
    assert (ran.code, there.desk.git.head(), len(there.host.requests)) == (0, head, asked)
    assert git(there.desk.root, "status", "--porcelain") == ""
