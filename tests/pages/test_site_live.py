"""Time in the browser: what it counts equals what is computed here, and where it cannot know it claims nothing."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.pages.site_sample import article, sources
from tests.sample_desk import ROOT, policy

from git_feedback.desk import Standing, standings
from git_feedback.i18n import LANGUAGES, text
from git_feedback.pages.build import build
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import api, board, home, tokens
from git_feedback.pages.views.words import Words, utc
from git_feedback.store import read

pytestmark = pytest.mark.browser

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
"""A Friday before noon; the office closes from 12:00 to 13:30, at 18:00 and over the weekend."""
Clocks = Mapping[tuple[str, str], tuple[str, str]]
"""State and words of every running clock, by item and name."""


@pytest.fixture(scope="module")
def items() -> list[Any]:
    """What came to the sample desk in the newest month."""
    paths = sorted((ROOT / "feedback" / "2026" / "11").rglob("*.yml"))
    return [read(path.read_bytes(), file=path.name) for path in paths]


def record(items: list[Any], now: datetime, *, fixed: bool = True) -> Record:
    return Record(policy(), standings(items, policy(), now), [], [], now, fixed, "abc1234")


def going(found: Record) -> Iterator[tuple[Standing, Any]]:
    """Every clock that goes on: that runs, is late, or stands still for a while."""
    for one in found.standings:
        for clock in one.clocks:
            if clock.state == "paused" or (clock.state in ("running", "breached-open") and clock.due):
                yield one, clock


def stamped(found: Record, words: Words) -> str:
    """Every clock that goes on, and a board and a count as pages have them."""
    rows = "".join(
        f'<li id="{one.item.id}.{clock.name}">{token.html}{_told(token)}</li>'
        for one, clock in going(found)
        for token in [tokens.token(clock, words)]
    )
    return f"<h1>{words.site('queue')}</h1><ul>{rows}</ul>{_counted(found, words)}"


def _counted(found: Record, words: Words) -> str:
    """What the first page counts and the columns of the board, as they are stamped."""
    both = {words.language: words}
    first = next(iter(home.pages(found, both))).article
    columns = next(iter(board.pages(found, both))).article
    counts = re.search(r"<span[^>]* data-fb-count.*?</span>", first)
    started = columns[columns.index('<div class="fb-board"') :]
    return (counts[0] if counts else "") + started[: started.index("</section>\n</div>")] + "</section></div>"


def _told(token: tokens.Token) -> str:
    return f'<time datetime="{token.due}" data-said="{token.told}">{token.by}</time>' if token.due else ""


HERE = "what stands here"


def built(out: Path, found: Record) -> Path:
    """A site whose queue page is to be filled in: what surrounds it is the same for all that follows."""
    pages = [Page("queue.html", language, "Queue", article(HERE), "queue.html") for language in LANGUAGES]
    return build(found, sources(), out, pages, []).site


def filled(empty: Path, found: Record, out: Path) -> None:
    """The site with every clock of a record, and the opening hours that belong to it."""
    shutil.copytree(empty, out)
    for language in LANGUAGES:
        page = out / language / "queue.html"
        inner = article(stamped(found, Words(found, language)), fixed=found.fixed)
        now = inner.replace("2026-11-20T03:00:00Z", utc(found.now))
        page.write_text(page.read_text(encoding="utf-8").replace(article(HERE), now), encoding="utf-8")
    for file in api.files(found):
        (out / file.path).parent.mkdir(exist_ok=True)
        (out / file.path).write_bytes(file.content)


class Server(ThreadingHTTPServer):
    """A local server whose clock is the test's: `dates` gives the Date of an answer by its path; None leaves it out."""

    dates: Callable[[str], str | None]


class Handler(SimpleHTTPRequestHandler):
    """Says nothing; each answer has the Date that its server gives it."""

    def send_header(self, keyword: str, value: str) -> None:
        said = self.server.dates(self.path) if keyword == "Date" else value  # type: ignore[attr-defined]
        if said is not None:
            super().send_header(keyword, said)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


EARLIER = timedelta(days=56)
HOLIDAY = NOW - EARLIER
"""A Friday; from Thursday on the office is closed for a week, and works on a weekend for it."""


