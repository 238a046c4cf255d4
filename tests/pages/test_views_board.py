"""The board of deadlines: what burns, who watches, how old the queue is, how it went, the pool; nothing left unsaid."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from tests.pages.views_desk import ALL, CLOSED, LATE, NEW, NOW, WAITING, record, stamped
from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.i18n import LANGUAGES, codes
from git_feedback.insight.ageing import ageing
from git_feedback.insight.attainment import Kept
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import board
from git_feedback.pages.views.board import shares
from git_feedback.pages.views.rendering import both
from git_feedback.pages.views.words import Words
from git_feedback.policy import Policy
from git_feedback.store import read

PARTS = (
    "next-day",
    "watch",
    "ageing",
    "by-level",
    "by-department",
    "by-channel",
    "by-month",
    "arrivals",
    "pool",
    "feeds",
)

IDEA = """\
id: Q261118-Z6CTAF9
received: 2026-09-18T09:00:00+08:00
channel: app
language: zh
title: 希望会员页能按年看账单
text: 现在只能一个月一个月看。
history:
  - classify: {at: 2026-09-18T09:05:00+08:00, by: lena.arden, category: product/missing-function, urgency: 2, impact: 2, feasibility: high}
  - respond: {at: 2026-09-18T09:30:00+08:00, by: lena.arden, channel: app, progress: true}
    text: 收到，已记下。
"""
ASKED = WAITING.replace(", missing: [source, text]", "")


def boards(*sources: str, rules: Policy | None = None, now: datetime = NOW) -> dict[str, Page]:
    """The board by language; `rules` in place of the repository's policy."""
    found = record(*sources, now=now)
    if rules:
        there = standings([read(source.encode(), file="item.yml") for source in sources], rules, now)
        found = Record(rules, there, (), (), now, True, "abc1234")
    return {page.language: page for page in board.pages(found, both(found))}


def section(page: Page, name: str) -> str:
    """The words of one part of the board, as a reader sees them."""
    whole = page.article.partition(f'aria-labelledby="h-{name}">')[2].partition("</section>")[0]
    assert whole, name
    return re.sub(r"\s*\n\s*|\s{2,}", " ", re.sub(r"<[^>]+>", " ", whole)).strip()


def row(page: Page, part: str, name: str) -> str:
    """The words of the row of a table that begins with a name."""
    whole = page.article.partition(f'aria-labelledby="h-{part}">')[2].partition("</section>")[0]
    rows = [" ".join(re.sub(r"<[^>]+>", " ", one.partition("</tr>")[0]).split()) for one in whole.split("<tr")]
    return next(one.partition(">")[2].strip() for one in rows if one.partition(">")[2].strip().startswith(name))


@pytest.fixture(scope="module")
def desk() -> dict[str, Page]:
    return boards(*ALL, IDEA)


def test_every_part_has_a_heading_that_the_list_at_the_top_leads_to(desk: dict[str, Page]) -> None:
    for page in desk.values():
        jumps = re.findall(r'<li><a href="#h-([a-z-]+)"', page.article)
        assert set(jumps) <= set(PARTS)
        assert [name for name in PARTS if f'id="h-{name}"' in page.article] == list(PARTS)


def test_every_wide_table_can_be_reached_by_keyboard_and_bears_a_name(desk: dict[str, Page]) -> None:
    for page in desk.values():
        boxes = re.findall(r'<div class="fb-card fb-scroll"([^>]*)>', page.article)
        assert len(boxes) == page.article.count("<table") == 8
        assert all('tabindex="0"' in box and "aria-labelledby=" in box for box in boxes)


def test_both_languages_have_every_word_of_the_board() -> None:
    ours = [{code for code in codes(language) if code.startswith("board-")} for language in LANGUAGES]
    assert ours[0] == ours[1]
    assert len(ours[0]) > 60


# ---- columns and the next day ---------------------------------------------------------------------------------------


def test_an_item_that_only_waits_stands_in_the_last_column() -> None:
    article = boards(ASKED)["en"].article
    assert "Q261119-BYJ524T" in article.partition('id="h-paused"')[2].partition("</section>")[0]
    assert "Nothing falls due in the next 24 hours" in section(boards(ASKED)["en"], "next-day")


def test_what_falls_due_within_a_day_is_named_with_clock_due_time_and_owner(desk: dict[str, Page]) -> None:
    words = section(desk["zh"], "next-day")
    assert re.search(r"发票抬头无法修改 补充信息 今天 18:00 支付产品 林晚", words)
    assert "Q261119-0AAJN0D" not in desk["zh"].article.partition('"h-next-day">')[2].partition("</section>")[0]


