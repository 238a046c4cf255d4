"""The question for what is missing: in the language of the submitter, with a name for every field."""

import pytest
from tests.sample_desk import item, policy

from git_feedback.i18n import LANGUAGES
from git_feedback.outbox.asking import language_of, question, to_ask
from git_feedback.policy.files import FIELDS

BARE = "id: Q261119-0AAJN0D\nreceived: 2026-11-19T09:31:00+08:00\nchannel: live-chat\ntitle: 打不开\n"


def test_one_field_is_one_sentence_and_several_are_a_line_each() -> None:
    assert question(["device"], "zh") == "想请您告诉我们：您用的设备和系统，例如 iPhone 15、iOS 18。"
    assert question(["area"], "en") == "Could you tell us which city and which branch it is about?"
    assert question(["device", "area"], "zh").splitlines() == [
        "想请您告诉我们：", "- 您用的设备和系统，例如 iPhone 15、iOS 18", "- 是哪个城市、哪家门店",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_words_of_its_own(name: str, language: str) -> None:
    plain = question(["order-number"], language).replace("order-number", name)
    assert question([name], language) != plain


def test_a_field_that_nobody_has_words_for_is_called_by_its_name() -> None:
    assert "order-number" in question(["order-number"], "zh")


def test_the_language_is_that_of_the_item_else_that_of_the_desk() -> None:
    assert language_of(item(BARE), policy()) == "zh"
    assert language_of(item(BARE + "language: en\n"), policy()) == "en"


def test_nobody_is_asked_for_the_key_of_their_own_words() -> None:
    assert to_ask(item(BARE), policy()) == ("text",)