def moved(items: list[Any], back: timedelta) -> list[Any]:
    """The same desk, so much earlier: items and what happened to them."""
    return [
        item.model_copy(
            update={
                "received": item.received - back,
                "history": tuple(event.model_copy(update={"at": event.at - back}) for event in item.history),
            }
        )
        for item in items
    ]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, items: list[Any]) -> Iterator[Server]:
    """`fixed/` counts from NOW, `holiday/` from before a week of holidays, `live/` by the computer's clock."""
    top = tmp_path_factory.mktemp("live")
    empty = built(top / "work", record([], NOW))
    for name, back, fixed in (("fixed", timedelta(0), True), ("holiday", EARLIER, True), ("live", timedelta(0), False)):
        filled(empty, record(moved(items, back), NOW - back, fixed=fixed), top / name)
    made = Server(("127.0.0.1", 0), partial(Handler, directory=str(top)))
    Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


Look = Callable[..., Any]


@pytest.fixture
def look(chromium: Any, server: Server) -> Iterator[Look]:
    """Opens a page: `computer` is what the computer's clock says, `served` what the server's says (nothing: no Date)."""
    opened: list[Any] = []

    def open_page(
        path: str,
        computer: datetime | None = None,
        served: datetime | None = None,
        dates: Callable[[str], str | None] | None = None,
        **options: Any,
    ) -> Any:
        said = format_datetime(served.astimezone(UTC), usegmt=True) if served else None
        server.dates = dates or (lambda _path: said)
        context = chromium.new_context(**{"timezone_id": "Asia/Shanghai", **options})
        opened.append(context)
        page = context.new_page()
        if computer is not None:
            page.clock.set_fixed_time(computer)
        page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
        if options.get("java_script_enabled", True):
            page.evaluate("fb.ready")
        return page

    yield open_page
    for context in opened:
        context.close()


def shown(page: Any, at: datetime | None = None) -> Clocks:
    """What the browser shows of every clock: now, or at a moment."""
    found = page.evaluate(
        """at => {
          if (at) fb.tick(at);
          return [...document.querySelectorAll("li[id]")].map((row) => {
            const clock = row.querySelector(".fb-clock");
            return [row.id, clock.dataset.clock, clock.textContent.trim()];
          });
        }""",
        at.timestamp() if at else 0,
    )
    return {tuple(name.split(".", 1)): (state, said) for name, state, said in found}


def computed(items: list[Any], at: datetime, language: str) -> Clocks:
    """The same, computed here from the events at that moment."""
    found = record(items, at)
    words = Words(found, language)
    return {(one.item.id, clock.name): (tokens.kind(clock), tokens.said(clock, words)) for one, clock in going(found)}


def moments(start: datetime) -> list[datetime]:
    """Sixty-two moments of the next fortnight: minutes and hours, lunch, evenings, nights, two weekends."""
    near = [timedelta(minutes=minutes) for minutes in (0, 1, 7, 29, 30, 31, 54, 55, 56, 90, 144, 145, 146, 200, 300)]
    edges = [timedelta(hours=hours, minutes=-5) for hours in (5, 7, 7.5, 13, 20, 22, 23.95, 24, 24.1, 26, 31)]
    days = [timedelta(days=days, hours=hours) for days in range(2, 14) for hours in (0, 2, 9)]
    return [start + step for step in (*near, *edges, *days)]


# ---- the same as computed here -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("folder", "start"), [("fixed", NOW), ("holiday", HOLIDAY)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_says_of_every_clock_at_any_later_moment_what_is_computed_here(
    language: str, folder: str, start: datetime, look: Look, items: list[Any]
) -> None:
    page = look(f"{folder}/{language}/queue.html")
    then = moved(items, NOW - start)
    for at in moments(start):
        assert shown(page, at) == computed(then, at, language), at
    assert {state for state, _ in shown(page, start + timedelta(days=13)).values()} >= {"breached"}


def test_the_moments_compared_hold_every_state_and_many_clocks(items: list[Any]) -> None:
    seen = [computed(moved(items, NOW - start), at, "en") for start in (NOW, HOLIDAY) for at in moments(start)]
    assert len(moments(NOW)) > 60
    assert {state for found in seen for state, _ in found.values()} == {"running", "soon", "breached", "paused"}
    assert sum(len(found) for found in seen) > 3500


def test_beyond_the_known_opening_hours_it_shows_the_moment_and_no_amount(look: Look, items: list[Any]) -> None:
    page = look("fixed/en/queue.html")
    at = NOW + timedelta(days=20)
    found, expected = shown(page, at), computed(items, at, "en")
    office = {
        (one.item.id, clock.name)
        for one, clock in going(record(items, NOW))
        if clock.calendar == "office" and clock.state != "paused"
    }
    assert office
    for name, (state, said) in found.items():
        if name in office:
            assert said.startswith("late, was due "), said
            assert state == expected[name][0] == "breached"
        else:
            assert (state, said) == expected[name]


