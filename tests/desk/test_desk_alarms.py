"""Alarms under the policy of this repository: whom a rung tells, when it was reached, and what is never told twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.clock import Calendar, parse_moment
from git_feedback.desk import alarms, standing
from git_feedback.desk.alarms import Alarm
from git_feedback.desk.alarms_told import Key
from git_feedback.model import VERBS, Item
from git_feedback.policy import Policy
from git_feedback.policy.files import Leave
from git_feedback.policy.notify_files import NotifyFile, Quiet

DAY = timedelta(hours=24)
LEVELS = {"P0": (5, 5), "P1": (4, 4), "P2": (3, 3), "P3": (2, 2)}
PROSE = {
    "resolve": {"result": "已换新"},
    "respond": {"text": "您好，已经在查。"},
    "reply": {"text": "您好，已为您换新。"},
    "ask": {"question": "请问订单号是多少？"},
    "supply": {"text": "20260310"},
    "message": {"text": "有进展吗？"},
}


def at(short: str) -> datetime:
    """`03-10 09:00` in 2026, in the desk's zone."""
    return parse_moment(f"2026-{short.replace(' ', 'T')}:00+08:00")


def item(received: str, level: str | None, *events: tuple[str, str, dict[str, Any]], **facts: Any) -> Item:
    """A washing machine delivered to the wrong place, classified on arrival, and what happened to it."""
    history = [
        VERBS[verb].model_validate({"at": at(when), "by": "xu.bei", **PROSE.get(verb, {}), **fields})
        for when, verb, fields in events
    ]
    if level:
        urgency, impact = LEVELS[level]
        facts_of = {
            "at": at(received),
            "by": "rules",
            "category": "product/quality",
            "urgency": urgency,
            "impact": impact,
        }
        history.insert(0, VERBS["classify"].model_validate(facts_of))
    return Item(
        id="Q260310-0000012",
        received=at(received),
        channel="web-form",
        title="洗衣机送错了",
        landed=facts.get("landed", at(received)),
        record=facts.get("record"),
        history=tuple(history),
    )


def due(one: Item, policy: Policy, now: str, clock: str | None = None) -> list[Alarm]:
    """What is due of one clock, or of all."""
    found = alarms.due(standing(one, policy, at(now)), policy, at(now))
    return [alarm for alarm in found if clock in (None, alarm.clock.name)]


def rungs(found: Sequence[Alarm]) -> dict[str, tuple[int, ...]]:
    """By addressee."""
    return {alarm.addressee: alarm.rungs for alarm in found}


def told(one: Item, found: Sequence[Alarm], when: datetime, channel: str = "drafts") -> Item:
    """The item once these alarms are in its history."""
    events = (
        VERBS["alarm"].model_validate(
            {"at": when, "by": "nightly", "clock": a.clock.name, "cycle": a.number, "rungs": a.rungs}
            | {"addressee": a.addressee, "channel": channel, "since": a.since}
        )
        for a in found
    )
    return one.model_copy(update={"history": (*one.history, *events)})


def with_notify(policy: Policy, **changes: Any) -> Policy:
    assert policy.notify
    return replace(policy, notify=policy.notify.model_copy(update=changes))


WASHER = item("03-10 09:00", "P2")


def test_rungs_are_told_with_the_instants_of_worked_example_13(policy: Policy) -> None:
    found = due(WASHER, policy, "03-12 10:00", "respond")
    assert rungs(found) == {
        "qiu.yan": (50, 75, 90, 100),
        "shen.mu": (75, 90, 100),
        "he.miao": (100, 200),
        "gu.heng": (150, 200),
    }
    by_person = {alarm.addressee: alarm for alarm in found}
    assert by_person["qiu.yan"].instants == (
        at("03-10 14:30"),
        at("03-10 16:30"),
        parse_moment("2026-03-10T17:42:00+08:00"),
        at("03-11 09:00"),
    )
    assert by_person["gu.heng"].instants == (at("03-11 14:30"), at("03-12 09:00"))
    assert by_person["gu.heng"].since == at("03-12 09:00")


def test_who_is_addressed_by_two_words_of_the_ladder_gets_a_rung_once(policy: Policy) -> None:
    """In quality the lead is the head, too."""
    found = [alarm for alarm in due(WASHER, policy, "03-11 09:00", "respond") if alarm.addressee == "shen.mu"]
    assert rungs(found) == {"shen.mu": (75, 90, 100)}


