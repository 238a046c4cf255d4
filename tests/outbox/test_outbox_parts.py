"""Long messages leave as several: every piece once and in order, each part within what the service takes."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outbox.fake_robots import words_of
from tests.outbox.test_outbox_robots import ROBOTS

from git_feedback.outbox import Block, Message
from git_feedback.outbox.parts import ELLIPSIS, Part, split
from git_feedback.outbox.posting_line import body_of
from git_feedback.text import graphemes

LIMITS = {"wecom": 4096, "dingtalk": 20_000, "feishu": 20_000, "slack": 4000, "teams": 28_000}
WORDS = st.text(st.sampled_from("退款付款失败了，。！abc 09<@&*[]#:/.…👩‍👧🇨🇳é\u0301한"), max_size=80) | st.sampled_from(
    [
        "@all <!channel> <@U1> **急** [银行](https://bank.example)",
        "👨‍👩‍👧‍👦" * 30,
        "很长的标题" * 60,
        "&" * 300,
        "a" * 900,
    ]
)
PIECES = st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=40)


def message(pieces: list[list[str]], subject: str = "反馈台：12 条提醒", greeting: str = "何淼，您好：") -> Message:
    blocks = tuple(Block((f"item{n:04}x", *lines)) for n, lines in enumerate(pieces))
    return Message("he.miao", "何淼", subject, "", "", greeting, blocks)


def real_size(service: str, value: dict[str, object]) -> int:
    """What the service counts, of what it is sent."""
    if service == "wecom":
        return len(words_of(service, value).encode())
    if service == "slack":
        return len(words_of(service, value).encode("utf-16-le")) // 2
    return len(body_of(value))


@pytest.mark.parametrize("service", LIMITS)
@settings(max_examples=25, deadline=None)
@given(pieces=PIECES)
def test_every_item_stands_once_and_in_order_and_no_part_is_too_large(service: str, pieces: list[list[str]]) -> None:
    robot = ROBOTS[service]
    parts = split(message(pieces), robot.fits)
    values = [robot.written(part) for part in parts]
    said = [words_of(service, value) for value in values]
    assert re.findall(r"item(\d{4})x", "\n".join(said)) == [f"{n:04}" for n in range(len(pieces))]
    whole = set(message(pieces).blocks)
    assert all(block in whole or block.lines[-1].endswith(ELLIPSIS) for part in parts for block in part.blocks)
    assert all(real_size(service, value) <= LIMITS[service] for value in values)
    assert all("何淼" in words for words in said)


def test_a_short_message_is_one_and_has_no_number() -> None:
    (part,) = split(message([["退款"]]), ROBOTS["wecom"].fits)
    assert (part.heading, part.number) == ("反馈台：12 条提醒", None)


def test_each_part_says_which_of_how_many_it_is_and_whom_it_is_for() -> None:
    parts = split(message([["付款到最后一步提示“系统繁忙”。" * 10]] * 30), ROBOTS["wecom"].fits)
    assert len(parts) > 3
    assert [part.heading for part in parts] == [
        f"反馈台：12 条提醒 ({n}/{len(parts)})" for n in range(1, len(parts) + 1)
    ]
    assert {part.greeting for part in parts} == {"何淼，您好："}


def test_a_part_is_as_full_as_it_can_be() -> None:
    pieces = [["付款失败" * 20]] * 30
    fits = ROBOTS["wecom"].fits
    parts = split(message(pieces), fits)
    for part, after in pairwise(parts):
        longer = Part(part.subject, part.greeting, (*part.blocks, after.blocks[0]), (999, 999))
        assert not fits(longer)


@pytest.mark.parametrize("long", ["付" * 9000, "👩‍👧‍👦" * 3000, "é\u0301" * 6000, "<" * 9000])
def test_one_item_that_is_too_long_alone_ends_at_a_character_with_an_ellipsis(long: str) -> None:
    parts = split(message([["前"], [long], ["后"]]), ROBOTS["wecom"].fits)
    cut = next(block for part in parts for block in part.blocks if block.lines[0] == "item0001x")
    assert cut.lines[1].endswith(ELLIPSIS)
    kept = cut.lines[1].removesuffix(ELLIPSIS)
    assert set(graphemes(kept)) == set(graphemes(long))
    alone = Part("反馈台：12 条提醒", "何淼，您好：", (Block((cut.lines[0], kept + long[:18])),), (999, 999))
    assert not ROBOTS["wecom"].fits(alone)


def test_a_heading_too_long_is_cut_so_that_items_still_fit() -> None:
    parts = split(message([["退款"]] * 3, subject="台" * 3000, greeting="名" * 2000), ROBOTS["wecom"].fits)
    said = "\n".join(words_of("wecom", ROBOTS["wecom"].written(part)) for part in parts)
    assert all(f"item{n:04}x" in said for n in range(3))
    assert all(ROBOTS["wecom"].fits(part) for part in parts)
