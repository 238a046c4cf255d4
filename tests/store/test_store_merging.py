"""Two versions of one item made one: laws for all of them, and what a person finds in the file."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.sample_desk import PAYMENT
from tests.store.test_store_items import EVENTS, ITEMS

from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.store import append, read, write
from git_feedback.store.merging import FIELDS, Merged, merge, merged_tags

START = datetime(2026, 11, 19, 2, tzinfo=UTC)


def ordered(history: Iterable[Event]) -> Sequence[Event]:
    """By time, then by text: any total order will do here."""
    return sorted(history, key=lambda event: (event.at, event.model_dump_json()))


def merged(base: bytes | str | None, ours: bytes | str, theirs: bytes | str) -> Merged:
    sources = (one.encode() if isinstance(one, str) else one for one in (base, ours, theirs))
    first, second, third = sources
    assert second is not None
    assert third is not None
    return merge(first, second, third, ordered, file="甲.yml")


def text(found: Merged) -> str:
    assert found.content is not None
    return found.content.decode()


def clean(base: bytes | str | None, ours: bytes | str, theirs: bytes | str) -> bytes:
    found = merged(base, ours, theirs)
    assert not found.problems, [one.said("zh") for one in found.problems]
    assert found.content is not None
    return found.content


def note(minutes: int, words: str, by: str = "li.lei") -> ev.Note:
    return ev.Note(at=START + timedelta(minutes=minutes), by=by, text=words)


def accept(minutes: int, by: str = "li.lei") -> ev.Accept:
    return ev.Accept(at=START + timedelta(minutes=minutes), by=by)


def grown(source: bytes | str, *events: Event) -> bytes:
    content = source.encode() if isinstance(source, str) else source
    for event in events:
        content = append(content, event)
    return content


# ---- laws -----------------------------------------------------------------------------------------------------------

CHANGED = ("title", "text", "product", "area", "device", "rating", "expected", "language")
"""Fields that the branches of the laws change; each takes the value it has in one of three foreign items."""


@st.composite
def branches(draw: st.DrawFn, many: int) -> tuple[bytes, list[bytes]]:
    """A base and what became of it on `many` branches: fields changed, tags changed, events added, old ones kept."""
    base = draw(ITEMS)
    base = base.model_copy(update={"tags": tuple(dict.fromkeys(base.tags))})
    others, events = draw(st.lists(ITEMS, min_size=2, max_size=2)), draw(st.lists(EVENTS, max_size=4))
    pool = sorted({*base.tags, "甲", "乙", "丙"})

    def branch() -> bytes:
        changes: dict[str, Any] = {}
        for name in draw(st.lists(st.sampled_from(CHANGED), max_size=2)):
            changes[name] = getattr(draw(st.sampled_from(others)), name)
        if draw(st.booleans()):
            changes["tags"] = tuple(draw(st.lists(st.sampled_from(pool), unique=True, max_size=4)))
        added = draw(st.lists(st.sampled_from(events), max_size=3)) if events else []
        changes["history"] = (*base.history, *added)
        return write(base.model_copy(update=changes))

    return write(base), [branch() for _ in range(many)]


def kinds(found: Merged) -> list[tuple[str, object]]:
    """What the problems are, with the sides in either order."""
    sides = [sorted(str(one.values.get(side)) for side in ("ours", "theirs")) for one in found.problems]
    return sorted(
        (f"{one.code} {one.values.get('field')}", both) for one, both in zip(found.problems, sides, strict=True)
    )


@settings(max_examples=120)
@given(branches(2))
def test_a_merge_gives_the_same_bytes_whichever_side_is_ours(found: tuple[bytes, list[bytes]]) -> None:
    base, (left, right) = found
    one, other = merged(base, left, right), merged(base, right, left)
    assert kinds(one) == kinds(other)
    if not one.problems:
        assert one.content == other.content


@settings(max_examples=120)
@given(branches(1))
def test_a_merge_with_itself_or_with_what_it_comes_from_changes_nothing(found: tuple[bytes, list[bytes]]) -> None:
    base, (side,) = found
    assert merged(base, side, side) == Merged(side)
    assert said(clean(base, side, base)) == said(side)
    assert said(clean(base, base, side)) == said(side)


def said(source: bytes) -> tuple[frozenset[str], Item]:
    """What a file says: tags are a set, and the order of its events says nothing."""
    item = read(source)
    return frozenset(item.tags), item.model_copy(update={"tags": (), "history": tuple(ordered(item.history))})


@settings(max_examples=120)
@given(branches(2))
def test_a_merge_done_twice_is_a_merge_done_once(found: tuple[bytes, list[bytes]]) -> None:
    base, (left, right) = found
    once = merged(base, left, right)
    assume(not once.problems)
    assert once.content is not None
    assert clean(base, once.content, right) == once.content
    assert said(clean(left, once.content, left)) == said(once.content)


@settings(max_examples=120)
@given(branches(3))
def test_three_branches_end_in_the_same_bytes_in_any_grouping(found: tuple[bytes, list[bytes]]) -> None:
    base, (first, second, third) = found
    results = []
    for one, two, last in ((first, second, third), (second, third, first), (third, first, second)):
        half = merged(base, one, two)
        assume(not half.problems and half.content)
        results.append(merged(base, half.content or b"", last))
    assert len({one.content for one in results}) == 1 or any(one.problems for one in results)
    assert len({bool(one.problems) for one in results}) == 1


@settings(max_examples=120)
@given(branches(2))
def test_no_event_of_either_side_gets_lost_and_none_is_there_twice(found: tuple[bytes, list[bytes]]) -> None:
    base, (left, right) = found
    result = merged(base, left, right)
    assume(not result.problems)
    assert result.content is not None

    def keys(source: bytes) -> Counter[str]:
        return Counter(event.model_dump_json() for event in read(source).history)

    assert keys(result.content) == keys(left) | keys(right)
    if read(left).history != read(right).history:
        assert list(read(result.content).history) == ordered(read(result.content).history)


@settings(max_examples=120)
@given(branches(2))
def test_what_comes_out_without_a_conflict_is_what_the_writer_writes(found: tuple[bytes, list[bytes]]) -> None:
    base, (left, right) = found
    result = merged(base, left, right)
    assume(not result.problems)
    assert result.content == write(read(result.content or b""))


@settings(max_examples=80)
@given(branches(2), st.integers(0, 2**32))
def test_comments_of_both_sides_stay(found: tuple[bytes, list[bytes]], seed: int) -> None:
    base, sides = found
    dice = random.Random(seed)
    left, right = (commented(side, who, dice) for side, who in zip(sides, ("甲", "乙"), strict=True))
    result = merged(base, left, right)
    assume(result.content is not None)
    remarks = [line for side in (left, right) for line in side.decode().split("\n") if line.startswith("# 备注")]
    assert len(remarks) == 2
    assert all(f"{remark}\n" in text(result) for remark in remarks)


def commented(source: bytes, who: str, dice: random.Random) -> bytes:
    """The file with a comment before a key or an event, or at its end."""
    lines = source.decode().split("\n")
    places = [at for at, line in enumerate(lines) if line[:1].isalpha() or re.match("  - [a-z-]+: {at: ", line)]
    at = dice.choice([*places, len(lines) - 1])
    return "\n".join([*lines[:at], f"# 备注 {who}", *lines[at:]]).encode()


@given(*(st.lists(st.sampled_from("甲乙丙丁"), unique=True) for _ in range(4)))
def test_tags_are_a_set_to_which_each_side_adds_and_from_which_each_takes(
    base: list[str], one: list[str], two: list[str], three: list[str]
) -> None:
    result = merged_tags(base, one, two)
    assert set(result) == {tag for tag in "甲乙丙丁" if (tag in one) + (tag in two) + (tag not in base) >= 2}
    assert merged_tags(base, two, one) == result
    assert merged_tags(base, result, three) == merged_tags(base, one, merged_tags(base, two, three))


# ---- nine scenarios, and what is in the file ------------------------------------------------------------------------


def test_two_sides_that_both_append_keep_every_byte_and_stand_in_the_order_of_time() -> None:
    base = grown(PAYMENT, accept(0))
    result = clean(base, grown(base, note(9, "顾客来电")), grown(base, note(5, "已查日志")))
    assert result == grown(base, note(5, "已查日志"), note(9, "顾客来电"))


def test_an_event_that_both_sides_have_is_there_once() -> None:
    both = note(3, "同一件事")
    base = grown(PAYMENT, accept(0))
    result = clean(base, grown(base, both, note(4, "我方")), grown(base, both, note(5, "对方")))
    assert result == grown(base, both, note(4, "我方"), note(5, "对方"))


def test_fields_on_lines_side_by_side_are_merged() -> None:
    ours = PAYMENT.replace("kind: returning", "kind: new").replace("language: zh\n", "")
    result = clean(
        PAYMENT, ours, PAYMENT.replace("支付页面报错", "支付页面白屏").replace("product: App", "product: 网页")
    )
    assert result.decode() == ours.replace("支付页面报错", "支付页面白屏").replace("product: App", "product: 网页")


def test_a_field_that_only_they_have_stands_where_a_file_has_it() -> None:
    result = clean(PAYMENT, grown(PAYMENT, accept(1)), PAYMENT + "rating: 2\ntags: [退款]\n")
    assert result == grown(PAYMENT + "rating: 2\ntags: [退款]\n", accept(1))


def test_two_different_titles_are_a_conflict_that_names_both_at_that_field_alone() -> None:
    ours = grown(PAYMENT.replace("支付页面报错", "支付失败"), note(1, "我方"))
    theirs = grown(PAYMENT.replace("支付页面报错", "付款白屏"), note(2, "对方"))
    found = merged(PAYMENT, ours, theirs)
    before, after = PAYMENT.split("title: 支付页面报错\n")
    hunk = "<<<<<<< ours\ntitle: 支付失败\n=======\ntitle: 付款白屏\n>>>>>>> theirs\n"
    (problem,) = found.problems
    assert (problem.code, problem.line) == ("merge-field", 6)
    assert "“支付失败”" in problem.said("zh")
    assert "“付款白屏”" in problem.said("zh")
    assert text(found) == before + hunk + after + "history:\n" + "".join(
        grown(PAYMENT, one).decode().split("history:\n")[1] for one in (note(1, "我方"), note(2, "对方"))
    )


def test_a_field_that_one_side_took_away_and_the_other_changed_is_a_conflict() -> None:
    found = merged(PAYMENT, PAYMENT.replace("product: App\n", ""), PAYMENT.replace("product: App", "product: 网页"))
    assert "<<<<<<< ours\n=======\nproduct: 网页\n>>>>>>> theirs\n" in text(found)
    assert found.problems[0].values == {"field": "product", "ours": "-", "theirs": "网页"}


def test_several_fields_in_conflict_are_each_named_at_their_line() -> None:
    ours = PAYMENT.replace("支付页面报错", "甲").replace("product: App", "product: 甲")
    theirs = PAYMENT.replace("支付页面报错", "乙").replace("product: App", "product: 乙")
    found = merged(PAYMENT, ours, theirs)
    lines = text(found).split("\n")
    assert [(one.values["field"], lines[one.line - 1]) for one in found.problems] == [
        ("title", "<<<<<<< ours"),
        ("product", "<<<<<<< ours"),
    ]


def test_a_long_value_or_one_of_many_lines_is_named_on_one_line() -> None:
    theirs = PAYMENT.replace("已经试了三次。", "一\n  ::error::二" + "长" * 99)
    found = merged(PAYMENT, PAYMENT.replace("已经试了三次。", "好了"), theirs)
    line = found.problems[0].said("zh")
    assert "\n" not in line
    assert "…" in line


def test_an_event_that_a_side_has_rewritten_is_a_conflict_with_all_three_words() -> None:
    base = grown(PAYMENT, note(1, "原话"), accept(2))
    ours = base.replace("原话".encode(), "改过的话".encode())
    found = merged(base, ours, grown(base, note(9, "对方")))
    line = "  - note: {at: 2026-11-19T02:01:00+00:00, by: li.lei}\n"
    hunk = f"<<<<<<< ours\n{line}    text: 改过的话\n||||||| base\n{line}    text: 原话\n=======\n{line}    text: 原话\n>>>>>>> theirs\n"
    assert hunk in text(found)
    assert text(found).count("改过的话") == 1
    assert [one.code for one in found.problems] == ["merge-event"]
    assert text(found).endswith(grown(PAYMENT, accept(2), note(9, "对方")).decode().split("history:\n")[1])


@pytest.mark.parametrize("both", [False, True])
def test_an_event_that_was_deleted_is_a_conflict_even_when_both_deleted_it(both: bool) -> None:
    base = grown(PAYMENT, note(1, "原话"), accept(2))
    less = grown(PAYMENT, accept(2))
    found = merged(base, less, grown(less if both else base, note(3, "对方")))
    assert [one.code for one in found.problems] == ["merge-event"]
    assert "    text: 原话\n" in text(found).partition("||||||| base\n")[2].partition("=======")[0]


def test_two_events_of_one_moment_that_were_rewritten_do_not_get_mixed_or_doubled() -> None:
    base = grown(PAYMENT, note(1, "甲的原话"), note(1, "乙的原话"))
    ours = base.replace("的原话".encode(), "改过".encode())
    found = merged(base, ours, grown(base, accept(9)))
    assert len(found.problems) == 2
    assert [text(found).count(words) for words in ("甲改过", "乙改过")] == [1, 1]


@pytest.mark.parametrize("source", ["票据 #124", "票据 #123 "])
def test_one_id_with_another_source_is_a_conflict_of_whole_files(source: str) -> None:
    other = PAYMENT.replace('source: "票据 #123"', f'source: "{source}"').replace("支付页面报错", "别的事")
    for base in (None, PAYMENT):
        ours = grown(PAYMENT, accept(1))
        found = merged(base, ours, other)
        assert [one.code for one in found.problems] == ["merge-other-item"]
        assert text(found) == f"<<<<<<< ours\n{ours.decode()}=======\n{other}>>>>>>> theirs\n"


def test_one_id_by_another_channel_is_a_conflict_too() -> None:
    found = merged(None, PAYMENT, PAYMENT.replace("channel: web-form", "channel: phone"))
    assert [one.code for one in found.problems] == ["merge-other-item"]


def test_an_item_that_both_sides_took_in_is_one_item() -> None:
    ours, theirs = grown(PAYMENT, note(1, "我方")), grown(PAYMENT, note(2, "对方"))
    assert clean(None, ours, theirs) == grown(PAYMENT, note(1, "我方"), note(2, "对方"))


@pytest.mark.parametrize(("broken", "code"), [
    ("title: [", "yaml-syntax"), ("标题", "not-an-item"), (PAYMENT.replace("channel: web-form\n", ""), "missing-field"),
    (PAYMENT.rstrip("\n"), "not-appendable"), (PAYMENT + "history: []\n", "not-appendable"),
    (PAYMENT + "history:\n- accept: {at: 2026-11-19T10:00:00+08:00, by: li.lei}\n", "not-appendable"),
    ("history:\n  - accept: {at: 2026-11-19T10:00:00+08:00, by: li.lei}\n" + PAYMENT, "not-appendable"),
])  # fmt: skip
def test_a_side_that_is_no_item_or_has_not_its_form_is_never_guessed_at(broken: str, code: str) -> None:
    good = grown(PAYMENT, accept(1))
    for sides, name in (
        (("", good, broken), "theirs"),
        ((PAYMENT, broken, good), "ours"),
        ((broken, good, PAYMENT), "base"),
    ):
        found = merged(sides[0] or PAYMENT, *sides[1:])
        assert found.content is None
        assert [(one.code, one.values["side"], one.values["why"]) for one in found.problems] == [
            ("merge-unreadable", name, code)
        ]


def test_a_union_that_no_file_can_hold_is_left_to_a_merge_of_lines() -> None:
    much = [note(minute, "很长的话" * 4_500) for minute in range(6)]
    found = merged(PAYMENT, grown(PAYMENT, *much[:3]), grown(PAYMENT, *much[3:]))
    assert found.content is None
    assert [(one.code, one.values["why"]) for one in found.problems] == [("merge-unsure", "too-large")]


def test_line_ends_of_another_system_are_no_difference() -> None:
    base = grown(PAYMENT, accept(0))
    theirs = grown(base, note(2, "对方")).replace(b"\n", b"\r\n")
    assert clean(base, grown(base, note(1, "我方")), theirs) == grown(base, note(1, "我方"), note(2, "对方"))


# ---- comments and handwriting ---------------------------------------------------------------------------------------


def test_handwriting_of_either_side_stays_where_the_other_changed_nothing() -> None:
    base = grown(PAYMENT + "tags: [退款]\n", accept(0))
    ours = base.replace(b"product: App\n", b"product:   'App'   # \xe5\x8e\x9f\xe6\x96\x87\n")
    theirs = grown(base.replace("tags: [退款]\n".encode(), "tags:\n  - 退款  # 财务\n".encode()), note(1, "对方"))
    assert clean(base, ours, theirs) == theirs.replace(
        b"product: App\n", b"product:   'App'   # \xe5\x8e\x9f\xe6\x96\x87\n"
    )


def test_comments_of_both_sides_on_one_field_are_both_kept() -> None:
    ours, theirs = (PAYMENT.replace("title:", f"# {who} 看过\ntitle:") for who in ("何淼", "李雷"))
    assert clean(PAYMENT, ours, theirs).decode() == PAYMENT.replace("title:", "# 李雷 看过\n# 何淼 看过\ntitle:")


def test_a_comment_on_a_field_that_the_other_side_took_away_stays() -> None:
    result = clean(
        PAYMENT, PAYMENT.replace("product: App\n", ""), PAYMENT.replace("product: App", "product: App # 确认过")
    )
    assert result.decode() == PAYMENT.replace("product: App", "# 确认过")


def test_a_comment_below_an_event_stays_there_when_events_come_in_between() -> None:
    base = grown(PAYMENT, accept(0)) + "  # 已核对\n".encode()
    result = clean(base, grown(base, note(2, "我方")), grown(base, note(1, "对方")))
    assert result == grown(base, note(1, "对方"), note(2, "我方"))


def test_comments_of_both_sides_on_one_event_are_both_kept() -> None:
    base = grown(PAYMENT, accept(0))
    ours, theirs = base.replace(b"lei}", "lei} # 甲".encode()), base + "  # 乙\n".encode()
    assert clean(base, ours, theirs) == ours + "  # 乙\n".encode()


def test_a_comment_at_the_end_of_an_item_without_events_stays_before_them() -> None:
    base = PAYMENT + "# 待办\n"
    result = clean(base, grown(base, accept(2)), grown(base, note(1, "对方")))
    assert result == grown(base, note(1, "对方"), accept(2))


def test_tags_of_both_sides_are_written_on_one_line_with_the_comments_above() -> None:
    base = PAYMENT + "tags: [退款, 旧]\n"
    ours = PAYMENT + "tags:\n  - 退款  # 财务\n  - 旧\n  - 甲\n"
    theirs = PAYMENT + "tags: [退款, 乙]\n"
    assert clean(base, ours, theirs).decode() == PAYMENT + "# 财务\ntags: [退款, 乙, 甲]\n"


def test_a_word_of_yaml_in_a_text_is_text() -> None:
    tricky = "# 不是注释\nhistory:\n  - accept: {}\n<<<<<<< ours"
    base = write(read(PAYMENT.encode()).model_copy(update={"text": tricky, "title": "a # b"}))
    result = clean(base, grown(base, note(2, tricky)), grown(base, note(1, tricky)))
    assert result == grown(base, note(1, tricky), note(2, tricky))


def test_every_field_of_an_item_has_a_place() -> None:
    fields: Mapping[str, object] = Item.model_fields
    assert {*FIELDS, "history"} == set(fields)
    written = write(read((PAYMENT + "rating: 2\ntags: [退款]\nnps: 3\narea: 上海\n").encode())).decode()
    keys = [line.partition(":")[0] for line in written.split("\n") if line[:1].isalpha()]
    assert keys == [name for name in FIELDS if name in keys]