def test_a_rung_is_due_at_its_instant_and_not_a_second_before(policy: Policy) -> None:
    for second, wanted in (("14:29:59", {}), ("14:30:00", {"qiu.yan": (50,)})):
        now = parse_moment(f"2026-03-10T{second}+08:00")
        found = [a for a in alarms.due(standing(WASHER, policy, now), policy, now) if a.clock.name == "respond"]
        assert rungs(found) == wanted


def test_worked_example_22_the_breach_of_wednesday_is_reported_by_the_run_of_thursday_with_its_instant(
    policy: Policy,
) -> None:
    one = item("03-10 09:00", "P1", ("03-10 17:40", "assign", {"department": "quality", "owner": "shen.mu"}))
    before = due(one, policy, "03-11 02:00", "accept")
    (later,) = [a for a in due(one, policy, "03-12 02:00", "accept") if a.addressee == "shen.mu"]
    assert before == []
    assert (later.rungs, later.instants[-1]) == ((50, 75, 90, 100), at("03-11 09:10"))


def test_what_history_records_is_not_told_again_whatever_the_way_was(policy: Policy) -> None:
    first = due(WASHER, policy, "03-10 17:00", "respond")
    for channel in ("drafts", "mail"):
        after = told(WASHER, first, at("03-10 17:00"), channel)
        assert due(after, policy, "03-10 17:01", "respond") == []
        assert rungs(due(after, policy, "03-11 10:00", "respond")) == {
            "qiu.yan": (90, 100), "shen.mu": (90, 100), "he.miao": (100,),
        }  # fmt: skip


def test_a_new_owner_hears_of_the_rungs_that_the_old_one_was_told_of(policy: Policy) -> None:
    after = told(WASHER, due(WASHER, policy, "03-10 15:00"), at("03-10 15:00"))
    assign = VERBS["assign"].model_validate(
        {"at": at("03-10 15:10"), "by": "he.miao", "department": "quality", "owner": "shen.mu"}
    )
    passed_on = after.model_copy(update={"history": (*after.history, assign)})
    assert rungs(due(passed_on, policy, "03-10 15:20", "respond")) == {"shen.mu": (50,)}


def test_without_an_owner_or_with_one_who_has_left_the_coordinator_of_the_desk_is_told(policy: Policy) -> None:
    nobody = item("03-10 09:00", None)
    gone = item("03-10 09:00", "P2", ("03-10 09:10", "assign", {"department": "quality", "owner": "old.hand"}))
    for one in (nobody, gone):
        assert rungs(due(one, policy, "03-10 15:00", "respond")) == {"he.miao": (50,)}


def test_on_days_of_leave_the_deputy_is_told(policy: Policy) -> None:
    leave = Leave(first=date(2026, 3, 10), last=date(2026, 3, 10))
    people = {**policy.people, "qiu.yan": policy.people["qiu.yan"].model_copy(update={"leave": (leave,)})}
    away = replace(policy, people=people)
    assert rungs(due(WASHER, away, "03-10 15:00", "respond")) == {"shen.mu": (50,)}
    assert rungs(due(WASHER, away, "03-11 02:00", "respond"))["qiu.yan"] == (50, 75, 90)


def test_the_head_is_that_of_the_department_and_all_heads_where_it_has_none(policy: Policy) -> None:
    second = policy.people["lin.wan"].model_copy(update={"roles": ("head",)})
    heads = replace(policy, people={**policy.people, "lin.wan": second})
    state = standing(WASHER, heads, at("03-10 15:00")).state
    assert alarms.addressees("head", state, heads, at("03-10 15:00")) == ["shen.mu"]
    elsewhere = state._replace(department="brand")
    assert alarms.addressees("head", elsewhere, heads, at("03-10 15:00")) == ["lin.wan", "shen.mu"]


def test_a_desk_that_tells_nobody_has_no_alarms(policy: Policy) -> None:
    silent = replace(policy, notify=None)
    assert due(WASHER, silent, "03-20 10:00") == []
    assert (
        alarms.repeats(standing(WASHER, silent, at("03-20 10:00")), silent, date(2026, 3, 20), at("03-20 10:00")) == []
    )
    assert alarms.repeat_day(silent, at("03-20 02:00"), DAY) is None


