"""The same tree through each builder: what a reader gets is the same, whichever of them rendered it.

Compared are pages, titles, tabs and links beside the article, the words of articles, the words that the search of team
pages knows (its file has another form in each), the language switch, the light and dark schemes, our own assets, the
content policy.  What is ours alone, the article of a stamped page, is the same to the byte.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.pages.site_sample import files, pages, record, served, site_of, sources

from git_feedback.i18n import text
from git_feedback.pages import builder
from git_feedback.pages.build import Built, build
from git_feedback.pages.builder import BUILDERS, BuildFailed
from git_feedback.pages.page import File

HEIRS = BUILDERS[1:]
ITEM = "zh/items/2026/Q261119-0AAJN0D.html"
GUIDE = "site/pages/zh/guide/first-day.md"
MORE = {
    GUIDE: '# 第一天\n\n先看[退款](../knowledge/refund.md)。\n\n## 早上\n\n- 看队列\n\n!!! note "提示"\n    别忘了喝水[^1]。\n\n[^1]: 温的。\n'
}
FIND = [] if any(file.path == "api/find.json" for file in files()) else [File("api/find.json", b"{}")]
"""What the script of Find asks for on every page."""
FOREIGN = re.compile(r"""(?:src|href|srcset|action|poster)="((?:https?:)?//[^"]*)"|url\(["']?((?:https?:)?//[^)"']+)""")
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
OWN_ASSETS = re.compile(r'(?:href|src)="([^"]*assets/(?:[a-z0-9-]+\.(?:css|js|svg)))"')

Made = Callable[[str], Built]


@cache
def tree() -> dict[str, bytes]:
    """What every builder gets."""
    return sources(**MORE)


def with_builder(name: str, out: Path) -> Built:
    """The small site by one builder; skipped where that is not installed."""
    try:
        builder.choose(name)
    except BuildFailed:
        pytest.skip(f"{name} is not installed")
    return build(record(), tree(), out, pages(), [*files(), *FIND], strict=True, choice=name)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small site by each builder, built once when it is asked for."""
    done: dict[str, Built] = {}

    def by(name: str) -> Built:
        if name not in done:
            done[name] = with_builder(name, tmp_path_factory.mktemp(name))
        return done[name]

    return by


@pytest.fixture(params=HEIRS)
def both(request: pytest.FixtureRequest, made: Made) -> tuple[dict[str, str], dict[str, str]]:
    """Pages by MkDocs, and by one of its heirs."""
    return html(made(BUILDERS[0])), html(made(request.param))


def html(done: Built) -> dict[str, str]:
    return {path: content.decode() for path, content in site_of(done).items() if path.endswith(".html")}


def words(markup: str) -> str:
    """What a reader sees of it."""
    return " ".join(LexborHTMLParser(markup).text(separator=" ").split())


def article(page: str) -> str:
    found = re.search(r"<article .*</article>", page, re.DOTALL)
    return found[0] if found else ""


def links(page: str, selector: str, path: str) -> list[tuple[str, str]]:
    """Words and targets of links, the targets from the top of the site."""
    nodes = LexborHTMLParser(page).css(f"{selector} a[href]")
    found = ((" ".join(node.text().split()), node.attributes["href"] or "") for node in nodes)
    return [(said, normpath(join(dirname(path), href.partition("#")[0]))) for said, href in found if href[:1] != "#"]


# ---- what readers get -----------------------------------------------------------------------------------------------


def test_each_builder_makes_the_same_pages_with_the_same_titles(both: tuple[dict[str, str], dict[str, str]]) -> None:
    ours, theirs = ({path: re.findall(r"<title>(.*?)</title>", page) for path, page in one.items()} for one in both)
    assert ours == theirs
    assert ours[ITEM] == ["支付 &lt;b&gt;报错 - 反馈台"] and "zh/guide/first-day.html" in ours


