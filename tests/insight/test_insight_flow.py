"""Ways between states: what counts in a period, what went backwards, and that nobody is lost on the way."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.insight.late_items import MARCH, Told, assigned, classified, happened, item, ledger

from git_feedback.insight import Period
from git_feedback.insight.flow import COLUMNS, Back, Flowed, flowed, passages
from git_feedback.model import Item

STRAIGHT = (
    classified("10 09:00"),
    assigned("10 09:10"),
    happened("accept", "10 09:20"),
    happened("resolve", "10 15:00", result="已退款"),
    happened("review", "10 16:00", "ji.nan", verdict="pass"),
    happened("reply", "10 16:10", text="已退款，请查收。"),
    happened("close", "12 09:00"),
)


def ways(found: Flowed) -> dict[tuple[str, str], int]:
    return {(way.source, way.target): len(way.items) for way in found.ways}


def of(*items: Item) -> Flowed:
    return flowed(ledger(items), MARCH)


def test_a_straight_way_leads_through_every_state_once() -> None:
    found = of(item("10 08:45", *STRAIGHT))
    assert ways(found) == {
        ("new", "triaged"): 1, ("triaged", "assigned"): 1, ("assigned", "accepted"): 1, ("accepted", "resolved"): 1,
        ("resolved", "reviewed"): 1, ("reviewed", "replied"): 1, ("replied", "closed"): 1,
    }  # fmt: skip
    assert (found.back, found.waited, found.passages) == ((), (), 7)


def test_what_happened_in_another_period_is_no_way_of_this_one() -> None:
    known = ledger([item("10 08:45", *STRAIGHT)])
    assert flowed(known, Period.parse("2026-02")) == flowed(known, Period.parse("2026-04")) == Flowed((), (), ())


def test_waiting_for_an_answer_is_counted_beside_and_is_no_way_of_its_own() -> None:
    asked = item(
        "10 08:45",
        *STRAIGHT[:3],
        happened("ask", "10 10:00", question="哪一单？"),
        happened("supply", "10 11:00", "intake", text="2231"),
        happened("ask", "10 11:10", question="哪家店？"),
        STRAIGHT[3],
    )
    found = of(asked)
    assert ways(found)[("accepted", "resolved")] == 1
    assert not any("waiting" in way for way in ways(found))
    assert found.waited == (asked.id,)


def test_what_is_assigned_while_it_waits_goes_on_beneath() -> None:
    found = of(item("10 08:45", STRAIGHT[0], happened("ask", "10 09:05", question="哪一单？"), assigned("10 09:10")))
    assert ways(found) == {("new", "triaged"): 1, ("triaged", "assigned"): 1}


def test_returned_not_passed_reopened_and_separated_are_ways_back() -> None:
    original = item("09 08:45", classified("09 09:00"), source="原件")
    to_and_fro = item(
        "10 08:45",
        classified("10 09:00"),
        assigned("10 09:10"),
        happened("return", "10 09:20", reason="不归支付"),
        assigned("10 09:30", "fang.yu", "app"),
        happened("return", "10 09:40", "fang.yu", reason="也不归移动端"),
        assigned("10 09:50", "lin.wan"),
        happened("accept", "10 10:00"),
        happened("resolve", "10 11:00", result="好了"),
        happened("review", "10 11:30", "ji.nan", verdict="fail", reason="没有好"),
        happened("resolve", "10 14:00", result="这次好了"),
        happened("review", "10 15:00", "ji.nan", verdict="pass"),
        happened("reply", "10 15:10", text="好了。"),
        happened("reopen", "11 09:00", kind="recurring"),
        source="来回",
    )
    twin = item(
        "10 08:50",
        classified("10 09:00"),
        happened("duplicate", "10 09:05", of=original.id),
        happened("unlink", "10 10:00", kind="duplicate", to=original.id),
        source="不是重复",
    )
    found = of(original, to_and_fro, twin)
    assert found.back == (
        Back("returned", 2, (to_and_fro.id,)),
        Back("failed-review", 1, (to_and_fro.id,)),
        Back("reopened", 1, (to_and_fro.id,)),
        Back("separated", 1, (twin.id,)),
    )
    assert ways(found)[("assigned", "returned")] == 1  # one item, though it was returned twice


def test_every_way_back_leads_to_an_earlier_or_the_same_column_and_the_way_from_there_goes_on() -> None:
    backwards = {("assigned", "returned"), ("accepted", "returned"), ("resolved", "accepted"), ("closed", "reopened"),
                 ("resolved", "reopened"), ("replied", "reopened"), ("duplicate", "triaged")}  # fmt: skip
    assert all(COLUMNS[target] <= COLUMNS[source] for source, target in backwards)
    assert COLUMNS["returned"] < COLUMNS["assigned"]
    assert COLUMNS["reopened"] < COLUMNS["accepted"]


def test_the_order_of_items_changes_nothing() -> None:
    first, second = item("10 08:45", *STRAIGHT, source="甲"), item("10 08:45", *STRAIGHT[:2], source="乙")
    known, turned = ledger([first, second]), ledger([first, second])
    turned.standings = tuple(reversed(turned.standings))
    assert flowed(known, MARCH) == flowed(turned, MARCH)


def test_what_was_taken_back_is_no_way() -> None:
    mistaken = item(
        "10 08:45",
        *STRAIGHT[:3],
        happened("return", "10 10:00", reason="点错"),
        happened("retract", "10 10:05", what="return", when="2026-03-10T10:00:00+08:00", because="点错了"),
    )
    assert of(mistaken) == of(item("10 08:45", *STRAIGHT[:3]))


VERBS = st.sampled_from(
    [
        classified(""), assigned(""), happened("accept", ""), happened("return", "", reason="不归我"),
        happened("ask", "", question="哪一单？"), happened("supply", "", text="这一单"),
        happened("resolve", "", result="好了"), happened("review", "", verdict="fail", reason="没有好"),
        happened("review", "", verdict="pass"), happened("reopen", "", kind="recurring"),
        happened("reply", "", text="办好了"), happened("close", ""), happened("reject", "", kind="invalid"),
    ]
)  # fmt: skip


@given(st.lists(VERBS, max_size=12))
def test_an_item_leaves_a_state_as_often_as_it_came_to_it_but_for_the_first_and_the_last(told: list[Told]) -> None:
    moments = (datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=7 * place) for place in range(len(told)))
    events = [
        (verb, moment.strftime("%d %H:%M"), by, more)
        for (verb, _, by, more), moment in zip(told, moments, strict=False)
    ]
    known = ledger([item("01 08:00", *events)])
    found = [one for one in passages(known.standings[0], known.policy, known.now) if one.source != one.target]
    balance = Counter(one.target for one in found)
    balance.subtract(one.source for one in found)
    state = known.standings[0].state
    ends = Counter({state.before_waiting or state.life: 1})
    ends.subtract(["new"])
    assert {state: count for state, count in balance.items() if count} == {
        state: count for state, count in ends.items() if count
    }