# ---- what is not told -----------------------------------------------------------------------------------------------


def test_imported_history_is_reproached_with_nothing(policy: Policy) -> None:
    past = item("03-10 09:00", "P2", record="history")
    assert due(past, policy, "04-20 10:00") == []
    assert alarms.repeats(standing(past, policy, at("04-20 10:00")), policy, date(2026, 4, 20), at("04-20 10:00")) == []


def test_only_instants_after_landing_are_told(policy: Policy) -> None:
    late = item("03-10 09:00", "P2", landed=at("03-10 16:30"))
    assert rungs(due(late, policy, "03-11 10:00", "respond")) == {
        "qiu.yan": (90, 100), "shen.mu": (90, 100), "he.miao": (100,),
    }  # fmt: skip
    assert due(late, policy, "03-20 10:00", "register") == []


def test_without_a_landing_what_came_after_it_was_received_is_told_and_nothing_of_registering(policy: Policy) -> None:
    unknown = item("03-10 09:00", "P2", landed=None)
    assert rungs(due(unknown, policy, "03-10 15:00", "respond")) == {"qiu.yan": (50,)}
    one = item(
        "03-10 09:00",
        None,
        ("03-16 09:00", "classify", {"by": "rules", "category": "product/quality", "urgency": 3, "impact": 3}),
        landed=None,
    )
    assert due(one, policy, "03-17 10:00", "register") == []


def test_what_was_done_in_time_is_never_told(policy: Policy) -> None:
    done = item("03-10 09:00", "P2", ("03-11 09:00", "respond", {}))
    assert due(done, policy, "03-12 10:00", "respond") == []


def test_an_answer_after_closing_time_on_a_deadline_at_closing_time_is_in_time(policy: Policy) -> None:
    """Worked example 5: all of the target is used, and nothing is late."""
    done = item("03-10 08:30", "P2", ("03-10 21:00", "respond", {}))
    assert due(done, policy, "03-11 10:00", "respond") == []
    assert rungs(due(item("03-10 08:30", "P2"), policy, "03-10 18:00", "respond"))["he.miao"] == (100,)


def test_the_breach_after_a_rise_of_the_level_is_that_of_its_grace(policy: Policy) -> None:
    """One working day for the reply was over on Tuesday at 18:00; the rise at 23:00 leaves an hour, and that at night."""
    raised = item(
        "03-09 09:00", "P2", ("03-10 23:00", "classify", {"category": "product/quality", "urgency": 5, "impact": 5})
    )
    for now, wanted in (("03-10 23:59", {}), ("03-11 00:00", {"he.miao": (100,)})):
        found = [a for a in due(raised, policy, now, "reply") if a.addressee == "he.miao"]
        assert rungs(found) == wanted
    assert found[0].since == at("03-11 00:00")


def test_what_was_done_late_is_told_from_the_breach_to_the_stop(policy: Policy) -> None:
    done = item("03-10 09:00", "P2", ("03-11 14:30", "respond", {}))
    found = due(done, policy, "03-13 10:00", "respond")
    assert rungs(found) == {"qiu.yan": (100,), "shen.mu": (100,), "he.miao": (100,)}
    later = item("03-10 09:00", "P2", ("03-11 14:31", "respond", {}))
    assert rungs(due(later, policy, "03-13 10:00", "respond"))["gu.heng"] == (150,)


def test_what_came_to_nothing_is_not_told(policy: Policy) -> None:
    rejected = item("03-10 09:00", "P2", ("03-11 10:00", "reject", {"kind": "invalid"}))
    assert due(rejected, policy, "03-12 10:00") == []


def test_while_an_answer_is_awaited_only_rungs_from_before_are_told(policy: Policy) -> None:
    """P1: 16 h, half of them over on Wednesday at 09:00."""
    waiting = item("03-10 09:00", "P1", ("03-11 10:00", "ask", {}))
    assert rungs(due(waiting, policy, "03-20 10:00", "resolve")) == {"qiu.yan": (50,)}
    going_on = item("03-10 09:00", "P1", ("03-11 10:00", "ask", {}), ("03-12 10:00", "supply", {}))
    (found,) = [a for a in due(going_on, policy, "03-12 15:00", "resolve") if a.addressee == "qiu.yan"]
    assert (found.rungs, found.since) == ((50, 75), at("03-12 14:30"))


