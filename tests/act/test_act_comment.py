"""Comments under an issue through the real workflow: who may is obeyed, who may not is told, and no word runs."""

import pytest
from tests.act.happenings import TITLE, opens, says
from tests.act.stand_in import StandIn
from tests.sample_desk import git


def verbs(hub: StandIn) -> list[tuple[str, str]]:
    """What happened to the one item, and by whom."""
    return [(one.verb, one.by) for one in hub.item().history]


def answer(hub: StandIn) -> str:
    """What the desk says on the issue: in one comment."""
    (found,) = (one.body for one in hub.host.issues[1].comments if one.login == "github-actions[bot]")
    return found


@pytest.mark.parametrize("words", ["/accept", "/受理"])
def test_a_command_of_the_owner_is_an_event_on_the_host_and_is_answered(hub: StandIn, words: str) -> None:
    opens(hub)

    ran = says(hub, "fang-yu", words, at="2026-11-20T11:20:00+08:00")

    assert (ran.code, ran.jobs["comment"]) == (0, "success"), ran.printed()
    assert verbs(hub)[-1] == ("accept", "fang.yu")
    assert git(hub.bare, "log", "-1", "--format=%s", "main").strip() == "comment github#1: accept by fang.yu"
    assert "state: accepted" in hub.host.issues[1].labels
    assert "方屿" in answer(hub)


def test_a_command_that_nobody_knows_gets_help_and_writes_nothing(hub: StandIn) -> None:
    opens(hub)
    before, said = hub.head, answer(hub)

    ran = says(hub, "fang-yu", "/acept", at="2026-11-20T11:20:00+08:00")

    assert (ran.code, hub.head) == (0, before), ran.printed()
    assert answer(hub) != said
    assert "/accept" in answer(hub).partition("<details>")[0]


def test_whoever_the_desk_does_not_know_cannot_command_it(hub: StandIn) -> None:
    opens(hub)
    before = hub.head

    ran = says(hub, "passer-by", "/accept", at="2026-11-20T11:20:00+08:00")

    assert (ran.code, hub.head) == (0, before), ran.printed()


def test_the_same_comment_told_twice_is_one_event(hub: StandIn) -> None:
    opens(hub)
    says(hub, "fang-yu", "/accept", at="2026-11-20T11:20:00+08:00")
    before, event = hub.head, hub.folder / "event.json"

    ran = hub.again("issue_comment", event, "comment.yml", "2026-11-20T11:25:00+08:00", "comment")

    assert (ran.code, hub.head) == (0, before), ran.printed()


def test_a_comment_full_of_tricks_is_only_words(hub: StandIn) -> None:
    opens(hub)
    witness = hub.folder / "ran"
    words = f"/note $(touch {witness}) `touch {witness}`\n::error::x\n##[add-path]/tmp/evil\n${{{{ github.token }}}}"

    ran = says(hub, "fang-yu", words, at="2026-11-20T11:20:00+08:00")

    assert (ran.code, ran.commands) == (0, []), ran.printed()
    assert not witness.exists()
    note = hub.item().history[-1]
    assert (note.verb, getattr(note, "text", None)) == ("note", words.removeprefix("/note "))
    assert hub.host.token not in ran.told + answer(hub)


def test_a_comment_of_a_robot_runs_nothing(hub: StandIn) -> None:
    opens(hub)
    before = hub.head

    ran = says(hub, "fang-yu", "/accept", kind="Bot")

    assert (ran.code, ran.jobs, hub.head) == (0, {}, before)


def test_what_the_customer_adds_joins_the_item(hub: StandIn) -> None:
    opens(hub)

    ran = says(hub, "xiao-ming", "补充：只有指纹支付才会这样。", at="2026-11-20T11:20:00+08:00")

    assert ran.code == 0, ran.printed()
    assert verbs(hub)[-1][0] == "message"
    assert "只有指纹支付才会这样" in str(hub.item().history[-1])
    assert hub.item().title == TITLE