def test_a_page_older_than_the_known_hours_counts_from_the_instant_when_it_is_due(look: Look, items: list[Any]) -> None:
    """Parts of a site may be older than others: what was left when the page was made does not help there."""
    page = look("fixed/en/queue.html")
    page.evaluate("document.querySelector('article').dataset.now = '2026-11-01T00:00:00Z'")
    at = NOW + timedelta(hours=3)
    found, expected = shown(page, at), computed(items, at, "en")
    ahead = {
        (one.item.id, clock.name)
        for one, clock in going(record(items, NOW))
        if clock.calendar == "office" and clock.state == "running" and clock.due <= NOW + timedelta(days=13)
    }
    assert len(ahead) > 5
    assert {name: found[name] for name in ahead} == {name: expected[name] for name in ahead}


def test_a_moment_told_relative_to_the_day_of_building_is_told_for_today(look: Look, items: list[Any]) -> None:
    for language in LANGUAGES:
        page = look(f"fixed/{language}/queue.html")
        for days in (1, 3, 8):
            at = NOW + timedelta(days=days)
            shown(page, at)
            words = Words(record(items, at), language)
            for one, clock in going(record(items, NOW)):
                if clock.state != "paused":
                    row = page.locator(f"[id='{one.item.id}.{clock.name}'] time")
                    assert row.text_content() == tokens.token(clock, words).by


# ---- what is said about the data and the clock ---------------------------------------------------------------------------


def remarks(page: Any) -> dict[str, str]:
    return {note.get_attribute("data-fb-remark"): note.inner_text() for note in page.locator("[data-fb-remark]").all()}


def test_a_build_for_a_fixed_moment_counts_from_there_whatever_any_clock_says(look: Look, items: list[Any]) -> None:
    page = look("fixed/zh/queue.html", computer=NOW + timedelta(days=400), served=NOW)
    assert shown(page) == computed(items, NOW, "zh")
    page.clock.set_fixed_time(NOW + timedelta(days=400, hours=2))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert shown(page) == computed(items, NOW + timedelta(hours=2), "zh")
    assert remarks(page) == {}


def test_data_older_than_a_day_are_said_to_be_old_and_clocks_go_on(look: Look, items: list[Any]) -> None:
    at = NOW + timedelta(hours=31)
    page = look("live/zh/queue.html", computer=at, served=at)
    assert remarks(page) == {"stale": text("site-live-stale", "zh", amount="1 天 7 小时")}
    assert shown(page) == computed(items, at, "zh")


@pytest.mark.parametrize(("hours", "said"), [(1, "快了 1 小时"), (-1, "慢了 1 小时"), (26, "快了 1 天 2 小时")])
def test_a_computer_with_a_wrong_clock_is_told_so_and_counts_by_the_server(
    hours: int, said: str, look: Look, items: list[Any]
) -> None:
    at = NOW + timedelta(minutes=40)
    page = look("live/zh/queue.html", computer=at + timedelta(hours=hours), served=at)
    assert said in remarks(page)["clock"]
    assert list(remarks(page)) == ["clock"], "data are not old by the server's clock"
    assert shown(page) == computed(items, at, "zh")


def test_ten_minutes_are_set_right_without_a_word(look: Look, items: list[Any]) -> None:
    at = NOW + timedelta(minutes=40)
    page = look("live/en/queue.html", computer=at - timedelta(minutes=10), served=at)
    assert remarks(page) == {}
    assert shown(page) == computed(items, at, "en")


def test_without_a_date_from_the_server_nothing_is_claimed(look: Look, items: list[Any]) -> None:
    computer = NOW + timedelta(hours=3)
    page = look("live/en/queue.html", computer=computer, served=None)
    assert remarks(page) == {}
    assert shown(page) == computed(items, computer, "en")


def test_a_date_older_than_the_data_is_a_caches_and_nothing_is_claimed(look: Look, items: list[Any]) -> None:
    computer = NOW + timedelta(hours=3)
    page = look("live/en/queue.html", computer=computer, served=NOW - timedelta(hours=2))
    assert remarks(page) == {}
    assert shown(page) == computed(items, computer, "en")


