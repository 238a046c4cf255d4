"""The night through the real workflow, at a fixed time: triage, clocks, what a lost run missed, the site; and once more."""

from dataclasses import replace

from tests.act.happenings import filled_in, is_written, night_falls, opens
from tests.act.stand_in import StandIn
from tests.act.story import NOTIFY, SECRET, SOURCES
from tests.outbox.fake_robots import robot
from tests.sample_desk import PAYMENT, git

NIGHT = "2026-11-21T02:17:00+08:00"
UNSURE = "请替我选择 / Please choose for me"


def test_the_night_classifies_and_a_second_one_writes_nothing(hub: StandIn) -> None:
    opens(hub, body=filled_in(kind=UNSURE))

    ran = night_falls(hub, NIGHT)

    assert (ran.code, ran.jobs) == (0, {"night": "success"}), ran.printed()
    assert [(one.verb, one.by) for one in hub.item().history] == [("classify", "rules"), ("alarm", "nightly")]
    before, told = hub.head, len(hub.host.told)
    assert night_falls(hub, "2026-11-21T03:17:00+08:00").code == 0
    assert (hub.head, hub.host.told[told:]) == (before, [])


def test_the_night_takes_in_an_issue_whose_run_was_lost(hub: StandIn) -> None:
    hub.change(intake=SOURCES)
    hub.host.add_issue("收不到验证码", filled_in(text="换了手机号之后收不到验证码。"), "xiao-ming")

    ran = night_falls(hub, NIGHT)

    assert ran.code == 0, ran.printed()
    assert (hub.item().source, hub.item().title) == ("github#1", "收不到验证码")


def test_the_night_carries_out_a_comment_whose_run_was_lost(hub: StandIn) -> None:
    hub.change(intake=SOURCES)
    opens(hub)
    is_written(hub, "fang-yu", "/受理", at="2026-11-20T15:00:00+08:00")

    ran = night_falls(hub, NIGHT)

    assert ran.code == 0, ran.printed()
    assert ("accept", "fang.yu") in [(one.verb, one.by) for one in hub.item().history]
    assert "state: accepted" in hub.host.issues[1].labels


def test_the_night_tells_of_clocks_by_the_robot_and_once(hub: StandIn) -> None:
    with robot("wecom") as group:
        hub = replace(hub, secrets={SECRET: group.address})
        hub.change(notify=NOTIFY)
        opens(hub, at="2026-11-17T10:00:00+08:00")

        first = night_falls(hub, "2026-11-19T02:17:00+08:00")
        said = len(group.texts)
        again = night_falls(hub, "2026-11-19T03:17:00+08:00")

    assert (first.code, again.code) == (0, 0), first.printed()
    assert said == len(group.texts) > 0
    assert hub.item().id in group.texts[0]
    assert group.refused == []


def test_a_robot_that_cannot_be_reached_makes_the_night_fail_and_the_next_one_makes_up_for_it(hub: StandIn) -> None:
    with robot("wecom") as group:
        hub = replace(hub, secrets={SECRET: group.address})
        hub.change(notify=NOTIFY)
        opens(hub, at="2026-11-17T10:00:00+08:00")
        group.answer = lambda _text: (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', {})

        failed = night_falls(hub, "2026-11-19T02:17:00+08:00")
        refused = [one.verb for one in hub.item().history if one.verb == "alarm"]
        group.answer = lambda _text: None
        made_up = night_falls(hub, "2026-11-19T03:17:00+08:00")

    assert (failed.code, refused, made_up.code) == (1, [], 0), failed.printed()
    assert group.address not in failed.told
    assert [one.verb for one in hub.item().history if one.verb == "alarm"]


def test_a_bad_file_makes_the_night_fail_and_the_site_is_published_all_the_same(hub: StandIn) -> None:
    clone = hub.clone()
    clone.put(PAYMENT)
    clone.put(PAYMENT.replace("0AAJN0D", "0AAJN1K").replace("language: zh", "language: [zh"), "feedback/2026/11/坏.yml")
    git(clone.root, "push", "--quiet")

    ran = night_falls(hub, NIGHT, job=None)

    assert ran.jobs == {"night": "failure", "build": "success", "publish": "success"}, ran.printed()
    assert "坏.yml" in (hub.published / "zh/needs-repair.html").read_text(encoding="utf-8")
    assert (hub.published / "zh/items/2026/Q261119-0AAJN0D.html").is_file()
