"""Lines for a terminal of eighty columns, in both languages."""

from hypothesis import given
from hypothesis import strategies as st

from git_feedback.cli.paragraphs import wrapped
from git_feedback.text import display_width


def rows(text: str, indent: int = 0, width: int = 20) -> list[str]:
    return list(wrapped(text, indent, width=width))


def test_words_stay_whole_and_later_lines_hang() -> None:
    assert rows("the quick brown fox jumps over the dog") == ["the quick brown fox", "  jumps over the dog"]


def test_a_long_run_of_chinese_breaks_between_characters_but_never_before_a_comma() -> None:
    found = rows("支付最后一步提示系统繁忙已扣款未出单请尽快处理，谢谢")
    assert found == ["支付最后一步提示系统", "  繁忙已扣款未出单请", "  尽快处理，谢谢"]
    found = rows("支付最后一步提示系统繁忙已扣款未出单请，好")
    assert found == ["支付最后一步提示系统", "  繁忙已扣款未出单", "  请，好"]


def test_a_short_chinese_word_stays_whole() -> None:
    assert rows("自 11 月 20 日 周五 午休结束，分钟") == ["自 11 月 20 日 周五", "  午休结束，分钟"]


def test_a_word_wider_than_the_line_stays_whole() -> None:
    assert rows("see policy/calendars/office.yml:12 now") == ["see", "  policy/calendars/office.yml:12", "  now"]


@given(st.text(alphabet="ab 中文字，。“”（）12:-\n", max_size=200), st.integers(0, 8))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, indent: int) -> None:
    found = rows(text, indent, 40)
    assert "".join("".join(found).split()) == "".join(text.split())
    for row in found:
        longest = max(map(display_width, row.split()), default=0)
        assert display_width(row) <= 40 or longest > 24
        assert row.startswith(" " * indent)