def test_what_runs_out_before_the_next_run_is_counted(desk: dict[str, Page]) -> None:
    found = record(*ALL, IDEA)
    due = [clock for one in found.standings for clock in one.clocks if clock.state == "running" and clock.due]
    count = sum((clock.due - NOW).total_seconds() <= 86_400 for clock in due if clock.due)
    assert count > 1
    assert f"The desk looks again tomorrow 11:05; before that, {count} of these run out." in section(
        desk["en"], "next-day"
    )


def test_many_deadlines_are_cut_and_the_rest_is_counted() -> None:
    found = record(*([WAITING] * 15))
    page = next(page for page in board.pages(found, both(found)) if page.language == "en")
    assert section(page, "next-day").startswith("The next 24 hours 15 deadlines")
    assert "3 more" in section(page, "next-day")


# ---- who watches ----------------------------------------------------------------------------------------------------


def test_gaps_of_the_rota_are_said_from_today_on_with_day_and_hours(desk: dict[str, Page]) -> None:
    words = section(desk["en"], "watch")
    assert "2 gaps from today on, 1 h in all" in words
    assert "Tue 24 Nov 18:00–18:30 nobody" in words
    assert "Tue 17 Nov 18:00–18:30" not in words, "that is over"
    assert "11 月 24 日 周二 18:00–18:30 无人" in section(desk["zh"], "watch")


def test_two_weeks_of_working_days_are_shown_and_who_stands_in_for_whom(desk: dict[str, Page]) -> None:
    article = desk["zh"].article.partition('"h-watch">')[2].partition("</section>")[0]
    assert article.count('<th scope="row">') == 10
    assert article.count('class="is-past"') == 4
    assert "13:30–18:30 伊内丝·布兰特 代许蓓（休假）" in section(desk["zh"], "watch")
    assert "今天" in section(desk["zh"], "watch")


def test_holidays_are_left_out_and_a_make_up_saturday_is_a_gap() -> None:
    now = datetime.fromisoformat("2026-09-30T10:00:00+08:00")
    words = section(boards(now=now)["en"], "watch")
    assert "Sat 10 Oct 08:30–18:30 nobody" in words
    assert "Thu 1 Oct" not in words


def test_a_covered_rota_says_so_and_a_desk_without_one_says_where_to_write_it() -> None:
    notify = policy().notify
    assert notify
    assert notify.watch
    shifts = tuple(one.model_copy(update={"hours": one.hours.replace("18:00", "18:30")}) for one in notify.watch.shifts)
    covered = notify.model_copy(update={"watch": notify.watch.model_copy(update={"shifts": shifts})})
    page = boards(rules=replace(policy(), notify=covered))["en"]
    assert "No gap from today on" in section(page, "watch")
    assert "nobody" not in section(page, "watch")
    unset = boards(rules=replace(policy(), notify=None))["zh"]
    assert "还没有安排值守" in section(unset, "watch")
    assert "policy/notify.yml" in section(unset, "watch")


# ---- age ------------------------------------------------------------------------------------------------------------


def test_ages_add_up_and_the_oldest_are_linked(desk: dict[str, Page]) -> None:
    found = record(*ALL, IDEA)
    counts = ageing(found.standings, policy().office, NOW)
    words = section(desk["en"], "ageing")
    assert f"{counts.total} unfinished, 1 of them waiting for an answer" in words
    assert row(desk["en"], "ageing", "over 20") == "over 20 1 – – – 1 –"
    oldest = desk["en"].article.partition('"h-ageing">')[2].partition("</ul>")[0]
    assert re.findall(r'href="(items/[^"]+)"', oldest)[0] == "items/2026/Q261118-Z6CTAF9.html"


def test_history_that_was_settled_before_is_left_out_of_the_ages_and_counted() -> None:
    past = CLOSED.replace("channel: live-chat\n", "record: history\nchannel: live-chat\n", 1)
    past = past.partition("  - review:")[0]
    words = section(boards(past)["en"], "ageing")
    assert "Nothing is unfinished" in words
    assert "1 is not counted: imported history that was settled before it came here" in words


# ---- how it went ----------------------------------------------------------------------------------------------------


def test_every_clock_has_a_row_with_share_number_and_the_targets_own_words(desk: dict[str, Page]) -> None:
    assert row(desk["en"], "by-level", "First answer") == (
        "First answer 100 % of 1 target 1 h (24×7) no data target 2 h 100 % of 1 target 8 h "
        "no data target 1 working day no data 1 cancelled, 2 not yet judged"
    )
    assert "no target" in row(desk["en"], "by-level", "Solution")
    assert row(desk["zh"], "by-level", "解决").startswith("解决 0 % 共 1 个 目标 24 小时（全天候）")


