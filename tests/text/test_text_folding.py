"""Two spellings of one word become one; folding twice is folding once; what occurs still occurs."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.text import fold, is_invisible

UNHURRIED = settings(deadline=None)  # the first example loads libraries

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("支付頁面報錯", "支付页面报错"),
        ("收銀臺／收银台", "收银台/收银台"),
        ("ＷｉＦｉ　１２３", "wifi 123"),
        ("退\u200b款", "退款"),
        ("\u202eREFUND\u202c", "refund"),
        ("re\u00adfund", "refund"),
        ("葛\U000e0100", "葛"),
        ("Straße", "strasse"),
        ("ﬁx ①", "fix 1"),
        ("don’t", "don't"),
        ("", ""),
    ],
)
def test_what_reads_the_same_folds_to_the_same(written: str, folded: str) -> None:
    assert fold(written) == folded


@UNHURRIED
@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_single_character_is_folded_to_the_end() -> None:
    characters = (chr(code) for code in [*range(0x3400), *range(0x3400, 0xA000, 7), *range(0xA000, 0x30000)])
    assert [character for character in characters if fold(fold(character)) != fold(character)] == []


@UNHURRIED
@given(HAN, HAN)
def test_a_chinese_word_that_occurs_still_occurs_after_folding(word: str, around: str) -> None:
    assert fold(word) in fold(around + word + around)


def test_phrases_do_not_change_what_a_character_becomes() -> None:
    assert fold("乾坤") == fold("乾") + "坤"


def test_every_format_character_of_unicode_counts_as_invisible() -> None:
    hidden = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert [character for character in hidden if not is_invisible(character)] == []
    assert fold("退" + "".join(hidden) + "款") == "退款"


def test_folding_english_does_not_load_the_chinese_tables() -> None:
    script = "import sys; from git_feedback.text import fold; fold('Refund'); print('opencc' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"
