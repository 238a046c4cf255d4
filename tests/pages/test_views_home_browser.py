"""The first page, an item, measures and training in a real Chromium: nothing axe minds, nothing too wide, the way back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.accessibility import violations
from tests.pages.site_sample import served, sources
from tests.pages.views_desk import ALL, NOW, record
from tests.sample_desk import ROOT

from git_feedback.i18n import LANGUAGES
from git_feedback.model.measures import Measure
from git_feedback.model.problems import Cause, FiveW, ProblemRecord
from git_feedback.pages import views
from git_feedback.pages.articles import articles
from git_feedback.pages.build import build
from git_feedback.pages.page import Record, Reply

pytestmark = pytest.mark.browser

LATE = "items/2026/Q261119-0AAJN0D.html"
WORDS = "您好，扣款已核实：\n\n订单今天补上。"
PAGES = ("index.html", LATE, "measures.html", "problems.html", "training/index.html")
Look = Callable[..., Any]
PROBLEM = ProblemRecord(
    id="P-once", title="扣了两次", language="zh", status="open", owner="ji.nan", since=date(2026, 9, 1),
    items=("Q261119-0AAJN0D",), five_w=FiveW(what="扣了两次款。"), whys=("按钮还能点。", "没有等待状态。"), root="没有等待状态。",
    causes={"machine": (Cause(cause="回调超时。", evidence="网关日志。"),)}, scenario="1. 点两次", measures=("M-once",),
)  # fmt: skip


def desk() -> Record:
    """The small desk with everything that can stand on these pages."""
    known = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "site/pages").rglob("*.md")}
    late = Measure(
        id="M-once", title="付款只扣一次", language="zh", what="锁定按钮。", why="会扣两次。", owner="ji.nan",
        status="doing", due=date(2026, 11, 1), items=("Q261119-0AAJN0D",),
    )  # fmt: skip
    ref = "submitter:\n  ref: 5b1c6e0a5b1c6e0a\n  kind: returning\n"
    shared = [source.replace("submitter:\n  kind: returning\n", ref) for source in ALL]
    other = shared[1].replace("history:", f"{ref}history:", 1)
    reply = Reply("reply", "app", "call", "zh", WORDS)
    return replace(
        record(shared[0], other, *shared[2:], now=NOW),
        articles=articles(known),
        replies={"Q261119-0AAJN0D": reply},
        measures=[late],
        problem_records=[PROBLEM],
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out, found = tmp_path_factory.mktemp("home"), desk()
    pages = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "site/pages").rglob("*.md")}
    handbook = {f"site/pages/{one}/handbook/index.md": b"# Handbook\n" for one in LANGUAGES}
    given = {**sources(), **pages, **handbook}
    done = build(found, given, out, views.pages(found), views.files(found))
    with served(done.site) as there:
        yield there


@pytest.fixture
def look(chromium: Any, address: str) -> Iterator[Look]:
    opened: list[Any] = []

    def open_page(path: str, **options: Any) -> Any:
        context = chromium.new_context(**{"timezone_id": "Asia/Shanghai", **options})
        opened.append(context)
        page = context.new_page()
        page.goto(f"{address}/{path}")
        page.evaluate("fb.ready")
        return page

    yield open_page
    for context in opened:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_the_first_page_an_item_measures_and_training(look: Look, path: str, scheme: str) -> None:
    for language, width in (("zh", 1600), ("en", 390)):
        page = look(
            f"{language}/{path}", color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 900}
        )
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        found = violations(page)
        assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], (language, width)


@pytest.mark.parametrize("width", [390, 1024, 1600])
def test_nothing_on_these_pages_is_wider_than_the_screen(look: Look, width: int) -> None:
    for language in LANGUAGES:
        for path in PAGES:
            page = look(f"{language}/{path}", viewport={"width": width, "height": 900})
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            assert page.evaluate("document.documentElement.scrollWidth") == width, (language, path)


def test_on_a_phone_an_item_goes_from_what_was_said_to_the_next_step_clocks_facts_reasons_and_history(
    look: Look,
) -> None:
    page = look(f"zh/{LATE}", viewport={"width": 390, "height": 900})
    tops = [page.locator(f"#{name}").bounding_box()["y"] for name in ("h-next", "h-cl", "h-fx", "h-why", "h-line")]
    assert page.locator(".fb-said").bounding_box()["y"] < tops[0]
    assert tops == sorted(tops)


def test_a_reply_is_copied_in_one_click_as_it_would_be_sent(look: Look) -> None:
    page = look(f"zh/{LATE}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制回复").click()
    page.wait_for_selector("#fb-said:has-text('已复制')", state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == WORDS


def test_whoever_came_from_a_view_of_the_queue_gets_back_to_it(look: Look) -> None:
    page = look("zh/queue.html?department=payments")
    page.wait_for_selector(".fb-foot")
    before = page.url
    page.locator(".fb-queue .fb-title").first.press("Enter")
    page.wait_for_selector("a[data-fb-back]")
    page.evaluate("fb.ready")
    assert page.locator("a[data-fb-back]").evaluate("link => link.href") == before
    page.locator("a[data-fb-back]").press("Enter")
    page.wait_for_selector(".fb-foot")
    assert page.url == before
    straight = look(f"zh/{LATE}")
    assert straight.locator("a[data-fb-back]").evaluate("link => link.href").endswith("/zh/queue.html")


def test_all_of_a_figures_card_leads_to_what_stands_behind_it(look: Look) -> None:
    page = look("zh/index.html")
    card = page.locator(".fb-figures--three > li").nth(2)
    box = card.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] - 8)
    page.wait_for_url("**/zh/queue.html?clock=breached")
