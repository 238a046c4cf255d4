"""Due dates as calendars: one event a running clock, read back by the library that others read them with."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar
from tests.pages.views_desk import ALL, CLOSED, LATE, NEW, NOW, PRAISE, WAITING, record
from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.model import Item
from git_feedback.pages.page import Record
from git_feedback.pages.views.due_dates import due, files, listed, names
from git_feedback.pages.views.words import Words
from git_feedback.store import read


def made(*sources: str, **more: object) -> dict[str, bytes]:
    return {file.path: file.content for file in files(record(*sources, **more))}  # type: ignore[arg-type]


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def titled(title: str) -> bytes:
    """The calendar of all, on a desk where one item bears a title that the store itself would refuse."""
    found = read(LATE.encode(), file="item.yml")
    item = Item.model_construct(**{**dict(found), "title": title})
    there = standings([item], policy(), NOW)
    whole = Record(policy(), there, (), (), NOW, True, "abc1234")
    return next(file.content for file in files(whole) if file.path == "due-all.ics")


def test_everybody_of_the_policy_has_a_calendar_and_all_have_one_together() -> None:
    assert set(made(*ALL)) == {"due-all.ics", *(f"due-{person}.ics" for person in policy().people)}


def test_a_calendar_says_what_it_is_and_how_often_it_changes() -> None:
    calendar = Calendar.from_ical(made(*ALL)["due-lin.wan.ics"])
    assert (calendar["VERSION"], calendar["METHOD"], calendar["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert calendar["PRODID"] == "-//git-feedback//due dates//EN"
    assert calendar["X-WR-CALNAME"] == "反馈台：林晚的时限"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in made(*ALL)["due-lin.wan.ics"]


def test_every_running_clock_is_one_event_at_its_due_moment_in_utc() -> None:
    found = events(made(LATE)["due-all.ics"])
    clocks = [clock for clock in record(LATE).standings[0].clocks if clock.state in ("running", "breached-open")]
    assert len(found) == len(clocks) == 1
    assert found[0].decoded("DTSTART") == datetime(2026, 11, 20, 1, 15, tzinfo=UTC)
    assert found[0].decoded("DTSTAMP") == NOW.astimezone(UTC)
    assert "DTEND" not in found[0]
    assert found[0]["TRANSP"] == "TRANSPARENT"
    assert not list(found[0].walk("VALARM"))


def test_an_event_names_level_clock_title_and_item_and_says_where_its_page_is() -> None:
    event = events(made(LATE)["due-all.ics"])[0]
    assert event["SUMMARY"] == "P0 解决：支付最后一步提示“系统繁忙”，已扣款未出单 · Q261119-0AAJN0D"
    assert event["CATEGORIES"].cats == ["P0"]
    assert event["DESCRIPTION"] == "支付产品 · 林晚\n目标 24 小时（全天候）\nzh/items/2026/Q261119-0AAJN0D.html"
    assert "URL" not in event


def test_the_language_is_the_desks() -> None:
    english = policy().desk.model_copy(update={"language": "en"})
    found = replace(record(LATE), policy=replace(policy(), desk=english))
    event = events(next(file.content for file in files(found)))[0]
    assert event["SUMMARY"].startswith("P0 Solution: 支付")
    assert event["DESCRIPTION"].endswith("en/items/2026/Q261119-0AAJN0D.html")


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        (
            "https://git.desk.example/team/desk.git",
            "https://git.desk.example/team/desk/blob/HEAD/feedback/2026/11/Q261119-0AAJN0D.yml",
        ),
        ("team/desk", None),
        ("javascript:alert(1)", None),
    ],
)
def test_an_event_links_to_the_item_where_the_policy_names_a_host(repository: str, address: str | None) -> None:
    named = policy().desk.model_copy(update={"repository": repository})
    found = replace(record(LATE), policy=replace(policy(), desk=named))
    assert events(next(file.content for file in files(found)))[0].get("URL") == address


def test_an_id_names_the_run_of_the_clock_and_stays_the_same_tomorrow() -> None:
    today = events(made(LATE)["due-all.ics"])[0]
    tomorrow = events(made(LATE, now=NOW.replace(day=21))["due-all.ics"])[0]
    assert today["UID"] == tomorrow["UID"] == "Q261119-0AAJN0D-resolve-1@q.git-feedback"
    again = LATE + (
        "  - assign: {at: 2026-11-20T11:00:00+08:00, by: ines.brandt, department: payments, owner: ji.nan}\n"
    )
    found = {str(event["UID"]) for event in events(made(again)["due-ji.nan.ics"])}
    assert found == {"Q261119-0AAJN0D-resolve-1@q.git-feedback", "Q261119-0AAJN0D-accept-2@q.git-feedback"}


def test_ids_are_given_once_and_events_come_soonest_first() -> None:
    found = events(made(*ALL)["due-all.ics"])
    assert len({event["UID"] for event in found}) == len(found) > 4
    moments = [event.decoded("DTSTART") for event in found]
    assert moments == sorted(moments)


def test_a_clock_that_stands_still_is_left_out() -> None:
    one = record(WAITING).standings[0]
    assert {clock.name for clock in one.clocks if clock.state == "paused"} >= {"resolve"}
    found = {str(event["UID"]).split("-")[2] for event in events(made(WAITING)["due-all.ics"])}
    assert found == {clock.name for clock in one.clocks if clock.state == "running"}


def test_each_sees_their_own_and_who_has_nothing_has_an_empty_calendar_that_can_be_read() -> None:
    found = made(*ALL)
    owners = [one.state.owner for one, _ in due(record(*ALL).standings)]
    for person in policy().people:
        assert len(events(found[f"due-{person}.ics"])) == owners.count(person)
    assert Calendar.from_ical(found["due-shen.mu.ics"])["METHOD"] == "PUBLISH"
    assert events(made(CLOSED)["due-all.ics"]) == []


def test_what_nobody_owns_yet_is_in_the_calendar_of_all() -> None:
    found = made(NEW)
    running = [clock for clock in record(NEW).standings[0].clocks if clock.state == "running"]
    assert len(events(found["due-all.ics"])) == len(running) > 1
    assert events(found["due-all.ics"])[0]["SUMMARY"] == "首次答复：Is it only me? · Q261120-QYA161T"
    assert sum(len(events(content)) for content in found.values()) == len(running)


def test_imported_history_that_is_late_since_long_is_in_nobodys_calendar() -> None:
    past = LATE.replace("channel: app", "record: history\nchannel: app", 1)
    assert events(made(past)["due-all.ics"]) == []


@pytest.mark.parametrize(
    "title",
    [
        "退款\r\nATTENDEE:mailto:x@desk.example",
        "退款\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:假的",
        "退款\rURL:https://x.example",
        "退款\u2028BEGIN:VALARM\u0085\x0b\x0cX:1",
        'a;b,c\\n\\,d:"e"',
        "BEGIN:VCALENDAR",
    ],
    ids=["crlf", "lf", "cr", "separators", "marks", "begin"],
)
def test_a_title_cannot_add_a_line_or_a_property(title: str) -> None:
    content = titled(title)
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line.startswith(("ATTENDEE", "URL", "X:", "BEGIN:VALARM"))]
    assert [line for line in lines if line.startswith("BEGIN")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]
    assert len([line for line in lines if line.startswith("SUMMARY")]) == 1
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert len(events(content)) == 1


def test_marks_with_a_meaning_come_back_as_they_were_written() -> None:
    said = 'a;b,c\\d: "e" 退款'
    assert str(events(titled(said))[0]["SUMMARY"]) == f"P0 解决：{said} · Q261119-0AAJN0D"


def test_hidden_characters_of_a_title_show() -> None:
    assert "退款[U+202E]gnp.exe" in str(events(titled("退款\u202egnp.exe"))[0]["SUMMARY"])


@pytest.mark.parametrize("title", ["退" * 120, "a" + "退款" * 59, "👩‍💻" * 30, "é" * 119])
def test_long_lines_are_folded_between_characters_at_75_octets(title: str) -> None:
    content = titled(title)
    rows = content.split(b"\r\n")
    assert max(map(len, rows)) <= 75
    for row in rows:
        row.decode("utf-8")
    assert title in str(events(content)[0]["SUMMARY"])


def test_the_same_record_gives_the_same_bytes_in_any_order_of_items() -> None:
    assert made(*ALL) == made(*reversed(ALL))


def test_ids_of_people_that_no_file_name_can_hold_get_names_of_their_own() -> None:
    people = policy().people
    odd = dict.fromkeys(("all", "a/b", "a-b", "a/../b"), people["lin.wan"])
    found = names(replace(policy(), people=odd))
    assert found == {"all": "all-2", "a/b": "a-b", "a-b": "a-b-2", "a/../b": "a-..-b"}


def test_the_board_lists_all_first_and_then_who_has_something() -> None:
    found = record(*ALL)
    shown = listed(found, Words(found, "en"))
    assert (shown[0]["path"], shown[0]["name"]) == ("due-all.ics", "Everybody")
    counts = [one["count"] for one in shown[1:]]
    assert counts.index(0) == sum(bool(count) for count in counts)
    assert shown[0]["count"] == len(events(made(*ALL)["due-all.ics"]))


def test_praise_that_waits_for_thanks_is_due_to_its_owner() -> None:
    assert str(events(made(PRAISE)["due-ines.brandt.ics"])[0]["SUMMARY"]).startswith("P3 ")
