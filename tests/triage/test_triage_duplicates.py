"""Finding what says the same: in Chinese and English, quickly, and the same with and without the fast libraries."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import ROOT, environment

from git_feedback.triage.duplicates import OF_EACH, SAME, SHOWN_TERMS, Finder, copied, edit_similarity
from git_feedback.triage.likeness import PlainLikeness
from git_feedback.triage.likeness_arrays import ArrayLikeness, Budget
from git_feedback.triage.terms import LENGTH, chinese_words, comparable, cut_up, pairs_of_characters

DESK = {
    "支付": "支付页面报错，付款到最后一步提示系统繁忙",
    "登录": "App 登录不上，验证码一直收不到",
    "快递": "快递到了三天还没有派送，客服说在路上",
    "发票": "发票抬头开错了，申请重开没人处理",
    "排队": "周末在店里排队半小时，只开了一个收银台",
    "crash": "The app crashes every time I open my order history",
    "refund": "I returned the shoes two weeks ago and still have no refund",
    "slow": "The checkout page loads very slowly on my phone",
}
BOTH = pytest.mark.parametrize("plain", [True, False], ids=["plain", "arrays"])


@BOTH
@pytest.mark.parametrize(("text", "found"), [
    ("付款的时候报错，说系统繁忙", "支付"), ("收不到验证码，没法登录 App", "登录"), ("三天了快递都没派送", "快递"),
    ("重开发票没人处理，抬头错了", "发票"), ("店里只有一个收银台，排队太久", "排队"), ("app crashing when opening orders", "crash"),
    ("still waiting for the refund of my shoes", "refund"), ("checkout very slow on the phone", "slow"),
])  # fmt: skip
def test_a_text_in_other_words_is_found_first(text: str, found: str, plain: bool) -> None:
    assert Finder(DESK, plain=plain).search(text, 3)[0].id == found


@BOTH
def test_what_is_found_comes_best_first_with_a_figure_and_the_words_of_both(plain: bool) -> None:
    found = Finder(DESK, plain=plain).search("付款报错，App 系统繁忙，登录不上", 5)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 < one.score < 1 for one in found)
    assert found[0].id == "支付"
    assert {"付款", "报错", "系统"} <= set(found[0].shared_terms)
    assert len(found[0].shared_terms) <= SHOWN_TERMS


@BOTH
def test_only_what_reads_the_same_scores_one(plain: bool) -> None:
    finder = Finder(DESK, plain=plain)
    assert finder.search("支付頁面報錯，付款到最後一步提示系統繁忙", 1)[0].score == 1.0
    assert finder.search("支付页面报错，付款到最后一步提示系统很忙", 1)[0].score < 1.0


@BOTH
@pytest.mark.parametrize("text", ["", "   ", "！！！", "😀😀", "\ufeff", "\u200b"])
def test_what_has_no_words_is_like_nothing(text: str, plain: bool) -> None:
    assert Finder({**DESK, "other": "？？", "empty": ""}, plain=plain).search(text, 3) == []


@BOTH
def test_what_has_no_words_is_no_pair_unless_it_is_the_same(plain: bool) -> None:
    finder = Finder({"a": "", "b": " ", "c": "👍👍", "d": "👍👍", "e": "！！", "f": "\ufeff"}, plain=plain)
    assert list(finder.copies()) == [("c", "d")]
    assert list(finder.pairs(0.0)) == [("c", "d", 1.0)]


@BOTH
def test_a_desk_without_texts_finds_nothing(plain: bool) -> None:
    finder = Finder({}, plain=plain)
    assert finder.search("支付失败", 5) == []
    assert list(finder.pairs(0.0)) == []
    assert list(finder.copies()) == []


@BOTH
def test_words_that_nobody_said_find_nothing(plain: bool) -> None:
    assert Finder({"a": "支付失败"}, plain=plain).search("xyzzy", 5) == []


@BOTH
def test_one_text_alone_finds_itself_and_no_pair(plain: bool) -> None:
    finder = Finder({"a": "支付失败"}, plain=plain)
    assert [one.id for one in finder.search("支付失败了", 5)] == ["a"]
    assert list(finder.pairs(0.0)) == []


@pytest.mark.parametrize(("one", "other"), [
    ("退款一直沒有到帳", "退款一直没有到帐"), ("ＡＰＰ　闪退", "app 闪退"), ("\ufeff支付失败", "支付失败"), ("支\u200b付\ufeff失败", "支付失败"),
    ("Too  slow\n", "too slow"), ("don’t work", "don't work"),
])  # fmt: skip
@BOTH
def test_script_width_case_and_hidden_characters_make_no_difference(one: str, other: str, plain: bool) -> None:
    assert list(Finder({"a": one, "b": other}, plain=plain).copies()) == [("a", "b")]
    assert copied(one, other) == "same"


@pytest.mark.parametrize(("one", "other"), [
    ("支付页面报错，付款到最后一步提示系统繁忙", "支付页面报错，付款到最后一步提示系统繁忙了"),
    ("The app crashes every time I open my order history", "The app crashes every time I open my orders history!"),
    ("App 登录不上，验证码一直收不到，请尽快处理，谢谢", "App 登陆不上，验证码一直收不到，请尽快处理，谢谢"),
])  # fmt: skip
@BOTH
def test_nearly_the_same_text_is_a_copy_at_once(one: str, other: str, plain: bool) -> None:
    texts = {**DESK, "甲": one, "乙": other}
    for name in ("支付", "crash"):
        texts.pop(name)
    assert list(Finder(texts, plain=plain).copies()) == [("甲", "乙")]
    assert copied(one, other) == "nearly"


@BOTH
def test_the_same_matter_in_other_words_is_a_pair_and_no_copy(plain: bool) -> None:
    finder = Finder({**DESK, "甲": "付款页面报错，最后一步提示系统繁忙，付不了"}, plain=plain)
    assert list(finder.copies()) == []
    first, second, score = next(finder.pairs(0.3))
    assert (first, second) == ("支付", "甲")
    assert score > 0.5


@BOTH
def test_pairs_come_once_best_first_and_none_below_the_threshold(plain: bool) -> None:
    finder = Finder(
        {**DESK, "甲": "付款报错，系统繁忙", "乙": "付款又报错了，系统繁忙", "丙": "登录不上，收不到验证码"},
        plain=plain,
    )
    found = list(finder.pairs(0.2))
    assert [score for *_, score in found] == sorted((score for *_, score in found), reverse=True)
    assert len({frozenset(pair) for *pair, _ in found}) == len(found)
    assert all(score >= 0.2 for *_, score in found)
    assert list(finder.pairs(0.35)) == [pair for pair in found if pair[2] >= 0.35]
    order = [*DESK, "甲", "乙", "丙"]
    assert all(order.index(one) < order.index(other) for one, other, _ in found)


@BOTH
def test_five_hundred_times_the_same_are_no_hundred_thousand_pairs(plain: bool) -> None:
    texts = {f"好{n}": "很好" for n in range(500)} | {f"快{n}": "很好，很快" for n in range(500)} | DESK
    finder = Finder(texts, plain=plain)
    pairs, copies = list(finder.pairs(0.0)), list(finder.copies())
    each = 499 + OF_EACH * (OF_EACH - 1) // 2 - (OF_EACH - 1)
    assert len(copies) == 2 * each
    assert len(pairs) < 2 * each + OF_EACH**2 + 100
    assert {name for pair in copies for name in pair} == set(texts) - set(DESK)
    assert [one.id for one in finder.search("很好", 5)] == ["好0", "好1", "好2", "好3", "好4"]


@BOTH
def test_a_text_of_a_hundred_kilobytes_is_cut_and_found(plain: bool) -> None:
    long = "付款报错，系统繁忙。" + "后面的内容没有人会看。" * 10_000
    finder = Finder({**DESK, "长": long, "更长": long + "再加一句"}, plain=plain)
    assert len(comparable(long)) == LENGTH
    assert finder.search(long, 1)[0].id == "长"
    assert ("长", "更长") in list(finder.copies())


@BOTH
def test_what_stands_behind_ten_thousand_hidden_characters_is_not_looked_for(plain: bool) -> None:
    assert Finder({"a": "\u200b" * 10_000 + "支付失败"}, plain=plain).search("支付失败", 1) == []


@BOTH
def test_mixed_languages_meet_in_what_they_share(plain: bool) -> None:
    finder = Finder({**DESK, "混": "Apple Pay 付款 failed，提示 error 500"}, plain=plain)
    assert finder.search("用 Apple Pay 支付失败 error 500", 1)[0].id == "混"


@BOTH
def test_twice_asked_is_twice_the_same_answer(plain: bool) -> None:
    first, second = Finder(DESK, plain=plain), Finder(DESK, plain=plain)
    assert first.search("付款报错", 8) == second.search("付款报错", 8)
    assert list(first.pairs(0.0)) == list(second.pairs(0.0))


@pytest.mark.parametrize("plain", [True, False])
def test_of_equal_texts_the_one_given_earlier_comes_first(plain: bool) -> None:
    finder = Finder({"乙": "红色杯子漏水了", "甲": "蓝色杯子漏水了", "丙": "绿色杯子漏水了"}, plain=plain)
    assert [one.id for one in finder.search("杯子漏水了", 3)] == ["乙", "甲", "丙"]


WORDS = [
    "付款",
    "报错",
    "退款",
    "到账",
    "登录",
    "验证码",
    "app",
    "crash",
    "login",
    "slow",
    "的",
    "了",
    "怎么",
    "refund",
    "订单",
    "，",
    "！",
]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), max_size=12)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_arrays_and_plain_python_say_the_same(texts: list[str], text: str) -> None:
    cuts = [cut_up(comparable(one), chinese_words()) for one in texts]
    fast, plain, cut = ArrayLikeness(cuts), PlainLikeness(cuts), cut_up(comparable(text), chinese_words())
    quick, slow = dict(fast.nearest(cut, 20)), dict(plain.nearest(cut, 20))
    assert quick == pytest.approx(slow, abs=1e-5)
    for own in (False, True):
        quicker = {pair[:2]: pair[2] for pair in fast.pairs(0.0, own=own)}
        slower = {pair[:2]: pair[2] for pair in plain.pairs(0.0, own=own)}
        assert quicker == pytest.approx(slower, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_figure_is_the_same_both_ways_and_lies_between_none_and_one(texts: list[str]) -> None:
    finder = Finder({str(place): text for place, text in enumerate(texts)})
    found = {(one.id, str(place)): one.score for place, text in enumerate(texts) for one in finder.search(text, 20)}
    for (one, other), score in found.items():
        assert 0 < score <= 1
        assert found[other, one] == pytest.approx(score, abs=1e-5)


def many() -> tuple[list[str], list[str]]:
    """Six hundred texts that are much alike, and thirty of them said otherwise."""
    shops = [
        f"{n % 40} 号门店收银台 {n % 17} 排队 {n % 23} 分钟，{'等太久' if n % 3 else '没人管'}" for n in range(570)
    ]
    others = [
        f"{name}坏了，{what}，店员不会修"
        for name in "灯门钟秤椅"
        for what in ("漏水", "冒烟", "异响", "松动", "断电", "生锈")
    ]
    return shops + others, [
        f"店员不会修{name}，{what}坏了"
        for name in "灯门钟秤椅"
        for what in ("漏水", "冒烟", "异响", "松动", "断电", "生锈")
    ]


def test_where_the_budget_is_short_the_best_are_found_all_the_same() -> None:
    texts, again = many()
    cuts = [cut_up(comparable(text), chinese_words()) for text in (*texts, *again)]
    ample, short = ArrayLikeness(cuts), ArrayLikeness(cuts, Budget(200, 60, 1, 5_000))
    for cut in cuts[570:]:
        assert dict(short.nearest(cut, 2)) == pytest.approx(dict(ample.nearest(cut, 2)), abs=1e-5)
    found = {pair[:2] for pair in short.pairs(0.4)}
    assert found >= {(570 + place, 600 + place) for place in range(30)}
    assert found <= {pair[:2] for pair in ample.pairs(0.4)}


def test_a_text_of_nothing_but_the_most_common_words_is_looked_for() -> None:
    cuts = [cut_up(text, chinese_words()) for text in ("好", "好 快", "好 慢", "好 贵")]
    assert [place for place, _ in ArrayLikeness(cuts, Budget(1, 2, 1, 1)).nearest(cuts[0], 2)] == [0, 1]


def subsequence(one: str, other: str) -> int:
    """The longest common subsequence by the textbook."""
    row = [0] * (len(other) + 1)
    for mine in one:
        row, before = [0], row
        for place, theirs in enumerate(other):
            row.append(before[place] + 1 if mine == theirs else max(before[place + 1], row[place]))
    return row[-1]


@given(st.text("甲乙丙ab", max_size=12), st.text("甲乙丙ab", max_size=12))
def test_edit_similarity_counts_the_longest_common_subsequence(one: str, other: str) -> None:
    together = len(one) + len(other)
    assert edit_similarity(one, other) == (2 * subsequence(one, other) / together if together else 1.0)


def levenshtein(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for place, mine in enumerate(one, 1):
        row, before = [place], row
        for at, theirs in enumerate(other):
            row.append(min(before[at] + (mine != theirs), before[at + 1] + 1, row[at] + 1))
    return row[-1]


@given(st.text("甲乙丙ab", min_size=1, max_size=12), st.text("甲乙丙ab", min_size=1, max_size=12))
def test_edit_similarity_is_never_below_that_of_levenshtein(one: str, other: str) -> None:
    assert edit_similarity(one, other) >= 1 - levenshtein(one, other) / max(len(one), len(other)) - 1e-12


def test_a_text_much_longer_cannot_be_nearly_the_same() -> None:
    assert edit_similarity("甲" * 10, "甲" * 12, SAME) == 0.0
    assert edit_similarity("甲" * 20, "甲" * 21, SAME) > SAME


@pytest.mark.parametrize(("one", "other"), [
    ("如何退钱", "怎么退款"), ("无法登陆", "没办法登录"), ("I can't sign in", "unable to log in, I"), ("非常慢", "特别缓慢"),
])  # fmt: skip
def test_one_thing_said_in_two_ways_has_the_same_words(one: str, other: str) -> None:
    cuts = [set(cut_up(comparable(text), chinese_words()).words) for text in (one, other)]
    assert cuts[0] == cuts[1]


def test_a_saying_inside_a_latin_word_is_left_alone() -> None:
    assert "prepaid" in cut_up(comparable("prepaid card"), chinese_words()).words
    assert "payment" in cut_up(comparable("我paid了"), chinese_words()).words


def test_chinese_without_a_dictionary_is_read_by_pairs_of_characters() -> None:
    assert cut_up("支付失败", pairs_of_characters).words == ("付款", "款失", "失败")
    assert cut_up("好", pairs_of_characters).words == ("好",)


WITHOUT = """
import sys
for name in ("numpy", "scipy", "sparse_dot_topn", "rjieba", "rapidfuzz", "sklearn"):
    sys.modules[name] = None
from git_feedback.triage.duplicates import Finder
finder = Finder({"a": "支付页面报错，提示系统繁忙", "b": "快递三天没有派送", "c": "支付頁面報錯，提示系統繁忙", "d": "快递三天都没派送"})
print([one.id for one in finder.search("付款报错，系统繁忙", 1)], list(finder.copies()), [pair[:2] for pair in finder.pairs(0.3)])
"""


def test_without_the_extra_it_works_in_plain_python() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment({"PYTHONPATH": str(ROOT / "scripts"), "PYTHONIOENCODING": "utf-8"}),
    )
    assert ran.stdout == "['a'] [('a', 'c')] [('a', 'c'), ('b', 'd')]\n", ran.stderr


LOOKS: list[Callable[[Finder], object]] = [lambda one: one.search("付款", 0), lambda one: list(one.pairs(1.01))[2:]]


@pytest.mark.parametrize("look", LOOKS)
@BOTH
def test_who_asks_for_nothing_gets_nothing(look: Callable[[Finder], object], plain: bool) -> None:
    assert look(Finder(DESK, plain=plain)) == []
