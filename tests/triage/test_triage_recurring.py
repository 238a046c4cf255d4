"""Recurring problems: who belongs to a group and who does not, what it is called, and when it rises."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_desk import item, policy

from git_feedback.model import Event, Item, Submitter, ids
from git_feedback.model import events as ev
from git_feedback.triage.duplicates import Finder
from git_feedback.triage.recurring import EXAMPLES, STRONG, WEEKS, Recurring, recurring, spike

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
PAYING = [
    "支付页面报错，最后一步提示系统繁忙", "付款最后一步报错，提示系统繁忙", "支付的最后一步，页面提示系统繁忙报错",
    "付款页面报错，一直提示系统繁忙",
]  # fmt: skip
PARCEL = ["快递三天没有派送，一直在路上", "包裹三天都没派送，显示一直在路上", "快递一直在路上，三天没派送了"]
CRASH = [
    "The app crashes when I open my orders",
    "App crashes whenever I open my orders",
    "the app crashed opening my orders",
]


def says(n: int, text: str, *history: Event, ago: float = 1, **changed: object) -> Item:
    """The n-th item: what it says, received so many days ago."""
    received = NOW - timedelta(days=ago) - timedelta(minutes=n)
    name = ids.make("Q", received.date(), "web-form", str(n), lambda _: False)
    plain = {"id": name, "received": received, "title": text[:40], "text": text, "submitter": None, "product": None}
    return item().model_copy(update={**plain, "area": None, "language": None, "history": history, **changed})


def all_of(*shelves: list[str]) -> list[Item]:
    return [says(n, text) for n, text in enumerate(text for shelf in shelves for text in shelf)]


def groups(items: list[Item]) -> list[set[str]]:
    return [set(one.ids) for one in recurring(items, policy(), NOW)]


def only(items: list[Item]) -> Recurring:
    found = recurring(items, policy(), NOW)
    assert len(found) == 1
    return found[0]


def linked(problem: str) -> Event:
    return ev.Link(at=NOW - timedelta(hours=1), by="he.miao", kind="problem", to=problem)


def classified(category: str) -> Event:
    return ev.Classify(at=NOW - timedelta(hours=2), by="he.miao", category=category, urgency=3, impact=3)


def test_each_matter_is_a_group_of_its_own_in_both_languages() -> None:
    items = all_of(PAYING, PARCEL, CRASH)
    at = [one.id for one in items]
    other = says(90, "门口的灯坏了，晚上看不清台阶")
    assert groups([*items, other]) == [set(at[:4]), set(at[7:]), set(at[4:7])]


def test_a_group_is_named_by_what_its_items_say_and_others_do_not() -> None:
    by_size = recurring([*all_of(PAYING, PARCEL), says(90, "提示一下，店里三天没有热水")], policy(), NOW)
    assert {"付款", "报错", "系统"} & set(by_size[0].terms)
    assert "派送" in by_size[1].name("zh")
    assert "、" in by_size[0].name("zh")
    assert ", " in by_size[0].name("en")


def test_a_group_in_two_languages_is_named_in_the_readers() -> None:
    items = [
        says(n, text, linked("P-crash"))
        for n, text in enumerate([*CRASH, "应用一打开订单就崩溃", "打开订单就闪退崩溃"])
    ]
    group = only(items)
    assert group.name("en").startswith("Problem P-crash: ")
    assert "crash" in group.name("en")
    assert group.name("en").isascii()
    assert group.name("zh").startswith("问题 P-crash：")
    assert {"订单", "打开"} <= set(group.name("zh").partition("：")[2].split("、"))


def test_numbers_name_nothing() -> None:
    items = [says(n, f"订单 2026 {n} 发货太慢，等了 15 天还没发货") for n in range(4)]
    assert not any(term.isdigit() for term in only(items).terms)


PARTS = [
    "停车场道闸打不开",
    "出口排队堵得很长",
    "三号电梯停运",
    "空调不制冷",
    "走廊灯不亮",
    "厕所漏水",
    "垃圾没人收",
    "楼下施工噪音大",
    "门禁卡失灵",
]
CHAIN = ["，".join(PARTS[at : at + 4]) for at in range(6)]


def test_small_steps_make_no_chain_from_one_matter_to_another() -> None:
    items = [says(n, text) for n, text in enumerate(CHAIN)]
    scores = {frozenset(pair): score for *pair, score in Finder({one.id: one.text or "" for one in items}).pairs(0.0)}
    assert all(scores[frozenset((one.id, other.id))] >= STRONG for one, other in pairwise(items)), scores
    found = recurring(items, policy(), NOW)
    assert max(one.count for one in found) <= 3
    for group in found:
        for other in group.ids:
            assert other == group.middle or scores[frozenset((group.middle, other))] >= STRONG


def test_what_people_linked_belongs_together_whatever_it_says() -> None:
    first = says(1, "付款报错，提示系统繁忙")
    second = says(2, "钱扣了，单没出", ev.Duplicate(at=NOW - timedelta(hours=3), by="he.miao", of=first.id))
    group = only([first, second])
    assert set(group.ids) == {first.id, second.id}
    assert group.confirmed == 2
    assert group.problem is None


def test_items_of_one_problem_are_its_group_and_others_like_them_join() -> None:
    members = [says(1, PAYING[0], linked("P-pay")), says(2, "钱扣了，单没出", linked("P-pay"))]
    like_one = says(3, PAYING[1])
    group = only([*members, like_one])
    assert group.key == group.problem == "P-pay"
    assert set(group.ids) == {one.id for one in (*members, like_one)}
    assert group.confirmed == 2


def test_two_problems_stay_two_however_alike_they_sound() -> None:
    items = [says(n, text, linked("P-one" if n % 2 else "P-two")) for n, text in enumerate(PAYING)]
    assert sorted(one.key for one in recurring(items, policy(), NOW)) == ["P-one", "P-two"]


def test_what_somebody_took_apart_is_not_in_one_group() -> None:
    first = says(1, PAYING[0])
    no = ev.Unlink(at=NOW - timedelta(hours=1), by="he.miao", kind="duplicate", to=first.id)
    second, third = says(2, PAYING[1], no), says(3, PAYING[2])
    assert not any({first.id, second.id} <= group for group in groups([first, second, third]))
    assert groups([first, says(2, PAYING[0], no)]) == []


def test_praise_and_what_was_rejected_are_no_problem() -> None:
    short = next(name for name, category in policy().categories.items() if category.short)
    praise = "店员很热情，帮我找到了最后一件，谢谢"
    assert groups([says(n, praise, classified(short)) for n in range(4)]) == []
    spam = ev.Reject(at=NOW - timedelta(hours=1), by="he.miao", kind="spam")
    assert groups([says(n, PAYING[0], spam) for n in range(4)]) == []


def test_a_few_words_count_only_where_somebody_said_what_they_are() -> None:
    assert groups([says(n, "很好") for n in range(500)]) == []
    assert only([says(n, "支付失败", classified("product/bug")) for n in range(500)]).count == 500


@pytest.mark.parametrize("text", ["", "😀😀", "！！！", "\ufeff"])
def test_what_has_no_words_is_in_no_group(text: str) -> None:
    assert groups([says(n, text, title="！") for n in range(3)]) == []


def test_three_different_people_make_a_problem_and_one_person_three_times_does_not() -> None:
    same = Submitter(ref="5b1c6e0a")
    one_person = only([says(n, text, submitter=same) for n, text in enumerate(PAYING)])
    assert (one_person.count, one_person.submitters, one_person.proposes_problem) == (4, 1, False)
    two = only([says(n, text, submitter=same if n < 3 else None) for n, text in enumerate(PAYING)])
    assert (two.submitters, two.proposes_problem) == (2, False)
    three = only([says(n, text, submitter=same if n < 2 else None) for n, text in enumerate(PAYING)])
    assert (three.submitters, three.proposes_problem) == (3, True)


def test_what_has_a_problem_record_proposes_none() -> None:
    assert not only([says(n, text, linked("P-pay")) for n, text in enumerate(PAYING)]).proposes_problem


def test_a_group_tells_when_where_and_what_of() -> None:
    items = [
        says(1, PAYING[0], ago=50, area="华东/上海", product="App"), says(2, PAYING[1], ago=9, area="华东/上海", product="App"),
        says(3, PAYING[2], ago=8, area="华北/北京"), says(4, PAYING[3], ago=1, product="App"),
    ]  # fmt: skip
    group = only(items)
    assert group.ids == tuple(one.id for one in items)
    assert group.weekly == (1, 0, 0, 0, 0, 0, 2, 1)
    assert len(group.weekly) == WEEKS
    assert group.areas == (("华东/上海", 2), ("华北/北京", 1))
    assert group.products == (("App", 3),)
    assert (group.first, group.last) == (items[0].received, items[-1].received)
    assert group.key == items[0].id
    assert group.open == 4
    assert group.examples[0] == group.middle
    assert len(group.examples) == EXAMPLES


def test_what_lies_behind_eight_weeks_counts_and_shows_in_no_week() -> None:
    group = only([says(n, text, ago=100) for n, text in enumerate(PAYING)])
    assert (group.count, sum(group.weekly)) == (4, 0)


def test_what_comes_later_than_now_is_not_there_yet() -> None:
    assert groups([says(n, text, ago=-3) for n, text in enumerate(PAYING)]) == []


def test_the_order_of_items_makes_no_difference() -> None:
    items = all_of(PAYING, PARCEL, CRASH)
    assert recurring(items, policy(), NOW) == recurring(items[::-1], policy(), NOW)


def test_a_rise_is_told_and_comes_first() -> None:
    before = [says(n, PARCEL[n % 3], ago=8 + n) for n in range(20)]
    rising = [says(100 + n, PAYING[n % 4], ago=0.5 * n) for n in range(12)]
    found = recurring([*before, *rising], policy(), NOW)
    assert [one.spike is not None for one in found] == [True, False]
    risen = found[0].spike
    assert risen is not None
    assert (risen.now, risen.before) == (12, 0.0)
    assert risen.chance < 0.01


def test_another_systems_past_makes_no_rise() -> None:
    assert only([says(n, PAYING[n % 4], ago=0.5 * n, record="history") for n in range(12)]).spike is None


@pytest.mark.parametrize(("recent", "before", "tried", "rises"), [
    (12, 4, 1, True), (12, 4, 100, True), (12, 16, 1, True), (11, 16, 1, False), (3, 0, 1, True), (3, 0, 2, False),
    (0, 0, 1, False), (0, 8, 1, False), (5, 6, 1, False), (3000, 4000, 5, True), (100_000, 10_000, 5, True),
])  # fmt: skip
def test_a_rise_is_threefold_and_no_accident(recent: int, before: int, tried: int, rises: bool) -> None:
    assert (spike(recent, before, tried=tried) is not None) == rises


def test_the_chance_is_that_of_the_exact_test() -> None:
    binomtest = pytest.importorskip("scipy.stats").binomtest
    risen = spike(9, 5, tried=3)
    assert risen is not None
    assert risen.chance == pytest.approx(3 * binomtest(9, 14, 0.2, alternative="greater").pvalue)


@given(st.integers(0, 60), st.integers(0, 120), st.integers(1, 20))
def test_more_groups_tried_never_make_a_rise(recent: int, before: int, tried: int) -> None:
    risen = spike(recent, before, tried=tried + 1)
    assert risen is None or spike(recent, before, tried=tried) is not None
