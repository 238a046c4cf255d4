"""The site in a real Chromium: the queue, live clocks, search, light and dark; nothing on the console."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.accessibility import violations
from tests.pages.site_sample import HOUR, NOW, built, clock, served

pytestmark = pytest.mark.browser

QUEUE = "<h1>队列</h1><div data-fb-queue><table class='fb-table fb-queue'><tbody><tr><td>盖上的一行</td></tr></tbody></table></div>"
CLOCKS = (
    f"<h1>今日</h1><ul><li id='one'>{clock(30)}<svg class='fb-bar'><rect width='0'/></svg></li>"
    f"<li id='office'>{clock(2 * HOUR, calendar='office')}</li>"
    f"<li id='days'>{clock(27 * HOUR + 1800, calendar='24x7', target=80 * HOUR)}</li></ul>"
    "<select data-fb-me><option value='lin.wan'>林晚</option><option value='zhou.yuan'>周予安</option></select>"
    "<ul data-fb-mine><li data-owner='lin.wan'>发票</li><li data-owner='zhou.yuan'>退款</li>"
    "<li data-fb-mine-none>没有</li><li><a data-fb-mine-all href='queue.html'>全部</a></li></ul>"
    "<div class='fb-cmd'><code>git feedback accept Q261119-0AAJN0D</code><button class='fb-copy'>复制</button></div>"
    "<time data-fb-age datetime='2026-11-20T02:45:00Z'></time>"
)
OPEN_ROWS = 108
"""Of 120 items every tenth is closed."""

Look = Callable[..., Any]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site: `fixed/` counts from one moment, `live/` by the computer's clock; queue.html of both differs."""
    top = tmp_path_factory.mktemp("sites")
    for name, inner, fixed in (("queue", QUEUE, True), ("clocks", CLOCKS, True), ("live", CLOCKS, False)):
        done = built(top / "work" / name, inner, fixed=fixed)
        done.site.rename(top / name)
    with served(top) as found:
        yield found


@pytest.fixture
def look(chromium: Any, address: str) -> Iterator[Look]:
    """Opens a page of a site; whatever the console or the content policy complains of fails the test afterwards."""
    complaints: list[str] = []
    opened: list[Any] = []

    def open_page(path: str, **options: Any) -> Any:
        clock_at = options.pop("clock_at", None)
        context = chromium.new_context(timezone_id="Asia/Shanghai", **options)
        opened.append(context)
        context.set_default_timeout(8000)
        page = context.new_page()
        if clock_at is not None:
            page.clock.install(time=clock_at)
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


def titles(page: Any) -> list[str]:
    return list(page.locator(".fb-queue .fb-title").all_inner_texts())


def query(page: Any) -> str:
    return str(page.evaluate("location.search"))


def status(page: Any) -> str:
    return str(page.locator(".fb-foot [role=status]").inner_text())


def opened_queue(look: Look, language: str = "zh", asked: str = "", **options: Any) -> Any:
    page = look(f"queue/{language}/queue.html{asked}", **options)
    page.wait_for_selector("[data-fb-queue=ready]")
    return page


# ---- the queue ------------------------------------------------------------------------------------------------------


def test_the_queue_shows_fifty_open_items_first_due_first(look: Look) -> None:
    page = opened_queue(look)
    assert len(titles(page)) == 50
    assert status(page) == f"第 1–50 件，共 {OPEN_ROWS} 件"
    first = page.locator(".fb-queue .fb-clock").first
    assert (first.get_attribute("data-clock"), first.inner_text()) == ("breached", "超时 30 分")
    assert page.locator("th[aria-sort]").inner_text().startswith("时限")


def test_without_a_script_the_stamped_rows_stay(look: Look) -> None:
    page = look("queue/zh/queue.html", java_script_enabled=False)
    assert page.locator("td").all_inner_texts() == ["盖上的一行"]