def test_a_cache_on_the_way_that_keeps_an_old_date_is_asked_around(look: Look, items: list[Any]) -> None:
    computer = NOW + timedelta(hours=3)

    def dates(path: str) -> str:
        return format_datetime((computer if "?" in path else NOW + timedelta(hours=1)).astimezone(UTC), usegmt=True)

    page = look("live/en/queue.html", computer=computer, dates=dates)
    assert remarks(page) == {}
    assert shown(page) == computed(items, computer, "en")


def test_a_reader_in_another_zone_is_told_once_in_which_one_times_are(look: Look, items: list[Any]) -> None:
    page = look("live/en/queue.html", computer=NOW, served=NOW, timezone_id="America/New_York")
    assert remarks(page) == {"zone": "Times on this page are those of Asia/Shanghai, where it is 11:05 now."}
    words = Words(record(items, NOW), "en")
    for one, clock in going(record(items, NOW)):
        if clock.state != "paused":
            row = page.locator(f"[id='{one.item.id}.{clock.name}'] time")
            assert row.text_content() == tokens.token(clock, words).by
    same = look("live/en/queue.html", computer=NOW, served=NOW, timezone_id="Asia/Singapore")
    assert remarks(same) == {}


def test_a_tab_that_comes_back_after_a_night_is_right_at_once(look: Look, server: Server, items: list[Any]) -> None:
    page = look("live/en/queue.html", computer=NOW, served=NOW)
    page.evaluate("window.fb.ready")
    at = NOW + timedelta(hours=21)
    said = format_datetime(at.astimezone(UTC), usegmt=True)
    server.dates = lambda _path: said
    page.clock.set_fixed_time(at)
    assert shown(page) == computed(items, NOW, "en"), "asleep: no timer ran"
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert shown(page) == computed(items, at, "en")


def test_a_clock_put_right_while_the_tab_was_away_is_noticed_on_coming_back(
    look: Look, server: Server, items: list[Any]
) -> None:
    page = look("live/en/queue.html", computer=NOW + timedelta(hours=3), served=NOW)
    assert "clock" in remarks(page)
    at = NOW + timedelta(hours=5)
    said = format_datetime(at.astimezone(UTC), usegmt=True)
    server.dates = lambda _path: said
    page.clock.set_fixed_time(at)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("[data-fb-remark=clock]", state="detached")
    assert shown(page) == computed(items, at, "en")


def test_without_scripts_the_moments_that_were_stamped_stand(look: Look, items: list[Any]) -> None:
    page = look("live/zh/queue.html", java_script_enabled=False)
    words = Words(record(items, NOW, fixed=False), "zh")
    one, clock = next(
        (one, clock) for one, clock in going(record(items, NOW)) if clock.due and clock.state == "running"
    )
    row = page.locator(f"[id='{one.item.id}.{clock.name}']")
    assert row.locator("time").inner_text() == tokens.token(clock, words).by
    assert row.locator("time").get_attribute("datetime") == utc(clock.due)


# ---- what follows from clocks ------------------------------------------------------------------------------------------


def test_a_board_says_in_each_column_what_has_become_late_since(look: Look, items: list[Any]) -> None:
    page = look("fixed/en/queue.html")
    since = page.locator(".fb-board .fb-since")
    assert since.count() == 0
    at = NOW + timedelta(hours=8)
    page.evaluate("at => fb.tick(at)", at.timestamp())
    for column in page.locator(".fb-board > section").all():
        late = column.locator(".fb-clock[data-clock=breached]").count()
        said = column.locator(".fb-since").all_inner_texts()
        if column.get_attribute("data-clock") == "breached" or not late:
            assert said == []
        else:
            assert said == [f"{late} of them late by now"]
    assert since.count() > 0
    page.evaluate("at => fb.tick(at)", NOW.timestamp())
    assert since.count() == 0


def test_the_count_on_the_first_page_goes_on_with_its_clocks(look: Look, items: list[Any]) -> None:
    page = look("fixed/zh/queue.html")
    count = page.locator("[data-fb-count]")
    stamped_words = count.inner_text()
    page.evaluate("at => fb.tick(at)", NOW.timestamp())
    assert count.inner_text() == stamped_words
    at = NOW + timedelta(minutes=50)
    page.evaluate("at => fb.tick(at)", at.timestamp())
    late = sum(bool(one.worst and one.worst.state == "breached-open") for one in record(items, at).standings)
    assert count.inner_text().startswith(f"{late} 件已超时")
    assert count.inner_text() != stamped_words
