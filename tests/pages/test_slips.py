"""The slip for the counter: what stands on it, in both languages, and that its code leads to the track page."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.accessibility import violations
from tests.sample_desk import policy

from git_feedback.i18n import LANGUAGES
from git_feedback.model import receipts
from git_feedback.model.receipts import Receipt, parse
from git_feedback.pages.slips import site_of, slip

TOKEN = receipts.token(0x0123456789ABCDEF0123456789ABCDEF)
FULL = Receipt("Q261119-0AAJN0D", datetime.fromisoformat("2026-11-19T01:31:00+00:00"), "4b7c" * 16, TOKEN)
SITE = "https://desk.example/反馈/"


def made(language: str = "zh", site: str = SITE) -> str:
    return slip(FULL, policy(), language, site).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_stand_on_it_the_submitters_first(language: str) -> None:
    page = made(language)
    first, second = ("谢谢您", "Thank you") if language == "zh" else ("Thank you", "谢谢您")
    assert 0 < page.index(first) < page.index(second)
    assert "2026-11-19 09:31" in page, "the time is that of the desk"


def test_the_whole_page_is_a_receipt_that_verify_reads() -> None:
    assert parse(made()) == FULL


def test_the_address_in_words_is_without_the_number() -> None:
    shown = re.findall(r"<p>(https://[^<]*)</p>", made())
    assert shown == ["https://desk.example/反馈/zh/track.html"]


def test_without_a_site_there_is_no_code_and_the_words_do_not_speak_of_one() -> None:
    page = made(site="")
    assert "<svg" not in page
    assert "扫码" not in page
    assert "“查询进度”页" in page
    assert TOKEN in page


def test_nothing_is_asked_for_and_no_script_can_run() -> None:
    page = made()
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert not re.search(r"<script|<link|<img|\ssrc=|\shref=|style=", page)


def test_a_desk_named_by_somebody_clever_stays_text() -> None:
    found = policy()
    name = found.desk.name.model_copy(update={"zh": "<script>alert(1)</script>", "en": "</title><b>"})
    clever = replace(found, desk=found.desk.model_copy(update={"name": name}))
    page = slip(FULL, clever, "zh", SITE).decode()
    assert "<script" not in page
    assert "<b>" not in page


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_reachable_for_everybody_and_fits_a_small_page(chromium: Any, tmp_path: Path, language: str) -> None:
    file = tmp_path / "回执.html"
    file.write_bytes(slip(FULL, policy(), language, SITE))
    complaints: list[str] = []
    context = chromium.new_context(viewport={"width": 390, "height": 800}, bypass_csp=False)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(file.as_uri())
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("svg").bounding_box()["width"] > 100, "the style of the page is allowed"
    context.close()
    page = chromium.new_page(bypass_csp=True)
    page.goto(file.as_uri())
    assert [one["id"] for one in violations(page)] == []
    page.close()


@pytest.mark.parametrize(("repository", "site"), [
    ("https://github.com/Acme/desk", "https://acme.github.io/desk"),
    ("https://github.com/acme/desk.git", "https://acme.github.io/desk"),
    ("https://github.com/acme/acme.github.io", "https://acme.github.io"),
    ("https://gitlab.com/acme/desk", ""),
    ("https://github.com.evil.example/acme/desk", ""),
    ("https://github.com/acme", ""),
    (None, ""),
])  # fmt: skip
def test_the_site_of_a_repository_is_known_where_its_host_publishes_it(repository: str | None, site: str) -> None:
    assert site_of(repository) == site
