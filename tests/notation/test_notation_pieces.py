"""Pieces of a file: whole lines that are the file again, each key and each entry with its comments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.notation import Bad, read
from git_feedback.notation.pieces import Pieces, pieces

FILE = """\
# 顶上的话
id: Q1 # 编号 # 再说
title: "甲 # 不是注释
  # 也不是"
text: |-  # 原文
  一句
  # 正文里的

# 标签
tags:
  - 甲 # 财务
  - 乙
pair: {a: 1, # 括号里
  b: "#"}
# 经过
history:
  # 先
  - note: {at: 1, by: x} # 行尾
    text: |+
      # 正文

  # 下面

  - accept: {at: 2}
# 末尾
"""


def whole(found: Pieces) -> str:
    return "".join(piece.text for piece in [*found.fields.values(), found.head, *found.entries])


def test_pieces_put_together_are_the_file() -> None:
    assert whole(pieces(FILE, "history")) == FILE


def test_a_key_has_the_comments_above_it_and_an_entry_those_below_it() -> None:
    found = pieces(FILE, "history")
    assert {name: piece.comments for name, piece in found.fields.items()} == {
        "id": ("# 顶上的话", "# 编号 # 再说"),
        "title": (),
        "text": ("# 原文",),
        "tags": ("# 标签", "# 财务"),
        "pair": ("# 括号里",),
    }
    assert found.head.text == "# 经过\nhistory:\n  # 先\n"
    assert found.head.comments == ("# 经过", "# 先")
    assert [piece.comments for piece in found.entries] == [("# 行尾", "# 下面"), ("# 末尾",)]
    assert found.has_key


def test_blank_lines_at_the_end_of_a_text_stay_with_it() -> None:
    found = pieces("text: |+\n  一\n\n\ntitle: 甲\n", "history")
    assert found.fields["text"].text == "text: |+\n  一\n\n\n"
    assert found.fields["title"].text == "title: 甲\n"


@pytest.mark.parametrize(
    ("end", "has_key"), [("", False), ("# 待办\n", False), ("history:\n", True), ("history:\n# 空\n", True)]
)
def test_a_file_without_entries_has_a_head_all_the_same(end: str, has_key: bool) -> None:
    found = pieces(f"id: 甲\n{end}", "history")
    assert (found.head.text, found.has_key, found.entries) == (end, has_key, ())


@pytest.mark.parametrize("text", [
    "id: 甲", "{id: 甲}\n", "history: []\n", "history:\n- 甲: {}\n", "history:\n    - 甲: {}\n", "history:\n  -\n    甲: {}\n",
    "history:\n  - 甲: {}\nid: 甲\n", "- 甲\n", "  id: 甲\n",
])  # fmt: skip
def test_a_file_of_another_form_is_not_cut(text: str) -> None:
    read(text.encode())
    with pytest.raises(Bad) as caught:
        pieces(text, "history")
    assert [fault.code for fault in caught.value.faults] == ["not-appendable"]


SCALARS = st.sampled_from(
    [
        "甲",
        "'单 # 引'",
        '"双 # 引\n  # 行"',
        "|-\n  块\n  # 块\n",
        "|+\n  留\n\n",
        ">2\n   折 # 叠\n",
        "",
        "[a, # 注\n  b]",
    ]
)
ENDS = st.sampled_from(["\n", " # 行尾\n", "\n# 下一行\n", "\n\n\n", "\n  # 缩进\n"])


@given(st.lists(st.tuples(SCALARS, ENDS), min_size=1, max_size=5), st.lists(ENDS, max_size=3))
def test_whatever_stands_in_a_file_its_pieces_are_the_file_and_no_comment_is_missed(
    values: list[tuple[str, str]], entries: list[str]
) -> None:
    lines = [f"k{at}: {value}{'' if value.endswith(chr(10)) else end}" for at, (value, end) in enumerate(values)]
    text = "".join(lines) + ("history:\n" if entries else "") + "".join(f"  - a: {{b: '#'}}{end}" for end in entries)
    read(text.encode())
    found = pieces(text, "history")
    assert whole(found) == text
    assert list(found.fields) == [f"k{at}" for at in range(len(values))]
    told = [words for piece in [*found.fields.values(), found.head, *found.entries] for words in piece.comments]
    written = [line for value, end in values for line in (value, "" if value.endswith("\n") else end)]
    known = ("# 注", "# 行尾", "# 下一行", "# 缩进")
    assert told == [sign for part in [*written, *entries] for sign in known if sign in part]
