"""Find in a real Chromium: with an index, without one, and when the index cannot be read; Chinese, English, ids, names."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.accessibility import violations
from tests.pages.finding_sample import QUERIES, REPLIES, built
from tests.pages.site_sample import served

from git_feedback.pages import finding
from git_feedback.text import fold

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not finding.is_installed(), reason="no Pagefind: pip install 'pagefind[extended]'"),
]

Look = Callable[..., Any]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site with an index, one without, and one whose index lost its files."""
    top = tmp_path_factory.mktemp("find")
    for way in ("pagefind", "none"):
        built(top / "work", way).site.rename(top / way)
    shutil.copytree(top / "pagefind", top / "torn")
    for path in (top / "torn").rglob("*.pf_index"):
        path.unlink()
    with served(top) as found:
        yield found


@pytest.fixture(scope="module")
def open_pages(chromium: Any, address: str) -> Iterator[dict[str, Any]]:
    """Find opened once for each way; whatever the console complains of is kept."""
    pages: dict[str, Any] = {}
    for way in ("pagefind", "none"):
        page = chromium.new_page()
        page.goto(f"{address}/{way}/zh/find.html")
        page.wait_for_selector(".fb-scope")
        pages[way] = page
    yield pages
    for page in pages.values():
        page.close()


@pytest.fixture
def look(chromium: Any, address: str) -> Iterator[Look]:
    """Opens a page; complaints of the console, foreign requests and errors fail the test afterwards."""
    complaints: list[str] = []
    opened: list[Any] = []

    def open_page(path: str, *, quiet: bool = True, **options: Any) -> Any:
        context = chromium.new_context(**options)
        opened.append(context)
        page = context.new_page()
        if quiet:
            page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda sent: complaints.append(sent.url) if not sent.url.startswith((address, "blob:")) else None
        )
        page.goto(f"{address}/{path}")
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


def found(page: Any, query: str) -> list[str]:
    """The ids on the page when it has answered a query."""
    page.fill("form.fb-find input", query)
    page.wait_for_function("query => new URLSearchParams(location.search).get('for') === query", arg=query)
    return list(page.locator(".fb-found .fb-id").all_inner_texts())


def ready(page: Any) -> Any:
    page.wait_for_selector(".fb-scope")
    page.wait_for_function(
        "() => document.querySelector('.fb-found tbody tr') || document.querySelector('.fb-empty strong')"
    )
    return page


# ---- everything is found --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["pagefind", "none"])
@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[query for query, _ in QUERIES])
def test_the_item_that_is_meant_is_among_the_first_ten(
    open_pages: dict[str, Any], way: str, query: str, expected: str
) -> None:
    ids = found(open_pages[way], query)
    assert expected in ids[:10] if expected else ids == []


@pytest.mark.parametrize(("query", "expected"), REPLIES, ids=[query for query, _ in REPLIES])
def test_an_index_finds_what_was_replied_and_noted(open_pages: dict[str, Any], query: str, expected: str) -> None:
    ids = found(open_pages["pagefind"], query)
    assert expected in ids[:10] if expected else ids == []
    assert found(open_pages["none"], query) == []


def test_what_is_searched_is_said(look: Look) -> None:
    assert "全部文字" in ready(look("pagefind/zh/find.html")).inner_text(".fb-scope")
    assert "不含回复和备注" in ready(look("none/zh/find.html")).inner_text(".fb-scope")
    assert "every word" in ready(look("pagefind/en/find.html")).inner_text(".fb-scope")


def test_an_index_that_cannot_be_read_leaves_the_queue(look: Look) -> None:
    page = ready(look("torn/zh/find.html", quiet=False))
    assert "Q261119-0AAJN0D" in found(page, "系统繁忙")
    assert "不含回复和备注" in page.inner_text(".fb-scope")


