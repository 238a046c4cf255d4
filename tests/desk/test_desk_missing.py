"""What an item lacks: computed from its channel, its fields and what was supplied since; the clock `info` fits to it."""

from datetime import datetime

import pytest
from tests.sample_desk import NOW, item, policy

from git_feedback.desk import Standing, lacking, missing, sla, standing
from git_feedback.desk.missing import askable, asked_on

BARE = """\
id: Q261119-0AAJN0D
received: 2026-11-19T09:31:00+08:00
channel: app
language: zh
title: 打不开
"""
ASK = "  - ask: {{at: 2026-11-19T{time}+08:00, by: ines.brandt, missing: [{fields}]}}\n    question: 请问？\n"
SUPPLY = "  - supply: {{at: 2026-11-19T{time}+08:00, by: ines.brandt{fields}}}\n    text: 好的\n"
MOMENT = datetime.fromisoformat(NOW)


def history(*events: str) -> str:
    return BARE + "history:\n" + "".join(events)


def ask(time: str, fields: str) -> str:
    return ASK.format(time=time, fields=fields)


def supply(time: str, fields: str = "") -> str:
    return SUPPLY.format(time=time, fields=f", supplied: [{fields}]" if fields else "")


def there(text: str) -> Standing:
    return standing(item(text), policy(), MOMENT)


def test_what_the_channel_requires_and_the_item_does_not_have_is_missing_in_the_order_of_the_policy() -> None:
    assert missing(item(BARE), policy()) == ("text", "device", "submitter")
    assert missing(item(BARE + "text: 一打开就闪退\ndevice: iPhone 15\nsubmitter:\n  kind: new\n"), policy()) == ()


@pytest.mark.parametrize("text", [BARE + "record: history\n", BARE.replace("app", "fax")])
def test_imported_history_and_unknown_channels_lack_nothing(text: str) -> None:
    assert missing(item(text), policy()) == ()


def test_a_field_that_was_supplied_by_name_is_there() -> None:
    told = history(ask("09:40:00", "device, text"), supply("10:00:00", "device"))
    assert missing(item(told), policy()) == ("text", "submitter")


def test_an_answer_without_names_fills_what_was_asked_for_and_no_more() -> None:
    told = history(ask("09:40:00", "device"), supply("10:00:00"))
    assert missing(item(told), policy()) == ("text", "submitter")


def test_what_is_asked_for_again_is_missing_again() -> None:
    told = history(ask("09:40:00", "device"), supply("10:00:00"), ask("10:10:00", "device"))
    assert "device" in missing(item(told), policy())


def test_an_answer_that_was_taken_back_fills_nothing() -> None:
    back = "  - retract: {at: 2026-11-19T11:00:00+08:00, by: ines.brandt, what: supply, when: 2026-11-19T10:00:00+08:00}\n    because: 记错了\n"
    told = history(ask("09:40:00", "device"), supply("10:00:00", "device"), back)
    assert "device" in missing(item(told), policy())
    before = datetime.fromisoformat("2026-11-19T10:30:00+08:00")
    assert "device" not in missing(item(told), policy(), before)


def test_the_desk_finds_out_itself_what_no_submitter_can_tell() -> None:
    assert askable(("text", "source", "language", "device")) == ("text", "device")


def test_open_items_that_lack_something_are_listed_with_the_day_on_which_it_was_asked_for() -> None:
    asked = there(history(ask("09:40:00", "device")))
    closed = there(history("  - reject: {at: 2026-11-19T09:40:00+08:00, by: ines.brandt, kind: spam}\n"))
    found = lacking([there(BARE), asked, closed], policy(), MOMENT)
    assert [(one.fields, one.asked) for one in found] == [
        (("text", "device", "submitter"), None),
        (("text", "device", "submitter"), datetime.fromisoformat("2026-11-19T09:40:00+08:00")),
    ]


def test_what_was_asked_and_answered_is_not_being_asked_for() -> None:
    told = item(history(ask("09:40:00", "device, text"), supply("10:00:00", "device")))
    assert asked_on(told, ["device"], MOMENT) is None
    assert asked_on(told, ["text"], MOMENT) == datetime.fromisoformat("2026-11-19T09:40:00+08:00")
    assert asked_on(told, ["text"], datetime.fromisoformat("2026-11-19T09:00:00+08:00")) is None


def test_the_clock_info_runs_from_the_question_to_the_last_of_the_fields() -> None:
    def info(*events: str) -> sla.Clock:
        found = there(history(*events)).clock("info")
        assert found is not None
        return found

    asked = info(ask("09:40:00", "device, text"))
    assert asked.state in ("running", "breached-open")
    assert asked.started == datetime.fromisoformat("2026-11-19T09:40:00+08:00")
    assert info(ask("09:40:00", "device, text"), supply("10:00:00", "device")).stopped is None
    both = info(ask("09:40:00", "device, text"), supply("10:00:00", "device"), supply("10:30:00", "text"))
    assert (both.state, both.stopped) == ("met", datetime.fromisoformat("2026-11-19T10:30:00+08:00"))
