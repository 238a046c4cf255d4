"""Causes of missed targets: each stretch of working time goes to what the item was waiting for, and none is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.late_items import MARCH, Told, assigned, classified, happened, item, ledger
from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.insight import Ledger, Period
from git_feedback.insight.lateness import Breach, Lateness, lateness
from git_feedback.insight.owner_spans import OVERLOADED_FROM, Loads
from git_feedback.insight.stretches import KINDS
from git_feedback.model import Item
from git_feedback.policy.files import Leave

HOUR_S = 3600
OTHER = item("02 08:00", source="另一件").id


def late(*items: Item, now: str = "31 23:59") -> Lateness:
    return lateness(ledger(items, now), MARCH)


def missed(found: Lateness, clock: str) -> Breach:
    return next(one for one in found.breaches if one.clock == clock)


def hours(one: Breach) -> dict[str, float]:
    return {stretch.kind: round(stretch.seconds / HOUR_S, 2) for stretch in one.stretches}


def test_what_took_longest_is_the_cause_and_all_stretches_are_the_time_of_the_clock() -> None:
    # Tuesday: P2 answers within 8 h.  30 min unclassified, 1 h without an owner, 7.5 h not accepted, 1 h not answered
    answered = item(
        "10 08:30",
        classified("10 09:00"),
        assigned("10 10:00"),
        happened("accept", "11 09:30"),
        happened("respond", "11 10:30", text="您好，正在处理。"),
    )
    found = missed(late(answered), "respond")
    assert hours(found) == {"acceptance": 7.5, "dispatch": 1.0, "unanswered": 1.0, "triage": 0.5}
    assert (found.cause, found.share) == ("acceptance", 0.75)
    assert (found.elapsed_s, found.target_s, found.late_s) == (10 * HOUR_S, 8 * HOUR_S, 2 * HOUR_S)
    assert (found.owner, found.department, found.load, found.unanswered) == ("lin.wan", "payments", 1, False)


def test_time_with_departments_that_gave_it_on_is_handed_on() -> None:
    to_and_fro = item(
        "10 08:30",
        classified("10 08:40"),
        assigned("10 09:00"),
        happened("return", "10 17:00", reason="不是支付的问题"),
        assigned("11 09:00", "fang.yu", "app"),
        happened("return", "11 10:00", "fang.yu", reason="也不是移动端的"),
        assigned("11 11:00", "sam.okafor", "logistics"),
        happened("accept", "11 11:30", "sam.okafor"),
        happened("respond", "11 17:00", "sam.okafor", text="查到了。"),
    )
    found = missed(late(to_and_fro), "respond")
    assert (found.cause, found.times_given_on) == ("handed-on", 2)
    assert hours(found)["handed-on"] == 10.0  # Tuesday 09:00 to Wednesday 11:00 without lunch and night
    assert found.owner == "ji.nan"  # when time was up, on Wednesday at 08:30, it was with the coordinator


def test_given_to_a_colleague_of_the_same_department_it_is_not_handed_on() -> None:
    found = missed(
        late(item("10 08:30", classified("10 08:40"), assigned("10 09:00"), assigned("11 09:00", "ji.nan"))), "respond"
    )
    assert (found.times_given_on, "handed-on" in hours(found)) == (0, False)


def test_an_urgent_matter_of_the_night_waited_for_the_office_to_open() -> None:
    # Saturday 20:00, P0: an hour round the clock; the office opens on Monday at 08:30
    urgent = item(
        "14 20:00",
        classified("14 20:05", 5, 5),
        assigned("16 08:40"),
        happened("accept", "16 08:45"),
        happened("respond", "16 09:00", text="您好。"),
    )
    found = missed(late(urgent), "respond")
    assert found.cause == "closed"
    assert hours(found)["closed"] == 36.5
    later_night = item("16 17:00", classified("16 17:01", 5, 5), assigned("16 17:02"), source="票据 2")
    assert missed(late(later_night, now="17 09:00"), "respond").cause == "acceptance"  # it was open when it came


def test_waiting_is_a_cause_only_for_a_clock_that_goes_on_meanwhile() -> None:
    asked = item(
        "10 08:30",
        classified("10 08:31"),
        happened("ask", "10 08:40", "rules", question="订单号是？", missing=("order",)),
        happened("supply", "11 11:00", "intake", supplied=("order",), text="2231"),
        assigned("11 11:10"),
        happened("accept", "11 11:20"),
        happened("respond", "11 11:40", text="您好。"),
    )
    assert missed(late(asked), "respond").cause == "submitter"
    assert not [one for one in late(asked).breaches if one.clock in ("resolve", "reply") and "submitter" in hours(one)]


def test_an_item_that_somebody_had_and_nobody_touched_for_a_day_lay_still() -> None:
    lay = item(
        "10 08:30",
        classified("10 08:31"),
        assigned("10 08:32"),
        happened("accept", "10 08:40"),
        happened("respond", "10 09:00", text="您好。"),
        happened("note", "10 15:00", text="问了财务"),
        happened("resolve", "18 15:00", result="已退款"),
    )
    found = missed(late(lay), "resolve")
    assert found.cause == "still"
    # 09:00-15:00 is work on the first day; from then to the 18th, 15:00 nothing was noted
    assert hours(found)["still"] == 48.0
    assert hours(found)["work"] == pytest.approx(4.83, abs=0.01)


def test_what_a_machine_noted_is_no_sign_of_life() -> None:
    alarm = happened(
        "alarm", "11 10:00", "nightly", clock="resolve", cycle=1, rungs=(50,), addressee="lin.wan", channel="mail",
        since="2026-03-11T10:00:00+08:00",
    )  # fmt: skip
    told = [classified("10 08:31"), assigned("10 08:32"), happened("accept", "10 08:40")]
    done = happened("resolve", "18 15:00", result="已退款")
    with_alarm, without = late(item("10 08:30", *told, alarm, done)), late(item("10 08:30", *told, done))
    assert missed(with_alarm, "resolve").stretches == missed(without, "resolve").stretches


def test_days_of_leave_of_the_owner_are_their_own_cause() -> None:
    people = dict(policy().people)
    away = Leave(first=date(2026, 3, 10), last=date(2026, 3, 11))
    people["lin.wan"] = people["lin.wan"].model_copy(update={"leave": (away,)})
    ruled = replace(policy(), people=people)
    until = datetime(2026, 3, 12, 2, tzinfo=UTC)
    given_to = item("10 08:30", classified("10 08:31"), assigned("10 08:32"))
    found = missed(lateness(Ledger(standings([given_to], ruled, until), ruled, until), MARCH), "respond")
    assert found.cause == "leave"
    assert hours(found)["acceptance"] == 1.5  # the 12th from 08:30 to 10:00


def test_who_had_ten_items_more_than_anybody_else_was_overloaded() -> None:
    many = [
        item("09 09:00", classified("09 09:01"), assigned("09 09:02"), source=f"票据 {place}")
        for place in range(OVERLOADED_FROM)
    ]
    found = missed(late(*many, now="11 18:00"), "respond")
    assert (found.cause, found.load) == ("overload", OVERLOADED_FROM)
    assert missed(late(*many[1:], now="11 18:00"), "respond").cause == "acceptance"


def test_as_much_as_everybody_else_has_is_no_overload() -> None:
    owners = ("lin.wan", "ji.nan")
    many = [
        item("09 09:00", classified("09 09:01"), assigned("09 09:02", owner), source=f"{owner} {place}")
        for place in range(OVERLOADED_FROM)
        for owner in owners
    ]
    assert {one.cause for one in late(*many, now="11 18:00").breaches if one.clock == "respond"} == {"acceptance"}


def test_loads_count_what_is_open_at_a_moment() -> None:
    one = item("10 08:30", classified("10 08:31"), assigned("10 09:00"), happened("accept", "10 10:00"),
               happened("resolve", "10 11:00", result="好了"))  # fmt: skip
    known = ledger([one])
    loads = Loads(known.standings, known.policy, known.now)
    moments = [int(datetime.fromisoformat(f"2026-03-10T{hour}:30:00+08:00").timestamp()) for hour in ("08", "09", "11")]
    assert [loads.of("lin.wan", moment) for moment in moments] == [0, 1, 0]


def test_a_solution_that_was_late_and_did_not_pass_is_cut_from_there_on() -> None:
    failed = item(
        "02 08:30",
        classified("02 08:31"),
        assigned("02 08:32"),
        happened("accept", "02 08:40"),
        happened("respond", "02 09:00", text="您好。"),
        happened("resolve", "10 08:30", result="已修复"),
        happened("review", "10 09:30", "ji.nan", verdict="fail", reason="还是报错"),
        happened("resolve", "11 09:30", result="再次修复"),
    )
    first, second = sorted((one for one in late(failed).breaches if one.clock == "resolve"), key=lambda one: one.late_s)
    assert (first.cause, hours(second)) == ("still", {"failed-review": 8.0})
    assert second.late_s - first.late_s == 8 * HOUR_S
    assert late(failed).late_s == second.late_s + sum(
        one.late_s for one in late(failed).breaches if one.clock != "resolve"
    )


@pytest.mark.parametrize(
    ("clock", "cause", "events"),
    [
        ("review", "review", [happened("resolve", "10 10:00", result="好了")]),
        ("update", "unanswered", [happened("message", "10 10:00", "intake", text="还没好吗？")]),
        ("accept", "acceptance", []),
        ("assess", "triage", []),
    ],
)
def test_a_clock_with_one_purpose_waits_for_that(clock: str, cause: str, events: list[Told]) -> None:
    first = classified("10 08:31", 5, 5, "rules" if clock == "assess" else "ines.brandt")
    taken = [] if clock in ("accept", "assess") else [happened("accept", "10 08:40")]
    owner = [] if clock == "assess" else [assigned("10 08:32")]
    found = missed(late(item("10 08:30", first, *owner, *taken, *events), now="20 18:00"), clock)
    assert {stretch.kind for stretch in found.stretches} == {cause}
    assert found.unanswered


def test_imported_history_does_not_tell_why() -> None:
    old = item(
        "02 08:30", classified("02 08:30", by="import"), happened("resolve", "20 09:00", "import"), record="history"
    )
    assert [(one.clock, one.cause, one.share) for one in late(old).breaches] == [("resolve", "unknown", 1.0)]


def test_what_was_taken_back_never_happened() -> None:
    told = [classified("10 08:31"), assigned("10 08:40")]
    taken_back = [
        happened("accept", "10 09:00"),
        happened("retract", "11 09:00", what="accept", when="2026-03-10T09:00:00+08:00", because="点错了"),
    ]
    plain, mended = (
        late(item("10 08:30", *told), now="12 10:00"),
        late(item("10 08:30", *told, *taken_back), now="12 10:00"),
    )
    assert missed(plain, "respond").stretches == missed(mended, "respond").stretches


def test_a_target_is_missed_in_the_period_in_which_its_time_ran_out() -> None:
    waits = item("31 15:00", classified("31 15:01"))
    known = ledger([waits], now="31 18:00")
    april = Ledger(standings([waits], policy(), known.now + timedelta(days=5)), policy(), known.now + timedelta(days=5))
    assert not lateness(known, MARCH).breaches
    assert not lateness(april, MARCH).breaches
    assert [one.clock for one in lateness(april, Period.parse("2026-04")).breaches] == ["respond"]


def test_causes_are_summed_over_all_missed_targets_the_dearest_first() -> None:
    waits = item("10 08:30", classified("10 08:30"), source="票据 1")
    other = item("10 08:30", classified("10 08:30"), assigned("10 10:30"), source="票据 2")
    found = late(waits, other, now="11 11:30")
    assert [(one.kind, one.seconds, one.targets) for one in found.causes] == [
        ("acceptance", (9 + 9) * HOUR_S, 2),  # the answer and the acceptance of the second item
        ("dispatch", (11 + 2) * HOUR_S, 1),
    ]
    assert found.seconds == sum(one.seconds for one in found.causes)
    assert sum(one.targets for one in found.causes) == len(found.breaches) == 3
    assert sum(one.share for one in found.causes) == pytest.approx(1, abs=1e-3)


def test_where_nothing_is_late_there_is_nothing() -> None:
    assert late(item("31 15:00", classified("31 15:01"))) == Lateness((), (), 0, 0)


VERBS = st.sampled_from(
    [
        classified(""), classified("", 5, 5), assigned(""), assigned("", "fang.yu", "app"), happened("accept", ""),
        happened("return", "", reason="不归我"), happened("ask", "", question="哪一单？"), happened("supply", "", text="这一单"),
        happened("resolve", "", result="好了"), happened("review", "", verdict="fail", reason="没有好"),
        happened("review", "", verdict="pass"), happened("reopen", "", kind="recurring"),
        happened("reopen", "", kind="unsatisfied"), happened("note", "", text="记一笔"),
        happened("message", "", text="催一下"), happened("respond", "", text="在办"), happened("reply", "", text="办好了"),
        happened("duplicate", "", of=OTHER), happened("escalate", "", because="太久"),
    ]
)  # fmt: skip


@given(st.lists(st.tuples(VERBS, st.integers(1, 40)), max_size=14), st.integers(0, 23))
def test_no_second_of_working_time_is_lost_whatever_happened(told: list[tuple[Told, int]], hour: int) -> None:
    moment = datetime(2026, 3, 2, hour, tzinfo=UTC)
    events: list[Told] = []
    for (verb, _, by, more), passed in told:
        moment = min(moment + timedelta(hours=passed), datetime(2026, 3, 31, 20, tzinfo=UTC))
        events.append((verb, moment.strftime("%d %H:%M"), by, more))
    known = ledger([item(f"02 {hour:02}:00", *events)])
    found = lateness(known, MARCH)
    assert len(found.breaches) == len(known.look(MARCH).breached)
    for one in found.breaches:
        cut = sum(stretch.seconds for stretch in one.stretches)
        again = [each.elapsed_s for each in found.breaches if each.clock == one.clock and each.due == one.due]
        assert cut == one.elapsed_s or cut in {one.elapsed_s - earlier for earlier in again}
        assert all(stretch.kind in KINDS and stretch.seconds > 0 for stretch in one.stretches)
        assert one.stretches == tuple(sorted(one.stretches, key=lambda each: (-each.seconds, KINDS.index(each.kind))))
