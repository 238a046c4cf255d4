"""The queue in Chromium over the sample desk: one query language, saved views, keys, the way back, and what can go wrong."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest
from tests.accessibility import violations
from tests.pages.queue_site import put
from tests.pages.site_sample import served
from tests.sample_desk import ROOT, policy

from git_feedback.clock import periods
from git_feedback.desk import query, standings
from git_feedback.model import Item
from git_feedback.pages.page import Record
from git_feedback.pages.views import api, queue
from git_feedback.pages.views.rendering import both
from git_feedback.store import read
from git_feedback.text import fold

pytestmark = pytest.mark.browser
NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
READY = "[data-fb-queue=ready]"
Look = Callable[..., Any]


@cache
def items() -> tuple[Item, ...]:
    """Every item of this repository's sample desk."""
    return tuple(read(path) for path in sorted(ROOT.glob("feedback/20*/*/*.yml")))


def record(given: tuple[Item, ...]) -> Record:
    return Record(policy(), standings(given, policy(), NOW), (), (), NOW, True, "abc1234")


def write(folder: Path, made: Record) -> None:
    files = {file.path: file.content.decode() for file in (*queue.files(made), *api.files(made))}
    for page in queue.pages(made, both(made)):
        put(folder, page.language, page.article, files)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`desk/` holds the whole sample, `done/` what is finished of it, `none/` nothing."""
    top = tmp_path_factory.mktemp("queues")
    whole = record(items())
    finished = {one.item.id for one in whole.standings if not one.state.is_unfinished}
    write(top / "desk", whole)
    write(top / "done", record(tuple(item for item in items() if item.id in finished)))
    write(top / "none", record(()))
    with served(top) as found:
        yield found


@pytest.fixture
def look(chromium: Any, address: str) -> Iterator[Look]:
    complaints: list[str] = []
    opened: list[Any] = []

    def open_page(path: str = "desk/zh/queue.html", wait: str = READY, routes: Any = None, **options: Any) -> Any:
        context = chromium.new_context(**{"timezone_id": "Asia/Shanghai", **options})
        context.set_default_timeout(10_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if routes:
            routes(page)
        page.goto(f"{address}/{path}")
        page.wait_for_selector(wait)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


def shown(page: Any) -> list[str]:
    return list(page.locator(".fb-queue .fb-id").all_inner_texts())


def status(page: Any) -> str:
    return str(page.locator(".fb-foot [role=status]").inner_text())


def search(page: Any) -> str:
    return str(page.evaluate("decodeURIComponent(location.search)"))


# ---- one query language ---------------------------------------------------------------------------------------------

QUERIES = (
    "", "state:all", "state:open", "state:unfinished", "state:finished", "state:new,assigned", "state：open，closed",
    "state:all level:P0,P1", "level:p2", "LEVEL:P3 state:all", "state:all department:support", "department:payments,app",
    "state:all owner:lin.wan", "owner:zhou.yuan,lin.wan", "category:product", "state:all category:service/refund",
    "state:all channel:phone,app", "area:华东/上海", "state:all language:zh", "language:en", "clock:running", "clock:soon",
    "clock:breached", "clock:breached-open", "clock:paused", "clock:none", "state:all clock:none,breached", "planned:yes",
    "planned:no,late", "snoozed:yes", "snoozed:no", "force:yes", "copied:brand", "returned:1", "returned:0 level:P1",
    "older:1wd", "state:all older:3wd", "older:2d", "退款", "state:all 退款", "退 款", "閃退", "支付 系统", "Ｒｅｆｕｎｄ",
    "refund", "state:open 發票", "q261120", "id:Q261120-ZDP89D0", "没有这样的话", "state:all level:P1 退款 clock:breached",
    "state:all received:2026", "state:all received:2026-q4", "state:all received:2026-10", "received：2026-11",
    "state:all received:2026-10-03..2026-11-09", "state:all received:2026-Q3，2026-11-20", "received:2025-Q4..2026-10 refund",
)  # fmt: skip
ASK = """
async (queries) => {
  const items = await window.fb.items.load();
  await items.readable();
  const search = document.querySelector("[type=search]");
  const ids = () => [...document.querySelectorAll(".fb-queue tbody tr")].map((row) => row.dataset.id);
  const found = {};
  for (const query of queries) {
    search.value = query;
    search.dispatchEvent(new InputEvent("input"));
    found[query] = ids();
    for (;;) {
      const next = document.querySelector(".fb-foot button:last-child");
      if (next.disabled) break;
      next.click();
      found[query].push(...ids());
    }
  }
  return found;
}
"""


def test_fifty_queries_find_the_same_items_here_and_in_list(look: Look) -> None:
    """Words alone ask for every state in `list`; the queue shows all states when its choice says so."""
    assert len(QUERIES) >= 40
    page = look("desk/zh/queue.html?state=all")
    found = page.evaluate(ASK, list(QUERIES))
    expected = {}
    for asked in QUERIES:
        wanted = query.parse(asked, policy(), NOW)
        expected[asked] = sorted(one.item.id for one in record(items()).standings if wanted.fits(one))
    assert {asked: sorted(ids) for asked, ids in found.items()} == expected
    assert sum(bool(ids) for ids in expected.values()) >= 35


EDGES = ("2026-11-19T15:59:00Z", "2026-11-19T16:00:00Z", "2026-11-20T15:59:00Z", "2026-11-20T16:00:00Z")
DAY = """
async (moments) => {
  const items = await window.fb.items.load();
  const found = window.fb.query.parse("received:2026-11-20", items);
  const received = moments.map((moment) => Date.parse(moment) / 1000);
  Object.defineProperty(items, "received", { value: received });
  return received.map((_, row) => found.tests.every((test) => test(row)));
}
"""


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_day_is_one_of_the_desk_wherever_it_is_read(look: Look, zone: str) -> None:
    assert look(timezone_id=zone).evaluate(DAY, list(EDGES)) == [False, True, True, False]


SPANS = (
    "2026", "2026-Q1", "2026-02-28", "2024-02-29", "2026-03-08", "2026-11-01", "2026-03-29", "2026-09-06", "2026-Q3..2026-10-03",
    "2026-02-29", "2026-13", "2026-q5", "2026-00", "2026-1", "26", "2026-10-00", "2026-10-32", "2026-10-09..2026-10-03",
    "2026-10-03..", "..2026-10-03", "2026..2026..2026", "2026...2026", "1899", "2100", "1900-01-01", "2099-12-31", "十月",
)  # fmt: skip
ENDS = """
async ([zone, spans]) => {
  const items = await window.fb.items.load();
  window.fb.zone = () => zone;
  const holds = (test, at) => {
    Object.defineProperty(items, "received", { value: [at], configurable: true });
    return test(0);
  };
  return spans.map(([span, edges]) => {
    const { tests } = window.fb.query.parse(`received:${span}`, items);
    return tests.length ? edges.map((at) => holds(tests[0], at)) : null;
  });
}
"""


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "America/Los_Angeles", "Europe/Berlin", "America/Santiago", "Asia/Kathmandu"]
)
def test_spans_begin_and_end_here_when_they_do_in_list(look: Look, zone: str) -> None:
    page = look()
    edges = [edges_of(span, zone) for span in SPANS]
    found = page.evaluate(ENDS, [zone, list(zip(SPANS, edges, strict=True))])
    assert found == [[False, True, True, False] if ends else None for ends in edges]


def edges_of(span: str, zone: str) -> list[int]:
    """The minutes around the beginning and the end of a span; nothing where it is none."""
    try:
        first, end = (int(moment.timestamp()) for moment in periods.span(span, ZoneInfo(zone)))
    except ValueError:
        return []
    return [first - 60, first, end - 60, end]


def test_the_items_of_one_submitter_are_found_by_the_reference(look: Look) -> None:
    by_ref: dict[str, list[str]] = {}
    for item in items():
        if item.submitter and item.submitter.ref:
            by_ref.setdefault(item.submitter.ref, []).append(item.id)
    ref, ids = next((ref, ids) for ref, ids in by_ref.items() if len(ids) > 1)
    assert sorted(shown(look(f"desk/zh/queue.html?q=state:all%20ref:{ref}"))) == sorted(ids)


def test_the_browser_folds_as_we_do(look: Look) -> None:
    said = [chr(code) for codes in (range(0x80, 0xD800, 3), range(0xF900, 0xFFF0)) for code in codes]
    said += ["Straße ΣΊΣΥΦΟΣ", "臺灣 軟體 ＡＢＣ", "乾坤 头发 發", "a\u200db e\u0301", "İstanbul", "ﬃ ㍿ ①"]
    said = [one for one in said if all(category(character) != "Cn" for character in one)]
    page = look()
    folded = page.evaluate(
        "async (said) => { const items = await fb.items.load(); await items.readable(); return said.map(fb.items.folded); }",
        said,
    )
    assert [(one, theirs) for one, theirs in zip(said, folded, strict=True) if theirs != fold(one)] == []


def test_what_cannot_be_read_is_said_and_the_rest_still_filters(look: Look) -> None:
    page = look()
    page.fill("[type=search]", "颜色:红 level:P0")
    assert page.locator(".fb-hint").inner_text().startswith("没有“颜色”这个字段；可以用 id、state")
    assert set(page.locator(".fb-queue .fb-level b").all_inner_texts()) == {"P0"}
    page.fill("[type=search]", "level:P9")
    assert page.locator(".fb-hint").inner_text() == "level：没有“p9”；可以用 P0、P1、P2、P3。"


def test_a_name_is_offered_as_the_field_it_means(look: Look) -> None:
    page = look()
    page.fill("[type=search]", "林晚")
    page.get_by_role("button", name="owner:lin.wan").click()
    assert page.input_value("[type=search]") == "owner:lin.wan"
    assert set(page.locator(".fb-queue td:nth-child(3) .fb-sub").all_inner_texts()) == {"林晚"}


def test_the_one_who_reads_is_me(look: Look) -> None:
    page = look()
    page.evaluate("localStorage.setItem('git-feedback.me', 'lin.wan')")
    page.fill("[type=search]", "owner:me")
    assert set(page.locator(".fb-queue td:nth-child(3) .fb-sub").all_inner_texts()) == {"林晚"}


# ---- the script takes over ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1600, 1024, 390])
def test_the_script_takes_over_without_a_jump_and_without_other_words(look: Look, language: str, width: int) -> None:
    still = look(
        f"desk/{language}/queue.html",
        wait=".fb-queue",
        java_script_enabled=False,
        viewport={"width": width, "height": 900},
    )
    stamped = still.locator(".fb-queue tbody tr").all_inner_texts()
    alive = look(f"desk/{language}/queue.html", viewport={"width": width, "height": 900})
    assert alive.locator(".fb-queue tbody tr").all_inner_texts() == stamped
    waiting = look(
        f"desk/{language}/queue.html",
        wait=".fb-queue",
        viewport={"width": width, "height": 900},
        routes=lambda page: page.route("**/queue.json", lambda route: route.abort()),
    )
    waiting.wait_for_selector(".fb-note")
    waiting.evaluate("document.querySelector('.fb-note').remove()")
    places = "[...document.querySelectorAll('.fb-queue tbody tr')].map((row) => [row.getBoundingClientRect().top, row.getBoundingClientRect().height])"
    assert waiting.evaluate(places) == alive.evaluate(places)


def test_without_the_data_the_stamped_rows_stay_and_it_is_said(look: Look) -> None:
    page = look(wait=".fb-note", routes=lambda page: page.route("**/queue.json", lambda route: route.abort()))
    assert "完整列表没有取到" in page.locator(".fb-note").inner_text()
    assert page.locator(".fb-queue tbody tr").count() > 20


def test_a_desk_without_items_and_one_that_is_done_say_so_with_a_way_out(look: Look) -> None:
    assert "还没有反馈" in look("none/zh/queue.html").locator(".fb-empty").inner_text()
    page = look("done/zh/queue.html")
    assert "全部办结了" in page.locator(".fb-empty").inner_text()
    page.locator(".fb-empty a").click()
    page.wait_for_selector(f"{READY} .fb-title")
    assert page.locator(".fb-queue tbody tr").count() > 10


def test_one_long_hostile_title_stays_small_and_harmless(look: Look) -> None:
    title = "<img src=x onerror=window.hit=1>\u202e" + "退款" * 2500

    def routes(page: Any) -> None:
        def answer(route: Any) -> None:
            columns = json.loads(route.fetch().body())
            columns["rows"]["title"] = [title] * columns["count"]
            route.fulfill(body=json.dumps(columns), content_type="application/json")

        page.route("**/queue.json", answer)

    page = look(routes=routes, viewport={"width": 390, "height": 900})
    assert page.locator(".fb-title").first.inner_text().startswith("<img src=x onerror=window.hit=1>[U+202E]退款")
    assert page.evaluate("window.hit") is None
    assert page.locator(".fb-queue tbody tr").first.bounding_box()["height"] < 250
    assert page.evaluate("document.documentElement.scrollWidth") == 390


# ---- saved views ----------------------------------------------------------------------------------------------------


def test_the_desks_views_stand_there_without_a_script_and_with_the_same_counts(look: Look) -> None:
    still = look(wait=".fb-queue", java_script_enabled=False)
    names = still.locator(".fb-view").all_inner_texts()
    assert len(names) == 1 + len(policy().desk.views)
    page = look()
    page.wait_for_selector(".fb-view[data-query='view=refunds'] i:not(:empty)")
    assert page.locator(".fb-view").all_inner_texts() == names


def test_a_saved_view_is_marked_and_is_the_address(look: Look) -> None:
    page = look()
    page.locator(".fb-view[data-query='view=urgent']").click()
    assert search(page) == "?view=urgent"
    assert page.locator(".fb-view[aria-current]").inner_text().startswith("P0 与 P1")
    assert set(page.locator(".fb-queue .fb-level b").all_inner_texts()) <= {"P0", "P1"}
    page.reload()
    page.wait_for_selector(READY)
    assert page.input_value("[type=search]") == "state:open level:P0,P1"
    page.select_option("select[name=state]", "all")
    assert (page.input_value("[type=search]"), search(page)) == ("level:P0,P1", "?q=level:P0,P1&state=all")


def test_a_view_of_ones_own_is_kept_in_this_browser_and_can_go(look: Look) -> None:
    page = look()
    page.click(".fb-chip[data-value=P1]")
    page.get_by_role("button", name="保存此视图").click()
    page.fill("#fb-view-name", "要紧的 <b>")
    page.keyboard.press("Enter")
    assert page.locator(".fb-own .fb-view[aria-current]").inner_text().startswith("要紧的 <b>")
    assert "只保存在这个浏览器里" in page.locator(".fb-views").inner_text()
    page.reload()
    page.wait_for_selector(READY)
    page.locator(".fb-view").first.click()
    page.locator(".fb-own .fb-view").click()
    assert search(page) == "?level=P1"
    page.get_by_role("button", name="删除视图“要紧的 <b>”").click()
    assert page.locator(".fb-own").count() == 0
    assert page.evaluate("localStorage.getItem('git-feedback.views')") == "[]"


# ---- the way back, and keys -----------------------------------------------------------------------------------------


def test_back_and_forward_walk_through_views_and_typing_is_one_step(look: Look) -> None:
    page = look()
    page.click(".fb-chip[data-value=P1]")
    page.locator("[type=search]").press_sequentially("退款")
    assert search(page) == "?q=退款&level=P1"
    page.click(".fb-chip[data-value=breached]")
    page.go_back()
    assert (search(page), page.input_value("[type=search]")) == ("?q=退款&level=P1", "退款")
    page.go_back()
    assert (search(page), page.input_value("[type=search]")) == ("", "")
    page.go_forward()
    assert page.locator(".fb-chip[data-value=P1]").get_attribute("aria-pressed") == "true"


def test_the_keyboard_leads_to_an_item_and_back_to_its_row(look: Look, address: str) -> None:
    page = look(
        routes=lambda page: page.route(
            "**/items/**", lambda route: route.fulfill(body="<title>item</title>", content_type="text/html")
        )
    )
    page.click(".fb-chip[data-value=P2]")
    page.locator("body").press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("ArrowDown")
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    here = page.evaluate("document.activeElement.closest('tr').dataset.id")
    assert here == shown(page)[2]
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/**")
    page.go_back()
    page.wait_for_selector(READY)
    assert search(page) == "?level=P2"
    assert page.evaluate("document.activeElement.closest('tr')?.dataset.id") == here


def test_keys_turn_pages_copy_the_id_and_show_themselves(look: Look) -> None:
    page = look("desk/zh/queue.html?state=all", permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("]")
    assert search(page) == "?state=all&page=2"
    page.keyboard.press("[")
    page.locator(".fb-title").first.focus()
    page.keyboard.press("c")
    page.wait_for_selector(".fb-hint:has-text('已复制')")
    assert page.evaluate("navigator.clipboard.readText()") == shown(page)[0]
    page.keyboard.press("?")
    assert page.locator("dialog[open] dt").all_inner_texts() == ["/", "j", "k", "Enter", "c", "[", "]", "?"]
    page.keyboard.press("]")
    assert search(page) == "?state=all"
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_keys_rest_in_fields_with_modifiers_and_when_they_are_switched_off(look: Look) -> None:
    page = look("desk/en/queue.html?state=all")
    page.locator("[type=search]").press("]")
    assert page.input_value("[type=search]") == "]"
    page.fill("[type=search]", "")
    page.locator(".fb-title").first.focus()
    page.keyboard.press("Alt+]")
    assert "page=2" not in search(page)
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys are on").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector(READY)
    page.locator(".fb-title").first.focus()
    page.keyboard.press("]")
    page.keyboard.press("?")
    assert "page=2" not in search(page)
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024])
def test_axe_finds_nothing_in_queue_dialogue_and_hint(look: Look, scheme: str, width: int) -> None:
    page = look("desk/en/queue.html?q=nope:1%20lin", color_scheme=scheme, viewport={"width": width, "height": 900})
    found = [*violations(page)]
    page.evaluate("document.querySelector('dialog').showModal()")
    found += violations(page)
    assert [
        (one["id"], one["nodes"][0]["target"]) for one in found if one["id"] not in ("page-has-heading-one", "region")
    ] == []


def test_heads_sort_chinese_by_sound(look: Look) -> None:
    page = look("desk/zh/queue.html?state=all")
    page.get_by_role("button", name="反馈", exact=True).click()
    titles = page.locator(".fb-title").all_inner_texts()
    assert titles == page.evaluate(
        "(titles) => [...titles].sort(new Intl.Collator('zh-CN', { numeric: true, sensitivity: 'base' }).compare)",
        titles,
    )
    assert any("\u4e00" <= one[0] for one in titles)


def test_the_csv_of_a_view_has_every_row_of_it_in_its_order(look: Look) -> None:
    page = look("desk/en/queue.html?state=all")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download CSV").click()
    saved = Path(waiting.value.path()).read_bytes()
    assert saved.startswith(b"\xef\xbb\xbfId,Title,Level,State")
    lines = saved.decode("utf-8-sig").splitlines()[1:]
    assert len(lines) == len(items())
    assert [line.split(",")[0] for line in lines[:50]] == shown(page)
