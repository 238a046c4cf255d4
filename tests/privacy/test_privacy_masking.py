"""What masking leaves is a hint: enough for its owner, useless for others, and the same when masked again."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from git_feedback.privacy import contacts, mask

UNHURRIED = settings(deadline=None)  # the first example loads libraries

FOUND = yaml.safe_load((Path(__file__).parents[1] / "cases/privacy/contacts.yml").read_text("utf-8"))["found"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("手机 +86 138 1234 5678", "手机 138****5678"),
        ("发到 lilei@example.com", "发到 l***@example.com"),
        ("a@example.com", "***@example.com"),
        ("身份证 110105194912310003", "身份证 1****3"),
        ("卡 6222 0200 0000 0000 000", "卡 ****0000"),
        ("微信号：lilei_2026", "微信号：l***"),
        ("ring +44 20 7946 0018", "ring +44****18"),
        ("call +1 212 555 0123", "call +1****23"),
    ],
)
def test_the_hint_of_each_kind(text: str, masked: str) -> None:
    assert mask(text).text == masked


def test_the_kinds_that_were_found_are_named_once_each() -> None:
    assert mask("13812345678 或 13912345678，lilei@example.com").kinds == ("email", "mobile")


def test_a_text_without_personal_data_comes_back_as_it_was() -> None:
    text = "订单号 13812345678 还没发货，\u200b请查。"
    assert (mask(text).text, mask(text).kinds) == (text, ())


def test_a_domain_that_is_a_telephone_number_is_hidden_too() -> None:
    assert mask("me@13812345678.com").text == "m***@***"


def test_of_every_case_found_no_long_row_of_digits_is_left() -> None:
    for case in FOUND:
        found = contacts(case["text"])
        assert all(sum(mark.isdigit() for mark in contact.hint.split("@")[0]) <= 7 for contact in found)


NUMBERS = st.sampled_from(
    (
        "13812345678",
        "138 1234 5678",
        "6222020000000000000",
        "4111 1111 1111 1111",
        "110105194912310003",
        "lilei@example.com",
        "微信号lilei_2026",
        "+44 20 7946 0018",
        *("+86", "订单号", "5678", "1", "@", "*", "-", " ", ".com"),
    )
)


@UNHURRIED
@given(st.lists(NUMBERS | st.text(max_size=4), max_size=8).map("".join))
@example("13812345678 1234 5678 901")
@example("a@b.cc@13812345678.com")
def test_masking_twice_is_masking_once_and_leaves_nothing_to_find(text: str) -> None:
    masked = mask(text)
    assert contacts(masked.text) == []
    assert mask(masked.text).text == masked.text


@UNHURRIED
@given(st.text(st.sampled_from("0123456789 -+.@ab微信"), max_size=200))
def test_masking_ends_on_any_row_of_the_marks_it_looks_for(text: str) -> None:
    assert contacts(mask(text).text) == []


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "a", "a.", "@", "a@", "微信", "+1 ", "4111 ", "138-", "订单", "#", "\u200b１"]
)
def test_a_hostile_text_of_a_hundred_thousand_characters_is_read_in_seconds(piece: str) -> None:
    # Trials take 0.3 s; a pattern that backtracks would take minutes.
    started = time.perf_counter()
    contacts(piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 20
