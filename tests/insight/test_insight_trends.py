"""What moves over the parts of a period, worked by hand: steady, turned, or no more than chance."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.test_insight_stats import LATER, Stand, event, made

from git_feedback.clock.periods import Period
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.trends import Moved, apart, parts_of, trends
from git_feedback.model import Item
from git_feedback.policy import Policy

Q3 = Period.parse("2026-Q3")
MONTHS = ("2026-07", "2026-08", "2026-09")
NUMBERS = st.integers(min_value=0, max_value=12)


def received(month: str, many: int, hours: float = 5) -> list[Item]:
    """So many items on the first days of a month, each answered and resolved after so many hours."""
    found = []
    for place in range(many):
        moment = datetime.fromisoformat(f"{month}-01T08:00:00+08:00") + timedelta(minutes=40 * place)
        end = (moment + timedelta(hours=hours)).isoformat()
        found.append(
            made(
                moment.isoformat(),
                event("classify", moment.isoformat(), "rules", category="product/payment", urgency=3, impact=3),
                event("respond", end, channel="phone", text="收到"),
                event("resolve", end, result="已更正"),
            )
        )
    return found


def moved(stand: Stand, policy: Policy, counts: Sequence[int], key: str, hours: Sequence[float] = (5, 5, 5)) -> Moved:
    items = [
        one for month, many, long in zip(MONTHS, counts, hours, strict=True) for one in received(month, many, long)
    ]
    items += received("2026-06", 1)
    ledger = Ledger(stand(items, LATER), policy, datetime.fromisoformat(LATER))
    return next(one for one in trends(ledger, Q3).moved if one.key == key)


@pytest.mark.parametrize(("counts", "direction", "turn"), [
    ((10, 20, 30), "rising", ""), ((30, 20, 10), "falling", ""), ((10, 10, 30), "rose", ""),
    ((10, 11, 12), "level", ""), ((30, 33, 27), "level", ""),
    ((10, 30, 8), "peak", "2026-08"), ((30, 8, 28), "dip", "2026-08"),
    ((10, 35, 30), "rose", ""), ((30, 5, 10), "fell", ""),
    ((1, 3, 4), "few", ""), ((0, 0, 12), "rose", ""),
])  # fmt: skip
def test_a_direction_is_more_than_chance(
    stand: Stand, policy: Policy, counts: tuple[int, int, int], direction: str, turn: str
) -> None:
    found = moved(stand, policy, counts, "received")
    assert (found.direction, found.values, found.turn) == (direction, counts, turn)


def test_a_month_before_the_record_began_is_no_month_of_nothing(stand: Stand, policy: Policy) -> None:
    items = [*received("2026-08", 9), *received("2026-09", 30)]
    found = trends(Ledger(stand(items, LATER), policy, datetime.fromisoformat(LATER)), Q3)
    assert [part.period for part in found.parts] == ["2026-08", "2026-09"]
    assert found.moved[0].values == (9, 30)
    alone = trends(Ledger(stand(items[9:], LATER), policy, datetime.fromisoformat(LATER)), Q3)
    assert {one.direction for one in alone.moved} == {"few"}


def test_times_move_where_most_of_them_do_and_not_by_one(stand: Stand, policy: Policy) -> None:
    slower = moved(stand, policy, (8, 8, 8), "resolve_median_h", (2, 5, 9))
    assert (slower.direction, slower.values) == ("rising", (2.0, 5.0, 9.0))
    few = moved(stand, policy, (8, 4, 8), "resolve_median_h", (2, 5, 9))
    assert few.direction == "few"


def test_a_part_without_a_figure_is_too_few(stand: Stand, policy: Policy) -> None:
    found = moved(stand, policy, (10, 0, 10), "resolve_median_h")
    assert (found.direction, found.values) == ("few", (5.0, None, 5.0))


@pytest.mark.parametrize(("counts", "direction"), [((6, 5, 5), "rising"), ((6, 1, 1), "level"), ((60, 2, 3), "level")])
def test_a_backlog_moves_by_a_tenth_and_by_five(
    stand: Stand, policy: Policy, counts: tuple[int, int, int], direction: str
) -> None:
    """Nothing is finished: each month adds what came."""
    items = [
        made(f"{month}-05T09:{n:02}:00+08:00") for month, many in zip(MONTHS, counts, strict=True) for n in range(many)
    ]
    ledger = Ledger(stand(items, LATER), policy, datetime.fromisoformat(LATER))
    found = next(one for one in trends(ledger, Q3).moved if one.key == "backlog")
    assert found.direction == direction
    assert found.values == (counts[0], sum(counts[:2]), sum(counts))


def test_a_quarter_has_months_and_a_year_has_quarters() -> None:
    assert [part.name for part in parts_of(Period.parse("2026-Q3"))] == list(MONTHS)
    assert [part.name for part in parts_of(Period.parse("2026"))] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert parts_of(Period.parse("2026-07")) == []


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_the_other_way_round_is_the_other_direction(stand: Stand, policy: Policy, counts: tuple[int, int, int]) -> None:
    other = {"rising": "falling", "falling": "rising", "rose": "fell", "fell": "rose"}
    there = moved(stand, policy, counts, "received").direction
    back = moved(stand, policy, counts[::-1], "received").direction
    assert back == other.get(there, there)


def test_whole_periods_are_apart_where_chance_does_not_explain_it(stand: Stand, policy: Policy) -> None:
    items = [*received("2026-05", 10), *received("2026-08", 30)]
    ledger = Ledger(stand(items, LATER), policy, datetime.fromisoformat(LATER))
    keys = ("received", "resolve_median_h", "satisfied_share")
    assert list(apart(ledger, Q3, Q3.previous, keys)) == ["received"]
    assert list(apart(ledger, Q3, Q3.year_before, keys)) == ["received"]
    assert list(apart(ledger, Q3.previous, Q3.previous, keys)) == []
