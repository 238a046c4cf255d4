"""The whole site of a desk on which everybody means harm, in a real Chromium: it shows words and does nothing.

What a page tries is noticed by a canary (`window.__fired`), by its dialogs, by every address it asks for, by its console
(where the content policy complains too) and by an audit of its elements.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from icalendar import Calendar
from tests.hostile_desk import MARK, MONTH, PICTURE, TITLE_MAX, Hostile, built, line, payloads
from tests.pages.queue_reading import ids_of
from tests.pages.site_sample import served

from git_feedback.escaping import cell
from git_feedback.pages.shell import split
from git_feedback.text import visible

pytestmark = pytest.mark.browser

LANGUAGES = ("zh", "en")
PAGES = (
    *(
        "index",
        "queue",
        "sla",
        "needs-human",
        "needs-repair",
        "coordination",
        "duplicates",
        "recurring",
        "track",
        "submit-file",
        "you-said-we-did",
    ),
    *("record-kept", "reports/index", f"reports/{MONTH}", "handbook/index", "knowledge/index"),
)
# Every element of the article hears every event; links that lead away are followed nowhere, others are not clicked.
PROVOKE = """
() => {
  for (const element of document.querySelectorAll("article, article *")) {
    for (const name of ["mouseover", "mouseenter", "focus", "load", "error", "toggle", "animationstart", "beginEvent", "pointerdown"])
      element.dispatchEvent(new Event(name, {bubbles: false, cancelable: true}));
    if (element.tagName === "A" && /^[a-z]+:/i.test(element.getAttribute("href") || "")) {
      element.addEventListener("click", event => event.preventDefault());
      if (!/^(https?|mailto|tel):/i.test(element.getAttribute("href"))) element.click();
    }
  }
}
"""
# What no article of ours holds, whoever wrote into it.
AUDIT = """
() => {
  const wrong = [];
  const foreign = "script,iframe,object,embed,base,meta,link,frame,applet,portal,math,foreignObject,animate,set,template,style";
  for (const element of document.querySelectorAll(foreign.split(",").map(name => `article ${name}`).join(","))) wrong.push(element.outerHTML.slice(0, 200));
  for (const element of document.querySelectorAll("article *")) {
    for (const {name, value} of element.attributes) {
      if (name.startsWith("on") || name === "srcdoc" || name === "style") wrong.push(`${name}=${value}`.slice(0, 200));
      if (/^\\s*(javascript|vbscript|data|blob|file):/i.test(value) && name !== "title" && name !== "aria-label" && name !== "alt")
        wrong.push(`${element.tagName} ${name}=${value}`.slice(0, 200));
    }
    const address = element.getAttribute("href") || element.getAttribute("src") || element.getAttribute("action");
    if (!address || element.tagName === "use") continue;
    const target = new URL(address, location.href), away = target.origin !== location.origin;
    if (!["http:", "https:", "mailto:", "tel:"].includes(target.protocol)) wrong.push(`${element.tagName} to ${address}`.slice(0, 200));
    if (away && element.tagName !== "A") wrong.push(`${element.tagName} fetches ${address}`.slice(0, 200));
    if (away && !/noopener/.test(element.rel)) wrong.push(`without rel: ${address}`.slice(0, 200));
  }
  return wrong;
}
"""
TOGETHER = 25
"""So many articles stand in one page."""
Look = Callable[[str], Any]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    return built(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def address(hostile: Hostile) -> Iterator[str]:
    with served(hostile.site) as found:
        yield found


@pytest.fixture(scope="module")
def context(chromium: Any) -> Iterator[Any]:
    made = chromium.new_context(timezone_id="Asia/Shanghai", accept_downloads=True)
    yield made
    made.close()


@pytest.fixture
def look(context: Any, address: str) -> Iterator[Look]:
    """Opens a page in one tab; what it tried fails the test afterwards."""
    complaints: list[str] = []
    page = context.new_page()

    def dismissed(dialog: Any) -> None:
        complaints.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", dismissed)
    page.on("popup", lambda popup: complaints.append(f"popup {popup.url}"))
    page.on("request", lambda sent: complaints.append(sent.url) if not _own(sent.url, address) else None)

    def open_page(path: str) -> Any:
        page.goto(f"{address}/{path}")
        return page

    yield open_page
    assert page.evaluate("window.__fired") is None
    page.close()
    assert complaints == []


def _own(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", "blob:", "data:image/"))


def shown(title: str) -> str:
    """A title as people read it: on one line, nothing hidden in it."""
    return " ".join(visible(title).split())


def harmless(page: Any) -> None:
    page.evaluate(PROVOKE)
    assert page.evaluate(AUDIT) == []
    assert page.evaluate("window.__fired") is None


def nothing_hidden(page: Any) -> None:
    """Whatever no reader sees is named, those characters aside that do their work in an emoji or after an ideograph."""
    words = page.locator("article").inner_text()
    assert visible(words) == words


# ---- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_hostile_desk_does_nothing(look: Look, language: str, name: str) -> None:
    page = look(f"{language}/{name}.html")
    page.wait_for_timeout(150)
    harmless(page)
    nothing_hidden(page)


def test_every_item_is_shown_in_words_and_does_nothing_without_the_content_policy(
    context: Any, address: str, hostile: Hostile
) -> None:
    """The articles alone, as the stamping made them: here nothing but the escaping keeps harm away."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    for language, items in (("zh", hostile.items), ("en", hostile.items[::10])):
        for first in range(0, len(items), TOGETHER):
            some = items[first : first + TOGETHER]
            paths = [hostile.site / f"{language}/items/{item.received.year}/{item.id}.html" for item in some]
            page.route(f"{address}/bare.html", partial(_alone, [split(path.read_text("utf-8"))[1] for path in paths]))
            page.goto(f"{address}/bare.html")
            harmless(page)
            assert page.locator("h1 bdi").all_text_contents() == [shown(item.title) for item in some]
            words = page.locator("article").all_inner_texts()
            assert [MARK in one and visible(one) == one for one in words] == [True] * len(some)
            page.unroute_all()
    page.close()
    assert {url for url in asked if not _own(url, address)} == set()


