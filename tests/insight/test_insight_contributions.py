"""Why a figure changed: which groups made the number, the share of kept targets, the median; and when it is chance."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.test_insight_stats import event, made

from git_feedback.desk import Standing
from git_feedback.insight.chance import counts_differ, shares_differ, times_differ
from git_feedback.insight.contributions import Contribution, explaining, reasons, shifting
from git_feedback.insight.courses import Course, courses
from git_feedback.insight.medians import medians, pulls
from git_feedback.insight.on_time import effects, on_time
from git_feedback.insight.verdicts import BREACHED, EXCLUDED, MET, Verdict
from git_feedback.model import Item

Stand = Callable[[Sequence[Item], str], list[Standing]]
LATER = "2026-12-01T09:00:00+08:00"
NOW = datetime.fromisoformat(LATER)
PAYMENT, REFUND = "product/payment", "service/refund"
OWNERS = {PAYMENT: ("payments", "ji.nan"), REFUND: ("support", "he.miao")}


def arrived(month: int, number: int, category: str, hours: float | None = None, **fields: object) -> Item:
    """The `number`-th item of a month of 2026, of a category and its department, solved after so many hours."""
    start = datetime.fromisoformat(f"2026-{month:02}-02T09:00:00+08:00") + timedelta(hours=5 * number)
    department, owner = OWNERS[category]
    history = [
        event("classify", at(start, 0.1), category=category, urgency=3, impact=3),
        event("assign", at(start, 0.2), department=department, owner=owner),
        event("accept", at(start, 0.3), by=owner),
    ]
    if hours is not None:
        history.append(event("resolve", at(start, hours), by=owner, result="已更正。"))
    return made(start.isoformat(), *history, **fields)


def at(start: datetime, hours: float) -> str:
    return (start + timedelta(hours=hours)).isoformat()


def row(month: int, payments: int, refunds: int) -> list[Item]:
    """So many items of two categories in a month."""
    kinds = [PAYMENT] * payments + [REFUND] * refunds
    return [arrived(month, number, kind) for number, kind in enumerate(kinds)]


@pytest.fixture
def taken(stand: Stand) -> Callable[[Sequence[Item]], list[Course]]:
    """The courses of items."""
    return lambda items: courses(stand(items, LATER), NOW)


# ---- chance ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other", "differ"), [(0, 5, False), (0, 6, True), (9, 9, False), (12, 3, True)])
def test_counts_differ_where_so_many_coins_seldom_fall_so_unevenly(one: int, other: int, *, differ: bool) -> None:
    assert counts_differ(one, other) is differ
    assert counts_differ(other, one) is differ


@given(st.integers(0, 3000))
def test_a_count_never_differs_from_itself(count: int) -> None:
    assert not counts_differ(count, count)


def test_many_are_judged_alike_by_coins_and_by_the_normal_curve() -> None:
    assert [counts_differ(500, 500 - less) for less in (60, 64)] == [False, True]
    assert [counts_differ(501, 501 - less) for less in (60, 64)] == [False, True]
    assert [counts_differ(5000, 5000 - less) for less in (190, 200)] == [False, True]


def test_shares_differ_by_the_test_of_two_proportions() -> None:
    assert shares_differ(65, 100, 50, 100), "z = 2.15"
    assert not shares_differ(60, 100, 50, 100), "z = 1.42"
    assert not shares_differ(3, 3, 0, 0), "one is of nothing"
    assert not shares_differ(8, 8, 40, 40), "all were kept both times"


def test_times_differ_as_the_rank_test_of_a_library_says() -> None:
    published = pytest.importorskip("scipy.stats").mannwhitneyu
    draw = random.Random(7)
    seen = set()
    for _ in range(60):
        some = [draw.randint(1, 12) for _ in range(draw.randint(8, 20))]
        others = [draw.randint(1, 12) + draw.choice([0, 4]) for _ in range(draw.randint(8, 20))]
        wanted = bool(published(some, others, method="asymptotic").pvalue < 0.05)
        assert times_differ([*map(float, some)], [*map(float, others)]) is wanted
        seen.add(wanted)
    assert seen == {True, False}


def test_rows_of_equal_times_and_empty_rows_do_not_differ() -> None:
    assert not times_differ([2.0] * 9, [2.0] * 9)
    assert not times_differ([], [1.0, 2.0])


# ---- how many came --------------------------------------------------------------------------------------------------


def groups(**counts: tuple[int, int]) -> list[Contribution]:
    return [Contribution("category", name, before, now) for name, (before, now) in counts.items()]


def test_a_group_that_made_most_of_the_change_explains_it() -> None:
    assert [one.group for one in explaining(groups(pay=(2, 11), rest=(18, 21)))] == ["pay"]


def test_a_large_group_that_only_grew_along_with_all_others_explains_nothing() -> None:
    assert explaining(groups(pay=(60, 90), rest=(40, 60))) == []
    assert [one.group for one in explaining(groups(pay=(60, 96), rest=(40, 44)))] == ["pay"]


def test_a_group_that_may_have_grown_by_chance_explains_nothing() -> None:
    assert explaining(groups(pay=(1, 5), a=(4, 5), b=(4, 5), c=(0, 4))) == []


def test_the_only_group_of_a_side_and_items_that_do_not_say_explain_nothing() -> None:
    assert explaining(groups(pay=(2, 20))) == []
    assert explaining([Contribution("area", "", 0, 20), Contribution("area", "华东/上海", 5, 6)]) == []


def test_what_fell_explains_a_fall_and_what_rose_against_it_does_not() -> None:
    assert [one.group for one in explaining(groups(pay=(30, 5), refund=(4, 14), rest=(20, 20)))] == ["pay"]


def test_groups_that_moved_against_each_other_are_found_while_the_whole_stands_still() -> None:
    assert [one.group for one in shifting(groups(pay=(20, 2), refund=(3, 21), rest=(9, 8)))] == ["pay", "refund"]
    assert shifting(groups(pay=(7, 2), refund=(3, 8))) == []


def test_a_category_and_the_department_it_goes_to_are_one_reason(
    taken: Callable[[Sequence[Item]], list[Course]],
) -> None:
    found = reasons(taken(row(10, 12, 6)), taken(row(9, 1, 5)))
    assert [(one.side, one.group, one.also) for one in found.movers] == [
        ("category", PAYMENT, (("department", "payments"),))
    ]
    assert (found.movers[0].before, found.movers[0].now, len(found.movers[0].items)) == (1, 12, 12)


def test_a_group_that_fell_names_the_items_that_came_before(taken: Callable[[Sequence[Item]], list[Course]]) -> None:
    before = taken(row(9, 14, 6))
    [mover] = reasons(taken(row(10, 1, 5)), before).movers
    assert set(mover.items) == {one.standing.item.id for one in before if one.category == PAYMENT}


def test_seven_against_seven_are_too_few_to_explain(taken: Callable[[Sequence[Item]], list[Course]]) -> None:
    found = reasons(taken(row(10, 7, 0)), taken(row(9, 0, 7)))
    assert found.few
    assert found.movers == ()
    assert not reasons(taken(row(10, 8, 0)), taken(row(9, 0, 7))).few


# ---- how many targets were kept -------------------------------------------------------------------------------------


@pytest.fixture
def judged(stand: Stand) -> Callable[..., list[Verdict]]:
    """Verdicts: of each (clock, category) so many kept and so many missed."""
    there = {kind: stand([arrived(10, 0, kind)], LATER)[0] for kind in (PAYMENT, REFUND)}

    def made_of(**counts: tuple[int, int]) -> list[Verdict]:
        kinds = {"pay": PAYMENT, "refund": REFUND}
        return [
            Verdict(there[kinds[name]], "resolve", outcome, NOW)
            for name, (met, late) in counts.items()
            for outcome in [MET] * met + [BREACHED] * late
        ]

    return made_of


def test_the_decomposition_is_that_of_a_calculation_by_hand(judged: Callable[..., list[Verdict]]) -> None:
    """Before: 36 of 40 and 5 of 10 (82 %).  Now: 18 of 20 and 9 of 30 (54 %).  Mean of both shares: 68 %."""
    now, before = judged(pay=(18, 2), refund=(9, 21)), judged(pay=(36, 4), refund=(5, 5))
    pay, refund = effects("category", now, before)
    assert pay.rate == 0.0
    assert pay.mix == pytest.approx((0.4 - 0.8) * (0.9 - 0.68))
    assert refund.rate == pytest.approx((0.3 - 0.5) * (0.6 + 0.2) / 2)
    assert refund.mix == pytest.approx((0.6 - 0.2) * (0.4 - 0.68))
    found = on_time(now, before)
    assert found.change == pytest.approx(-0.28)
    assert [(one.side, one.group) for one in found.told] == [("category", REFUND)], "its department is the same"
    assert not found.told[0].is_rate, "0.112 by the mix, 0.08 by the rate"


COUNTS = st.tuples(st.integers(0, 30), st.integers(0, 30))


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_mix_and_rate_of_all_groups_sum_up_to_the_change(a: Any, b: Any, c: Any, d: Any) -> None:
    there = {kind: _standing(kind) for kind in (PAYMENT, REFUND)}
    now, before = (_verdicts(there, pay, refund) for pay, refund in ((a, b), (c, d)))
    found = on_time(now, before)
    for side in ("clock", "department", "category"):
        parts = effects(side, now, before)
        assert sum(one.both for one in parts) == pytest.approx(found.change, abs=1e-3)


_KNOWN: dict[str, Standing] = {}


@pytest.fixture(autouse=True, scope="module")
def _known(request: pytest.FixtureRequest) -> None:
    stand: Stand = request.getfixturevalue("stand")
    _KNOWN.update({kind: stand([arrived(10, 0, kind)], LATER)[0] for kind in (PAYMENT, REFUND)})


def _standing(kind: str) -> Standing:
    return _KNOWN[kind]


def _verdicts(there: dict[str, Standing], pay: tuple[int, int], refund: tuple[int, int]) -> list[Verdict]:
    return [
        Verdict(there[kind], "respond", outcome, NOW)
        for kind, (met, late) in ((PAYMENT, pay), (REFUND, refund))
        for outcome in [MET] * met + [BREACHED] * late
    ]


def test_what_does_not_count_is_in_no_share_and_few_targets_are_not_compared(
    judged: Callable[..., list[Verdict]],
) -> None:
    left_out = [Verdict(judged(pay=(1, 0))[0].standing, "resolve", EXCLUDED, NOW, "cancelled")] * 9
    found = on_time([*judged(pay=(7, 0)), *left_out], judged(pay=(0, 20)))
    assert (found.met, found.n, found.few, found.told) == (7, 7, True, ())


def test_a_difference_of_one_target_is_chance(judged: Callable[..., list[Verdict]]) -> None:
    found = on_time(judged(pay=(45, 3)), judged(pay=(46, 2)))
    assert not found.beyond_chance
    assert [(one.group, one.n - one.met) for one in found.late] == [("resolve:P2", 3)]


def test_against_nothing_there_is_no_change(judged: Callable[..., list[Verdict]]) -> None:
    found = on_time(judged(pay=(9, 1)), [])
    assert (found.change, found.mix, found.rate, found.few) == (0.0, 0.0, 0.0, True)


# ---- how long a solution took ---------------------------------------------------------------------------------------


def solved(month: int, **hours: Sequence[float]) -> list[Item]:
    kinds = {"pay": PAYMENT, "refund": REFUND}
    given_hours = [(kinds[name], one) for name, some in hours.items() for one in some]
    return [arrived(month, number, kind, one) for number, (kind, one) in enumerate(given_hours)]


def test_the_group_that_moved_the_median_is_the_one_without_whose_change_it_would_have_stood(
    taken: Callable[[Sequence[Item]], list[Course]],
) -> None:
    before = taken(solved(9, pay=[10, 11, 12, 13, 14], refund=[9, 10, 11, 12, 13, 14, 15]))
    now = taken(solved(10, pay=[10, 11, 12, 13, 14], refund=[60, 61, 62, 63, 64, 65, 66]))
    found = medians(now, before)
    assert (found.before_h, found.median_h, found.beyond_chance) == (12.0, 60.5, True)
    assert [(one.side, one.group, one.moved_h) for one in found.told] == [
        ("category", REFUND, 48.5),
        ("department", "support", 48.5),
    ]
    assert found.told[0].items[0] == found.slowest[0]
    assert {one.group: one.moved_h for one in pulls("category", now, before)}[PAYMENT] == 0.0


def test_a_group_that_stayed_away_may_have_moved_the_median(
    taken: Callable[[Sequence[Item]], list[Course]],
) -> None:
    before = taken(solved(9, pay=[5, 5, 6, 6, 7, 7, 8, 8], refund=[90, 91, 92, 93, 94, 95, 96, 97, 98]))
    found = medians(taken(solved(10, pay=[5, 5, 6, 6, 7, 7, 8, 8])), before)
    assert [(one.group, one.n, one.before_n) for one in found.told[:1]] == [(REFUND, 0, 9)]
    assert found.told[0].moved_h < 0


def test_few_solutions_have_no_reason_and_none_have_no_median(taken: Callable[[Sequence[Item]], list[Course]]) -> None:
    found = medians(taken(solved(10, pay=[1, 2, 3])), taken(solved(9, pay=[50] * 9)))
    assert (found.few, found.told, len(found.slowest)) == (True, (), 3)
    assert medians([], []).median_h is None
