"""The handbook: made from policy, complete in both languages, and inert whatever a name in the policy says."""

import re
from dataclasses import replace

import pytest
from tests.sample_desk import policy

from git_feedback.desk import STATES, STEPS
from git_feedback.i18n import LANGUAGES
from git_feedback.pages.handbook import handbook
from git_feedback.policy.files import Name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbook_names_every_rule_of_the_policy(language: str) -> None:
    pages = handbook(policy(), language)
    for page, shelf in (
        ("channels", policy().channels),
        ("categories", policy().categories),
        ("people", {**policy().people, **policy().departments}),
        ("life", {**dict.fromkeys(STATES), **STEPS}),
        ("clocks", policy().calendars.by_name),
    ):
        for identity in shelf:
            assert f"`{identity}`" in pages[f"handbook/{page}.md"], (page, identity)
    levels = pages["handbook/levels.md"]
    assert levels.count("| P0 |") >= 1
    for place, _ in enumerate(policy().editions[-1].rules, 1):
        assert f"\n| {place} | " in levels


def test_the_matrix_stands_in_the_handbook_row_by_row() -> None:
    levels = handbook(policy(), "en")["handbook/levels.md"]
    for urgency, row in enumerate(policy().editions[-1].matrix, 1):
        assert f"\n| {urgency} | {' | '.join(row)} |\n" in levels


def test_both_languages_have_the_same_pages_and_the_index_leads_to_each() -> None:
    english, chinese = handbook(policy(), "en"), handbook(policy(), "zh")
    assert list(english) == list(chinese)
    linked = set(re.findall(r"\]\(([a-z]+\.md)\)", chinese["handbook/index.md"]))
    assert {f"handbook/{name}" for name in linked} == set(chinese) - {"handbook/index.md"}


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head() -> None:
    for language in LANGUAGES:
        for page in handbook(policy(), language).values():
            for table in re.findall(r"(?:^\|.*\|$\n?)+", page, re.MULTILINE):
                widths = {len(re.findall(r"(?<!\\)\|", row)) for row in table.strip().split("\n")}
                assert len(widths) == 1, table


def test_a_name_in_the_policy_cannot_become_markup() -> None:
    evil = "<img src=x onerror=alert(1)> | [x](javascript:alert(1)) `"
    department = policy().departments["support"]
    named = department.model_copy(update={"name": Name(en=evil, zh=evil)})
    changed = replace(policy(), departments={**policy().departments, "support": named})
    people = handbook(changed, "en")["handbook/people.md"]
    assert "<img" not in people
    assert "](javascript" not in people
    assert "&lt;img" in people
