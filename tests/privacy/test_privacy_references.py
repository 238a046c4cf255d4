"""The same person by two spellings is the same person; what may be shown of a contact reaches nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.privacy import contacts, erased_source, hint, is_masked, reference
from git_feedback.privacy.references import normal

SECRET = bytes(range(32))


@pytest.mark.parametrize(
    "spellings",
    [
        ("13812345678", "138 1234 5678", "+86 138-1234-5678", "0086 13812345678", "１３８１２３４５６７８", "(+86)13812345678", " 8613812345678 "),
        ("li.lei@example.com", "Li.Lei@Example.COM", " li.lei@example.com\u200b", "ｌｉ．ｌｅｉ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
        ("+44 20 7946 0018", "0044 20 7946 0018", "+44 (0)20 7946-0018"),
        ("LiLei_2026", "lilei_2026"),
        ("李　雷", "李 雷", " 李 雷 "),
    ],
)  # fmt: skip
def test_one_person_by_several_spellings_has_one_reference(spellings: tuple[str, ...]) -> None:
    assert len({reference(SECRET, one) for one in spellings}) == 1


def test_other_people_and_other_desks_have_other_references() -> None:
    people = ["13812345678", "13812345679", "+44 20 7946 0018", "lilei_2026", "li@example.com", "李雷", "1012345678"]
    assert len({reference(SECRET, one) for one in people}) == len(people)
    assert reference(SECRET, "13812345678") != reference(SECRET[::-1], "13812345678")


def test_a_reference_is_the_hmac_that_any_tool_computes() -> None:
    # printf 13812345678 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1f
    assert reference(SECRET, "138 1234 5678") == "05ec8d79e8cc09ed"


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_spelling_made_normal_is_its_own_normal_one(contact: str) -> None:
    assert normal(normal(contact)) == normal(contact)


@pytest.mark.parametrize(
    ("contact", "shown"),
    [("13812345678", "138****5678"), ("+86 138 1234 5678", "138****5678"), ("lilei@example.com", "l***@example.com"),
     ("+44 20 7946 0018", "+44****18"), ("zhangsan_88", "z***"), ("李雷", "李***"), ("010-5555 0123", "0***"), ("", "***")],
)  # fmt: skip
def test_a_hint_is_what_its_owner_knows_again(contact: str, shown: str) -> None:
    assert hint(contact) == shown


@settings(deadline=None)
@given(st.one_of(st.text(max_size=30), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.emails()))
def test_a_hint_reaches_nobody(contact: str) -> None:
    assert contacts(hint(contact)) == []
    assert is_masked(hint(contact))


@pytest.mark.parametrize("text", ["13812345678", "l@example.com", "李雷@公司", "QQ 10001234", "010 5555 0123"])
def test_what_reaches_somebody_is_no_hint(text: str) -> None:
    assert not is_masked(text)


@pytest.mark.parametrize("text", ["城西店店长", "via the counter", "@豆***子", "ops@***.example", "3 楼前台"])
def test_words_that_reach_nobody_may_stand_as_a_hint(text: str) -> None:
    assert is_masked(text)


def test_an_erased_source_tells_the_same_submission_again_and_says_nothing_of_it() -> None:
    made = erased_source("mail", "<li.lei@example.com>")
    assert made == erased_source("mail", "<li.lei@example.com>") == erased_source("mail", made)
    assert made != erased_source("web-form", "<li.lei@example.com>")
    assert contacts(made) == []
    assert "li.lei" not in made
