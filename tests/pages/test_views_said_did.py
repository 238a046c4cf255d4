"""You said, we did: the team's words in both languages, numbers instead of names, never a word of a submitter."""

import re
from dataclasses import replace

import pytest
from tests.pages.views_desk import LATE, record
from tests.sample_desk import policy

from git_feedback.i18n import LANGUAGES, codes
from git_feedback.model.measures import Measure
from git_feedback.pages.docs import SHELLS
from git_feedback.pages.handbook import handbook
from git_feedback.pages.page import Page
from git_feedback.pages.views.rendering import both
from git_feedback.pages.views.said_did import PATH, pages

ITEM = "Q261119-0AAJN0D"
PAID = Measure.model_validate(
    {
        "id": "M-pay-once",
        "title": {"en": "Paid once is paid once", "zh": "只扣一次"},
        "what": "内部：网关 <b>重试</b>",
        "why": "内部原因",
        "owner": "ji.nan",
        "status": "done",
        "done": "2026-11-09",
        "release": "app-3.2.1",
        "items": (ITEM,),
        "public": "true",
        "said": {"en": "Some paid twice & waited.", "zh": "有人被扣了两次款。"},
        "did": {"en": "The button <waits>.", "zh": "付款按钮会等银行答复。"},
    }
)
CHINESE = PAID.model_copy(update={"id": "M-zh", "title": "退款更快", "language": "zh", "release": None})


def page(language: str, *measures: Measure) -> Page:
    found = replace(record(LATE), measures=measures)
    return next(one for one in pages(found, both(found)) if one.language == language)


def plain(article: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "Nov",
                "2026",
                "You said",
                "Some paid twice &amp; waited.",
                "We did",
                "1 piece of feedback",
                "Release app-3.2.1",
            ),
        ),
        ("zh", ("2026 年 11 月", "您说", "有人被扣了两次款。", "我们做了", "1 条反馈", "版本 app-3.2.1")),
    ],
)
def test_each_improvement_says_what_was_said_what_was_done_and_how_many_asked(
    language: str, words: tuple[str, ...]
) -> None:
    said = plain(page(language, PAID).article)
    for one in words:
        assert one in said


def test_what_the_team_writes_is_text_and_no_markup() -> None:
    assert "The button &lt;waits&gt;." in page("en", PAID).article


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_submitters_nor_staff_nor_internal_words_are_on_it(language: str) -> None:
    article = page(language, PAID, CHINESE).article
    for secret in (ITEM, "支付最后一步", "138", "ji.nan", "纪南", "Ji Nan", "内部"):
        assert secret not in article


def test_a_text_in_one_language_only_is_marked_as_such_on_the_other_page() -> None:
    assert '<bdi lang="zh-CN">退款更快</bdi>' in page("en", CHINESE).article
    assert "<bdi>退款更快</bdi>" in page("zh", CHINESE).article


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_anything_to_tell_it_says_so(language: str) -> None:
    article = page(language).article
    assert "fb-empty" in article
    assert "<ul" not in article


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_shell_and_the_handbook_leads_to_it(language: str) -> None:
    assert PATH in SHELLS
    index = handbook(policy(), language)["handbook/index.md"]
    assert "(../you-said-we-did.md)" in index


def test_all_its_words_are_there_in_both_languages() -> None:
    for language in LANGUAGES:
        assert {"site-said-did", "said-you", "said-we", "said-behind", "said-none"} <= codes(language)
