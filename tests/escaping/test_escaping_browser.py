"""In a real browser, without a Content-Security-Policy to help, no payload runs and none fetches anything."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from git_feedback.escaping import attribute, html, line

pytestmark = pytest.mark.browser

LINES = (Path(__file__).parents[1] / "cases/escaping/payloads.txt").read_text("utf-8").splitlines()
PAYLOADS: list[str] = [json.loads(line) for line in LINES if not line.startswith("#")]
HOME = "https://desk.invalid/"
EVENTS = [
    "click",
    "mouseover",
    "mouseenter",
    "focus",
    "load",
    "error",
    "toggle",
    "input",
    "animationstart",
    "beginEvent",
]
# Every link is followed, without leaving for other sites; every element hears every event.
PROVOKE = """
events => {
  for (const element of document.querySelectorAll("main, main *")) {
    for (const name of events) element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
    if (element.tagName === "A") {
      if (/^(https?|mailto|tel):/i.test(element.href)) element.addEventListener("click", e => e.preventDefault());
      element.click();
    }
  }
}
"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def provoked(page: Page, body: str) -> tuple[object, list[str]]:
    """What `window.__fired` is after everything was clicked and excited, and which addresses were asked for."""
    asked: list[str] = []

    def serve(route: Route) -> None:
        if route.request.url == HOME:
            route.fulfill(body=f"<!doctype html><meta charset=utf-8><main>{body}</main>", content_type="text/html")
        else:
            asked.append(route.request.url)
            route.abort()

    page.unroute_all()
    page.route("**/*", serve)
    page.goto(HOME)
    page.evaluate(PROVOKE, EVENTS)
    page.wait_for_timeout(10)
    assert page.url == HOME
    return page.evaluate("window.__fired"), [url for url in asked if not url.endswith("/favicon.ico")]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_runs_or_fetches(page: Page, payload: str) -> None:
    body = f'{html(payload)}<h2><bdi>{line(payload)}</bdi></h2><p title="{attribute(payload)}">x</p>'
    assert provoked(page, body) == (None, [])


@pytest.mark.parametrize(
    "raw",
    [
        "<script>window.__fired=1</script>",
        "<img src=x onerror=window.__fired=1>",
        "<a href='javascript:void(window.__fired=1)'>x</a>",
        "<p onmouseover=window.__fired=1>x</p>",
    ],
)
def test_the_same_page_notices_what_was_not_escaped(page: Page, raw: str) -> None:
    assert provoked(page, raw)[0] == 1


def test_the_same_page_notices_a_picture_that_tells_who_reads(page: Page) -> None:
    assert provoked(page, "<img src=https://example.com/who.png>")[1] == ["https://example.com/who.png"]
