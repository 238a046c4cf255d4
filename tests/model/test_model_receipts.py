"""Receipts: the number that is typed by hand, and the lines that prove something."""

from datetime import datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.model import ids
from git_feedback.model.receipts import (
    TOKEN_BITS,
    BadReceipt,
    BadToken,
    Receipt,
    canonical_token,
    digest,
    parse,
    token,
)

BITS = st.integers(0, (1 << TOKEN_BITS) - 1)
FULL_WIDTH = str.maketrans(
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ-", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＭＮＰＱＲＳＴＶＷＸＹＺ－"
)
RECEIPT = Receipt("Q261119-0AAJN0D", datetime.fromisoformat("2026-11-19T09:31:00+08:00"), "4f" * 32)


@given(BITS)
def test_a_token_is_seven_groups_of_four_and_is_its_own_canonical_form(bits: int) -> None:
    made = token(bits)
    assert [len(group) for group in made.split("-")] == [4] * 7
    assert canonical_token(made) == made


@given(BITS, BITS)
def test_two_numbers_of_128_bits_have_two_tokens(one: int, other: int) -> None:
    assert (token(one) == token(other)) == (one == other)


@given(BITS)
def test_any_case_gap_and_width_and_look_alike_letters_are_read(bits: int) -> None:
    made = token(bits)
    for typed in (
        made.lower(),
        made.replace("-", ""),
        f"  {made.replace('-', ' ')}\n",
        made.replace("-", "—"),
        made.translate(FULL_WIDTH),
        made.replace("0", "o").replace("1", "l"),
        made.replace("0", "O").replace("1", "I"),
    ):
        assert canonical_token(typed) == made


@given(BITS, st.integers(0, 25), st.sampled_from(ids.ALPHABET))
def test_one_other_character_is_nearly_always_seen(bits: int, place: int, other: str) -> None:
    plain = token(bits).replace("-", "")
    typed = plain[:place] + other + plain[place + 1 :]
    if typed != plain and sha256(typed[:26].encode()).digest()[:2] != sha256(plain[:26].encode()).digest()[:2]:
        first = int.from_bytes(sha256(typed[:26].encode()).digest()[:2], "big") >> 6
        wanted = ids.ALPHABET[first >> 5] + ids.ALPHABET[first & 31]
        if wanted != plain[26:]:
            with pytest.raises(BadToken):
                canonical_token(typed)


@pytest.mark.parametrize("typed", ["", "号码", "0000", token(7)[:-1], token(7) + "0", token(7).replace("0", "U", 1)])
def test_what_no_token_can_be_is_refused(typed: str) -> None:
    with pytest.raises(BadToken):
        canonical_token(typed)


def test_the_digest_is_that_of_the_characters_as_printed() -> None:
    made = token(20261122)
    assert digest(made) == sha256(made.encode()).hexdigest()


# ---- the lines ------------------------------------------------------------------------------------------------------


@given(st.none() | BITS, st.none() | st.integers(0, 16**40 - 1))
def test_what_is_written_is_read_back(bits: int | None, commit: int | None) -> None:
    full = Receipt(
        RECEIPT.id,
        RECEIPT.time,
        RECEIPT.content,
        None if bits is None else token(bits),
        None if commit is None else f"{commit:040x}",
    )
    assert parse(full.lines()) == full


def test_lines_are_found_within_a_page_in_any_order_and_with_a_chinese_colon() -> None:
    page = f"<h1>回执</h1><pre>\r\n content：{'4F' * 32} \r\ntime: 2026-11-19T09:31:00+08:00\r\nid: q261119-oaajnod</pre>谢谢"
    assert parse(page) == RECEIPT


@pytest.mark.parametrize(("old", "new", "field"), [
    ("id: Q261119-0AAJN0D\n", "", "id"),
    ("Q261119-0AAJN0D", "Q261119-0AAJN0X", "id"),
    ("2026-11-19T", "2026-02-30T", "time"),
    ("09:31", "昨天", "time"),
    ("4f4f\n", "4f4\n", "content"),
    ("id:", "id: Q261119-BYJ524T\nid:", "id"),
    ("id:", "token: 0000-0000\nid:", "token"),
    ("id:", "commit: HEAD\nid:", "commit"),
])  # fmt: skip
def test_what_is_wrong_with_a_receipt_is_named(old: str, new: str, field: str) -> None:
    assert old in RECEIPT.lines()
    with pytest.raises(BadReceipt) as bad:
        parse(RECEIPT.lines().replace(old, new, 1))
    assert bad.value.field == field


def test_a_line_that_stands_there_twice_and_says_the_same_is_one() -> None:
    assert parse(RECEIPT.lines() * 2) == RECEIPT