def _alone(articles: list[str], route: Any) -> None:
    route.fulfill(body=f"<!doctype html><meta charset=utf-8>{''.join(articles)}", content_type="text/html")


def test_pages_of_items_do_nothing_with_all_their_scripts(look: Look, hostile: Hostile) -> None:
    for item in hostile.items[::12]:
        harmless(look(f"zh/items/{item.received.year}/{item.id}.html"))


def test_every_field_of_an_item_reaches_its_page(look: Look, hostile: Hostile) -> None:
    number = next(place for place, one in enumerate(payloads()) if one == "<script>window.__fired=1</script>")
    item = hostile.items[number]
    words = look(f"zh/items/{item.received.year}/{item.id}.html").locator("article").inner_text()
    assert words.count("<script>window.__fired=1</script>") >= 8


def test_handbook_pages_hold_hostile_names_as_words(look: Look, hostile: Hostile) -> None:
    pages = sorted(path.relative_to(hostile.site).as_posix() for path in (hostile.site / "zh/handbook").rglob("*.html"))
    assert len(pages) > 3
    for path in pages:
        harmless(look(path))


# ---- the queue ------------------------------------------------------------------------------------------------------


def titles(page: Any) -> list[str]:
    return list(page.locator(".fb-queue .fb-title bdi").all_text_contents())


def test_the_queue_draws_titles_as_the_stamped_pages_do(look: Look, hostile: Hostile) -> None:
    page = look("zh/queue.html?state=all&sort=title")
    page.wait_for_selector("[data-fb-queue=ready]")
    drawn: list[str] = []
    while True:
        harmless(page)
        drawn += titles(page)
        if page.get_by_role("button", name="下一页").is_disabled():
            break
        page.get_by_role("button", name="下一页").click()
    assert sorted(drawn) == sorted(shown(item.title) for item in hostile.items)


def test_whatever_is_typed_into_the_filter_is_looked_for_and_not_obeyed(look: Look, hostile: Hostile) -> None:
    page = look("zh/queue.html?state=all")
    page.wait_for_selector("[data-fb-queue=ready]")
    for item in hostile.items[::5]:
        page.fill("input.fb-input", f"{item.title} {item.id}")
        assert shown(item.title) in titles(page), item.title
    harmless(page)


@pytest.mark.parametrize("name", ["q", "area", "sort", "level"])
def test_a_hostile_address_of_the_queue_is_a_filter_that_finds_nothing_new(look: Look, name: str) -> None:
    for payload in payloads()[::50]:
        page = look(f"zh/queue.html?{name}={quote(payload, errors='replace')}#{quote(payload, errors='replace')}")
        page.wait_for_selector("[data-fb-queue=ready]")
        harmless(page)


def test_the_csv_of_the_queue_follows_the_rule_of_all_exports(look: Look, hostile: Hostile) -> None:
    page = look("zh/queue.html?state=all")
    page.wait_for_selector("[data-fb-queue=ready]")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 CSV").click()
    saved = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    rows = {row[0]: row for row in csv.reader(io.StringIO(saved, newline=""))}
    assert len(rows) == len(hostile.items) + 1
    for item in hostile.items:
        row = rows[item.id]
        assert row[1] == cell(item.title)
        assert row[8] == cell(item.area)
        assert [one for one in row if one != cell(one) and not one.startswith("'")] == []


BEFORE = ("", " ", "\t", "\r", "\n", "\u200b", "\ufeff", "\u3000", "\x00", "'", '"', "付")
BODIES = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "﹢1", "﹦1", "₌1", "=", "-", "+"),
    *("-5", "+3.2", "-1e5", "5%", "-5%", "+86 138", "１２"),
)
CELLS = tuple(before + body for before in BEFORE for body in BODIES)


