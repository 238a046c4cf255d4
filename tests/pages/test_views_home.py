"""The first page: every figure leads to what stands behind it, the running month has neighbours, no page is unreachable."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.pages.issued_reports import issued
from tests.pages.views_desk import ALL, CLOSED, LATE, NEW, NOW, WAITING, record, stamped

from git_feedback.i18n import LANGUAGES
from git_feedback.model import Problem
from git_feedback.pages import docs
from git_feedback.pages.audience import TEAM
from git_feedback.pages.page import Page
from git_feedback.pages.views import all_pages, home
from git_feedback.pages.views.month_so_far import Figure, so_far
from git_feedback.pages.views.rendering import both
from git_feedback.pages.views.words import Words

MADE = ("training/index.html",)
"""What is made of the team's own pages."""


def plain(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.article))


def figures(*sources: str, language: str = "zh", now: datetime = NOW) -> list[Figure]:
    found = record(*sources, now=now)
    return list(so_far(found, Words(found, language))["figures"])


def moved(source: str, day: str, name: str) -> str:
    """An item received on another day, under another id; its history is left out."""
    return re.sub(r"received: \S+", f"received: {day}", source.partition("history:")[0]).replace(
        "Q261120-QYA161T", name
    )


EARLIER = moved(NEW, "2026-10-08T09:00:00+08:00", "Q261008-REDHPZD")
AFTER = moved(NEW, "2026-10-26T09:00:00+08:00", "Q261026-1Z9X2E6")


# ---- the running month ---------------------------------------------------------------------------------------------------


def test_what_came_in_stands_beside_the_same_stretch_of_the_month_before() -> None:
    received = figures(NEW, LATE, WAITING, EARLIER, AFTER)[0]
    assert (received.label, received.value, received.unit) == ("收到", 3, "件")
    assert received.than == "10 月同期 1 件", "the twenty-sixth was later in its month"
    assert received.change == "↑ 2"
    assert received.path == "queue.html?state=all&q=Q2611"


def test_of_what_came_in_the_finished_are_counted_and_lead_to_exactly_these() -> None:
    done = NEW + "history:\n  - reject: {at: 2026-11-20T10:30:00+08:00, by: ines.brandt, kind: spam}\n"
    finished = figures(done, LATE, CLOSED)[1]
    assert finished.value == 1, "the closed one came in August"
    assert finished.than.startswith("占收到的 50")
    assert finished.path == "queue.html?state=all&q=state%3Afinished+Q2611"


def test_a_smaller_share_done_than_by_then_in_the_month_before_is_worse() -> None:
    before = EARLIER + "history:\n  - reject: {at: 2026-10-09T10:30:00+08:00, by: ines.brandt, kind: spam}\n"
    finished = figures(LATE, before)[1]
    assert (finished.turn, finished.change) == ("worse", "↓ 100.0 点，变差")
    reopened = before + "  - reopen: {at: 2026-10-10T10:30:00+08:00, by: ines.brandt, kind: mistake}\n    reason: x\n"
    assert figures(LATE, reopened)[1].change == "持平"


def test_what_is_late_now_stands_beside_what_is_open() -> None:
    late = figures(*ALL)[2]
    assert (late.value, late.than, late.path, late.is_late) == (1, "共 4 件待办", "queue.html?clock=breached", True)
    assert not figures(NEW)[2].is_late


def test_on_the_first_of_january_the_month_before_is_last_december() -> None:
    found = figures(NEW, now=datetime.fromisoformat("2027-01-01T09:00:00+08:00"))
    assert found[0].than == "12 月同期 0 件"
    assert found[0].spark is None, "one day is no line"
    assert found[0].path == "queue.html?state=all&q=Q2701"


def test_the_last_day_of_a_long_month_is_compared_with_the_last_of_a_short_one() -> None:
    found = figures(NEW, now=datetime.fromisoformat("2027-03-31T09:00:00+08:00"))
    assert found[0].than == "2 月同期 0 件"


def test_the_line_of_days_ends_today_and_says_what_it_shows() -> None:
    spark = figures(NEW, LATE, language="en")[0].spark
    assert spark is not None
    assert spark["path"].count("L") == NOW.day - 1
    assert spark["said"] == "Received on each day of this month: 1 today, 1 at most"


# ---- links behind figures ------------------------------------------------------------------------------------------------


def test_every_figure_leads_to_what_stands_behind_it() -> None:
    october = issued("2026-10", received=9, on_time_share=0.9)
    article = stamped(*ALL, issued=(october,))["zh", "index.html"].article
    cards = re.findall(r'<li>(<[^>]+>)[^<]*</\w+><div class="fb-figure">', article)
    leads = [re.findall(r'class="fb-label" href="([^"]+)"', card) for card in cards]
    assert len(cards) == 8
    assert all(leads)
    assert leads[3] == ["queue.html?state=all&amp;q=Q2610"]
    assert leads[4:] == [["reports/2026-10.html"]] * 4


def test_a_departments_strip_names_its_late_days_in_words() -> None:
    article = stamped(*ALL)["zh", "index.html"].article
    row = article[article.index("department=payments") : article.index("department=app")]
    assert "1 天有超时，最近：11 月 20 日 1 件" in row
    assert "<title>11 月 20 日 1 件</title>" in row
    assert "没有超时的日子" in article


def test_the_count_of_the_urgent_holds_what_the_script_needs_to_go_on() -> None:
    found = record(*ALL)
    article = next(iter(home.pages(found, both(found)))).article
    count = re.search(r'data-fb-count data-late="(\d+)" data-within="(\d+)" data-coming="([^"]*)"', article)
    assert count is not None
    assert count[1] == "1"
    burning = [one for one in found.standings if one.worst and one.worst.state == "running" and one.worst.left < 7200]
    assert [row for row in count[3].split(",") if row] == [
        f"{one.worst.calendar} {one.worst.left} {one.worst.target}" for one in burning if one.worst
    ]


# ---- all pages -----------------------------------------------------------------------------------------------------------


def test_every_page_of_the_site_is_reached_from_the_first() -> None:
    there = set(docs.shells(TEAM)) - {"index.html", "item.html"} | set(MADE)
    assert set(all_pages.paths()) == there
    for language in LANGUAGES:
        article = stamped(*ALL)[language, "index.html"].article
        assert all(f'href="{path}"' in article for path in there)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_waits_for_somebody_is_counted_beside_its_page(language: str) -> None:
    broken = Problem("feedback/2026/11/a.yml", 3, 10, "missing-field", {"field": "title"})
    found = replace(record(*ALL), problems=[broken, broken])
    page = next(page for page in home.pages(found, both(found)) if page.language == language)
    for path, count in (("needs-human.html", "1"), ("needs-repair.html", "1")):
        assert re.search(rf'<li><a href="{path}">[^<]+</a> <span class="fb-hush">{count}</span>', page.article)
    assert not re.search(r'<li><a href="duplicates.html">[^<]+</a> <span', page.article), "nothing waits there"


def test_the_first_page_of_an_empty_desk_has_its_figures_and_pages() -> None:
    page = stamped(now=NOW + timedelta(days=11))["zh", "index.html"]
    assert "12 月至今" in plain(page)
    assert "全部页面" in plain(page)