def test_what_was_reached_before_a_reopening_belongs_to_the_cycle_before_it(policy: Policy) -> None:
    """Worked example 18: solved at 600 of 960 minutes, reopened, due on Tuesday at 10:30."""
    reopened = item(
        "03-10 09:00", "P1",
        ("03-10 09:10", "accept", {"by": "qiu.yan"}), ("03-11 11:00", "resolve", {"by": "qiu.yan"}),
        ("03-16 14:00", "reopen", {"kind": "mistake"}),
    )  # fmt: skip
    assert due(reopened, policy, "03-16 14:01", "resolve") == []
    (found,) = [a for a in due(reopened, policy, "03-17 11:00", "resolve") if a.addressee == "qiu.yan"]
    assert (found.number, found.rungs, found.instants[-1]) == (2, (75, 90, 100), at("03-17 10:30"))


def test_what_can_no_longer_be_reopened_is_past(policy: Policy) -> None:
    """Ten working days after the end nobody who joins later is told of it."""
    closed = item(
        "03-10 09:00", "P2",
        ("03-10 09:10", "accept", {"by": "qiu.yan"}), ("03-18 10:00", "resolve", {"by": "qiu.yan"}),
        ("03-18 11:00", "review", {"verdict": "pass"}), ("03-18 12:00", "reply", {}),
        ("03-18 13:30", "follow-up", {"verdict": "neutral"}), ("03-18 14:00", "close", {}),
    )  # fmt: skip
    assert due(closed, policy, "04-01 17:59", "respond")
    assert due(closed, policy, "04-01 18:01") == []


def test_a_change_of_level_tells_the_rungs_of_the_new_target(policy: Policy) -> None:
    """Worked example 14: 40 h become 24 h round the clock on Tuesday at 15:00."""
    raised = item(
        "03-10 09:00", "P2", ("03-10 15:00", "classify", {"category": "product/quality", "urgency": 5, "impact": 5})
    )
    (found,) = [a for a in due(raised, policy, "03-11 09:00", "resolve") if a.addressee == "qiu.yan"]
    assert found.instants == (
        at("03-10 21:00"), at("03-11 03:00"), parse_moment("2026-03-11T06:36:00+08:00"), at("03-11 09:00"),
    )  # fmt: skip


def test_an_older_cycle_is_counted_on_the_calendar_it_ran_by(policy: Policy) -> None:
    """Accepted late at P2 by office hours, given on at P0 round the clock."""
    passed_on = item(
        "03-10 09:00", "P2",
        ("03-10 16:00", "assign", {"department": "quality", "owner": "qiu.yan"}), ("03-12 16:00", "accept", {"by": "qiu.yan"}),
        ("03-12 16:10", "classify", {"category": "product/quality", "urgency": 5, "impact": 5}),
        ("03-12 16:20", "assign", {"department": "quality", "owner": "shen.mu"}),
    )  # fmt: skip
    found = [a for a in due(passed_on, policy, "03-12 16:30", "accept") if a.number == 1]
    by_person = {alarm.addressee: alarm for alarm in found}
    assert by_person["gu.heng"].instants == (at("03-11 14:00"), at("03-11 16:00"))
    assert {alarm.calendar for alarm in found} == {policy.office}


# ---- when nobody is told --------------------------------------------------------------------------------------------

HOLIDAY, WORKDAY, NIGHT = at("10-02 10:00"), at("10-08 10:00"), at("10-08 02:00")


def _waits(policy: Policy, level: str, now: datetime, clock: str = "resolve") -> set[bool]:
    found = alarms.due(standing(item("09-28 09:00", level), policy, now), policy, now)
    waiting = {alarms.waits(alarm, policy, now) for alarm in found if alarm.clock.name == clock}
    assert waiting, "nothing is due"
    return waiting


def test_on_a_holiday_reminders_wait_but_not_those_of_levels_that_never_rest(policy: Policy) -> None:
    assert _waits(policy, "P1", HOLIDAY) == {True}
    assert _waits(policy, "P0", HOLIDAY) == {False}
    assert _waits(policy, "P1", WORKDAY) == {False}
    assert _waits(policy, "P1", NIGHT) == {False}


