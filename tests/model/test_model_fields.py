"""Fields: exactly one written form each; what another reader would take for something else is refused."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from git_feedback.model.fields import Day, Decimal, Flag, Integer, ItemId, Line, Moment, Token

NOT_INTEGERS = [
    "18:00",
    "012",
    "0o14",
    "0x1F",
    "1_000",
    "1e3",
    "3.0",
    "+3",
    " 3",
    "3 ",
    "",
    "三",
    "３",
    "-0",
    "true",
    "9999999999",
]
NOT_DECIMALS = ["1e3", ".5", "5.", "nan", ".inf", "1_0.0", "012.5", "三点五", "+1.5", "1,5", "1:30"]
NOT_MOMENTS = [
    "2026-11-22",
    "2026-11-22 09:31:00+08:00",
    "2026-11-22T09:31:00",
    "2026-11-22T09:31+08:00",
    "2026-11-22T24:00:00+08:00",
    "1700000000",
    "今天",
]
NOT_DAYS = ["20261122", "2026-1-2", "2026-11-22T00:00:00Z", "昨天", "1700000000"]
NOT_FLAGS = ["yes", "no", "on", "off", "True", "FALSE", "y", "1", "0", "~", "null", "是"]


def refused(kind: Any, text: object) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)
    return str(caught.value.errors()[0]["type"])


@pytest.mark.parametrize("text", NOT_INTEGERS)
def test_a_text_that_only_looks_like_a_whole_number_is_refused(text: str) -> None:
    assert refused(Integer, text) == "bad-integer"


@pytest.mark.parametrize("text", NOT_DECIMALS)
def test_a_text_that_only_looks_like_a_number_is_refused(text: str) -> None:
    assert refused(Decimal, text) == "bad-decimal"


@pytest.mark.parametrize("text", NOT_MOMENTS)
def test_a_moment_has_one_form_with_seconds_and_offset(text: str) -> None:
    assert refused(Moment, text) == "bad-moment"


@pytest.mark.parametrize("text", NOT_DAYS)
def test_a_day_has_one_form(text: str) -> None:
    assert refused(Day, text) == "bad-day"


@pytest.mark.parametrize("day", ["2024-13-45", "2026-02-29", "2026-02-30", "2026-11-31", "0000-01-01"])
def test_a_day_of_the_right_form_that_does_not_exist_is_told_as_such(day: str) -> None:
    for kind, text in ((Day, day), (Moment, f"{day}T09:31:00+08:00")):
        with pytest.raises(ValidationError) as caught:
            TypeAdapter(kind).validate_python(text)
        (error,) = caught.value.errors()
        assert (error["type"], error["ctx"]) == ("no-such-day", {"given": day})


@pytest.mark.parametrize("text", NOT_FLAGS)
def test_only_true_and_false_are_truth_values(text: str) -> None:
    assert refused(Flag, text) == "bad-flag"


@pytest.mark.parametrize(("kind", "text", "value"), [
    (Integer, "18", 18), (Integer, "-5", -5), (Integer, "0", 0),
    (Decimal, "3.10", 3.1), (Decimal, "-0.5", -0.5), (Decimal, "31", 31.0),
    (Flag, "true", True), (Flag, "false", False),
])  # fmt: skip
def test_the_one_written_form_is_read(kind: Any, text: str, value: object) -> None:
    assert TypeAdapter(kind).validate_python(text) == value


def test_a_number_given_by_code_is_taken_only_in_its_own_type() -> None:
    assert TypeAdapter(Integer).validate_python(3) == 3
    assert refused(Integer, True) == "bad-integer"
    assert refused(Integer, 3.0) == "bad-integer"


def test_a_map_in_the_place_of_a_moment_is_named_shortly() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Moment).validate_python({"收到": "昨天" * 200})
    assert len(caught.value.errors()[0]["ctx"]["given"]) <= 60


@pytest.mark.parametrize("text", ["Li", "李雷", "", "a b", "-a", "a" * 81, "a\n"])
def test_a_token_is_small_latin_letters_digits_and_a_few_signs(text: str) -> None:
    assert refused(Token, text).startswith("string_")


def test_a_line_takes_any_words_on_one_line() -> None:
    assert TypeAdapter(Line).validate_python("no: 3.10, 18:00") == "no: 3.10, 18:00"
    assert refused(Line, "第一行\n第二行") == "string_pattern_mismatch"


def test_an_id_with_a_wrong_check_character_is_refused() -> None:
    assert TypeAdapter(ItemId).validate_python("Q261119-0AAJN0D") == "Q261119-0AAJN0D"
    assert refused(ItemId, "Q261119-0AAJN0E") == "bad-id"
