"""What a history says was told by which way: nothing comes twice by one way, nothing is lost, and nothing floods."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.sample_desk import item, policy

from git_feedback.desk import alarms, standing
from git_feedback.desk.alarms import Alarm
from git_feedback.desk.alarms_told import recorded
from git_feedback.policy import Policy
from git_feedback.policy.notify_files import NotifyFile, Way
from git_feedback.store import write

WASHER = """\
id: Q260310-0000012
received: 2026-03-10T09:00:00+08:00
landed: 2026-03-10T09:00:00+08:00
channel: web-form
source: "洗衣机 1"
title: 洗衣机送错了
text: 送到隔壁去了
history:
  - classify: {at: 2026-03-10T09:00:00+08:00, by: he.miao, category: product/quality, urgency: 3, impact: 3}
"""
"""Eight hours for an answer, from Tuesday morning: half of it is used up at 14:30, three quarters at 16:30."""


def desk(*ways: str, person: str = "qiu.yan") -> Policy:
    """A desk whose owner of the washer has these ways."""
    found = policy()
    assert found.notify
    known = {name: Way.model_validate({"by": "folder"}) for name in ("drafts", "chat", "mail", "phone")}
    notify = NotifyFile.model_validate(
        {**found.notify.model_dump(exclude={"ways", "by_person"}), "ways": known, "by_person": {person: ways}}
    )
    return replace(found, notify=notify)


def due(there: Policy, *events: str, now: str = "2026-03-10T15:00:00+08:00") -> dict[str, tuple[int, ...]]:
    """By which ways the owner is to be told now, and of which rungs."""
    moment = datetime.fromisoformat(now)
    one = item(
        WASHER + "".join(f"  - alarm: {{at: 2026-03-10T14:40:00+08:00, by: nightly, {event}}}\n" for event in events)
    )
    found: list[Alarm] = alarms.due(standing(one, there, moment), there, moment)
    return {one.channel: one.rungs for one in found if one.addressee == "qiu.yan" and one.clock.name == "respond"}


def alarm(channel: str, missed: str = "", rungs: str = "[50]") -> str:
    said = f", missed: [{missed}]" if missed else ""
    head = f"clock: respond, cycle: 1, rungs: {rungs}, addressee: qiu.yan, channel: {channel}"
    return f"{head}, since: 2026-03-10T14:30:00+08:00{said}"


def test_what_nobody_recorded_is_due_by_every_way_of_the_person() -> None:
    assert due(desk("chat", "mail")) == {"chat": (50,), "mail": (50,)}
    assert due(desk("drafts")) == {"drafts": (50,)}


def test_what_went_out_by_one_way_is_due_by_another_only_where_it_was_missed_there() -> None:
    assert due(desk("chat", "mail"), alarm("chat", missed="mail")) == {"mail": (50,)}
    assert due(desk("chat", "mail"), alarm("chat")) == {}


def test_a_way_that_was_missed_and_told_later_is_done() -> None:
    assert due(desk("chat", "mail"), alarm("chat", missed="mail"), alarm("mail")) == {}


def test_a_way_that_is_added_or_renamed_later_brings_nothing_of_the_past() -> None:
    """Records of desks that had one way only know nothing of `missed`."""
    assert due(desk("chat", "mail", "phone"), alarm("chat", missed="mail")) == {"mail": (50,)}
    assert due(desk("phone"), alarm("chat")) == {}


def test_a_way_that_is_added_begins_with_the_next_rung() -> None:
    later = "2026-03-10T16:31:00+08:00"
    assert due(desk("chat", "phone"), alarm("chat"), now=later) == {"chat": (75,), "phone": (75,)}


def test_a_way_that_failed_for_long_has_everything_in_one_once_it_works() -> None:
    events = (alarm("chat", missed="mail"), alarm("chat", missed="mail", rungs="[75]"))
    now = "2026-03-10T17:43:00+08:00"
    assert due(desk("chat", "mail"), *events, now=now) == {"chat": (90,), "mail": (50, 75, 90)}


def test_a_way_that_was_taken_away_is_not_used_for_what_it_missed() -> None:
    assert due(desk("chat"), alarm("chat", missed="mail")) == {}


def test_what_another_person_was_told_says_nothing() -> None:
    assert due(desk("chat", "mail"), alarm("chat").replace("qiu.yan", "he.miao")) == {"chat": (50,), "mail": (50,)}


@pytest.mark.parametrize("event", [alarm("chat", missed="mail, phone"), alarm("chat")])
def test_a_record_reads_back_as_it_was_written(event: str) -> None:
    text = WASHER + f"  - alarm: {{at: 2026-03-10T14:40:00+08:00, by: nightly, {event}}}\n"
    told = recorded(item(text))
    assert write(item(text)).decode().endswith(text[len(WASHER) :])
    assert len(told.missed) == ("missed" in event) * 2
    assert told.heard(told.keys) == datetime.fromisoformat("2026-03-10T14:40:00+08:00")
    assert told.heard([]) is None
