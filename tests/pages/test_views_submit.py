"""Submit: what the form asks, offers and promises follows from the policy."""

import re
from dataclasses import replace
from typing import Any

import pytest
from tests.pages.site_sample import record
from tests.sample_desk import ROOT, policy

from git_feedback.i18n import LANGUAGES, text
from git_feedback.intake import issue_form
from git_feedback.pages.audience import PUBLIC
from git_feedback.pages.page import Page
from git_feedback.pages.views import pages as all_pages
from git_feedback.pages.views import submit
from git_feedback.pages.views.rendering import both
from git_feedback.pages.views.submit_file import host_kind
from git_feedback.policy import Policy
from git_feedback.policy.files import SubmitPart

REPOSITORY = "https://github.com/example/desk"


def rules(**changed: Any) -> Policy:
    """This repository's policy with other words in desk.yml, and without its mail address where none is given."""
    return replace(policy(), desk=policy().desk.model_copy(update={"submit": SubmitPart(), **changed}))


def made(policy: Policy, language: str = "zh") -> Page:
    found = replace(record(), policy=policy)
    return next(page for page in submit.pages(found, both(found)) if page.language == language)


def without(*channels: str) -> Policy:
    kept = {name: one for name, one in policy().channels.items() if name not in channels}
    return replace(rules(repository=REPOSITORY), channels=kept)


def test_every_category_can_be_reached_from_a_first_choice() -> None:
    assert all(set(submit.kinds_of(one)) <= set(submit.KINDS) for one in policy().categories.values())
    assert all(submit.kinds_of(one) for one in policy().categories.values())


def test_what_is_grave_is_a_problem_and_may_be_a_complaint_what_is_short_is_praise() -> None:
    kinds = {one.id: submit.kinds_of(one) for one in policy().categories.values()}

    assert kinds["product/payment"] == ("problem", "complaint")
    assert kinds["product/improvement"] == ("idea",)
    assert kinds["complaint/privacy"] == ("complaint",)
    assert kinds["praise/staff"] == ("praise",)


def test_a_first_choice_without_categories_is_not_offered() -> None:
    some = {name: one for name, one in policy().categories.items() if not one.short}

    assert 'value="praise"' in made(policy()).article
    assert 'value="praise"' not in made(replace(policy(), categories=some)).article


def test_only_channels_that_a_person_can_use_alone_are_taken_from_an_address() -> None:
    offered = [one.id for one in submit.self_service(policy())]

    assert offered == ["web-form", "app", "wechat", "paper-box", "survey", "issue-form", "pull-request"]
    assert "paper-box" not in [one.id for one in submit.self_service(replace(policy(), boxes={}))]


@pytest.mark.parametrize(("changed", "kind"), [
    ({"repository": REPOSITORY}, "github"), ({"repository": "https://gitlab.example/a/b"}, "gitlab"),
    ({"repository": "https://codeberg.org/a/b"}, "gitea"), ({"repository": "https://gitea.example/a/b"}, "gitea"),
    ({"repository": "https://git.example/a/b"}, ""), ({"repository": "https://git.example/a/b", "host": "gitlab"}, "gitlab"),
    ({"repository": "https://notgithub.com.example/a/b"}, ""), ({}, ""),
])  # fmt: skip
def test_the_kind_of_host_is_what_the_policy_says_else_what_its_name_tells(changed: dict[str, str], kind: str) -> None:
    assert host_kind(rules(**changed)) == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_every_way_is_a_link(language: str) -> None:
    plain = made(rules(repository=REPOSITORY, submit=SubmitPart(mail="feedback@desk.example")), language).article
    shown = re.search(r"<noscript>(.*?)</noscript>", plain, re.DOTALL)

    assert shown
    assert f'href="{REPOSITORY}/issues/new?template={issue_form.FILE}"' in shown[1]
    assert 'href="mailto:feedback@desk.example"' in shown[1]
    assert 'href="submit-file.html"' in shown[1]
    assert text("submit-plain-write", language) in shown[1]
    assert "<form data-fb-submit hidden" in plain


def test_other_hosts_have_their_own_address_for_a_new_issue() -> None:
    assert 'href="https://gitlab.example/a/b/-/issues/new"' in made(rules(repository="https://gitlab.example/a/b")).article  # fmt: skip
    assert 'href="https://codeberg.org/a/b/issues/new"' in made(rules(repository="https://codeberg.org/a/b")).article


def test_a_desk_that_takes_nothing_from_the_web_says_so_and_offers_no_host() -> None:
    closed = made(without("issue-form", "pull-request", "web-form")).article

    assert REPOSITORY + "/issues" not in closed
    assert 'data-host=""' in closed
    assert 'data-channel=""' in closed
    assert text("submit-plain-none", "zh") in closed


def test_a_way_that_the_policy_does_not_know_is_not_offered() -> None:
    assert 'data-new=""' in made(without("pull-request")).article
    assert f'data-new="{REPOSITORY}/new/HEAD"' in made(rules(repository=REPOSITORY)).article
    assert 'data-new=""' in made(rules(repository="https://gitlab.example/a/b")).article


def promise_of(article: str, category: str) -> str:
    found = re.search(rf'<option value="{category}"[^>]*data-promise="([^"]*)"', article)
    assert found
    return found[1]


def test_what_is_promised_is_the_target_of_the_policy_and_of_several_the_slowest() -> None:
    article = made(policy()).article

    assert promise_of(article, "complaint/safety") == "1 小时（全天候）"
    assert promise_of(article, "product/payment") == "2 小时（工作时间）"
    assert promise_of(article, "other/suggestion") == "1 个工作日"
    assert re.search(r'value="idea"[^>]*data-promise="1 个工作日"', article)


def test_where_no_first_answer_is_promised_the_page_promises_none() -> None:
    edition = policy().editions[-1]
    silent = replace(edition, rules=tuple(one for one in edition.rules if one.clock != "respond"))
    article = made(replace(policy(), editions=(silent,))).article

    assert promise_of(article, "product/payment") == ""
    assert 'data-promise="1' not in article


def test_limits_and_names_are_those_of_the_policy() -> None:
    limits = policy().desk.limits.model_copy(update={"text_max": 777, "title_max": 33})
    article = made(rules(limits=limits)).article

    assert 'data-text-max="777"' in article
    assert 'data-title-max="33"' in article


def test_a_name_of_somebody_clever_stays_text() -> None:
    category = policy().categories["other/unclear"]
    name = category.name.model_copy(update={"zh": "<script>x</script>", "en": '"><b>'})
    clever = replace(policy(), categories={"other/unclear": category.model_copy(update={"name": name})})

    for language in LANGUAGES:
        assert "<script" not in made(clever, language).article
        assert "<b>" not in made(clever, language).article


def test_nobody_of_the_desk_is_named_and_the_public_gets_the_page_too() -> None:
    public = [one for one in all_pages(replace(record(), audience=PUBLIC)) if one.path == submit.PATH]

    assert {one.language for one in public} == set(LANGUAGES)
    for one in public:
        assert not [who for who in policy().people.values() if who.name.said(one.language) in one.article]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_script_is_on_the_page(language: str) -> None:
    article = made(policy(), language).article
    script = (ROOT / "site/theme/assets/submit.js").read_text(encoding="utf-8")
    said = set(re.findall(r'say\("([a-z-]+)"', script)) | set(re.findall(r'"(next-[a-z]+|cut-mail)"', script))

    assert len(said) > 20
    assert said <= set(re.findall(r"<dt>([^<]+)</dt>", article))
