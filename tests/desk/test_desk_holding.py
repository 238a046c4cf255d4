"""How long each department held an item, beside the clock of the solution."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.desk.test_desk_clocks import CASES, _item, _moment, _policy

from git_feedback.desk import sla
from git_feedback.desk.holding import Holding, holding
from git_feedback.policy import Policy

H = 3600


def held(policy: Policy, now: str, **case: Any) -> list[Holding]:
    return holding(_item({"received": "03-10 09:00", "level": "P2", **case}), policy, _moment(now))


def short(found: list[Holding]) -> list[tuple[str, int, int]]:
    return [(one.department, one.worked_s, one.waited_s) for one in found]


@given(case=st.sampled_from(CASES), minutes=st.integers(0, 40 * 24 * 60))
def test_what_departments_worked_is_what_the_clock_of_the_solution_counts(
    case: dict[str, Any], minutes: int, policy: Policy
) -> None:
    item, rules = _item(case), _policy(case, policy)
    now = item.received + timedelta(minutes=minutes)
    clock = next((clock for clock in sla.clocks(item, rules, now) if clock.name == "resolve"), None)
    found = holding(item, rules, now)
    assert found[0].since == item.received
    assert all(one.until == other.since for one, other in pairwise(found))
    assert all(one.worked_s >= 0 and one.waited_s >= 0 for one in found)
    if clock and clock.shown and clock.calendar == "office":
        assert sum(one.worked_s for one in found) == clock.elapsed


def test_each_department_has_its_share_from_arrival_to_solution(policy: Policy) -> None:
    events = [
        {"at": "03-10 10:00", "verb": "assign", "department": "app", "owner": "fang.yu"},
        {"at": "03-11 10:00", "verb": "assign", "department": "payments", "owner": "lin.wan"},
        {"at": "03-11 12:00", "verb": "resolve", "by": "lin.wan"},
    ]
    found = held(policy, "03-20 12:00", events=events)
    assert short(found) == [("quality", H, 0), ("app", 8 * H, 0), ("payments", 2 * H, 0)]
    assert found[-1].until == _moment("03-11 12:00")


def test_before_anybody_knows_what_it_is_the_desk_itself_has_it(policy: Policy) -> None:
    found = held(policy, "03-10 11:00", level="none")
    assert short(found) == [("", 2 * H, 0)]
    assert found[0].until is None


def test_waiting_for_an_answer_is_no_work_and_is_told_apart(policy: Policy) -> None:
    events = [
        {"at": "03-10 10:00", "verb": "ask"},
        {"at": "03-10 13:30", "verb": "assign", "department": "app", "owner": "fang.yu"},
        {"at": "03-10 15:30", "verb": "supply"},
    ]
    assert short(held(policy, "03-10 16:00", events=events)) == [("quality", H, 2 * H), ("app", H // 2, 2 * H)]
    assert short(held(policy, "03-10 14:30", events=events)) == [("quality", H, 2 * H), ("app", 0, H)]


def test_a_department_that_has_it_twice_is_named_twice(policy: Policy) -> None:
    events = [
        {"at": "03-10 10:00", "verb": "assign", "department": "app", "owner": "fang.yu"},
        {"at": "03-10 11:00", "verb": "assign", "department": "payments", "owner": "lin.wan"},
        {"at": "03-10 12:00", "verb": "assign", "department": "app", "owner": "fang.yu"},
    ]
    found = held(policy, "03-10 14:30", events=events)
    assert [one.department for one in found] == ["quality", "app", "payments", "app"]


def test_after_a_reopening_it_goes_on_without_the_time_in_between(policy: Policy) -> None:
    events = [
        {"at": "03-10 10:00", "verb": "resolve"},
        {"at": "03-10 10:00", "verb": "close"},
        {"at": "03-16 14:00", "verb": "reopen", "kind": "recurring"},
    ]
    found = held(policy, "03-16 16:00", events=events)
    assert short(found) == [("quality", 3 * H, 0)]
    assert found[0].until is None


def test_a_department_that_had_it_for_no_time_at_all_is_left_out(policy: Policy) -> None:
    events = [
        {"at": "03-10 10:00", "verb": "assign", "department": "app", "owner": "fang.yu"},
        {"at": "03-10 10:00", "verb": "assign", "department": "payments", "owner": "lin.wan"},
    ]
    found = held(policy, "03-10 11:00", events=events)
    assert len(found) == 2
    assert found[1].department in ("app", "payments")


def test_before_it_arrived_nobody_held_it(policy: Policy) -> None:
    assert held(policy, "03-10 08:00") == []
