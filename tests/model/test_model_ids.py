"""Ids: the same for the same identity, and a slip of the pen never makes another valid one."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.model import ids

DAY = date(2026, 11, 22)
IDS = [ids.from_bits("Q", DAY, bits) for bits in (0, 1, 0x3FFFFFFF, 0x2AAAAAAA, 0x15555555, 123_456_789)]


def never(_: str) -> bool:
    return False


@pytest.mark.parametrize("item_id", IDS)
def test_no_single_wrong_character_of_an_id_goes_unseen(item_id: str) -> None:
    date_and_body = [place for place in range(1, len(item_id)) if item_id[place] != "-"]
    assert len(date_and_body) == 13
    wrong = [
        item_id[:place] + character + item_id[place + 1 :]
        for place in date_and_body
        for character in ids.ALPHABET
        if character != item_id[place]
    ]
    assert len(wrong) == 13 * 31
    assert [one for one in wrong if ids.is_id(one)] == []


@pytest.mark.parametrize("item_id", IDS)
def test_no_two_neighbours_change_places_unseen(item_id: str) -> None:
    places = [place for place in range(1, len(item_id)) if item_id[place] != "-"]
    for left, right in pairwise(places):
        swapped = list(item_id)
        swapped[left], swapped[right] = swapped[right], swapped[left]
        assert "".join(swapped) == item_id or not ids.is_id("".join(swapped))


@given(st.integers(0, 2**30 - 1), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_id_that_is_made_is_an_id_and_names_its_day(bits: int, day: date) -> None:
    made = ids.from_bits("FB", day, bits)
    assert ids.is_id(made)
    assert ids.day_of(made) == (day.year, day.month, day.day)


def test_the_check_character_is_never_a_look_alike() -> None:
    assert not set("ILOU") & set(ids.ALPHABET)
    assert len(ids.ALPHABET) == 32


def test_an_id_is_read_without_regard_to_case_and_with_look_alikes_as_digits() -> None:
    item_id = next(
        one for one in (ids.from_bits("Q", DAY, bits) for bits in range(500)) if "0" in one[8:] and "1" in one[8:]
    )
    typed = item_id[:8] + item_id[8:].lower().replace("0", "o", 1).replace("1", "l", 1)
    assert not ids.is_id(typed)
    assert ids.canonical(f" {typed} ") == item_id


def test_look_alikes_in_the_date_are_read_too_while_the_prefix_keeps_its_letters() -> None:
    item_id = ids.from_bits("OIL", date(2010, 1, 20), 7)
    assert ids.canonical(item_id.replace("100120", "IOOl2o")) == item_id


def test_the_same_channel_and_source_give_the_same_id_and_others_another() -> None:
    made = ids.make("Q", DAY, "wechat", "工单 42", never)
    assert made == ids.make("Q", DAY, "wechat", "工单 42", never)
    assert made != ids.make("Q", DAY, "phone", "工单 42", never)
    assert made != ids.make("Q", DAY, "wechat", "工单 43", never)


def test_a_collision_hashes_again_until_the_id_is_free() -> None:
    first = ids.make("Q", DAY, "app", "a", never)
    second = ids.make("Q", DAY, "app", "a", {first}.__contains__)
    third = ids.make("Q", DAY, "app", "a", {first, second}.__contains__)
    assert len({first, second, third}) == 3
    assert all(map(ids.is_id, (first, second, third)))


@pytest.mark.parametrize(
    "text", ["", "Q", "Q261122", "Q٢٦١١٢٢-7K3QM20", "q261122-7k3qm2x", "Q261122-7K3QM2", "编号261122-7K3QM2X"]
)
def test_what_does_not_have_the_form_is_no_id(text: str) -> None:
    assert not ids.is_id(text)


def test_the_file_of_an_item_lies_in_the_month_that_its_id_names() -> None:
    item_id = IDS[0]
    assert ids.path(item_id) == f"feedback/2026/11/{item_id}.yml"
    with pytest.raises(ValueError, match="反馈"):
        ids.path("反馈")
