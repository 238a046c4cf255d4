"""Measures: what is overdue comes first and says so, whose each is, what it came from; an empty shelf leads on."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.pages.views_desk import ALL, LATE, record

from git_feedback.i18n import LANGUAGES
from git_feedback.model import ids
from git_feedback.model.measures import Both, Measure
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import measures
from git_feedback.pages.views.rendering import both


def measure(name: str, **facts: Any) -> Measure:
    """A planned measure of Ji Nan's, in Chinese."""
    known = {
        "id": f"M-{name}",
        "title": "付款只扣一次",
        "language": "zh",
        "what": "按钮锁定到银行答复为止。",
        "why": "重复点击会扣两次。",
        "owner": "ji.nan",
        "status": "planned",
        "items": ("Q261119-0AAJN0D",),
    }
    return Measure(**(known | facts))


def page_of(*found: Measure, language: str = "zh", sources: tuple[str, ...] = ALL) -> Page:
    desk = with_measures(*found, sources=sources)
    return next(page for page in measures.pages(desk, both(desk)) if page.language == language)


def with_measures(*found: Measure, sources: tuple[str, ...] = ALL) -> Record:
    return replace(record(*sources), measures=found)


def names(page: Page) -> list[str]:
    return re.findall(r'<li id="([^"]+)">', page.article)


def plain(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.article))


LATE_ONE = measure("late", due=date(2026, 11, 17))
TODAY = measure("today", due=date(2026, 11, 20), status="doing")
LATER = measure("later", due=date(2026, 12, 18))
SOME_DAY = measure("some-day")
DONE = measure("done", status="done", due=date(2026, 10, 1), done=date(2026, 10, 28), release="app-3.2.0")
DROPPED = measure("dropped", status="dropped", due=date(2026, 1, 1))


def test_what_is_overdue_comes_first_then_what_is_due_first_and_finished_ones_last() -> None:
    shown = names(page_of(DONE, DROPPED, SOME_DAY, LATER, TODAY, LATE_ONE))
    assert shown == ["M-late", "M-today", "M-later", "M-some-day", "M-done", "M-dropped"]


def test_only_what_is_overdue_and_not_done_is_said_to_be_late_with_its_days() -> None:
    page = page_of(LATE_ONE, TODAY, LATER, DONE, DROPPED)
    assert page.article.count('data-clock="breached"') == 1
    words = plain(page)
    assert "过期 3 天" in words
    assert "今天到期" in words
    assert "还有 28 天" in words
    assert "5 项措施，1 项过期" in words


def test_a_measure_shows_owner_state_reason_and_the_items_it_comes_from() -> None:
    page = page_of(LATER)
    words = plain(page)
    for said in ("纪南", "已计划", "12 月 18 日", "重复点击会扣两次。", "按钮锁定到银行答复为止。", "M-later.yml"):
        assert said in words
    assert 'href="items/2026/Q261119-0AAJN0D.html"' in page.article


def test_an_item_that_is_not_here_is_named_without_a_link() -> None:
    page = page_of(LATER, sources=())
    assert "Q261119-0AAJN0D" in plain(page)
    assert "条目已不在" in plain(page)
    assert 'href="items/' not in page.article


def test_texts_in_another_language_say_so() -> None:
    page = page_of(LATER, language="en")
    assert '<bdi lang="zh-CN">付款只扣一次</bdi>' in page.article
    assert '<dd lang="zh-CN">' in page.article
    two = measure("two", title=Both(en="Charged once", zh="只扣一次"))
    assert "<bdi>Charged once</bdi>" in page_of(two, language="en").article


def test_a_finished_measure_leads_to_what_everybody_was_told() -> None:
    told = measure(
        "told",
        status="done",
        done=date(2026, 10, 28),
        public=True,
        said=Both(en="s", zh="说"),
        did=Both(en="d", zh="做"),
    )
    assert 'href="you-said-we-did.html#M-told"' in page_of(told).article
    assert "you-said-we-did" not in page_of(DONE).article


def test_an_empty_shelf_says_so_and_leads_to_recurring_problems() -> None:
    for language in LANGUAGES:
        page = page_of(language=language)
        assert "fb-empty" in page.article
        assert 'href="recurring.html"' in page.article


def test_a_measure_cannot_bring_markup_that_acts() -> None:
    page = page_of(measure("x", title="<script>x</script>", what="<img src=x onerror=y>", why="[a](javascript:b)"))
    assert "<script" not in page.article
    assert "<img" not in page.article
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page.article)


def test_overdue_measures_are_counted_for_the_first_page() -> None:
    assert [one.id for one in measures.overdue(with_measures(LATE_ONE, TODAY, DONE, DROPPED, sources=(LATE,)))] == [
        "M-late"
    ]


# ---- what it changed --------------------------------------------------------------------------------------------------

START = datetime.fromisoformat("2026-09-25T00:00:00+08:00")


def item(number: int, hours: int) -> str:
    at = START + timedelta(hours=hours)
    return (
        f"id: {ids.from_bits('Q', at.date(), number)}\nreceived: {at.isoformat()}\nchannel: app\ntitle: 扣款\ntext: 付了。\n"
        f"history:\n  - classify: {{at: {at.isoformat()}, by: rules, category: product/payment, urgency: 3, impact: 3}}\n"
    )


def effect_of(before: int, after: int, language: str = "zh", **facts: Any) -> str:
    """The page of a measure done on 25 September, with so many items before and since."""
    sources = [item(n, -13 * n - 13) for n in range(before)] + [item(50 + n, 13 * n) for n in range(after)]
    known = {"status": "done", "done": date(2026, 9, 25), "counts": "category:product/payment"}
    return plain(page_of(measure("x", **(known | facts)), language=language, sources=tuple(sources)))


@pytest.mark.parametrize(
    ("before", "after", "expects", "said"),
    [
        (
            20,
            4,
            -50,
            ("实施前 8.1 周 20 件，实施后 8.1 周 4 件。", "减少：−80 %，95 % 区间 −93 % 至", "预期 −50 %：已达到。"),
        ),
        (20, 4, -90, ("预期 −90 %：未达到。",)),
        (9, 8, -10, ("没有明显差别：−11 %", "可能只是偶然", "数字达到，但可能只是偶然")),
        (0, 9, -10, ("增加：此前没有", "不限")),
        (2, 1, -50, ("件数太少，无法判断。", "预期：−50 %。")),
    ],
)
def test_what_a_measure_changed_is_said_with_numbers_interval_and_verdict(
    before: int, after: int, expects: int, said: tuple[str, ...]
) -> None:
    words = effect_of(before, after, expects=expects)
    for one in said:
        assert one in words, words


def test_it_is_said_in_english_too_and_what_was_counted_can_be_looked_at() -> None:
    words = effect_of(20, 4, "en", expects=-50)
    assert "Items: 20 in the 8.1 weeks before, 4 in the 8.1 weeks since." in words
    assert "Expected −50 %: met." in words
    done = measure("x", status="done", done=date(2026, 9, 25), counts="category:product/payment 扣款")
    assert 'href="queue.html?state=all&amp;q=category:product%2Fpayment%20' in page_of(done).article


def test_too_early_is_said_to_be_so_and_without_anything_to_count_nothing_is_said() -> None:
    assert "为时过早：才过去 1.2 周" in effect_of(20, 4, done=date(2026, 11, 12))
    assert "效果" not in effect_of(0, 0, counts=None)
    assert "预期：−50 %。" in effect_of(0, 0, counts=None, status="doing", done=None, expects=-50)