def test_the_filter_finds_chinese_and_full_width_and_keeps_it_in_the_address(look: Look) -> None:
    page = opened_queue(look)
    page.fill("input.fb-input", "退款 １２")
    assert set(titles(page)) == {"退款 12 天未到账"}
    assert "q=" in query(page)
    page.reload()
    page.wait_for_selector("[data-fb-queue=ready]")
    assert set(titles(page)) == {"退款 12 天未到账"}
    assert page.input_value("input.fb-input") == "退款 １２"


def test_chips_count_what_they_would_show_and_say_that_they_are_pressed(look: Look) -> None:
    page = opened_queue(look)
    chip = page.locator(".fb-chip[data-value=P0]")
    count = int(chip.locator("i").inner_text())
    chip.click()
    assert chip.get_attribute("aria-pressed") == "true"
    assert status(page).endswith(f"共 {count} 件")
    assert set(page.locator(".fb-queue .fb-level").all_text_contents()) == {"P0 紧急"}
    assert query(page) == "?level=P0"
    assert page.locator(".fb-chip[data-value=P1] i").inner_text() != "0"


def test_a_chip_with_nothing_behind_it_says_zero(look: Look) -> None:
    page = opened_queue(look)
    page.fill("input.fb-input", "没有这样的反馈")
    assert page.locator(".fb-chip[data-value=breached] i").inner_text() == "0"
    assert page.locator(".fb-empty").is_visible()
    page.get_by_role("button", name="清除筛选").click()
    assert len(titles(page)) == 50


def test_a_view_opens_from_its_address(look: Look) -> None:
    page = opened_queue(look, "en", "?department=support&state=all&sort=-level&page=2")
    assert page.locator("select[name=department]").input_value() == "support"
    assert set(page.locator(".fb-queue td:nth-child(3)").all_inner_texts()) == {"Service desk\nZhou Yu'an"}
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Level")
    assert status(page) == "51–60 of 60"


def test_a_mad_address_shows_the_queue_all_the_same(look: Look) -> None:
    page = opened_queue(look, "zh", "?sort=constructor&page=-7&level=__proto__&state=all")
    assert status(page) == "第 0–0 件，共 0 件"
    assert page.locator(".fb-empty").is_visible()


def test_pages_turn_and_stop_at_both_ends(look: Look) -> None:
    page = opened_queue(look)
    assert page.get_by_role("button", name="上一页").is_disabled()
    page.get_by_role("button", name="下一页").click()
    page.get_by_role("button", name="下一页").click()
    assert status(page) == f"第 101–{OPEN_ROWS} 件，共 {OPEN_ROWS} 件"
    assert page.get_by_role("button", name="下一页").is_disabled()
    assert query(page) == "?page=3"


def test_heads_sort_both_ways(look: Look) -> None:
    page = opened_queue(look)
    page.get_by_role("button", name="反馈", exact=True).click()
    forward = titles(page)[0]
    page.get_by_role("button", name="反馈", exact=True).click()
    assert query(page) == "?sort=-title"
    assert titles(page)[0] != forward


def test_a_title_with_markup_is_text_and_hidden_characters_show(look: Look) -> None:
    page = opened_queue(look)
    page.fill("input.fb-input", "夜间")
    assert titles(page)[0] == "<img src=x onerror=window.hit=1> 夜间模式[U+202E]看不清"
    assert page.evaluate("window.hit") is None


def test_the_view_can_be_taken_away_as_csv_without_formulas(look: Look) -> None:
    page = opened_queue(look)
    page.fill("input.fb-input", "发票")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 CSV").click()
    assert waiting.value.suggested_filename == "队列.csv"
    saved = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(saved)))
    assert rows[0][:4] == ["编号", "标题", "级别", "状态"]
    assert len(rows) - 1 == len(titles(page))
    assert {row[1] for row in rows[1:]} == {"'=SUM(A1) 发票抬头"}


def test_the_keyboard_walks_from_the_filter_to_the_titles_and_back(look: Look) -> None:
    page = opened_queue(look)
    page.focus("input.fb-input")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.fb-title')[1]")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.type") == "search"