def test_an_index_published_anew_while_the_page_is_open_is_opened_again(chromium: Any, tmp_path: Path) -> None:
    old = built(tmp_path / "work", "pagefind").site
    shutil.copytree(old, tmp_path / "site")
    with served(tmp_path / "site") as site:
        page = chromium.new_page()
        page.clock.install()
        page.goto(f"{site}/zh/find.html")
        assert found(ready(page), "扣款已核实") == ["Q261119-0AAJN0D"]
        folder = tmp_path / "site/find"
        shutil.rmtree(folder / "2025")
        announced = json.loads((tmp_path / "site/api/find.json").read_bytes())
        (tmp_path / "site/api/find.json").write_text(
            json.dumps({"years": announced["years"][:1], "made": announced["made"][:1]}), encoding="utf-8"
        )
        assert found(page, "内胆掉漆") == ["Q251103-RAST0NV"], "the title is in the queue's data"
        page.clock.fast_forward("02:00")
        assert found(page, "赠品 billing") == []
        assert "全部文字" in page.inner_text(".fb-scope")
        assert found(page, "网关 重试又超限") == ["Q261119-0AAJN0D"]
        page.close()


def test_the_script_cuts_and_folds_as_the_index_does(open_pages: dict[str, Any]) -> None:
    page = open_pages["pagefind"]
    texts = [
        "退款12天没到账，App闪退",
        "ＡＰＰ １２ 優惠券",
        "don’t café naïve İ ſ",
        "Q261119-0AAJN0D",
        "カード 안녕 привет Ⅳ ½ ①",
    ]
    texts += ["支\u200b付\ufeff", "擡頭 結帳 臺灣 後面 乾坤", "x_y a1b22 3.14 50%", "हिन्दी ไทย ½ ﬁ", "…！？"]
    in_browser = page.evaluate(
        "async texts => { const { cut } = await import(new URL('assets/finding.js', fb.top).href); return texts.map((text) => [...cut(text)]); }",
        texts,
    )
    assert in_browser == [finding.cut(fold(text)) for text in texts]


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("charged", "charg"),
        ("crashes", "crash"),
        ("apps", "app"),
        ("billing", "bill"),
        ("cancelled", "cancel"),
        ("cancellation", "cancel"),
        ("delivery", "deliver"),
        ("this", "this"),
        ("class", "class"),
        ("bus", "bus"),
        ("ring", "ring"),
        ("late", "late"),
    ],
)
def test_an_english_ending_is_cut_off_where_a_word_remains(open_pages: dict[str, Any], word: str, root: str) -> None:
    stem = "async word => (await import(new URL('assets/finding.js', fb.top).href)).stem(word)"
    assert open_pages["none"].evaluate(stem, word) == root


# ---- rows -----------------------------------------------------------------------------------------------------------


