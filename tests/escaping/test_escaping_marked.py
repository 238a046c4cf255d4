"""Words of strangers with some of them marked: the same words as without, and no tag but the mark."""

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_desk import ROOT

from git_feedback.escaping import line, marked
from git_feedback.text import fold, words

PAYLOADS = [
    json.loads(row)
    for row in (ROOT / "tests/cases/escaping/payloads.txt").read_text(encoding="utf-8").splitlines()
    if row.startswith('"')
]


def without(said: str) -> str:
    return said.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize(("text", "terms", "shown"), [
    ("收不到快递柜取件码", ("取件码", "收不到"), "<mark>收不到</mark>快递柜<mark>取件码</mark>"),
    ("Card reader declines cards", ("card",), "<mark>Card</mark> reader declines cards"),
    ("今晚就要收费", ("今晚", "就要", "晚就"), "<mark>今晚就要</mark>收费"),
    ("Ｒｅｆｕｎｄ 退款", ("refund", "退款"), "<mark>Ｒｅｆｕｎｄ</mark> <mark>退款</mark>"),
    ("退款\n  <b>急</b>", ("退款", "b"), "<mark>退款</mark> &lt;<mark>b</mark>&gt;急&lt;/<mark>b</mark>&gt;"),
    ("很好", (), "很好"), ("", ("好",), ""), ("退款", ("",), "退款"), ("Straße", ("strasse",), "<mark>Straße</mark>"),
])  # fmt: skip
def test_words_are_marked_as_they_are_compared(text: str, terms: tuple[str, ...], shown: str) -> None:
    assert marked(text, terms) == shown


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_leaves_another_tag(payload: str) -> None:
    terms = (*words(fold(payload)), "script", "<", '"')
    assert set(re.findall(r"<[^>]*>", marked(payload, terms))) <= {"<mark>", "</mark>"}
    assert without(marked(payload, terms)) == line(payload)


@given(st.text(max_size=60), st.lists(st.text(max_size=4), max_size=4))
def test_marks_change_no_word_and_close_in_order(text: str, terms: list[str]) -> None:
    shown = marked(text, [fold(term) for term in terms])
    assert without(shown) == line(text)
    assert re.fullmatch(r"(?:[^<]|<mark>[^<]+</mark>)*", shown)
    assert "<" not in without(shown) and unescape(line(text)) == unescape(without(shown))
