"""Clocks on items, under the rules of this repository: each entry of tests/cases/sla/*.yml is a life with its clocks."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback import notation
from git_feedback.clock import parse_moment
from git_feedback.desk import sla, standing, standings, state
from git_feedback.desk.sla import Clock, Cycle, soon
from git_feedback.model import VERBS, Event, Item
from git_feedback.policy import Policy
from git_feedback.policy.files import Rule

CASES = [
    case
    for file in sorted((Path(__file__).parents[1] / "cases" / "sla").glob("*.yml"))
    for case in cast("list[dict[str, Any]]", notation.read(file.read_bytes()))
]
SHARES = {"P0": (5, 5), "P1": (4, 4), "P2": (3, 3), "P3": (2, 2)}
PROSE = {
    "ask": {"question": "请问订单号是多少？"},
    "supply": {"text": "订单号是 20260310。"},
    "respond": {"text": "您好，已经在查。"},
    "reply": {"text": "您好，问题已解决。"},
    "return": {"reason": "不归我们管"},
    "resolve": {"result": "已补发一件"},
    "escalate": {"because": "客户第三次来电"},
    "message": {"text": "请问有进展吗？"},
}


def _moment(short: str) -> datetime:
    day = short if len(short) > len("03-10 09:00") else f"2026-{short}"
    return parse_moment(f"{day.replace(' ', 'T')}:00+08:00")


def _event(row: Mapping[str, Any], category: str) -> Event:
    fields = {"by": "xu.bei", **PROSE.get(row["verb"], {}), **row, "at": _moment(row["at"])}
    if level := fields.pop("level", None):
        urgency, impact = SHARES[level]
        fields = {"category": category, **fields, "urgency": urgency, "impact": impact}
    return VERBS[row["verb"]].model_validate(fields)


def _item(case: Mapping[str, Any]) -> Item:
    category = case.get("category", "product/quality")
    rows = list(case.get("events", ()))
    if case["level"] != "none":
        rows.insert(0, {"at": case["received"], "verb": "classify", "level": case["level"], "by": "rules"})
    return Item(
        id="Q260310-0000012",
        received=_moment(case["received"]),
        channel=case.get("channel", "web-form"),
        title="洗衣机送错了 Wrong washing machine",
        landed=_moment(case["landed"]) if "landed" in case else None,
        record=case.get("record"),
        history=tuple(_event(row, category) for row in rows),
    )


def _policy(case: Mapping[str, Any], policy: Policy) -> Policy:
    first = (Rule.model_validate(case["rule"]),) if "rule" in case else ()
    pauses = case.get("partner-pauses") == "true"
    editions = (replace(one, rules=first + one.rules, pauses_for_partner=pauses) for one in policy.editions)
    return replace(policy, editions=tuple(editions))


def _clock(item: Item, policy: Policy, now: datetime, name: str) -> Clock | None:
    return next((clock for clock in sla.clocks(item, policy, now) if clock.name == name), None)


def _verdict(cycle: Cycle) -> str:
    if cycle.cancelled:
        return "cancelled"
    return "late" if cycle.late_by else "met" if cycle.stopped else "open"


def _minutes(seconds: int | None) -> str:
    return "none" if seconds is None else str(seconds // 60)


def _seen(clock: Clock) -> dict[str, object]:
    return {
        "clock": clock.name,
        "state": clock.state,
        "due": clock.due,
        "elapsed": _minutes(clock.elapsed),
        "target": _minutes(clock.target),
        "late": _minutes(clock.late_by),
        "left": _minutes(clock.left),
        "flags": sorted(clock.flags),
        "cycles": [_verdict(cycle) for cycle in clock.cycles],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["example"]))
def test_a_clock_stands_where_the_example_says(case: dict[str, Any], policy: Policy) -> None:
    item, rules = _item(case), _policy(case, policy)
    for then in case["then"]:
        wanted = dict(then)
        now = _moment(wanted.pop("now"))
        if level := wanted.pop("level", None):
            assert state(item, rules, now).level == level
        clock = _clock(item, rules, now, wanted["clock"])
        if wanted["state"] == "absent":
            assert clock is None
            continue
        assert clock
        if "due" in wanted:
            wanted["due"] = None if wanted["due"] == "none" else _moment(wanted["due"])
        seen = _seen(clock)
        assert {name: seen[name] for name in wanted} == wanted


@given(dice=st.randoms(use_true_random=False), case=st.sampled_from(CASES))
def test_the_order_of_lines_in_a_file_does_not_matter(
    dice: random.Random, case: dict[str, Any], policy: Policy
) -> None:
    item, rules = _item(case), _policy(case, policy)
    history = list(item.history)
    dice.shuffle(history)
    shuffled = item.model_copy(update={"history": tuple(history)})
    for then in case["then"]:
        assert (
            standing(shuffled, rules, _moment(then["now"])).clocks == standing(item, rules, _moment(then["now"])).clocks
        )
        assert state(shuffled, rules, _moment(then["now"])) == state(item, rules, _moment(then["now"]))


def _up_to(now: datetime, item: Item) -> Item:
    """What could be known of an item at a moment."""
    history = tuple(event for event in item.history if event.at <= now)
    landed = item.landed if item.landed and item.landed <= now else None
    return item.model_copy(update={"history": history, "landed": landed})


@given(case=st.sampled_from(CASES), minutes=st.integers(0, 30 * 24 * 60))
def test_what_is_later_than_now_has_not_happened(case: dict[str, Any], minutes: int, policy: Policy) -> None:
    item, rules = _item(case), _policy(case, policy)
    now = item.received + timedelta(minutes=minutes)
    so_far = _up_to(now, item).model_copy(update={"landed": item.landed})
    assert sla.clocks(so_far, rules, now) == sla.clocks(item, rules, now)
    assert state(so_far, rules, now) == state(item, rules, now)


@given(case=st.sampled_from(CASES), minutes=st.integers(0, 30 * 24 * 60), later=st.integers(1, 30 * 24 * 60))
def test_a_verdict_once_given_does_not_change_while_nothing_happens(
    case: dict[str, Any], minutes: int, later: int, policy: Policy
) -> None:
    item, rules = _item(case), _policy(case, policy)
    now = item.received + timedelta(minutes=minutes)
    so_far = _up_to(now, item)
    for before, after in zip(
        sla.clocks(so_far, rules, now), sla.clocks(so_far, rules, now + timedelta(minutes=later)), strict=True
    ):
        if not before.goes_on:
            assert after == before
        if before.state == "breached-open":
            assert (after.state, after.due) == ("breached-open", before.due)


def test_a_clock_is_judged_by_the_edition_in_force_when_it_started(policy: Policy) -> None:
    stricter = Rule.model_validate({"clock": "respond", "target": "1h"})
    first = policy.editions[0]
    second = replace(first, effective=_moment("2026-03-11 00:00").date(), rules=(stricter, *first.rules))
    rules = replace(policy, editions=(first, second))
    for received, target_s in (("03-10 23:59", 8 * 3600), ("03-11 00:00", 3600)):
        item = _item({"received": received, "level": "P2"})
        clock = _clock(item, rules, _moment("03-12 09:00"), "respond")
        assert clock and clock.target == target_s


def test_a_clock_names_its_calendar_its_rule_and_its_pauses(policy: Policy) -> None:
    case = {"received": "03-10 09:00", "level": "P0", "events": [
        {"at": "03-10 10:00", "verb": "ask"}, {"at": "03-10 10:30", "verb": "supply"},
    ]}  # fmt: skip
    clock = _clock(_item(case), policy, _moment("03-10 12:00"), "resolve")
    assert clock and clock.rule is not None
    rule = policy.editions[0].rules[clock.rule]
    assert (rule.clock, rule.level, clock.calendar) == ("resolve", ("P0",), "24x7")
    assert clock.pauses == ((_moment("03-10 10:00"), _moment("03-10 10:30")),)
    assert clock.started == _moment("03-10 09:00")
    assert clock.stopped is None


def test_the_worst_clock_is_the_latest_then_the_one_with_least_time_left_and_never_one_that_is_over(
    policy: Policy,
) -> None:
    item = _item({"received": "03-10 09:00", "level": "P2"})
    in_time, late = (standing(item, policy, _moment(now)) for now in ("03-10 10:00", "03-13 10:00"))
    assert in_time.worst and (in_time.worst.name, in_time.worst.state) == ("respond", "running")
    assert late.worst and (late.worst.name, late.worst.state) == ("respond", "breached-open")
    rejected = _item(
        {
            "received": "03-10 09:00",
            "level": "P1",
            "events": [{"at": "03-10 09:30", "verb": "reject", "kind": "spam"}],
        }
    )
    assert standing(rejected, policy, _moment("03-13 10:00")).worst is None


def test_soon_is_a_running_clock_due_within_the_time_asked(policy: Policy) -> None:
    item, now = _item({"received": "03-10 17:40", "level": "P1"}), _moment("03-10 18:00")
    clock = _clock(item, policy, now, "respond")
    assert clock and clock.due == _moment("03-11 10:10")
    assert soon(clock, now, timedelta(hours=24))
    assert not soon(clock, now, timedelta(hours=16))
    late = _clock(item, policy, _moment("03-12 18:00"), "respond")
    assert late and not soon(late, _moment("03-12 18:00"), timedelta(hours=24))


def test_standings_are_those_that_arrived_in_the_order_of_arrival(policy: Policy) -> None:
    early, late, future = (
        _item({"received": received, "level": "P2"}) for received in ("03-10 09:00", "03-11 09:00", "03-12 09:00")
    )
    found = standings([future, late, early], policy, _moment("03-11 10:00"))
    assert [one.item for one in found] == [early, late]
