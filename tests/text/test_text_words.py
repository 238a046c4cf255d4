"""Words, terms, language and places of words in Chinese, English and mixtures of both."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.text import find, fold, language, negated, terms, words

UNHURRIED = settings(deadline=None)  # the first example loads libraries

NEGATIONS = ("不是", "没有", "并非", "不会", "并不是", "没", "no", "not", "without", "never", "no longer")


def test_latin_words_stay_whole_and_chinese_runs_as_they_are() -> None:
    assert words("App闪退了，don't know why! iOS18") == ["App", "闪退了", "don't", "know", "why", "iOS18"]


def test_terms_are_folded_words_and_neighbouring_characters() -> None:
    assert terms("收銀臺 App 卡") == ["收银", "银台", "app", "卡"]


@UNHURRIED
@given(st.text(max_size=40))
def test_words_stand_in_the_text_in_their_order(text: str) -> None:
    at = 0
    for word in words(text):
        at = text.index(word, at) + len(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支付页面报错", "zh"),
        ("支付頁面報錯，請儘快處理", "zh"),
        ("App 打不开 login 页面 error", "zh"),
        ("iPhone 15 Pro Max 打不开 WeChat Pay", "zh"),
        ("打不开 https://www.example.com/pay/checkout/step/two?lang=en&mode=dark", "zh"),
        ("Please fix the 支付 page, it does not load", "en"),
        ("The app crashes", "en"),
        ("", "und"),
        ("123 !!! 😀", "und"),
        ("приложение не работает", "und"),
        ("アプリがひらきません", "und"),
    ],
)
def test_the_language_of_a_text(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    ("needle", "text", "places"),
    [
        ("fee", "feedback about a fee", [17]),
        ("fee", "coffee fees fee_x fee2", []),
        ("fee", "fee", [0]),
        ("app", "我的app闪退", [2]),
        ("闪退", "app闪退，又闪退", [3, 7]),
        ("wifi连不上", "酒店wifi连不上", [2]),
        ("wifi连不上", "xwifi连不上", []),
        ("courier", "the courier's van", [4]),
        ("don", "don't", []),
        ("not working", "it is not working.", [6]),
        ("aa", "aaaa aa", [5]),
        ("退款", "", []),
        ("", "退款", []),
    ],
)
def test_where_a_word_stands(needle: str, text: str, places: list[int]) -> None:
    assert find(needle, text) == places


@UNHURRIED
@given(st.text("退款fe 不是，", max_size=6), st.text("退款fe 不是，", max_size=30))
def test_a_place_found_holds_the_word(needle: str, text: str) -> None:
    assert all(text.startswith(needle, place) for place in find(needle, text))


@UNHURRIED
@given(st.text("退款故障", min_size=1, max_size=3), st.text("退款故障x，", max_size=20))
def test_chinese_is_found_exactly_where_it_occurs(needle: str, text: str) -> None:
    assert bool(find(needle, text)) == (needle in text)


@pytest.mark.parametrize(
    "text",
    [
        "不是故障，是我不会用",
        "这不是什么故障",
        "没有任何故障",
        "并不是故障",
        "不是“故障”",
        "网络很好，并没有故障",
        "没有 app 故障",
        "not a 故障",
        "這並不是故障",
    ],
)
def test_a_chinese_fault_that_is_denied(text: str) -> None:
    folded = fold(text)
    assert negated(folded, folded.index("故障"), NEGATIONS)


@pytest.mark.parametrize(
    "text",
    [
        "故障",
        "又是故障",
        "不是，就是故障",
        "没有人理我。故障还在",
        "没有人告诉我今天有故障",
        "有没有故障",
        "是不是故障",
        "会不会故障",
        "不是没有故障",
        "不是慢而是故障",
        "不是网络就是故障",
        "没有\n故障",
    ],
)
def test_a_chinese_fault_that_stands(text: str) -> None:
    assert not negated(text, text.index("故障"), NEGATIONS)


@pytest.mark.parametrize(
    "text",
    [
        "this is not a bug",
        "there was no bug",
        "it isn't a bug",
        "it isn’t really a bug",
        "without any bug",
        "no longer a bug",
    ],
)
def test_an_english_bug_that_is_denied(text: str) -> None:
    folded = fold(text)
    assert negated(folded, folded.index("bug"), NEGATIONS)


@pytest.mark.parametrize(
    "text",
    [
        "a bug",
        "no, a bug",
        "not slow but a bug",
        "not only a bug",
        "never had a problem with that old bug",
        "not without a bug",
        "i know a bug",
        "a notable bug",
    ],
)
def test_an_english_bug_that_stands(text: str) -> None:
    assert not negated(text, text.index("bug"), NEGATIONS)


def test_without_negations_nothing_is_denied() -> None:
    assert not negated("不是故障", 2, ())