@pytest.mark.parametrize("selector", [".md-tabs", ".md-sidebar--primary"])
def test_tabs_and_side_bar_lead_to_the_same_pages(both: tuple[dict[str, str], dict[str, str]], selector: str) -> None:
    ours, theirs = both
    for path in ours.keys() - {"index.html"}:
        expected = set(links(ours[path], selector, path))
        assert set(links(theirs[path], selector, path)) == expected, path
        assert {target for _, target in expected if target != "."} <= ours.keys(), path
    assert len(set(links(ours[ITEM], ".md-tabs", ITEM))) == 7


def test_articles_have_the_same_words_and_links(both: tuple[dict[str, str], dict[str, str]]) -> None:
    ours, theirs = both
    for path in ours:
        assert words(article(theirs[path])) == words(article(ours[path])), path
        assert links(theirs[path], "article", path) == links(ours[path], "article", path), path
    assert "先看 退款 。" in words(article(theirs["zh/guide/first-day.html"]))


def test_the_article_of_a_stamped_page_is_the_same_to_the_byte(both: tuple[dict[str, str], dict[str, str]]) -> None:
    ours, theirs = both
    for path in (ITEM, ITEM.replace("zh/", "en/"), "zh/queue.html", "en/queue.html"):
        assert article(ours[path]) == article(theirs[path]) != ""


def test_the_language_switch_leads_to_the_same_page(both: tuple[dict[str, str], dict[str, str]]) -> None:
    switch = re.compile(r'<a [^>]*fb-switch[^>]*href="([^"]+)"')
    ours, theirs = both
    for path in ours.keys() - {"index.html"}:
        assert switch.findall(theirs[path]) == switch.findall(ours[path]) != [], path


def test_light_and_dark_are_offered_alike(both: tuple[dict[str, str], dict[str, str]]) -> None:
    scheme = re.compile(r'data-md-color-media="([^"]*)" data-md-color-scheme="([^"]*)"')
    ours, theirs = both
    for path in ours.keys() - {"index.html"}:
        assert scheme.findall(theirs[path]) == scheme.findall(ours[path])
        assert len(scheme.findall(ours[path])) == 3


def test_our_assets_and_signs_are_on_every_page(both: tuple[dict[str, str], dict[str, str]]) -> None:
    ours, theirs = both
    for path in ours.keys() - {"index.html"}:
        assert OWN_ASSETS.findall(theirs[path]) == OWN_ASSETS.findall(ours[path]), path
        assert theirs[path].count('<symbol id="fb-running"') == 1
        assert {"fb.css", "fb.js", "icon.svg"} <= {one.rpartition("/")[2] for one in OWN_ASSETS.findall(theirs[path])}


def test_the_search_of_team_pages_knows_the_same_words(made: Made) -> None:
    for language in ("en", "zh"):
        known = {name: searched(made(name), language) for name in BUILDERS}
        assert known["mkdocs"] == known["properdocs"] == known["zensical"]
    assert known["zensical"]["knowledge/refund.html"] >= {"退款多久到账", "银行卡"}
    assert "items/2026/Q261119-0AAJN0D.html" not in known["zensical"]


