"""Attainment: what was kept, what was not, and what does not count and why."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.sample_desk import ROOT, policy

from git_feedback import store
from git_feedback.desk import standings
from git_feedback.insight.attainment import MONTHS, Attainment, Kept, attainment
from git_feedback.insight.verdicts import BREACHED, EXCLUDED, PENDING, runs, standing_of, verdicts

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = "2026-11-20T11:05:00+08:00"
HEAD = """\
id: {id}
received: {received}
channel: {channel}
language: zh
title: 扫码支付一直转圈
text: 试了三次。
history:
  - classify: {{at: {received}, by: ines.brandt, category: product/payment, urgency: 3, impact: 3}}
"""
IDS = ("Q261119-0AAJN0D", "Q261119-BYJ524T", "Q261120-QYA161T")
ANSWER = '  - respond: {{at: {at}, by: lin.wan, channel: app}}\n    text: "您好。"\n'


def looked_at(*items: str, now: str = NOW) -> Attainment:
    at = datetime.fromisoformat(now)
    read = [store.read(text.encode()) for text in items]
    return attainment(standings(read, policy(), at), at, SHANGHAI)


def item(number: int, received: str, *events: str, channel: str = "app") -> str:
    return HEAD.format(id=IDS[number], received=received, channel=channel) + "".join(events)


def answered(at: str) -> str:
    return ANSWER.format(at=at)


KEPT = item(0, "2026-11-18T09:00:00+08:00", answered("2026-11-18T09:30:00+08:00"))
LATE = item(1, "2026-11-17T09:00:00+08:00", answered("2026-11-19T09:30:00+08:00"), channel="wechat")
RUNS = item(2, "2026-11-20T10:00:00+08:00")


def test_kept_broken_and_running_promises_are_three_figures() -> None:
    found = looked_at(KEPT, LATE, RUNS).by_level.of("P2", "respond")
    assert found == Kept(met=1, breached=1, pending=1)
    assert (found.n, found.left_out) == (2, 1)


def test_what_is_sorted_by_channel_and_department_is_the_same_as_by_level() -> None:
    found = looked_at(KEPT, LATE, RUNS)
    assert found.by_channel.of("wechat", "respond") == Kept(breached=1)
    assert found.by_channel.of("app", "respond") == Kept(met=1, pending=1)
    assert found.by_department.of("payments", "respond") == Kept(met=1, breached=1, pending=1)
    assert found.by_level.of() == found.by_department.of() == found.by_channel.of()


def test_a_promise_that_was_cancelled_is_no_kept_one_and_lateness_before_it_is_not_forgotten() -> None:
    early = item(
        0, "2026-11-18T09:00:00+08:00", "  - reject: {at: 2026-11-18T09:10:00+08:00, by: ines.brandt, kind: spam}\n"
    )
    late = item(
        1, "2026-11-16T09:00:00+08:00", "  - reject: {at: 2026-11-19T09:00:00+08:00, by: ines.brandt, kind: spam}\n"
    )
    assert looked_at(early, late).by_level.of("P2", "respond") == Kept(cancelled=1, cancelled_late=1)


def test_what_imported_history_does_not_tell_is_counted_as_such() -> None:
    text = item(0, "2026-11-18T09:00:00+08:00").replace("channel:", "record: history\nchannel:")
    assert looked_at(text).by_level.of("P2", "respond") == Kept(no_data=1)


def test_thirty_days_end_at_the_second() -> None:
    on_the_edge = item(0, "2026-10-20T16:00:00+08:00", answered("2026-10-21T11:05:00+08:00"))
    just_within = item(1, "2026-10-20T16:00:00+08:00", answered("2026-10-21T11:05:01+08:00"))
    assert looked_at(on_the_edge).by_level.of("P2", "respond") == Kept()
    assert looked_at(just_within).by_level.of("P2", "respond") == Kept(met=1)


def test_a_month_is_one_of_the_desks_zone_and_holds_what_was_judged_in_it() -> None:
    """Half past midnight on 1 October in Shanghai is still September in UTC."""
    text = item(0, "2026-09-30T17:50:00+08:00", answered("2026-09-30T16:30:00+00:00"))
    found = looked_at(text)
    assert found.by_month.of("2026-10", "respond") == Kept(met=1)
    assert found.by_month.of("2026-09", "respond") == Kept()
    assert found.by_level.of("P2", "respond") == Kept(), "that was over thirty days ago"


def test_a_broken_promise_stands_in_the_month_in_which_its_time_ran_out_not_in_that_of_the_answer() -> None:
    text = item(0, "2026-09-28T09:00:00+08:00", answered("2026-11-03T09:00:00+08:00"))
    found = looked_at(text)
    assert found.by_month.of("2026-09", "respond") == Kept(breached=1)
    assert found.by_month.of("2026-11", "respond") == Kept()


def test_what_goes_on_stands_in_this_month_only() -> None:
    text = item(
        0,
        "2026-10-30T09:00:00+08:00",
        '  - ask: {at: 2026-10-30T09:10:00+08:00, by: lin.wan}\n    question: "单号？"\n',
    )
    found = looked_at(text)
    assert found.by_month.of("2026-11", "resolve") == Kept(pending=1)
    assert found.by_month.of("2026-10", "resolve") == Kept()


def test_there_are_twelve_months_the_last_one_is_now() -> None:
    found = looked_at(now="2026-01-05T09:00:00+08:00")
    assert len(found.months) == MONTHS
    assert (found.months[0], found.months[-1]) == ("2025-02", "2026-01")
    old = item(0, "2025-01-15T09:00:00+08:00", answered("2025-01-15T09:30:00+08:00"))
    assert looked_at(old, now="2026-01-05T09:00:00+08:00").by_month.keys == []


@pytest.mark.parametrize("now", ["2026-08-15T12:00:00+08:00", NOW, "2027-02-01T00:00:00+08:00"])
def test_on_the_sample_desk_every_run_is_counted_once(now: str) -> None:
    at = datetime.fromisoformat(now)
    items = [store.read(path) for path in sorted((ROOT / "feedback" / "2026").rglob("*.yml"))]
    there = standings(items, policy(), at)
    found = attainment(there, at, SHANGHAI)
    every = [run for one in there for run in runs(one)]
    judged = [verdict for one in there for verdict in verdicts(one)]
    whole = found.by_month.of()
    assert whole.n + whole.left_out == len(every) > 40
    assert whole.pending == sum(run.outcome == PENDING for run in every) == len(every) - len(judged)
    assert whole.cancelled + whole.cancelled_late + whole.no_data == sum(one.outcome == EXCLUDED for one in judged)
    assert found.by_level.of() == found.by_department.of() == found.by_channel.of()
    clocks = sorted(found.by_month.clocks)
    assert sum(found.by_month.of(clock=clock).n for clock in clocks) == whole.n


def test_a_clock_that_was_late_once_stays_so_when_its_second_run_is_cancelled() -> None:
    """Solved late, reopened, and then found to be a duplicate: the broken promise was one."""
    text = item(
        0,
        "2026-11-02T09:00:00+08:00",
        "  - assign: {at: 2026-11-02T09:10:00+08:00, by: ines.brandt, department: payments, owner: lin.wan}\n",
        "  - accept: {at: 2026-11-02T09:20:00+08:00, by: lin.wan}\n",
        "  - resolve: {at: 2026-11-17T09:00:00+08:00, by: lin.wan}\n",
        "  - reopen: {at: 2026-11-18T09:00:00+08:00, by: lin.wan, kind: mistake}\n",
        "  - reject: {at: 2026-11-18T10:00:00+08:00, by: ines.brandt, kind: invalid}\n",
    )
    at = datetime.fromisoformat(NOW)
    clock = standings([store.read(text.encode())], policy(), at)[0].clock("resolve")
    assert clock
    assert (clock.state, [cycle.cancelled for cycle in clock.cycles]) == ("cancelled", [False, True])
    assert standing_of(clock) == BREACHED
    assert looked_at(text).by_level.of("P2", "resolve") == Kept(breached=1, cancelled_late=1)