def test_two_hundred_cells_come_out_of_browser_and_desk_the_same(context: Any, address: str, hostile: Hostile) -> None:
    """The CSV of the queue is made in the browser, all other exports here: there is one rule."""
    assert len(CELLS) >= 200 and len(hostile.items) >= 200
    page = context.new_page()
    columns = json.loads((hostile.site / "api/queue.json").read_bytes())
    count = columns["count"]
    given = dict(zip(ids_of(columns), (*CELLS, *CELLS), strict=False))
    columns["rows"]["title"] = list(given.values())[:count]
    page.route(
        "**/api/queue.json*", lambda route: route.fulfill(body=json.dumps(columns), content_type="application/json")
    )
    page.goto(f"{address}/zh/queue.html?state=all")
    page.wait_for_selector("[data-fb-queue=ready]")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 CSV").click()
    saved = Path(waiting.value.path()).read_bytes().decode("utf-8").removeprefix("\ufeff")
    rows = {row[0]: row[1] for row in csv.reader(io.StringIO(saved, newline=""))}
    assert {item_id: rows[item_id] for item_id in given} == {item_id: cell(title) for item_id, title in given.items()}
    page.close()


# ---- what stands beside the pages -----------------------------------------------------------------------------------


def test_the_json_files_give_back_what_was_said(hostile: Hostile) -> None:
    for path in (hostile.site / "api").rglob("*.json"):
        content = path.read_text("utf-8")
        json.loads(content)
        assert not set(content) & set("<>&\u2028\u2029"), path.name
    columns = json.loads((hostile.site / "api/queue.json").read_bytes())
    assert dict(zip(ids_of(columns), columns["rows"]["title"], strict=True)) == {
        item.id: item.title for item in hostile.items
    }


def test_a_json_file_opened_on_its_own_is_no_page(context: Any, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/api/queue.json")
    assert page.evaluate("[window.__fired, document.querySelectorAll('script, img, svg').length]") == [None, 0]
    page.close()


def test_pictures_opened_on_their_own_are_pictures(context: Any, address: str, hostile: Hostile) -> None:
    pictures = sorted(path.relative_to(hostile.site).as_posix() for path in hostile.site.rglob("*.svg"))
    drawn = [path for path in pictures if MONTH in path or "handbook" in path]
    assert len(drawn) > 8
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda sent: asked.append(sent.url))
    for path in drawn:
        page.goto(f"{address}/{path}")
        found = page.evaluate(
            "[window.__fired, document.querySelectorAll('script, foreignObject, a, image, animate, set').length, document.documentElement.localName]"
        )
        assert found == [None, 0, "svg"], path
    page.close()
    assert [url for url in asked if not _own(url, address)] == []


def test_calendars_hold_titles_as_text_of_their_own_line(hostile: Hostile) -> None:
    content = (hostile.site / "due-all.ics").read_bytes()
    calendar = Calendar.from_ical(content)
    events = calendar.walk("VEVENT")
    assert len(events) > 20
    by_id = {item.id: item for item in hostile.items}
    for event in events:
        assert set(event) <= {
            "SUMMARY",
            "DTSTART",
            "DTEND",
            "DTSTAMP",
            "UID",
            "DESCRIPTION",
            "URL",
            "CATEGORIES",
            "TRANSP",
            "LAST-MODIFIED",
            "SEQUENCE",
            "STATUS",
        }
        found = re.search(r"Q\d{6}-[0-9A-Z]{7}", str(event["SUMMARY"]) + str(event["UID"]))
        assert found and found[0] in by_id
    assert all(len(row) <= 75 for row in content.split(b"\r\n"))
    assert b"\nATTENDEE" not in content


def test_the_index_of_the_search_holds_no_word_of_a_stranger(hostile: Hostile) -> None:
    for language in LANGUAGES:
        index = (hostile.site / language / "search/search_index.json").read_text("utf-8")
        assert MARK not in index
        assert json.loads(index)["docs"]


def test_the_files_of_the_site_are_named_by_us_alone(hostile: Hostile) -> None:
    """No name of a stranger became a path; what came along lies by its hash."""
    for path in hostile.site.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9._/\-]+", path.relative_to(hostile.site).as_posix()), path
    kept = [path for path in (hostile.site / "attachments").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [PICTURE]


# ---- what people type into pages ------------------------------------------------------------------------------------


def test_whatever_is_typed_as_a_number_to_track_is_looked_up_and_not_obeyed(look: Look) -> None:
    page = look("zh/track.html")
    page.wait_for_load_state("networkidle")
    if page.locator("#fb-number").is_visible():
        for payload in payloads()[::11]:
            page.fill("#fb-number", payload.replace("\n", " ")[:120])
            page.click("[data-fb-track] button")
            assert page.locator("[data-fb-track-found]").is_hidden()
    harmless(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_of_the_theme_shows_what_is_typed_as_words(look: Look, language: str) -> None:
    page = look(f"{language}/knowledge/index.html")
    page.click(".md-search__input")
    for payload in payloads()[::21]:
        page.fill(".md-search__input", unicodedata.normalize("NFC", line(payload, TITLE_MAX)))
        page.wait_for_timeout(30)
    harmless(page)
