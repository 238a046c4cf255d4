"""Words that somebody pulled apart are put together, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.text import fold, joined


@pytest.mark.parametrize(("text", "whole"), [
    ("退 款", "退款"), ("退. 款", "退款"), ("紧·急", "紧急"), ("r e f u n d now", "refund now"), ("a.s.a.p.", "asap."),
    ("u-r-g-e-n-t", "urgent"), ("re-fund", "refund"), ("app 闪 退", "app 闪退"), ("l a w s u i t", "lawsuit"),
])  # fmt: skip
def test_what_stands_apart_is_put_together(text: str, whole: str) -> None:
    assert joined(text) == whole


@pytest.mark.parametrize("text", ["退款", "a b", "退。款", "退，款", "refund now", "退\n款", "see you", "1 2 3", ""])
def test_what_belongs_apart_stays_apart(text: str) -> None:
    assert joined(text) is text


@given(st.text(alphabet="退款 .-·ab", max_size=30))
def test_no_letter_is_lost_or_moved(text: str) -> None:
    letters = [sign for sign in fold(text) if sign.isalnum()]
    assert [sign for sign in joined(fold(text)) if sign.isalnum()] == letters


def test_a_long_text_takes_no_time() -> None:
    assert len(joined("退 " * 50_000)) == 50_001
    assert len(joined("a " * 50_000)) == 50_001