def test_a_clock_that_runs_round_the_clock_waits_for_nothing_though_its_level_keeps_office_hours(
    policy: Policy,
) -> None:
    assert _waits(policy, "P1", HOLIDAY, "assess") == {False}


def test_quiet_outside_opening_hours_lasts_until_the_office_opens(policy: Policy) -> None:
    hours = with_notify(policy, quiet=Quiet(calendar="office", within="hours"))
    assert _waits(hours, "P1", NIGHT) == {True}
    assert _waits(hours, "P1", at("10-08 12:30")) == {True}
    assert _waits(hours, "P1", at("10-08 08:30")) == {False}
    assert _waits(hours, "P0", NIGHT) == {False}


def test_a_make_up_day_is_a_working_day_like_any_other(policy: Policy) -> None:
    assert not alarms.is_quiet(policy, at("10-10 09:00"))
    assert alarms.is_quiet(policy, at("10-11 09:00"))


def test_levels_told_at_once_wait_for_nothing_and_without_quiet_hours_nothing_waits(policy: Policy) -> None:
    assert _waits(with_notify(policy, at_once=("P1",)), "P1", HOLIDAY) == {False}
    assert _waits(with_notify(policy, quiet=None), "P1", HOLIDAY) == {False}


# ---- the daily line -------------------------------------------------------------------------------------------------

HALF_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(("now", "interval", "day"), [
    ("03-11 02:00", DAY, "03-11"), ("03-11 10:00", DAY, None), ("03-11 12:30", DAY, None), ("03-11 18:30", DAY, "03-12"),
    ("03-14 02:00", DAY, None), ("03-15 02:00", DAY, None), ("03-16 02:00", DAY, "03-16"), ("03-13 18:30", DAY, None),
    ("03-11 02:00", HALF_HOUR, None), ("03-11 08:00", HALF_HOUR, "03-11"), ("03-11 08:30", HALF_HOUR, None),
    ("02-28 02:00", DAY, "02-28"), ("10-01 02:00", DAY, None),
])  # fmt: skip
def test_the_daily_line_belongs_into_the_last_run_before_the_office_opens(
    policy: Policy, now: str, interval: timedelta, day: str | None
) -> None:
    assert alarms.repeat_day(policy, at(now), interval) == (at(f"{day} 00:00").date() if day else None)


@pytest.mark.parametrize(("now", "day"), [
    ("03-11 02:00", None), ("03-11 08:00", None), ("03-11 08:30", "03-11"), ("03-11 09:00", None), ("03-14 08:30", None),
])  # fmt: skip
def test_with_quiet_hours_it_is_the_first_run_after_the_office_opens(policy: Policy, now: str, day: str | None) -> None:
    hours = with_notify(policy, quiet=Quiet(calendar="office", within="hours"))
    assert alarms.repeat_day(hours, at(now), HALF_HOUR) == (at(f"{day} 00:00").date() if day else None)


def test_an_office_that_never_closes_has_its_line_after_midnight(policy: Policy) -> None:
    calendars = replace(
        policy.calendars, by_name={**policy.calendars.by_name, "office": Calendar.always("Asia/Shanghai")}
    )
    always = replace(policy, calendars=calendars)
    assert alarms.repeat_day(always, at("03-14 00:10"), HALF_HOUR) == date(2026, 3, 14)
    assert alarms.repeat_day(always, at("03-14 00:40"), HALF_HOUR) is None


@given(start=st.integers(0, 30 * 24 * 60), step=st.sampled_from([15, 30, 60, 360, 1440]))
@settings(max_examples=40)
def test_runs_at_an_even_pace_bring_the_line_of_each_working_day_at_most_once(
    policy: Policy, start: int, step: int
) -> None:
    first, interval = at("04-20 00:00") + timedelta(minutes=start % step), timedelta(minutes=step)
    runs = [first + n * interval for n in range(int(timedelta(days=14) / interval))]
    days = [day for run in runs if (day := alarms.repeat_day(policy, run, interval))]
    assert len(days) == len(set(days))
    assert all(policy.office.is_working_day(day) for day in days)
    if step < 1440:
        working = {date(2026, 4, 20) + timedelta(days=n) for n in range(1, 13)}
        assert {day for day in working if policy.office.is_working_day(day)} <= set(days)