def test_what_is_met_or_paused_says_its_amount(look: Look) -> None:
    page = opened_queue(look, "zh", "?q=Q261119-000007X")
    assert page.locator(".fb-queue .fb-clock").inner_text() == "按时，用时 6 小时 10 分"
    page.fill("input.fb-input", "Q261119-000008X")
    assert page.locator(".fb-queue .fb-clock").inner_text() == "暂停，剩 2 小时 10 分"
    assert page.locator(".fb-queue .fb-due .fb-sub").inner_text() == "首次答复"


def test_a_due_time_is_told_by_day(look: Look) -> None:
    page = opened_queue(look, "zh", "?q=Q261119-000002X")
    due = page.locator(".fb-queue .fb-due .fb-sub")
    assert due.inner_text() == "应于今天 11:10 答复"
    page.fill("input.fb-input", "Q261119-000046X")
    assert due.inner_text() == "应于明天 01:50 答复"
    page.fill("input.fb-input", "Q261119-000116X")
    assert due.inner_text() == "应于周日 01:10 答复"


def test_a_title_leads_to_the_page_of_its_item(look: Look) -> None:
    page = opened_queue(look)
    assert page.locator(".fb-title").first.get_attribute("href").endswith("/zh/items/2026/Q261119-000000X.html")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1600, "light"), (1600, "dark")])
def test_nothing_is_wider_than_the_screen_in_light_and_dark(look: Look, width: int, scheme: str) -> None:
    page = opened_queue(look, "en", viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.body.dataset.mdColorScheme") == ("slate" if scheme == "dark" else "default")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["queue/zh/queue.html", "clocks/en/items/2026/Q261119-0AAJN0D.html", "queue/zh/knowledge/refund.html"]
)
def test_axe_finds_nothing_in_light_and_dark(look: Look, path: str, scheme: str) -> None:
    page = look(path, color_scheme=scheme, bypass_csp=True)
    page.wait_for_load_state("networkidle")
    assert [(found["id"], found["nodes"][0]["target"]) for found in violations(page)] == []


# ---- live clocks ----------------------------------------------------------------------------------------------------


def alive(page: Any, place: str) -> None:
    """Wait until the script has spoken; by selector, for a waiting function is an eval and the policy refuses it."""
    page.wait_for_selector(f"#{place} .fb-clock:not(:has-text('…'))")


def words(page: Any, place: str) -> tuple[str, str]:
    token = page.locator(f"#{place} .fb-clock")
    return token.get_attribute("data-clock"), token.inner_text()


def test_clocks_tick_into_lateness(look: Look) -> None:
    page = look("clocks/zh/queue.html", clock_at=NOW)
    alive(page, "one")
    assert words(page, "one") == ("soon", "剩 0 分")
    page.clock.run_for(31_000)
    page.clock.run_for(150_000)
    assert words(page, "one") == ("breached", "超时 2 分")
    assert page.locator("#one rect").get_attribute("width") == "100"


def test_an_office_clock_stands_still_while_the_office_is_closed(look: Look) -> None:
    page = look("clocks/zh/queue.html", clock_at=NOW)
    alive(page, "office")
    assert words(page, "office") == ("soon", "剩 2 小时")
    page.clock.fast_forward(3 * HOUR * 1000)
    page.clock.run_for(31_000)
    assert words(page, "office") == ("soon", "剩 1 小时")


def test_amounts_have_two_units_at_most(look: Look) -> None:
    page = look("clocks/en/queue.html", clock_at=NOW)
    alive(page, "days")
    assert words(page, "days") == ("running", "1 d 3 h left")


def test_a_page_for_a_fixed_moment_counts_from_there_in_any_year(look: Look) -> None:
    page = look("clocks/zh/queue.html", clock_at=NOW + timedelta(days=900))
    alive(page, "days")
    assert words(page, "days") == ("running", "剩 1 天 3 小时")
    assert page.locator(".fb-note").count() == 0


def test_a_live_page_counts_by_the_clock_and_says_when_its_data_are_old(look: Look) -> None:
    """The server's clock and the computer's agree here; only the build is old, or lies ahead."""
    page = look("live/zh/queue.html")
    alive(page, "days")
    age_s = page.evaluate("Date.now() / 1000") - NOW.timestamp()
    notes = page.locator("[data-fb-remark=stale]")
    assert notes.count() == (1 if age_s > 24 * HOUR else 0)
    assert page.locator("[data-fb-remark=clock]").count() == 0


