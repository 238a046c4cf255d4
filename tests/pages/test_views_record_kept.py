"""The page 'how this record was kept': figures, findings by rule, and the way to see for oneself, in both languages."""

import re
from dataclasses import replace

import pytest
from tests.pages.views_desk import LATE, record
from tests.sample_desk import policy

from git_feedback.i18n import LANGUAGES, codes
from git_feedback.pages.docs import SHELLS
from git_feedback.pages.handbook import handbook
from git_feedback.pages.page import Kept, Page
from git_feedback.pages.views.record_kept import AUDIT, BY_HAND, HOLD, PATH, RULES, WRITE, pages
from git_feedback.pages.views.rendering import both

KEPT = Kept(
    head="3f" * 20,
    items=58,
    events=367,
    digest="ab" * 32,
    commits=1234,
    signatures={"good": 3, "none": 1231},
    findings={"audit-back-dated": 4, "audit-future-event": 1, "audit-other-hand": 2},
)


def page(language: str, kept: Kept | None = KEPT) -> Page:
    found = replace(record(LATE), kept=kept)
    return next(one for one in pages(found, both(found)) if (one.language, one.path) == (language, PATH))


def plain(article: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_on_the_page(language: str) -> None:
    said = plain(page(language).article)
    for figure in (KEPT.head, KEPT.digest, " 58 ", " 367 ", " 1234 ", "1231"):
        assert figure in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_are_counted_by_rule_and_a_rule_without_any_says_0(language: str) -> None:
    rows = re.findall(r'<td>([^<]+)</td><td class="fb-n">(\d+)</td>', page(language).article)
    assert [count for _, count in rows] == ["0", "0", "0", "5", "0", "2", "0"]
    assert len({rule for rule, _ in rows}) == len(RULES)


@pytest.mark.parametrize("kept", [KEPT, None])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ways_to_see_for_oneself_are_there_even_before_the_first_commit(language: str, kept: Kept | None) -> None:
    article = page(language, kept).article.replace("&#39;", "'").replace("&gt;", ">")
    for command in (*BY_HAND.values(), *HOLD, WRITE):
        assert f">{command}<" in article
    assert AUDIT in article


def test_the_languages_say_it_in_their_own_words() -> None:
    assert "记录是怎样保存的" in page("zh").article
    assert not re.search(r"[\u3400-\u9fff]", plain(page("en").article))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_command_has_words(language: str) -> None:
    assert codes(language) >= {f"kept-rule-{rule}" for rule in RULES} | {f"kept-how-{name}" for name in BY_HAND}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbook_leads_to_it_and_the_builder_makes_its_shell(language: str) -> None:
    assert PATH in SHELLS
    assert "](../record-kept.md)" in handbook(policy(), language)["handbook/index.md"]