def test_what_is_not_counted_is_named_with_its_reason_in_both_languages() -> None:
    found = record(*ALL)
    kept = Kept(met=3, breached=1, cancelled=2, cancelled_late=1, no_data=5, pending=4)
    assert shares.left_out(kept, Words(found, "en")) == (
        "2 cancelled, 1 cancelled when late, 5 without data, 4 not yet judged"
    )
    assert shares.left_out(kept, Words(found, "zh")) == "2 个已取消，1 个超时后取消，5 个无数据，4 个尚未判定"
    assert shares.left_out(Kept(met=3), Words(found, "zh")) == ""


def test_departments_and_channels_without_a_verdict_say_so_instead_of_vanishing(desk: dict[str, Page]) -> None:
    assert row(desk["en"], "by-department", "Quality") == "Quality no data no data no data –"
    assert row(desk["en"], "by-channel", "Survey") == "Survey no data no data no data –"
    assert row(desk["en"], "by-department", "no department") == (
        "no department no data no data no data 1 without data, 3 not yet judged"
    )


def test_months_go_back_to_the_first_verdict_and_no_further(desk: dict[str, Page]) -> None:
    article = desk["zh"].article.partition('"h-by-month">')[2].partition("</section>")[0]
    months = re.findall(r'<th scope="row">([^<]+)', article)
    assert months == ["2026 年 11 月", "2026 年 10 月", "2026 年 9 月", "2026 年 8 月"]
    assert "无数据" in row(desk["zh"], "by-month", "2026 年 10 月")
    assert "100 %" in row(desk["zh"], "by-month", "2026 年 8 月")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, None), (0, 5, 0), (1, 500, 1), (499, 500, 99), (1, 2, 50), (2, 3, 66), (9, 9, 100)],
)
def test_only_all_say_a_hundred_percent_and_only_none_say_zero(part: int, whole: int, said: int | None) -> None:
    assert board.percent(part, whole) == said


@pytest.mark.parametrize(("met", "breached", "late"), [(3, 1, True), (4, 0, False), (0, 2, True)])
def test_a_bar_is_as_long_as_its_share_and_red_only_where_something_was_late(
    met: int, breached: int, late: bool
) -> None:
    bar = shares.cell(Kept(met=met, breached=breached)).bar
    widths = [int(width) for width in re.findall(r'width="(\d+)"', bar)]
    assert sum(widths) == 100
    assert ('class="b"' in bar) is late


# ---- the pool -------------------------------------------------------------------------------------------------------


def test_the_pool_says_how_much_of_it_was_not_looked_through_and_until_when(desk: dict[str, Page]) -> None:
    words = section(desk["en"], "pool")
    assert "1 of 1 not looked through this quarter (until 31 Dec)" in words
    assert "High feasibility 1" in words
    assert "not this quarter; last 18 Sep, Lena Arden" in words
    assert "1 is not counted: it is answered and closed (praise)" in words
    assert "1 件中有 1 件本季度还没看过（截至 12 月 31 日）" in section(desk["zh"], "pool")


def test_a_pool_that_was_looked_through_says_so_and_an_empty_one_says_what_it_is_for() -> None:
    looked = IDEA + (
        "  - classify: {at: 2026-10-08T09:05:00+08:00, by: lena.arden, category: product/missing-function, urgency: 2, impact: 2}\n"
    )
    words = section(boards(looked)["en"], "pool")
    assert "All 1 looked through this quarter (until 31 Dec)" in words
    assert "High feasibility" in words, "what was said before stays"
    assert "待选池是空的" in section(boards(LATE)["zh"], "pool")


def test_a_large_group_of_the_pool_leads_to_the_queue() -> None:
    found = record(*([IDEA] * 9))
    page = next(page for page in board.pages(found, both(found)) if page.language == "en")
    assert '<a href="queue.html?level=P3">3 more</a>' in page.article


# ---- strangers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [NEW, IDEA, LATE], ids=["oldest", "pool", "late"])
def test_a_strangers_title_is_text_wherever_the_board_shows_it(source: str) -> None:
    title = re.findall(r"^title: (.*)$", source, re.MULTILINE)[0]
    hostile = source.replace(f"title: {title}", 'title: "<b onclick=x>\\u202E{{ w }}</bdi>"')
    for page in boards(hostile).values():
        assert "<b onclick" not in page.article
        assert "&lt;b onclick=x&gt;[U+202E]{{ w }}&lt;/bdi&gt;" in page.article


def test_the_order_of_items_on_disk_changes_no_byte() -> None:
    def articles(sources: Sequence[str]) -> list[str]:
        return [stamped(*sources)[language, "sla.html"].article for language in LANGUAGES]

    assert articles([*ALL, IDEA]) == articles([IDEA, *reversed(ALL)])
