"""The same items judged twice: what counts as a change, how it is counted, and what stands first."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_desk import item, policy

from git_feedback.clock import Calendar, Duration
from git_feedback.desk import standings
from git_feedback.insight.replays import Replay, compared, outcome
from git_feedback.model import Item
from git_feedback.model.ids import from_bits
from git_feedback.policy import Policy
from git_feedback.policy.files import Rule

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
FRIDAY = "2026-11-13"

IDS = {name: from_bits("Q", date(2026, 11, 13), number) for number, name in enumerate("甲乙丙")}


def made(name: str, *events: str) -> Item:
    """A P2 item received on a Friday morning at nine, classified by a person five minutes later."""
    said = "category: service/refund, urgency: 3, impact: 3"
    lines = [f"classify: {{at: {FRIDAY}T09:05:00+08:00, by: ines.brandt, {said}}}", *events]
    head = f"id: {IDS[name]}\nreceived: {FRIDAY}T09:00:00+08:00\nchannel: web-form\ntitle: 退款没到账 {name}\n"
    return item(head + "submitter:\n  kind: new\nhistory:\n" + "".join(f"  - {line}\n" for line in lines))


def answered(at: str) -> str:
    return f"respond: {{at: {at}+08:00, by: xu.bei}}\n    text: 您好，正在核实。"


REJECTED = f"reject: {{at: {FRIDAY}T10:00:00+08:00, by: ines.brandt, kind: spam}}\n    reason: 广告"


def with_target(clock: str, target: str | None, level: str = "P2") -> Policy:
    """The sample policy with another target of one clock and level, or none."""
    edition = policy().editions[-1]

    def changed(rule: Rule) -> Rule:
        if rule.clock != clock or level not in rule.level or rule.cap:
            return rule
        update = {"target": Duration.parse(target) if target else None, "none": target is None}
        return rule.model_copy(update=update)

    return replace(policy(), editions=(replace(edition, rules=tuple(map(changed, edition.rules))),))


def replay(other: Policy, *items: Item) -> Replay:
    return compared(standings(items, policy(), NOW), standings(items, other, NOW), policy(), other)


def test_the_same_policy_changes_nothing() -> None:
    found = replay(policy(), made("甲"), made("乙", answered(f"{FRIDAY}T10:00:00")))
    assert (found.replayed, found.changes, found.added, found.removed, found.routes) == (2, (), 0, 0, ())
    assert {was == is_ for was, is_ in found.levels} == {True}
    assert all(tally.before == tally.after for tally in found.tallies)


def test_a_shorter_target_adds_the_breach_of_an_answer_that_was_in_time() -> None:
    found = replay(with_target("respond", "2h"), made("甲", answered(f"{FRIDAY}T12:00:00")))
    (clock,) = [one for one in found.changes[0].clocks if one.name == "respond"]
    assert clock.outcome == ("met", "breached")
    assert (clock.adds_breach, clock.removes_breach) == (True, False)
    assert (found.added, found.removed) == (1, 0)


def test_a_longer_target_removes_it() -> None:
    ours, longer = with_target("respond", "2h"), policy()
    one = made("甲", answered(f"{FRIDAY}T12:00:00"))
    found = compared(standings([one], ours, NOW), standings([one], longer, NOW), ours, longer)
    assert (found.added, found.removed) == (0, 1)
    (tally,) = [one for one in found.tallies if one.clock == "respond"]
    assert (tally.before["breached"], tally.after["breached"], tally.after["met"]) == (1, 0, 1)


def test_a_clock_that_runs_there_no_more_takes_its_breach_along() -> None:
    found = replay(with_target("resolve", None), made("甲").model_copy(update={"received": NOW.replace(month=10)}))
    (clock,) = [one for one in found.changes[0].clocks if one.name == "resolve"]
    assert clock.after is None
    assert (clock.outcome, clock.moved_s, clock.shift_s) == (("breached", ""), None, None)
    assert found.removed == 1


def test_shifts_are_working_time_of_the_clock_and_their_median_stands_beside_their_number() -> None:
    found = replay(with_target("resolve", "24h"), made("甲"), made("乙"), made("丙"))
    (tally,) = [one for one in found.tallies if one.clock == "resolve"]
    assert (tally.earlier.n, tally.earlier.median_s) == (3, 16 * 3600)  # 40h -> 24h, whatever nights lie between
    assert (tally.later.n, tally.later.median_s) == (0, None)
    (clock,) = [one for one in found.changes[0].clocks if one.name == "resolve"]
    assert clock.shift_s == -16 * 3600
    assert clock.moved_s == -2 * 24 * 3600


def test_another_calendar_moves_deadlines_though_no_target_changed() -> None:
    hours = [("08:30", "12:00"), ("13:30", "18:00")]
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat"), hours)
    calendars = policy().calendars
    sixth = replace(calendars, by_name={**calendars.by_name, "office": Calendar("Asia/Shanghai", week)})
    found = replay(replace(policy(), calendars=sixth), made("甲"))
    (clock,) = [one for one in found.changes[0].clocks if one.name == "resolve"]
    assert clock.moved_s == -24 * 3600


def test_what_was_rejected_is_no_verdict_and_its_deadline_nobodys_concern() -> None:
    assert replay(with_target("respond", "2h"), made("甲", REJECTED)).changes == ()


def test_levels_make_a_matrix_that_counts_those_that_stay_too() -> None:
    edition = policy().editions[-1]
    matrix = (*edition.matrix[:2], ("P3", "P3", "P1", "P2", "P2"), *edition.matrix[3:])
    other = replace(policy(), editions=(replace(edition, matrix=matrix),))
    calm = (
        f"classify: {{at: {FRIDAY}T09:06:00+08:00, by: ines.brandt, category: other/suggestion, urgency: 2, impact: 2}}"
    )
    found = replay(other, made("甲"), made("乙"), made("丙", calm))
    assert dict(found.levels) == {("P2", "P1"): 2, ("P3", "P3"): 1}


def moved(category: str, department: str) -> Policy:
    there = policy().categories[category].model_copy(update={"department": department})
    return replace(policy(), categories={**policy().categories, category: there})


def test_a_category_that_moves_takes_what_nobody_assigned_along_and_the_rest_only_on_paper() -> None:
    assigned = f"assign: {{at: {FRIDAY}T09:30:00+08:00, by: ines.brandt, department: support, owner: xu.bei}}"
    found = replay(moved("service/refund", "payments"), made("甲"), made("乙", assigned))
    (route,) = found.routes
    assert (route.turn, route.n, route.moved) == (("support", "payments"), 2, 1)
    by_id = {change.before.item.id: change for change in found.changes}
    assert by_id[IDS["甲"]].owner == ("ines.brandt", "ji.nan")
    assert by_id[IDS["乙"]].department == ("support", "support")


def test_new_breaches_stand_first_then_what_presses_then_what_was_met_anyway() -> None:
    early, late = made("甲", answered(f"{FRIDAY}T09:30:00")), made("丙", answered(f"{FRIDAY}T12:00:00"))
    assert [one.before.item.id for one in replay(with_target("respond", "2h"), early, late).changes] == [
        IDS["丙"],
        IDS["甲"],
    ]


def test_an_item_is_seen_alike_in_any_order_of_arrival() -> None:
    items = [made("甲"), made("乙", answered(f"{FRIDAY}T12:00:00")), made("丙", answered(f"{FRIDAY}T09:30:00"))]
    other = with_target("respond", "2h")
    assert replay(other, *items) == replay(other, *reversed(items))


@given(target=st.sampled_from(["30m", "1h", "2h", "8h", "40h", "3wd", None]), at=st.integers(1, 3000))
def test_there_and_back_again_are_each_others_mirror(target: str | None, at: int) -> None:
    hour = f"{FRIDAY}T{9 + at // 400:02d}:{at % 60:02d}:00"
    one, other = made("甲", answered(hour)), with_target("respond", target)
    here, there = standings([one], policy(), NOW), standings([one], other, NOW)
    forth, back = compared(here, there, policy(), other), compared(there, here, other, policy())
    assert (forth.added, forth.removed) == (back.removed, back.added)
    assert len(forth.changes) == len(back.changes)
    assert [tally.before for tally in forth.tallies] == [tally.after for tally in back.tallies]


@pytest.mark.parametrize(
    ("name", "said"), [("respond", "met"), ("resolve", "running"), ("reply", "breached"), ("follow-up", "")]
)
def test_outcomes_are_met_breached_running_or_nothing_to_count(name: str, said: str) -> None:
    (one,) = standings([made("甲", answered(f"{FRIDAY}T12:00:00"))], policy(), NOW.replace(day=19))
    assert outcome(one.clock(name)) == said


def test_what_is_late_under_both_adds_no_breach_however_much_earlier_it_was_due() -> None:
    found = replay(with_target("respond", "2h"), made("甲"))
    (clock,) = [one for one in found.changes[0].clocks if one.name == "respond"]
    assert clock.outcome == ("breached", "breached")
    assert (found.added, found.removed, clock.adds_breach) == (0, 0, False)


def test_deadlines_of_different_rounds_are_not_measured_against_each_other() -> None:
    def message(at: str) -> str:
        return f"message: {{at: 2026-11-{at}+08:00}}\n    text: 在吗".replace("+08:00}", "+08:00, by: intake}")

    weekend = message("13T16:00:00"), answered("2026-11-16T10:00:00")
    morning = message("17T08:30:00"), answered("2026-11-17T15:00:00")
    found = replay(with_target("update", "8h@24x7"), made("甲", answered(f"{FRIDAY}T09:30:00"), *weekend, *morning))
    (clock,) = [one for one in found.changes[0].clocks if one.name == "update"]
    assert clock.before
    assert clock.after
    assert clock.before.started != clock.after.started
    assert (clock.outcome, clock.moved_s, clock.shift_s) == (("met", "breached"), None, None)
