"""A stranger's words as a quote: masked as at the door, nobody named, short, and cut where a sentence ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.test_insight_stats import made

from git_feedback.insight.quoting import WIDTH, quoted, submission
from git_feedback.intake.door import safe
from git_feedback.text import display_width

AT = "2026-10-08T10:00:00+08:00"
LONG = "页面打不开。" * 30


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("请打 13812345678，我叫王小明", "请打 138****5678，我叫***"),
        ("写信到 li.lei@example.com", "写信到 l***@example.com"),
        ("何淼处理得很好，订单 202610128888", "***处理得很好，订单 202610128888"),
        ("您好！在吗？付款报错", "在吗？付款报错"),
        ("Visitor: nothing comes.\nAgent: one moment\nVisitor: still nothing", "nothing comes. still nothing"),
        ("> 您好，请补充\n已经补充", "已经补充"),
        ("第一行\n\n  第二行", "第一行 第二行"),
        ("name <x@y.z", "name <x＠y.z"),
        ("您好！", "您好！"),
        ("……！！", ""),
        ("", ""),
    ],
)
def test_a_quote_holds_what_was_said_and_nobody_s_number_or_name(said: str, shown: str) -> None:
    assert quoted(said, ("何淼",)) == shown


def test_a_long_text_ends_at_a_sentence_and_says_that_it_went_on() -> None:
    shown = quoted(LONG, ())
    assert shown.endswith("页面打不开。…")
    assert WIDTH / 2 < display_width(shown) <= WIDTH


def test_a_sentence_without_end_is_cut_at_a_clause() -> None:
    assert quoted("我昨天付款，" + "一直转圈" * 12 + "，今天又" + "试了" * 20, ()).endswith("转圈…")


@given(st.text(max_size=300) | st.text("我叫王明。，！ab c.@138", max_size=300))
def test_a_quote_is_one_line_not_too_wide_and_masked(said: str) -> None:
    shown = quoted(said, ("何淼",))
    assert display_width(shown) <= WIDTH
    assert "\n" not in shown
    assert safe(shown) == shown


def test_the_title_speaks_where_it_says_more_than_the_text() -> None:
    assert submission(made(AT, title="扣了两次，订单里只有一笔", text="如题"), ()) == "扣了两次，订单里只有一笔"
    assert submission(made(AT, title="扣款", text="付了 128，银行短信来了两条。"), ()) == "付了 128，银行短信来了两条。"


def test_a_title_that_an_import_made_of_columns_is_nobody_s_words() -> None:
    assert submission(made(AT, title="MUNI Feedback · 401", record="history"), ()) == ""
    assert submission(made(AT, title="扣了两次"), ()) == "扣了两次"