@pytest.mark.parametrize(("hours", "said"), [(-3, "慢了"), (5, "快了")])
def test_a_computers_wrong_clock_is_noticed_and_not_counted_by(look: Look, hours: int, said: str) -> None:
    right = look("live/zh/queue.html")
    alive(right, "days")
    wrong_time = right.evaluate("Date.now()") / 1000 + hours * HOUR
    wrong = look("live/zh/queue.html", clock_at=wrong_time)
    wrong.wait_for_selector("[data-fb-remark=clock]")
    assert said in wrong.locator("[data-fb-remark=clock]").inner_text()
    assert words(wrong, "days") == words(right, "days")


def test_the_age_of_the_data_is_said(look: Look) -> None:
    page = look("clocks/zh/queue.html", clock_at=NOW)
    page.wait_for_selector("[data-fb-age]:not(:empty)")
    assert page.locator("[data-fb-age]").inner_text() == "15 分前"


# ---- my items, copying, the shell -----------------------------------------------------------------------------------


def test_my_items_are_remembered(look: Look) -> None:
    page = look("clocks/zh/queue.html")
    mine = page.locator("[data-fb-mine] > li:visible")
    page.select_option("[data-fb-me]", "zhou.yuan")
    assert mine.all_inner_texts() == ["退款", "全部"]
    page.reload()
    assert page.input_value("[data-fb-me]") == "zhou.yuan"
    assert mine.all_inner_texts() == ["退款", "全部"]
    assert page.locator("[data-fb-mine-all]").get_attribute("href").endswith("/zh/queue.html?owner=zhou.yuan")


def test_a_command_is_copied_and_said_to_be(look: Look) -> None:
    page = look("clocks/zh/queue.html", permissions=["clipboard-read", "clipboard-write"])
    alive(page, "days")
    page.click(".fb-copy")
    page.wait_for_selector("#fb-said:has-text('已复制')", state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == "git feedback accept Q261119-0AAJN0D"


def test_light_or_dark_is_chosen_once_for_both_languages(look: Look) -> None:
    page = look("clocks/zh/queue.html", color_scheme="dark")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.click("form[data-md-component=palette] label:visible")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    page.click(".fb-switch")
    page.wait_for_url(re.compile("/en/queue.html"))
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"


def test_the_other_language_shows_the_same_view(look: Look) -> None:
    page = opened_queue(look, "zh", "?level=P0&q=支付")
    page.click(".fb-switch")
    page.wait_for_url(re.compile("/en/queue.html"))
    page.wait_for_selector(".fb-foot")
    assert page.input_value("input.fb-input") == "支付"
    assert page.locator(".fb-chip[data-value=P0]").get_attribute("aria-pressed") == "true"


def test_the_search_finds_chinese(look: Look) -> None:
    page = look("clocks/zh/items/2026/Q261119-0AAJN0D.html")
    page.click(".md-search__input")
    page.keyboard.insert_text("工作日")
    page.keyboard.press("End")
    page.wait_for_selector(".md-search-result__item")
    found = page.locator(".md-search-result__link").first
    assert found.get_attribute("href").partition("?")[0].endswith("/zh/knowledge/refund.html")


def test_words_of_strangers_in_an_article_do_not_run(look: Look) -> None:
    page = look("clocks/zh/knowledge/refund.html")
    assert "window.hit = 1</script>" in page.locator(".fb-quotes").inner_text()
    assert page.evaluate("window.hit") is None


def test_a_script_in_a_stamped_article_is_refused_by_the_policy(chromium: Any, tmp_path: Path) -> None:
    done = built(tmp_path, "<h1>坏</h1><script>window.hit = 1</script><p style='color: red'>x</p>")
    with served(done.site) as address:
        page = chromium.new_page()
        page.goto(f"{address}/zh/queue.html")
        assert page.evaluate("window.hit") is None
        assert page.evaluate("getComputedStyle(document.querySelector('p[style]')).color") != "rgb(255, 0, 0)"
        page.close()
