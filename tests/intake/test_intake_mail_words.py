"""What of a mail is new: nearly seventy mails of Chinese and English programmes, and texts that look like quotes."""

import time

import pytest
from tests.sample_desk import ROOT

from git_feedback.intake.mail.words import new_words

FILE = ROOT / "tests/data/channels/mail_words.txt"


def cases() -> list[tuple[str, str, str]]:
    blocks = FILE.read_text(encoding="utf-8").split("\n### ")[1:]
    named = [block.partition("\n") for block in blocks]
    return [(name, *_halves(rest)) for name, _, rest in named]


def _halves(rest: str) -> tuple[str, str]:
    body, _, new = rest.partition("\n===\n")
    return body, new.strip("\n")


@pytest.mark.parametrize(("name", "body", "new"), cases(), ids=lambda value: value if len(value) < 60 else "")
def test_only_new_words_stay(name: str, body: str, new: str) -> None:
    assert new_words(body) == new, name


def test_there_are_sixty_cases_in_both_languages() -> None:
    assert len(cases()) >= 60
    assert sum(new.isascii() for _, _, new in cases()) >= 20


def test_new_words_have_no_more_to_cut() -> None:
    for name, _, new in cases():
        assert new_words(new) == new, name


def test_in_a_mail_that_is_passed_on_nothing_is_a_quote() -> None:
    passed_on = "请看\n\n-----Original Message-----\nFrom: 顾客\nSent: 今天\nTo: 我\n\n坏了"
    assert new_words(passed_on, forwarded=True) == passed_on


@pytest.mark.parametrize("text", [
    "On " * 60_000, "From: a\n" * 20_000, "\n" * 150_000 + "好", ">" * 150_000, "> a\n" * 40_000, "-\n" * 80_000, "_" * 150_000,
    "On 2026-11-20, a@example.com\n" * 5_000, "发自我的iPhone\n" * 20_000, "本邮件\n" * 30_000, "(<a@" * 40_000, "写道：\n" * 30_000,
])  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    new_words(text)
    assert time.process_time() - start < 1