def test_the_words_are_marked_in_title_and_excerpt_and_the_excerpt_has_no_cuts(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html?for=扣款已核实"))
    page.wait_for_selector(".fb-excerpt mark")
    excerpt = page.inner_text(".fb-excerpt")
    assert page.locator(".fb-excerpt mark").all_inner_texts() == ["扣款已核实"]
    assert excerpt.startswith("您好，扣款已核实，请不要重复付款。24 小时内")
    assert not re.search("[\u200b-\u200f\u2060¶]", excerpt)


def test_a_traditional_query_marks_what_stands_there_in_simplified_characters(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html?for=優惠券"))
    assert {"优惠券", "優惠券"} <= set(page.locator(".fb-title mark").all_inner_texts())


def test_markup_in_what_a_customer_said_is_shown_not_run(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html?for=billing+赠品"))
    page.wait_for_selector(".fb-excerpt mark")
    assert "<b>billing</b>" in page.inner_text(".fb-excerpt")
    assert page.locator(".fb-excerpt b").count() == 0


def test_an_excerpt_does_not_show_contact_data(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html?for=138"))
    assert "138****" not in page.inner_text("[data-fb-find]")


def test_a_row_says_whose_it_is_and_marks_the_name(look: Look) -> None:
    page = ready(look("pagefind/en/find.html?for=lin+wan"))
    assert "Lin" in page.locator("td:nth-child(3) mark").all_inner_texts()[0]
    assert page.locator(".fb-found .fb-clock").count() >= 1


# ---- filters and the address ----------------------------------------------------------------------------------------


def test_filters_count_what_they_would_show_and_stand_in_the_address(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html?for=退款"))
    chip = page.locator(".fb-chip[data-value=P2]")
    count = int(chip.locator("i").inner_text())
    chip.click()
    page.wait_for_function("() => location.search.includes('level=P2')")
    assert chip.get_attribute("aria-pressed") == "true"
    assert page.locator(".fb-found tbody tr").count() == count > 0
    assert page.locator("[role=status]").last.inner_text() == f"找到 {count} 件"
    page.reload()
    assert ready(page).locator(".fb-found tbody tr").count() == count
    page.get_by_role("button", name="清除筛选").click()
    page.wait_for_function("() => !location.search.includes('level')")
    assert page.locator(".fb-found tbody tr").count() > count


def test_states_departments_categories_and_channels_can_be_chosen(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html"))
    for name in ("state", "department", "category", "channel"):
        box = page.locator(f"select[name={name}]")
        option = box.locator("option").nth(2)
        said, value = option.inner_text(), option.get_attribute("value")
        count = int(re.findall(r"\((\d+)\)$", said)[0])
        box.select_option(value)
        page.wait_for_function("name => location.search.includes(name)", arg=name)
        shown = page.locator("[role=status]").last.inner_text()
        assert str(count) in shown, f"{said}: {shown}"
        box.select_option(index=0)
        page.wait_for_function("name => !location.search.includes(name)", arg=name)


def test_the_theme_does_not_open_its_own_search_for_an_address_of_find(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html?for=退款&state=all"))
    page.wait_for_timeout(300)
    assert not page.locator("#__search").is_checked()
    assert page.input_value("form.fb-find input") == "退款"


def test_a_mad_address_shows_find_all_the_same(look: Look) -> None:
    page = ready(
        look(
            "none/zh/find.html?for=%3Cimg+src%3Dx+onerror%3Dwindow.hit%3D1%3E&page=-3&level=__proto__&state=constructor"
        )
    )
    assert page.locator(".fb-empty").is_visible()
    assert page.evaluate("window.hit") is None


def test_pages_turn(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html?state=all&department=support"))
    total = int(re.findall(r"\d+", page.locator("[role=status]").last.inner_text())[-1])
    assert total > 0
    page = ready(look("none/zh/find.html?for=的"))
    first = page.locator(".fb-found .fb-id").all_inner_texts()
    assert len(first) == 20
    page.get_by_role("button", name="下一页").click()
    page.wait_for_function("() => location.search.includes('page=2')")
    assert not set(first) & set(page.locator(".fb-found .fb-id").all_inner_texts())


def test_without_a_query_it_says_what_can_be_done_and_without_a_hit_where_to_go(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html"))
    assert "要查找什么" in page.inner_text(".fb-empty")
    assert found(page, "没有这样的反馈哦") == []
    assert page.locator(".fb-empty a").get_attribute("href").endswith("/zh/queue.html")
    page.goto(page.url.split("?")[0] + "?for=退款&department=app")
    assert "不加筛选可找到" in ready(page).inner_text(".fb-empty")


# ---- keys, screens, no script ---------------------------------------------------------------------------------------


def test_the_way_from_field_to_row_and_back_needs_no_mouse(look: Look) -> None:
    page = ready(look("pagefind/zh/find.html?for=退款"))
    page.focus("form.fb-find input")
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.href")
    assert [first, second] == [one.evaluate("node => node.href") for one in page.locator(".fb-title").all()[:2]]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.search.includes('for')")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1024, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    chromium: Any, address: str, scheme: str, width: int, language: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    for asked in ("?for=退款", "", "?for=没有这样的反馈哦"):
        page.goto(f"{address}/pagefind/{language}/find.html{asked}")
        ready(page)
        page.wait_for_load_state("networkidle")
        wrong = violations(page)
        assert [(one["id"], one["nodes"][0]["target"]) for one in wrong] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_without_a_script_the_page_says_how_to_look_up_by_command(look: Look) -> None:
    page = look("pagefind/zh/find.html", java_script_enabled=False)
    assert page.inner_text("[data-fb-find] code") == "git feedback list state:all 退款"
    assert page.locator("[data-fb-find] a").get_attribute("href") == "queue.html"


def test_no_page_may_compile_code_from_the_network(address: str, look: Look) -> None:
    """Pagefind's worker is a file of ours with rules of its own: no page needs more than it had."""
    page = ready(look("pagefind/zh/find.html?for=扣款已核实"))
    assert page.locator(".fb-found tbody tr").count() == 1
    for path in ("find", "queue", "index"):
        page.goto(f"{address}/pagefind/zh/{path}.html")
        rules = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert "script-src 'self'" in rules
        assert "unsafe" not in rules
