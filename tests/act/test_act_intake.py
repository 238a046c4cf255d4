"""An issue comes in through the real workflow: valid, without words, not the form's, edited, labelled, told twice."""

from typing import Any

from tests.act.happenings import TITLE, WORDS, edits, filled_in, of_issue, opens, tells_issue
from tests.act.stand_in import StandIn
from tests.sample_desk import git


def notes(hub: StandIn) -> str:
    """What stands in notes of the one item."""
    return "\n".join(getattr(one, "text", None) or "" for one in hub.item().history if one.verb == "note")


def test_an_issue_of_the_form_becomes_a_classified_item_on_the_host(hub: StandIn) -> None:
    ran = opens(hub)

    assert (ran.code, ran.jobs["intake"]) == (0, "success"), ran.printed()
    item = hub.item()
    assert (item.source, item.title, item.text) == ("github#1", TITLE, WORDS)
    assert (item.product, item.device, item.rating, item.language) == ("App", "iOS 18", 2, "zh")
    assert [(one.verb, one.by) for one in item.history] == [("classify", "intake")]
    assert git(hub.bare, "log", "-1", "--format=%s|%an", "main").strip() == f"intake github#1: {item.id}|git-feedback"
    assert hub.clone().run("check").code == 0


def test_whoever_made_the_issue_is_answered_there_once_it_is_pushed(hub: StandIn) -> None:
    opens(hub)

    issue = hub.host.issues[1]
    (answer,) = issue.comments
    assert hub.item().id in answer.body
    assert "feedback" in issue.labels
    assert len(issue.labels) > 1


def test_an_issue_written_in_english_is_taken_in_as_it_was_said(hub: StandIn) -> None:
    ran = opens(hub, "The app closes itself", filled_in(text="It closes when I pay.\n\nThree times today.", rating="1"))

    assert ran.code == 0, ran.printed()
    item = hub.item()
    assert (item.language, item.rating, item.text) == ("en", 1, "It closes when I pay.\n\nThree times today.")


def test_an_issue_without_a_word_is_an_item_that_says_so(hub: StandIn) -> None:
    ran = opens(hub, "", "")

    assert ran.code == 0, ran.printed()
    assert (hub.item().title, hub.item().text) == ("github#1", None)
    assert "not_a_form" in notes(hub)
    assert hub.clone().run("check").code == 0


def test_an_issue_that_is_not_the_forms_keeps_its_words_and_asks_for_a_look(hub: StandIn) -> None:
    ran = opens(hub, "收不到验证码", "换了手机号之后，\n怎么也收不到验证码。")

    assert ran.code == 0, ran.printed()
    assert hub.item().text == "换了手机号之后，\n怎么也收不到验证码。"
    assert "not_a_form" in notes(hub)


def test_a_personal_number_in_an_issue_never_reaches_the_repository(hub: StandIn) -> None:
    ran = opens(hub, "请回电 13800138000", filled_in(text="我的手机是 13800138000，请回电。"))

    assert ran.code == 0, ran.printed()
    written = [body for _, _, body in hub.host.told]
    assert "13800138000" not in git(hub.bare, "log", "--all", "-p") + ran.printed() + str(written)


def test_what_is_told_again_writes_nothing_again(hub: StandIn) -> None:
    opens(hub)
    before, told = hub.head, len(hub.host.told)

    again = tells_issue(hub, 1, "opened")
    labelled = tells_issue(hub, 1, "labeled", label={"name": "feedback"})

    assert [ran.code for ran in (again, labelled)] == [0, 0], labelled.printed()
    assert (hub.head, len(hub.items())) == (before, 1)
    assert hub.host.told[told:] == []


def test_an_edited_issue_adds_its_new_words_and_keeps_the_old_ones(hub: StandIn) -> None:
    opens(hub)

    ran = edits(hub, 1, body=filled_in(text=f"{WORDS}\n\n换成微信支付也一样。"), at="2026-11-20T11:30:00+08:00")

    assert ran.code == 0, ran.printed()
    item = hub.item()
    assert item.text == WORDS
    (message,) = (one for one in item.history if one.verb == "message")
    assert "换成微信支付也一样。" in message.text
    assert hub.clone().run("check", now="2026-11-20T11:31:00+08:00").code == 0


def test_an_edit_that_is_told_twice_is_one_message(hub: StandIn) -> None:
    opens(hub)
    edits(hub, 1, body=filled_in(text=f"{WORDS}\n\n换成微信支付也一样。"), at="2026-11-20T11:30:00+08:00")
    before = hub.head

    ran = tells_issue(hub, 1, "edited", at="2026-11-20T11:31:00+08:00")

    assert (ran.code, hub.head) == (0, before)


def test_an_issue_that_has_no_label_of_the_form_is_left_alone(hub: StandIn) -> None:
    before, number = hub.head, hub.host.add_issue(labels=("bug",))

    ran = tells_issue(hub, number, "opened")

    assert (ran.code, ran.jobs, hub.head, hub.host.requests) == (0, {}, before, [])


def test_an_event_that_tells_of_no_issue_fails_in_the_open(hub: StandIn) -> None:
    told: dict[str, Any] = {"number": 1, "created_at": "昨天", "user": {}, "labels": [{"name": "feedback"}]}
    before = hub.head

    ran = hub.happens("issues", of_issue("opened", told), "intake.yml")

    assert (ran.code, ran.jobs["intake"], hub.head) == (1, "failure", before)
    assert "issue.created_at" in ran.printed()


def test_a_host_that_refuses_the_answer_loses_no_item(hub: StandIn) -> None:
    hub.host.fail_next(403, times=20)

    ran = opens(hub)

    assert (ran.code, ran.jobs["intake"]) == (1, "failure")
    assert [one.source for one in hub.items()] == ["github#1"]
    assert hub.host.token not in ran.told
