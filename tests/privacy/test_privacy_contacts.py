"""Personal data is found where people leave it, and order numbers, times and amounts are left alone."""

from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.privacy import KINDS, Contact, contacts
from git_feedback.privacy.checksums import is_card_number, is_citizen_number

UNHURRIED = settings(deadline=None)  # the first example loads libraries

CASES = cast(
    "dict[str, Any]",
    yaml.safe_load((Path(__file__).parents[1] / "cases/privacy/contacts.yml").read_text("utf-8")),
)
FOUND: list[dict[str, str]] = CASES["found"]
LOOK_ALIKES: list[str] = CASES["look_alikes"]


def is_found(case: dict[str, str]) -> bool:
    text = case["text"]
    return any(
        text[contact.start : contact.end] == case["part"] and contact.kind == case["kind"] for contact in contacts(text)
    )


def test_nine_of_ten_true_cases_are_found_whole_and_under_their_kind() -> None:
    missed = [case for case in FOUND if not is_found(case)]
    rate = f"{len(FOUND) - len(missed)} of {len(FOUND)} found; missed: {[case['text'] for case in missed]}"
    assert len(FOUND) >= 100
    assert len(missed) <= len(FOUND) * 0.1, rate


def test_every_kind_has_cases_that_are_found() -> None:
    assert {case["kind"] for case in FOUND if is_found(case)} == set(KINDS)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_personal_data_is_left_alone(text: str) -> None:
    assert contacts(text) == []


def test_there_are_enough_look_alikes_to_mean_something() -> None:
    assert len(LOOK_ALIKES) >= 60


def test_several_are_found_in_order_with_their_hints() -> None:
    text = "李雷 13812345678，邮箱 lilei@example.com，微信号 lilei_2026"
    assert [(contact.kind, contact.hint) for contact in contacts(text)] == [
        ("mobile", "138****5678"),
        ("email", "l***@example.com"),
        ("wechat", "l***"),
    ]


def test_a_number_in_chinese_numerals_has_the_same_hint_as_in_digits() -> None:
    found = [contacts(text) for text in ("13812345678", "幺三八一二三四五六七八", "138一二三四5678")]
    assert {(contact.kind, contact.hint) for one in found for contact in one} == {("mobile", "138****5678")}


def test_places_point_into_the_text_as_it_was_written() -> None:
    text = "电\u200b话１３８\u200b１２３４５６７８。"
    assert contacts(text) == [Contact("mobile", 3, 15, "138****5678")]


def test_a_telephone_that_is_part_of_a_mail_address_counts_once() -> None:
    assert [contact.kind for contact in contacts("13812345678@163.com")] == ["email"]


def test_a_number_said_to_be_of_an_order_is_a_telephone_when_the_word_telephone_is_nearer() -> None:
    assert contacts("订单号 13812345678") == []
    assert [contact.kind for contact in contacts("订单 88 的联系电话 13812345678")] == ["mobile"]


def test_the_check_character_of_an_identity_number_decides() -> None:
    assert is_citizen_number("11010519491231002X")  # the example of the standard itself
    assert not is_citizen_number("110105194912310021")
    assert not is_citizen_number("110105194913310003")


def test_a_card_number_needs_a_length_that_goes_with_its_first_digits() -> None:
    assert is_card_number("4111111111111111")
    assert not is_card_number("4111111111111112")
    assert not is_card_number("356938035643809")  # fifteen digits that begin with 35 are a telephone's own number


@UNHURRIED
@given(st.integers(0, 10**8 - 1), st.sampled_from(["138", "150", "199"]), st.text("，。：我要投诉 \n", max_size=8))
def test_every_mobile_number_is_found_whatever_chinese_stands_around_it(rest: int, first: str, around: str) -> None:
    number = f"{first}{rest:08d}"
    text = f"{around}{number}{around}"
    assert [text[contact.start : contact.end] for contact in contacts(text)] == [number]


@UNHURRIED
@given(st.text(st.sampled_from("0123456789 -+.@aX微信号：１\u200b*"), max_size=60))
def test_findings_never_overlap_and_never_leave_the_text(text: str) -> None:
    end = 0
    for contact in contacts(text):
        assert end <= contact.start < contact.end <= len(text)
        end = contact.end
