"""Hidden characters come to light, and a cut never goes through a character."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from git_feedback.text import display_width, graphemes, is_invisible, shorten, visible

UNHURRIED = settings(deadline=None)  # the first example loads libraries

FAMILY = "👩\u200d👩\u200d👧"
MIXED = st.text(st.sampled_from("支付a ，👩👧❤é\u200d\ufe0f🏽🇨🇳e\u0301\r\n\u202e한ᄒ\u1161\u11ab"), max_size=20)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("退款\u202egnp.exe", "退款[U+202E]gnp.exe"),
        ("re\u200bfund", "re[U+200B]fund"),
        ("a\x00b\x1b[31m", "a[U+0000]b[U+001B][31m"),
        ("a\u2028b\x85c", "a[U+2028]b[U+0085]c"),
        ("a\rb\r\nc\td", "a[U+000D]b\r\nc\td"),
        ("\ud800", "[U+D800]"),
        ("x\ufe0f\u200dy", "x[U+FE0F][U+200D]y"),
        ("\U000e0041", "[U+E0041]"),
        ("\u3164", "[U+3164]"),
    ],
)
def test_hidden_characters_are_shown_by_number(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text", [FAMILY, "❤\ufe0f", "1\ufe0f\u20e3", "👩🏽\u200d🚀", "葛\U000e0100", "🏳\ufe0f\u200d🌈", "支付 é", "🇨🇳"]
)
def test_emoji_and_variants_of_ideographs_stay(text: str) -> None:
    assert visible(text) == text


@UNHURRIED
@given(st.text(st.characters(), max_size=40))
@example("\ud83d\ude00")
def test_what_is_visible_stays_so_and_can_be_written(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    shown.encode("utf-8")


@UNHURRIED
@given(MIXED)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("支付", ["支", "付"]),
        (f"a{FAMILY}b", ["a", FAMILY, "b"]),
        ("🇨🇳🇬🇧", ["🇨🇳", "🇬🇧"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👍🏽", ["👍🏽"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
        ("", []),
    ],
)
def test_what_a_reader_takes_for_one_character(text: str, pieces: list[str]) -> None:
    assert list(graphemes(text)) == pieces


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("支付", 4), (FAMILY, 2), ("🇨🇳", 2), ("❤\ufe0f", 2), ("e\u0301", 1), ("\u200b", 0), ("，", 2)],
)
def test_columns_on_a_screen(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("支付页面报错", 12, "支付页面报错"),
        ("支付页面报错", 11, "支付页面报…"),
        ("支付页面报错", 10, "支付页面…"),
        ("支付", 1, "…"),
        ("支付", 0, ""),
        (f"ab{FAMILY}cd", 5, f"ab{FAMILY}…"),
        (f"ab{FAMILY}cd", 4, "ab…"),
        ("pay page", 5, "pay…"),
    ],
)
def test_a_text_is_cut_at_the_border_of_a_character(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


@UNHURRIED
@given(MIXED, st.integers(0, 20))
def test_a_shortened_text_fits_and_is_a_beginning_of_whole_characters(text: str, width: int) -> None:
    short = shorten(text, width)
    assert display_width(short) <= width
    if short not in (text, ""):
        whole = list(graphemes(text))
        assert any("".join(whole[:count]).rstrip() + "…" == short for count in range(len(whole)))


def test_a_soft_hyphen_is_invisible_and_a_hyphen_is_not() -> None:
    assert is_invisible("\u00ad")
    assert not is_invisible("-")
