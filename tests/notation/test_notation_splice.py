"""One more entry at the end: the bytes before it stay, the list grows by exactly one, or nothing is done."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.notation import Bad, clean, flow_map, literal, read, splice

ITEM = (Path(__file__).parent.parent / "cases" / "notation" / "good-item.yml").read_bytes()
ENTRY = "  - note: {at: 2026-11-23T09:00:00+08:00, by: li.lei}\n    text: |-\n      已联系客户: 等回电。\n"
NOTE = {"note": {"at": "2026-11-23T09:00:00+08:00", "by": "li.lei"}, "text": "已联系客户: 等回电。"}
COMMENTS = st.lists(
    st.sampled_from(["# 等客户回电\n", "  # 李雷: 见邮件\n", "\n", "#\n", "      # deep\n"]), max_size=4
).map("".join)
WORDS = st.text(st.sampled_from("一二 a:#-\n\t'\"{,}|>"), max_size=12).map(clean)


def entries(source: bytes) -> list[object]:
    value = read(source)
    assert isinstance(value, dict)
    history = value["history"]
    assert isinstance(history, list)
    return [*history]


def refused(source: str, entry: str = ENTRY) -> list[tuple[str, int, int]]:
    with pytest.raises(Bad) as caught:
        splice(source.encode(), "history", entry)
    return [(fault.code, fault.line, fault.column) for fault in caught.value.faults]


def test_an_item_gains_one_entry_and_keeps_every_byte() -> None:
    after = splice(ITEM, "history", ENTRY)
    assert after == ITEM + ENTRY.encode()
    assert entries(after) == [*entries(ITEM), NOTE]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(WORDS, COMMENTS), max_size=3), COMMENTS, WORDS)
def test_comments_and_texts_of_people_survive_and_the_list_grows_by_one(
    before: list[tuple[str, str]], above: str, words: str
) -> None:
    source = f"{above}title: 一\nhistory:\n"
    for old, comment in before:
        source += "  - note: {by: a}\n" + literal("text", old, 4) + comment
    values = entries(source.encode()) if before else []
    after = splice(source.encode(), "history", f"  - note: {flow_map([('by', 'b')])}\n" + literal("text", words, 4))
    assert after.startswith(source.encode())
    assert entries(after) == [*values, {"note": {"by": "b"}, "text": words}]


@pytest.mark.parametrize("heading", ["", "history:\n", "history:   # 往来\n", '"history":\n', "history:\n# 空\n\n"])
def test_a_missing_or_empty_list_is_begun(heading: str) -> None:
    after = splice(f"title: 一\n{heading}".encode(), "history", ENTRY)
    assert read(after) == {"title": "一", "history": [NOTE]}
    assert after.startswith(f"title: 一\n{heading}".encode())


def test_a_comment_at_the_end_stays_before_the_new_entry() -> None:
    source = "history:\n  - a: {}\n# 到此为止\n"
    assert splice(source.encode(), "history", ENTRY).decode() == source + ENTRY


def test_an_entry_takes_on_the_line_ends_of_its_file() -> None:
    after = splice(b"title: x\r\nhistory:\r\n  - a: {}\r\n", "history", ENTRY)
    assert after.count(b"\n") == after.count(b"\r\n") == 6
    assert entries(after) == [{"a": {}}, NOTE]


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("history:\n  - a: {}\ntitle: 一\n", 3, 1),
        ("history:\n  - a: {}\ntitle: |-\n  history:\n", 3, 1),
        ("title: 一\nhistory: [{a: {}}]\n", 2, 1),
        ("title: 一\nhistory: 没有\n", 2, 1),
        ("title: 一\nhistory:\n- a: {}\n", 3, 1),
        ("title: 一\nhistory:\n    - a: {}\n", 3, 1),
        ("title: 一\nhistory:\n  a: {}\n", 3, 1),
        ("title: 一\nhistory:\n  - a: {}", 3, 10),
        ("history:\n  - a: {}\n...\n", 3, 1),
        ("{title: 一}\n", 2, 1),
        ("title: 一\n...\n", 3, 1),
        ("- 一\n", 1, 1),
        ("一\n", 1, 1),
    ],
)
def test_a_file_without_the_form_is_refused_at_the_line_of_the_trouble(source: str, line: int, column: int) -> None:
    assert refused(source) == [("not-appendable", line, column)]


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "  - a: {}\n  - b: {}\n",
        "    more: 1\n",
        "    more: 1\n  - b: {}\n",
        "title: 二\n",
        "  - a: {\n",
        "- a: {}\n",
        "# 注释\n",
        "  - a: {}\nx: 1\n",
        "   - a\n",
    ],
)
def test_an_entry_that_is_not_exactly_one_more_is_refused(entry: str) -> None:
    assert refused("title: 一\nhistory:\n  - a: {}\n", entry) == [("not-appendable", 4, 1)]


def test_an_unreadable_file_is_refused_with_its_own_fault() -> None:
    assert refused("title: 一\ntitle: 二\nhistory:\n") == [("duplicate-key", 2, 1)]


def test_a_file_that_would_outgrow_the_cap_is_refused_for_that() -> None:
    source = f"text: {'x' * (256 * 1024 - 20)}\nhistory:\n"
    assert refused(source) == [("too-large", 1, 1)]
