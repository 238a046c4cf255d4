"""The theme's search over the team's pages: it finds Chinese, and leads on to Find for feedback."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.accessibility import violations
from tests.pages.finding_sample import searching
from tests.pages.site_sample import served, sources
from tests.sample_desk import ROOT

from git_feedback.pages import finding
from git_feedback.pages.audience import PUBLIC
from git_feedback.pages.build import build
from git_feedback.pages.page import Record
from git_feedback.pages.views import find
from git_feedback.pages.views.rendering import both

pytestmark = pytest.mark.browser

QUERIES = [
    ("取件码", "快递柜取件码没收到怎么办"),
    ("快递柜", "快递柜取件码没收到怎么办"),
    ("退款", "退款比承诺的慢"),
    ("工作日 显示", "退款比承诺的慢"),
    ("已扣款", "已扣款，但没有订单"),
    ("预授权", "已扣款，但没有订单"),
    ("数据仓库", "导出到 Excel、Tableau 和数据仓库"),
    ("上岗", "上岗第一天"),
    ("宏", "随附的文件"),
    ("duckdb", "导出到 Excel、Tableau 和数据仓库"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site of this repository's own team pages, with Find."""
    own = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted((ROOT / "site/pages").rglob("*.md"))}
    pages = {path: content.decode() for path, content in own.items()}
    found, out = searching("none"), tmp_path_factory.mktemp("team")
    made = find.pages(found, both(found))
    done = build(found, {**sources(**pages)}, out, made, finding.files(found, out))
    with served(done.site) as address:
        yield address


def asked(page: Any, address: str, query: str) -> Any:
    page.goto(f"{address}/zh/find.html")
    page.set_default_timeout(8000)
    page.click(".md-search__input")
    page.fill(".md-search__input", query)
    page.keyboard.press("End")
    return page


@pytest.mark.parametrize(("query", "title"), QUERIES, ids=[query for query, _ in QUERIES])
def test_the_search_of_the_theme_finds_chinese_in_team_pages(chromium: Any, site: str, query: str, title: str) -> None:
    page = asked(chromium.new_page(), site, query)
    page.wait_for_selector(".md-search-result__item h1")
    assert title in page.locator(".md-search-result__item h1").all_inner_texts()
    page.close()


def test_the_search_of_the_theme_leads_on_to_feedback_with_the_same_words(chromium: Any, site: str) -> None:
    page = asked(chromium.new_page(), site, "退款 12")
    link = page.locator(".fb-find-on")
    link.wait_for()
    page.wait_for_function("() => document.querySelector('.fb-find-on').textContent.includes('退款 12')")
    assert link.inner_text() == "在反馈中查找“退款 12”"
    link.click()
    page.wait_for_url("**/zh/find.html?for=**")
    assert page.evaluate("new URLSearchParams(location.search).get('for')") == "退款 12"
    page.close()


def test_axe_finds_nothing_in_the_open_search(chromium: Any, site: str) -> None:
    for scheme in ("light", "dark"):
        page = asked(chromium.new_page(color_scheme=scheme, bypass_csp=True), site, "退款")
        page.wait_for_selector(".md-search-result__item h1")
        page.locator(".fb-find-on").wait_for()
        wrong = violations(page, {"include": [[".fb-find-on"]]})
        assert [(one["id"], one["nodes"][0]["target"]) for one in wrong] == []
        page.close()


def test_a_public_site_has_no_way_to_find(chromium: Any, tmp_path: Path) -> None:
    found = Record(searching("none").policy, [], [], [], searching("none").now, True, "abc1234", audience=PUBLIC)
    done = build(found, sources(), tmp_path, [], finding.files(found, tmp_path))
    with served(done.site) as address:
        page = chromium.new_page()
        page.set_default_timeout(8000)
        first = min((done.site / "zh").rglob("*.html")).relative_to(done.site)
        page.goto(f"{address}/{first.as_posix()}")
        with page.expect_response("**/api/find.json") as answered:
            page.click(".md-search__input")
        assert answered.value.status == 404
        page.wait_for_timeout(200)
        assert page.locator(".fb-find-on").count() == 0
        page.close()
