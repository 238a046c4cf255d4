"""What rises: three times and more than chance, told once, never where there is nothing to compare with."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insight.rising_items import LONG_AGO, NOW, came, many, stood

from git_feedback.insight.spikes import FEWEST, Spike, matters, risen
from git_feedback.model import Item
from git_feedback.triage.recurring import spike

DAY = timedelta(days=1)


def spikes(*items: Item) -> list[Spike]:
    return list(risen(stood((LONG_AGO, *items)), [NOW]).spikes)


def test_five_where_there_were_none_have_a_chance_of_one_fifth_to_the_fifth() -> None:
    [found] = spikes(*many(0, [1, 2, 3, 4, 5]))
    assert (found.kind, found.names, found.count, found.before) == ("channel", ("web-form",), 5, 0)
    assert found.chance == pytest.approx(0.2**5)
    assert found.one_in == 1000
    assert found.times is None, "nothing cannot be multiplied"
    assert found.is_new


def test_what_was_here_long_ago_is_not_new() -> None:
    [found] = spikes(came(50, 60), *many(0, [1, 2, 3, 4, 5]))
    assert not found.is_new
    assert found.times is None


def test_four_are_too_few_whatever_was_before() -> None:
    assert spikes(*many(0, [1, 2, 3, 4])) == []


def test_every_group_that_could_be_told_makes_the_chance_larger_and_small_ones_do_not() -> None:
    crowd = many(0, [1, 2, 3, 4, 5], area="华东/上海", product="App")
    assert [one.chance for one in spikes(*crowd)] == pytest.approx([3 * 0.2**5] * 3)
    small = [came(100 + n, 3, channel="email", area=f"区域 {n}") for n in range(FEWEST - 1)]
    assert [one.chance for one in spikes(*crowd, *small)] == pytest.approx([3 * 0.2**5] * 3)


def test_three_times_the_mean_is_a_spike_and_a_little_less_is_none() -> None:
    before = many(100, [8 + n % 27 for n in range(40)])
    [found] = spikes(*before, *many(0, [n % 7 for n in range(30)]))
    assert (found.count, found.before, found.times) == (30, 10, 3.0)
    assert spikes(*before, *many(0, [n % 7 for n in range(29)])) == []


def test_three_times_of_little_is_chance() -> None:
    before = many(100, [8 + 2 * n for n in range(12)])
    assert spikes(*before, *many(0, [n % 7 for n in range(9)])) == []


def test_a_record_younger_than_five_weeks_has_no_spike_and_says_so() -> None:
    young = risen(stood(many(0, [1, 1, 2, 2, 3, 3, 4, 5, 34])), [NOW])
    assert (young.spikes, young.is_young) == ((), True)
    assert not risen(stood(many(0, [1, 2, 35])), [NOW]).is_young


def test_an_empty_record_is_young() -> None:
    assert risen([], [NOW]) == risen(stood([]), [])
    assert risen([], [NOW]).is_young


def test_what_nobody_has_classified_is_no_category() -> None:
    assert {one.kind for one in spikes(*many(0, [1, 2, 3, 4, 5]))} == {"channel"}
    named = many(0, [1, 2, 3, 4, 5], category="product/payment", area="华北/北京")
    assert {(one.kind, one.names) for one in spikes(*named)} == {
        ("category", ("product/payment",)),
        ("channel", ("web-form",)),
        ("area", ("华北/北京",)),
        ("area-category", ("华北/北京", "product/payment")),
    }


def test_the_last_seven_days_begin_after_the_same_second_a_week_ago() -> None:
    assert spikes(*many(0, [1, 2, 3, 4, 7])) == []
    [found] = spikes(*many(0, [0, 1, 2, 3, 6.99]))
    assert found.items == tuple(one.id for one in reversed(many(0, [0, 1, 2, 3, 6.99])))


def test_imported_history_counts_by_the_day_it_was_received() -> None:
    [found] = spikes(*many(0, [1, 2, 3, 4, 5], record="history"))
    assert found.count == 5


# ---- a month ----------------------------------------------------------------------------------------------------------


def test_a_spike_of_a_month_is_told_once_at_its_height() -> None:
    items = [LONG_AGO, *many(0, [20, 19, 19, 18, 18, 17, 16])]
    ends = [NOW - n * DAY for n in range(29, -1, -1)]
    [found] = risen(stood(items), ends).spikes
    assert (found.count, found.until) == (7, NOW - 16 * DAY)


def test_two_spikes_more_than_a_week_apart_are_two() -> None:
    again = [LONG_AGO, *many(0, [50, 50, 49, 49, 48]), *many(50, [2, 2, 2, 1, 1, 1, 1, 1])]
    found = risen(stood(again), [NOW - n * DAY for n in range(60, -1, -1)]).spikes
    assert [one.count for one in found] == [8, 5]
    assert [one.is_new for one in found] == [False, True]


def test_who_looks_at_five_weeks_has_five_times_the_chance_to_see_one() -> None:
    crowd = stood([LONG_AGO, *many(0, [1, 2, 3, 4, 5, 6])])
    [now] = risen(crowd, [NOW]).spikes
    [month] = risen(crowd, [NOW - n * DAY for n in range(29, -1, -1)]).spikes
    assert now.chance == pytest.approx(0.2**6)
    assert month.chance == pytest.approx(5 * 0.2**6)


def test_days_before_the_record_is_five_weeks_old_are_not_looked_at() -> None:
    rose = risen(stood(many(0, [60, 59, 58, 58, 57, 57, 57])), [NOW - n * DAY for n in range(60, -1, -1)])
    assert (rose.spikes, rose.is_young) == ((), False)


# ---- told together ----------------------------------------------------------------------------------------------------


def test_a_spike_that_consists_of_anothers_items_is_told_within_it() -> None:
    payments = many(0, [1, 1, 2, 2, 3, 3, 4, 4], category="product/payment")
    shanghai = many(20, [1, 2, 3, 4, 5], category="product/payment", area="华东/上海")
    rain = many(40, [1, 2, 3, 4, 5, 6], channel="email", area="华南/广州")
    payment, rainy = matters(spikes(*payments, *shanghai, *rain))
    assert (payment.spike.names, payment.spike.count) == (("product/payment",), 13)
    assert ("area", ("华东/上海",), 5) in [(part.kind, part.names, shared) for part, shared in payment.within]
    assert rainy.spike.count == 6
    assert {part.names for part, _ in rainy.within} <= {("email",), ("华南/广州",)}


# ---- laws -------------------------------------------------------------------------------------------------------------


@given(st.integers(0, 30), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_one_group_alone_rises_by_the_rule_of_problems_that_come_again(now: int, before: int) -> None:
    items = [*many(0, [n % 7 for n in range(now)]), *many(100, [7 + n % 28 for n in range(before)])]
    found = spikes(*items)
    wanted = spike(now, before, tried=1) if now >= FEWEST else None
    assert [(one.count, one.before) for one in found] == ([(wanted.now, wanted.before)] if wanted else [])


@given(st.permutations(range(12)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_items_is_no_matter(order: list[int]) -> None:
    items = many(0, [1, 1, 2, 3, 4, 5, 9, 12, 20, 30, 6, 6], area="华东/上海")
    assert risen(stood(items[n] for n in order), [NOW]) == risen(stood(items), [NOW])


def test_a_desk_where_nothing_changes_has_hardly_a_spike_in_a_year() -> None:
    draw = random.Random(8)
    areas = [f"区域 {n}" for n in range(12)]
    arrivals = [came(n, draw.uniform(0, 400), area=draw.choice(areas)) for n in range(1_500)]
    rose = risen(stood(arrivals), [NOW - n * DAY for n in range(360, -1, -1)])
    assert len(rose.spikes) <= 1
