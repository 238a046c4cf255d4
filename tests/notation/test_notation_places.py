"""Where keys and entries stand, and which entries have the form that merges leave whole."""

from pathlib import Path

import pytest

from git_feedback.notation import Bad, entries_are_one_line_flow, places

ITEM = (Path(__file__).parent.parent / "cases" / "notation" / "good-item.yml").read_bytes()


def misshapen(source: str) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in entries_are_one_line_flow(source.encode(), "history")]


def test_keys_and_entries_have_line_and_column_counted_in_characters() -> None:
    found = places(
        "标题: 一\n说明: {甲: 乙, 丙: [丁, 戊]}\nhistory:\n  - note: {by: x}\n    text: |-\n      二\n".encode()
    )
    assert found == {
        (): (1, 1),
        ("标题",): (1, 1),
        ("说明",): (2, 1),
        ("说明", "甲"): (2, 6),
        ("说明", "丙"): (2, 12),
        ("说明", "丙", 0): (2, 16),
        ("说明", "丙", 1): (2, 19),
        ("history",): (3, 1),
        ("history", 0): (4, 5),
        ("history", 0, "note"): (4, 5),
        ("history", 0, "note", "by"): (4, 12),
        ("history", 0, "text"): (5, 5),
    }


def test_a_list_or_text_at_the_root_has_places_too() -> None:
    assert places("- 一\n- 二\n".encode()) == {(): (1, 1), (0,): (1, 3), (1,): (2, 3)}
    assert places("一\n".encode()) == {(): (1, 1)}


def test_an_unreadable_file_has_no_places() -> None:
    with pytest.raises(Bad, match="duplicate-key"):
        places(b"a: 1\na: 2\n")


def test_the_history_of_an_item_has_the_form() -> None:
    assert entries_are_one_line_flow(ITEM, "history") == []


@pytest.mark.parametrize("source", ["title: 一\n", "history:\n", "- 一\n", "一\n", "history:\n  - note: {}\n"])
def test_where_there_are_no_entries_there_is_nothing_to_mend(source: str) -> None:
    assert misshapen(source) == []


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("history:\n  - {note: {by: a}}\n", 2, 5),
        ("history:\n  - note:\n      by: a\n", 2, 5),
        ("history:\n  - note: {by: a,\n      at: b}\n", 2, 5),
        ("history:\n  - note: x\n    text: {by: a}\n", 2, 5),
        ("history:\n  - note:\n      {by: a}\n", 2, 5),
        ("history:\n  - note: [a]\n", 2, 5),
        ("history:\n  - 说明\n", 2, 5),
        ("history:\n  -\n    - a\n", 3, 5),
        ("history:\n- note: {by: a}\n", 2, 1),
        ("history:\n    - note: {by: a}\n", 2, 5),
        ("history: [{note: {by: a}}]\n", 1, 10),
        ("history: {note: {by: a}}\n", 1, 10),
        ("history: 没有\n", 1, 10),
        ("x: {history: 1}\nhistory: 一\n", 2, 10),
    ],
)
def test_an_entry_of_another_form_is_named_with_its_place(source: str, line: int, column: int) -> None:
    assert misshapen(source) == [("event-form", line, column)]


def test_every_misshapen_entry_is_named_and_the_good_ones_between_are_not() -> None:
    source = "history:\n  - a: {}\n    text: 一\n  - b: x\n  - c: {}\n  - {d: {e: [f]}}\n  - - g\n"
    assert misshapen(source) == [("event-form", 4, 5), ("event-form", 6, 5), ("event-form", 7, 5)]
