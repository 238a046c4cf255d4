"""Words that are new: said by several, unheard of before, whole, and spelt as people spell them."""

from datetime import timedelta

import pytest
from tests.insight.rising_items import NOW, came, stood

from git_feedback.insight.new_terms import NewTerms, at_most, new_terms
from git_feedback.model import Item
from git_feedback.model import events as ev

WEEK = timedelta(days=7)
BEFORE = [
    "退款三天没有到账", "快递一直没有派送", "优惠券不能使用", "发票抬头写错", "门店排队太久", "客服电话打不通",
    "The refund takes too long", "My parcel is lost", "Coupon refused at the till", "Wrong name on the invoice",
]  # fmt: skip

HOW = "坏丢脏热慢掉"


def says(n: int, text: str, ago: float = 2, who: str = "", *history: ev.AnyEvent) -> Item:
    return came(n, ago, *history, who=who, title=text, text=None)


def usual(times: int = 5) -> list[Item]:
    """What is said in the eight weeks before: ten complaints a time."""
    return [says(1_000 + n, BEFORE[n % 10], 8 + n % 50) for n in range(10 * times)]


def found(*texts: str, before: list[Item] | None = None) -> NewTerms:
    items = [says(n, text) for n, text in enumerate(texts)]
    return new_terms(stood([*items, *(usual() if before is None else before)]), NOW - WEEK, NOW)


def terms(told: NewTerms) -> list[str]:
    return [term for one in told.terms for term in one.terms]


def test_a_word_that_three_people_begin_to_use_is_told_with_its_items() -> None:
    told = found("扫码枪坏了", "收银台的扫码枪不亮", "扫码枪读不出条码")
    [gun] = [one for one in told.terms if "扫码枪" in one.terms]
    assert (gun.count, gun.people, gun.before) == (3, 3, 0)
    assert len(gun.items) == 3
    assert (told.read, told.before) == (3, 50)


def test_english_words_are_told_too_and_as_somebody_wrote_them() -> None:
    assert "FaceScan" in terms(found("FaceScan fails", "your facescan fails here", "No FaceScan today"))


def test_two_are_too_few_and_one_person_is_nobody_else() -> None:
    assert terms(found("扫码枪坏了", "扫码枪不亮")) == []
    same = [says(n, f"扫码枪{how}了", who="5b1c6e0a5b1c6e0a") for n, how in enumerate(HOW)]
    assert terms(new_terms(stood([*same, *usual()]), NOW - WEEK, NOW)) == []
    other = says(9, "扫码枪歪了", who="77777777aaaaaaaa")
    assert "扫码枪" in terms(new_terms(stood([*same, other, *usual()]), NOW - WEEK, NOW))


def test_a_word_in_use_before_is_not_new() -> None:
    assert "退款" not in terms(found("退款呢", "退款没来", "退款还没有"))


def test_another_way_of_saying_it_is_not_new_either() -> None:
    before = [says(1_000 + n, "闪退了", 8 + n) for n in range(40)]
    assert terms(found("崩溃了", "又崩溃", "一打开就崩溃", before=before)) == []


def test_one_item_in_eight_weeks_hardly_counts_and_many_do() -> None:
    once = [*usual(), says(5_000, "扫码枪坏了", 20)]
    texts = [f"扫码枪{how}了" for how in HOW]
    assert ("扫码枪", 1) in [(term, one.before) for one in found(*texts, before=once).terms for term in one.terms]
    often = [*usual(), *(says(5_000 + n, "扫码枪坏了", 9 + n) for n in range(9))]
    assert "扫码枪" not in terms(found(*texts, before=often))


def test_with_nothing_to_compare_with_nothing_is_new() -> None:
    assert found("扫码枪坏了", "扫码枪不亮", "扫码枪慢", before=[]) == NewTerms((), 3, 0)
    assert terms(found("扫码枪坏了", "扫码枪不亮", "扫码枪慢", before=usual(1)[:3])) == []


def test_words_that_name_nothing_are_not_told() -> None:
    told = terms(
        found("请问为什么这样 2026", "请问为什么会这样 2026", "为什么这样 2026", "why is this so", "why this", "why")
    )
    assert told == []


def test_what_the_dictionary_cuts_in_two_is_told_whole() -> None:
    told = terms(found("预售券用不了", "我的预售券退了吗", "预售券丢了"))
    assert "预售券" in told
    assert "预售" not in told


def test_what_cuts_through_a_word_in_use_is_no_term() -> None:
    before = [*usual(), *(says(2_000 + n, word, 9 + n) for n, word in enumerate(("退款慢", "付款慢", "页面慢")))]
    told = terms(found("退款页面乱", "付款页面乱", "退款页面歪", "付款页面歪", before=before))
    assert "款页面" not in told


def test_two_latin_words_that_come_together_are_told_together() -> None:
    told = found("gate agent was rude", "The gate agent shouted", "Where was the gate agent?")
    assert told.terms[0].terms == ("gate agent",)


def test_words_of_the_same_items_are_told_together() -> None:
    told = found(*(f"扫码枪离线 {place}" for place in ("上海", "北京", "广州")))
    assert len(told.terms) == 1
    assert set(told.terms[0].terms) >= {"扫码枪离线"} or set(told.terms[0].terms) >= {"扫码枪", "离线"}


def test_what_was_rejected_is_not_read() -> None:
    spam = ev.Reject(at=NOW - timedelta(hours=1), by="he.miao", kind="spam")
    items = [says(n, "扫码枪代理加盟", 2, "", spam) for n in range(5)]
    assert new_terms(stood([*items, *usual()]), NOW - WEEK, NOW) == NewTerms((), 0, 50)


def test_the_order_of_items_is_no_matter() -> None:
    items = [*(says(n, text) for n, text in enumerate(("扫码枪坏了", "扫码枪不亮", "扫码枪慢"))), *usual()]
    backwards = new_terms(list(reversed(stood(items))), NOW - WEEK, NOW)
    assert backwards == new_terms(stood(items), NOW - WEEK, NOW)


def test_what_came_after_the_end_does_not_count() -> None:
    items = [says(n, "扫码枪坏了", 2) for n in range(3)]
    assert new_terms(stood([*items, *usual()]), NOW - WEEK, NOW - timedelta(days=3)).terms == ()


@pytest.mark.parametrize(
    ("hits", "trials", "share", "chance"),
    [(0, 3, 0.5, 0.125), (1, 3, 0.5, 0.5), (3, 3, 0.5, 1.0), (0, 0, 0.3, 1.0), (0, 3, 0.0, 1.0)],
)
def test_the_chance_of_no_more_hits_is_that_of_the_binomial(
    hits: int, trials: int, share: float, chance: float
) -> None:
    assert at_most(hits, trials, share) == pytest.approx(chance)