def _repeats(one: Item, policy: Policy, now: str) -> set[tuple[str, str]]:
    found = alarms.repeats(standing(one, policy, at(now)), policy, at(now).date(), at(now))
    assert all(alarm.repeat for alarm in found)
    return {(alarm.addressee, alarm.clock.name) for alarm in found}


def test_past_the_last_rung_the_managers_hear_again_on_every_later_date_until_it_is_done(policy: Policy) -> None:
    """200 % of the answer was reached on Thursday at 09:00."""
    respond = {("gu.heng", "respond"), ("he.miao", "respond")}
    assert _repeats(WASHER, policy, "03-12 08:00") == set()
    assert _repeats(WASHER, policy, "03-12 10:00") == set()
    assert _repeats(WASHER, policy, "03-13 02:00") == respond
    after = told(WASHER, due(WASHER, policy, "03-13 02:00"), at("03-13 02:00"))
    assert _repeats(after, policy, "03-13 02:30") == set()
    assert _repeats(after, policy, "03-16 02:00") == respond
    done = item("03-10 09:00", "P2", ("03-16 09:00", "respond", {}))
    assert _repeats(done, policy, "03-17 02:00") == set()


def test_the_line_of_the_day_went_with_what_an_earlier_run_told(policy: Policy) -> None:
    after = told(WASHER, due(WASHER, policy, "03-13 02:00"), at("03-13 02:00"))
    for when, interval, heard in (
        ("03-13 02:30", DAY, True),
        ("03-13 02:30", HALF_HOUR, False),
        ("03-16 02:00", DAY, False),
    ):
        now = at(when)
        people = alarms.heard([standing(after, policy, now)], policy, now.date(), now, interval)
        assert ("gu.heng" in people) == heard


# ---- the law --------------------------------------------------------------------------------------------------------


def _oracle(one: Item, policy: Policy, clock: str) -> dict[int, datetime]:
    """When the rungs of a clock that never stops are reached, counted minute by minute."""
    end = one.received + timedelta(days=12)
    found = next(c for c in standing(one, policy, end).clocks if c.name == clock)
    cycle, calendar = found.cycles[0], policy.calendars[found.calendar]
    assert policy.notify
    instants: dict[int, datetime] = {}
    worked, moment = 0, cycle.started
    for _ in range(12 * 24 * 60):
        worked += 60 if calendar.is_open(moment) else 0
        moment += timedelta(minutes=1)
        for rung in policy.notify.ladder:
            if worked * 100 >= cycle.target * rung.at:
                instants.setdefault(rung.at, moment)
    return instants


@given(
    level=st.sampled_from(["P0", "P1", "P2"]),
    hours=st.lists(st.integers(1, 40), min_size=1, max_size=12),
    arrival=st.integers(0, 7 * 24),
)
@settings(max_examples=60)
def test_every_rung_fires_once_for_everybody_it_names_and_never_before_its_instant(
    policy: Policy, level: str, hours: list[int], arrival: int
) -> None:
    received = at("04-20 00:00") + timedelta(hours=arrival)
    one = item(received.strftime("%m-%d %H:%M"), level)
    instants = _oracle(one, policy, "respond")
    fired: dict[Key, tuple[datetime, datetime]] = {}
    now = before = received
    for step in [*hours, 24 * 11]:
        now += timedelta(hours=step)
        found = alarms.due(standing(one, policy, now), policy, now)
        for alarm in found:
            for key, instant in zip(sorted(alarm.keys, key=lambda key: key[4]), alarm.instants, strict=True):
                assert key not in fired
                assert before < instant <= now
                fired[key] = (instant, now)
        one = told(one, found, now)
        assert alarms.due(standing(one, policy, now), policy, now) == []
        before = now
    reached = {key[4]: instant for key, (instant, _) in fired.items() if key[1] == "respond"}
    assert reached == {rung: instant for rung, instant in instants.items() if instant <= now}


def test_the_ladder_may_name_any_shares(policy: Policy) -> None:
    ladder = NotifyFile.model_validate(
        {"ways": {"a": {"by": "folder"}}, "ladder": [{"at": "33", "to": ["owner"]}, {"at": "1000", "to": ["owner"]}]}
    ).ladder
    fine = with_notify(policy, ladder=ladder)
    (found,) = due(WASHER, fine, "03-25 18:00", "respond")
    assert (found.rungs, found.instants[0]) == ((33, 1000), parse_moment("2026-03-10T11:38:24+08:00"))
