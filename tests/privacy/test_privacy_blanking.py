"""What an erasure leaves of an item: every figure, and no word."""

from datetime import timedelta

import pytest
from tests.sample_desk import PAYMENT, item

from git_feedback.model import VERBS
from git_feedback.privacy import erased_source
from git_feedback.privacy.blanking import NEUTRAL, blanked, neutral
from git_feedback.store import read, write

FULL = PAYMENT.replace(
    "  kind: returning\n", '  kind: returning\n  ref: 5b1c6e0a\n  hint: "138****5678"\n  sealed: |-\n    -----甲-----\n'
) + (
    "device: iOS 18\npoint: {lat: 31.2, lon: 121.4}\nrating: 2\ntags: [gateway]\n"
    "attachments:\n  - file: {path: attachments/3f/3f9a.png, bytes: 12}\n    name: 李雷的截图.png\n"
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:05+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}\n"
    "    because: keyword 报错; rule pay-zh\n"
    "  - message: {at: 2026-11-19T10:00:00+08:00, by: intake, channel: mail, source: <li@x>, files: [attachments/aa/aa11.png]}\n"
    "    text: 我是李雷\n"
    "    sealed: |-\n      -----乙-----\n"
    "  - resolve: {at: 2026-11-19T11:00:00+08:00, by: lin.wan}\n    result: 已给李雷补单\n    cause: 网关\n"
    "  - follow-up: {at: 2026-11-20T09:00:00+08:00, by: he.miao, verdict: satisfied, csat: 5}\n    words: 李雷很满意\n"
)
ITEM = item(FULL)
LAST = ITEM.history[-1].at
BLANK = blanked(ITEM, LAST)


def test_no_word_of_the_item_is_left() -> None:
    written = write(BLANK).decode()
    for word in (
        "李雷",
        "付款",
        "支付页面",
        "138",
        "5b1c6e0a",
        "甲",
        "乙",
        "iOS",
        "31.2",
        "截图",
        "3f9a",
        "aa11",
        "li@x",
        "票据",
        "网关",
    ):
        assert word not in written


def test_closed_vocabulary_stays_so_that_figures_stay() -> None:
    stays = ("id", "received", "channel", "language", "product", "rating", "tags")
    assert all(getattr(BLANK, name) == getattr(ITEM, name) for name in stays)
    assert BLANK.submitter
    assert BLANK.submitter.kind == "returning"
    for before, after in zip(ITEM.history, BLANK.history, strict=True):
        closed = set(type(before).model_fields) - before.PROSE - {"source", "files"}
        assert all(getattr(before, name) == getattr(after, name) for name in closed)


def test_what_a_rule_said_of_words_of_the_policy_stays() -> None:
    assert BLANK.history[0] == ITEM.history[0]


def test_the_item_is_still_one_and_erasing_it_twice_is_erasing_it_once() -> None:
    assert read(write(BLANK)) == BLANK
    assert blanked(BLANK, LAST) == BLANK


def test_events_after_the_moment_keep_their_words() -> None:
    part = blanked(ITEM, LAST - timedelta(seconds=1))
    assert part.history[-1] == ITEM.history[-1]
    assert part.history[:-1] == BLANK.history[:-1]


def test_identities_stay_told_apart_and_are_read_by_nobody() -> None:
    assert BLANK.source == erased_source(ITEM.channel, ITEM.source or "")
    assert getattr(BLANK.history[1], "source", None) == erased_source("mail", "<li@x>")


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "zh"), ("zh-Hant", "zh"), ("en", "en"), (None, "en"), ("de", "en")]
)
def test_the_words_instead_are_in_the_items_language(language: str | None, words: str) -> None:
    assert neutral(language) == NEUTRAL[words]


def test_every_text_of_every_verb_is_known_to_the_erasure() -> None:
    """A verb that gets a field for text of its own must say so (Prose), or this list is looked through again."""
    lines = {
        (verb, name)
        for verb, kind in VERBS.items()
        for name in kind.model_fields
        if name in ("source", "request", "to", "files")
    }
    assert lines == {
        ("supply", "source"), ("supply", "files"), ("message", "source"), ("message", "files"), ("erase", "request"),
        ("escalate", "to"), ("copy", "to"), ("link", "to"), ("unlink", "to"),
    }  # fmt: skip
