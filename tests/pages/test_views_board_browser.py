"""The board in a real Chromium: reachable for everybody, on every screen, with and without a script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.accessibility import violations
from tests.pages.site_sample import served, sources
from tests.pages.test_views_board import ASKED, IDEA
from tests.pages.views_desk import ALL, record

from git_feedback.pages.build import build
from git_feedback.pages.views import board, due_dates
from git_feedback.pages.views.rendering import both

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site whose board is that of a small desk."""
    found = record(*ALL, IDEA, ASKED.replace("Q261119-BYJ524T", "Q261117-JH9DP2X"))
    out: Path = tmp_path_factory.mktemp("board")
    done = build(found, sources(), out, board.pages(found, both(found)), due_dates.files(found), strict=True)
    with served(done.site) as address:
        yield address


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1024, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_board_and_nothing_is_wider_than_the_screen(
    chromium: Any, site: str, scheme: str, width: int, language: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.goto(f"{site}/{language}/sla.html")
    page.wait_for_load_state("networkidle")
    found = violations(page)
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_a_wide_table_scrolls_within_itself_by_keyboard(chromium: Any, site: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{site}/en/sla.html")
    box = page.locator("#h-by-level").locator("xpath=ancestor::section").locator(".fb-scroll")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("node => node.scrollLeft > 0", arg=box.element_handle())
    first = box.locator("tbody th").first.bounding_box()
    assert first["x"] >= 0, "the name of the row stays in sight"
    page.close()


def test_without_a_script_every_part_is_there(chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/zh/sla.html")
    for name in ("next-day", "watch", "ageing", "by-level", "by-department", "by-channel", "by-month", "pool", "feeds"):
        assert page.locator(f"#h-{name}").is_visible()
    assert page.locator("text=11 月 24 日 周二 18:00–18:30 无人").is_visible()
    context.close()


def test_a_calendar_of_the_board_can_be_fetched(chromium: Any, site: str) -> None:
    page = chromium.new_page()
    page.goto(f"{site}/zh/sla.html")
    address = page.locator("a[href$='due-lin.wan.ics']").evaluate("node => node.href")
    fetched = page.request.get(address)
    assert fetched.ok
    assert fetched.text().startswith("BEGIN:VCALENDAR\r\n")
    page.close()