def searched(done: Built, language: str) -> dict[str, set[str]]:
    """The words that the search knows of each page, whatever its file looks like."""
    top = done.site / language
    place = top / "search.json" if (top / "search.json").is_file() else top / "search/search_index.json"
    index = json.loads(place.read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for row in index.get("docs") or index.get("items") or []:
        page = row["location"].partition("#")[0]
        found.setdefault(page, set()).update(words(f"{row['title']} {row['text']}").split())
    return found


# ---- what keeps a site safe -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BUILDERS)
def test_every_page_has_one_content_policy_and_asks_nobody_else_for_anything(made: Made, name: str) -> None:
    done = made(name)
    for path, page in html(done).items():
        rules = POLICY.findall(page)
        assert len(rules) == 1 and "default-src 'none'" in rules[0] and "unsafe" not in rules[0], path
        assert 'name="generator"' not in page, path
    for path, content in site_of(done).items():
        if path.endswith((".html", ".css")):
            assert not FOREIGN.findall(content.decode()), path


@pytest.mark.parametrize("name", BUILDERS)
def test_no_element_has_an_attribute_twice(made: Made, name: str) -> None:
    tag = re.compile(r"<[a-z][^<>]*>")
    for path, page in html(made(name)).items():
        for found in tag.findall(page):
            named = re.findall(r'\s([a-z-]+)="', re.sub(r'"[^"]*"', '""', found))
            assert len(named) == len(set(named)), (path, found)


@pytest.mark.parametrize("name", BUILDERS)
def test_a_builder_deletes_nothing_outside_the_folder_that_is_its_own(name: str, tmp_path: Path) -> None:
    by_hand = [tmp_path / "site/pages/zh/knowledge/refund.md", tmp_path / "build/by-hand.txt"]
    foreign = tmp_path / "build/staging/zh/foreign.txt"
    for path in (*by_hand, foreign):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("手写", encoding="utf-8")
    done = with_builder(name, tmp_path / "build")
    assert [path.read_text(encoding="utf-8") for path in by_hand] == ["手写", "手写"]
    assert not (done.site / "zh/foreign.txt").exists()


@pytest.mark.parametrize("name", BUILDERS)
def test_each_builder_gives_the_same_bytes_again_and_runs_only_when_it_must(
    made: Made, name: str, tmp_path: Path
) -> None:
    first = with_builder(name, tmp_path)
    again = with_builder(name, tmp_path)
    assert first.rendered == ("en", "zh") and (again.rendered, again.written, again.removed) == ((), 0, 0)
    assert site_of(first) == site_of(made(name))


# ---- choosing ---------------------------------------------------------------------------------------------------------


def test_a_builder_that_is_not_installed_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "find_spec", lambda name: None if name == "properdocs" else name)
    assert builder.choose() == "mkdocs"
    with pytest.raises(BuildFailed) as failed:
        builder.choose("properdocs")
    for language in ("en", "zh"):
        said = text(failed.value.code, language, None, **failed.value.values)
        assert "pip install" in said and "properdocs>=1.6.7" in said and "builder: auto" in said and "\n" not in said


def test_without_any_builder_auto_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "find_spec", lambda _name: None)
    with pytest.raises(BuildFailed) as failed:
        builder.choose()
    assert "git-feedback[site]" in text(failed.value.code, "zh", None, **failed.value.values)


# ---- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture
def look(chromium: Any, made: Made) -> Iterator[Callable[[str, str], Any]]:
    """Opens a page by one builder; what the console complains of, or is asked of others, fails the test afterwards."""
    complaints: list[str] = []
    open_now: list[Any] = []

    def open_page(name: str, path: str) -> Any:
        server = served(made(name).site)
        address = server.__enter__()
        page = chromium.new_context(viewport={"width": 1600, "height": 900}).new_page()
        open_now.extend([server, page.context])
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda sent: complaints.append(sent.url) if not sent.url.startswith((address, "blob:")) else None
        )
        page.goto(f"{address}/{path}", wait_until="networkidle")
        return page

    yield open_page
    for one in reversed(open_now):
        one.close() if hasattr(one, "close") else one.__exit__(None, None, None)
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("name", BUILDERS)
def test_pages_open_without_a_complaint_and_search_finds_chinese(look: Any, name: str) -> None:
    for path in (ITEM, "zh/knowledge/refund.html", "en/queue.html"):
        assert look(name, path).locator("article h1").count() == 1
    page = look(name, "zh/guide/first-day.html")
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    page.keyboard.type("到账")
    page.wait_for_selector('a[href*="knowledge/refund.html"]:visible:has-text("退款")', timeout=10000)


@pytest.mark.browser
@pytest.mark.parametrize("name", BUILDERS)
def test_light_and_dark_can_be_chosen(look: Any, name: str) -> None:
    page = look(name, "zh/knowledge/refund.html")
    seen = set()
    for _ in range(3):
        page.locator("label.md-header__button[for^=__palette]:visible").click()
        seen.add(page.locator("body").get_attribute("data-md-color-scheme"))
    assert seen == {"default", "slate"}
