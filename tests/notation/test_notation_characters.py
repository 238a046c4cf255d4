"""Foreign text made fit for a file, and files repaired: visibly, once, and not more than needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.notation import Bad, block, clean, read, repair


def test_a_forbidden_character_becomes_visible() -> None:
    assert clean("支付\u2028页面\0\x85\ufeff") == "支付[U+2028]页面[U+0000][U+0085][U+FEFF]"
    assert clean("a\ud83d\U0001ffffb") == "a[U+D83D][U+1FFFF]b"


def test_line_ends_of_other_systems_become_line_feeds() -> None:
    assert clean("一\r\n二\r三\n") == "一\n二\n三\n"


def test_accents_spaces_and_tabs_stay() -> None:
    assert clean("e\u0301  \n\té \u3000") == "e\u0301  \n\té \u3000"


@given(st.text(st.characters()))
def test_cleaning_twice_is_cleaning_once_and_the_text_can_be_written(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert read(block("a", cleaned, 0).encode()) == {"a": cleaned}


def test_repair_removes_the_mark_and_foreign_line_ends_only() -> None:
    assert repair("\ufeff标题: 一  \r\ntext: 二\rx: 三\n".encode()) == "标题: 一  \ntext: 二\nx: 三\n".encode()
    assert repair("\ufeff\ufeffa".encode()) == b"a"


@given(st.binary())
def test_repairing_twice_is_repairing_once(source: bytes) -> None:
    assert repair(repair(source)) == repair(source)


@pytest.mark.parametrize("source", ["\ufefftitle: 报错\r\n", "title: 报错\r"])
def test_a_file_refused_for_its_mark_or_line_ends_is_read_after_repair(source: str) -> None:
    with pytest.raises(Bad):
        read(source.encode())
    assert read(repair(source.encode())) == {"title": "报错"}
