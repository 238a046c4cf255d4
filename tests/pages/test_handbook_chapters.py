"""The handbook's roles and forms as policy has them, the edition that it shows, and chapters of colleagues beside it."""

from dataclasses import replace
from datetime import date

import pytest
from tests.sample_desk import ROOT, policy

from git_feedback.desk import STEPS
from git_feedback.escaping import markdown_line
from git_feedback.i18n import LANGUAGES
from git_feedback.intake import issue_form
from git_feedback.pages import prose
from git_feedback.pages.handbook import PAGES, Source, handbook
from git_feedback.pages.handbook_chapters import clashes, listed, taken
from git_feedback.pages.handbook_roles import doing
from git_feedback.policy.files import ROLES, Name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_says_what_it_may_do_as_the_table_of_life_has_it_and_who_holds_it(language: str) -> None:
    sections = handbook(policy(), language)["handbook/roles.md"].split("\n## ")
    joint, colon = ("、", "：") if language == "zh" else (", ", ": ")
    for role in ROLES:
        (section,) = [one for one in sections if one.partition("\n")[0].endswith(f" `{role}`")]
        may, held = (line.partition(f"**{colon}")[2] for line in section.strip().split("\n")[-2:])
        allowed = {verb for verb, step in STEPS.items() if role in step.roles}
        assert {verb for verb in STEPS if doing(verb, language) in may.split(joint)} == allowed
        assert held.split(joint) == [one.name.said(language) for one in policy().people.values() if role in one.roles]


def test_every_verb_stands_on_the_page_of_roles() -> None:
    page = handbook(policy(), "zh")["handbook/roles.md"]
    assert [verb for verb in STEPS if doing(verb, "zh") not in page] == []
    assert "定为 P0 或取消它，需要“主管”或更高的角色。" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_forms_has_every_question_and_every_choice_with_its_category(language: str) -> None:
    page = handbook(policy(), language)["handbook/forms.md"]
    for name in ("kind", "product", "device", "rating", "text"):
        label = issue_form.label(name).split(" / ")[0 if language == "zh" else -1]
        assert f"| {markdown_line(label)} |" in page, label
    for choice, category in issue_form.kinds(policy()).items():
        (row,) = [one for one in page.split("\n") if one.startswith(f"| {choice} |")]
        assert (f"`{category}`" in row) if category else ("–" in row)


def test_a_category_that_is_added_to_the_policy_is_in_the_form_and_on_its_page() -> None:
    one = next(iter(policy().categories.values()))
    added = one.model_copy(update={"id": "product/smell", "name": Name(en="Smell | <b>", zh="气味")})
    changed = replace(policy(), categories={**policy().categories, added.id: added})
    page = handbook(changed, "zh")["handbook/forms.md"]
    assert "`product/smell`" in page
    assert "<b>" not in page


@pytest.mark.parametrize(("language", "said"), [("zh", "2024-01-01 起生效"), ("en", "in force from 2024-01-01 on")])
def test_every_page_says_which_edition_of_the_rules_it_shows_and_from_which_commit(language: str, said: str) -> None:
    made = handbook(policy(), language, source=Source("abc1234567", date(2026, 11, 2)))
    assert {f"handbook/{name}.md" for name in (*PAGES, "index")} == set(made)
    for path, page in made.items():
        last = page.rstrip().rpartition("\n")[2]
        assert said in last, path
        assert "`abc1234567`" in last
        assert "2026-11-02" in last
    assert "abc" not in handbook(policy(), language)["handbook/levels.md"]


# ---- chapters -----------------------------------------------------------------------------------------------------------


def test_chapters_are_listed_by_title_and_a_title_cannot_become_markup() -> None:
    by_hand = {"handbook/writing.html": "怎么写<script>", "guide/first-day.html": "第一天"}
    index = handbook(policy(), "zh", chapters=by_hand)["handbook/index.md"]
    assert "## 同事写的" in index
    assert "](writing.md)" in index
    assert "<script>" not in index
    assert "第一天" not in index
    assert listed({}, "zh") == ""
    assert "同事写的" not in handbook(policy(), "zh")["handbook/index.md"]


def test_a_chapter_named_like_a_page_that_is_made_is_one_problem_that_says_the_way_out() -> None:
    paths = [
        "site/pages/zh/handbook/levels.md",
        "site/pages/zh/handbook/writing.md",
        "site/pages/en/knowledge/editions.md",
    ]
    found = list(clashes(paths, PAGES))
    assert [one.file for one in found] == ["site/pages/en/knowledge/editions.md", "site/pages/zh/handbook/levels.md"]
    assert "请换个文件名" in found[1].said("zh")
    assert "site/pages/zh/handbook/index.md" in taken(PAGES)


def test_the_chapters_of_this_repository_are_there_in_both_languages_and_take_no_name() -> None:
    names = {
        language: {path.name for path in (ROOT / "site/pages" / language / "handbook").glob("*.md")}
        for language in LANGUAGES
    }
    assert names["en"] == names["zh"] >= {"writing-a-reply.md", "first-call-of-the-day.md"}
    for language, found in names.items():
        paths = [f"site/pages/{language}/handbook/{name}" for name in found]
        assert list(clashes(paths, PAGES)) == []
        for path in paths:
            assert isinstance(prose.read(path, (ROOT / path).read_bytes()), prose.Prose)
