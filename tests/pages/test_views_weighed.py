"""Needs a human: top levels that nobody confirmed, and items that more people turned out to have."""

import pytest
from tests.triage.crowd import IDS, MOMENT, POLICY, classified, duplicate, said

from git_feedback.desk import standings
from git_feedback.i18n import LANGUAGES
from git_feedback.model import Item
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import needs_human
from git_feedback.pages.views.rendering import both
from git_feedback.triage.pairing import Pair

TOP = classified(
    category="complaint/safety", urgency=5, impact=5, because="keyword 冒烟; rule danger-zh: urgency 5, impact 5"
)
TWINS = (said(1, 2, duplicate(0, hours=9)), said(2, 3, duplicate(0, hours=5)))


def section(name: str, language: str, *items: Item, pairs: tuple[Pair, ...] = ()) -> str:
    """A section of the page; empty where the page has none."""
    return (
        page(language, *items, pairs=pairs)
        .article.partition(f'aria-labelledby="h-{name}"')[2]
        .partition("</section>")[0]
    )


def page(language: str, *items: Item, pairs: tuple[Pair, ...] = ()) -> Page:
    found = Record(POLICY, standings(items, POLICY, MOMENT), (), (), MOMENT, True, "abc1234", pairs=pairs)
    return next(one for one in needs_human.pages(found, both(found)) if one.language == language)


def test_a_top_level_given_by_rules_waits_with_reason_people_and_command() -> None:
    shown = section("majors", "zh", said(0, 1, TOP, title="充电宝冒烟"))
    assert "充电宝冒烟" in shown
    assert "提到 冒烟（规则 danger-zh）：紧急度 5，影响 5" in shown
    assert "可由沈木、顾衡、何淼确认" in shown
    assert f"git feedback classify {IDS[0]} --category complaint/safety --urgency 5 --impact 5" in shown
    assert "it says 冒烟 (rule danger-zh): urgency 5, impact 5" in section("majors", "en", said(0, 1, TOP))


def test_once_a_lead_confirmed_it_the_section_is_gone() -> None:
    confirmed = classified("zhou.yuan", hours=1, category="complaint/safety", urgency=5, impact=5)
    assert section("majors", "zh", said(0, 1, TOP, confirmed)) == ""


def test_what_a_person_classified_before_the_others_came_is_listed_with_the_raise() -> None:
    shown = section("wider", "zh", said(0, 1, classified("zhou.yuan")), *TWINS)
    assert f"普遍：连同 {IDS[1]}、{IDS[2]} 共 3 位提交者：紧急度 3，影响 4" in shown
    assert f"git feedback classify {IDS[0]} --category product/bug --urgency 3 --impact 4 --scope common" in shown
    assert section("wider", "zh", said(0, 1, classified()), *TWINS) == ""


def test_copies_that_the_build_found_count_too() -> None:
    three = [said(n, n + 1, classified("zhou.yuan", hours=30)) for n in range(3)]
    pairs = tuple(Pair(IDS[n], IDS[0], 1.0, (), (), True) for n in (1, 2))
    assert section("wider", "en", *three) == ""
    assert section("wider", "en", *three, pairs=pairs).count("git feedback classify") == 3
    alike = tuple(Pair(IDS[n], IDS[0], 0.9, (), (), False) for n in (1, 2))
    assert section("wider", "en", *three, pairs=alike) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_strangers_stay_words(language: str) -> None:
    hostile = classified(category="complaint/safety", urgency=5, impact=5, because="<img src=x onerror=alert(1)>")
    by_person = hostile.model_copy(update={"by": "xu.bei"})
    shown = section("majors", language, said(0, 1, by_person, title="<script>报警</script>"))
    assert "<img" not in shown
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_both_count_among_what_waits() -> None:
    alone = page("zh", *TWINS).article
    there = page("zh", said(3, 9, TOP), said(0, 1, classified("zhou.yuan")), *TWINS).article
    assert 'id="h-majors"' not in alone
    assert 'id="h-wider"' not in alone
    assert 'id="h-majors"' in there
    assert 'id="h-wider"' in there
    assert "2 件待判断" in there
    assert there.count("<code") >= 2
    assert "2 件待判断" in there
