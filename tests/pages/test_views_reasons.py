"""The reasons on an item's page: rules with their lines and commits, deadlines counted step by step."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.pages.views_desk import ALL, CLOSED, LATE, NEW, NOW, PRAISE, WAITING, record

from git_feedback.i18n import LANGUAGES, text
from git_feedback.pages.page import Change, Origin, Part
from git_feedback.pages.views import pages

BROUGHT = Change("0123456789", datetime(2026, 3, 2, 20, 0, tzinfo=UTC), "韩梅", "<b>六小时</b>")


def article(source: str, language: str = "en", now: datetime = NOW, origins: dict[Part, Origin] | None = None) -> str:
    """The page of one item."""
    found = replace(record(source, now=now), origins=origins or {})
    return next(page.article for page in pages(found) if page.language == language and page.shell == "item.html")


def plain(html: str) -> str:
    """The words of a page as a reader sees them, a line for each that the page has."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]+>", "\n", html))


def rule_of(source: str, clock: str) -> Part:
    """The rule that gave a clock of an item its target."""
    found = record(source).standings[0].clock(clock)
    assert found
    assert found.rule is not None
    return "rule", 0, found.rule


def test_a_rule_is_named_with_its_edition_its_line_and_its_commit() -> None:
    origins: dict[Part, Origin] = {rule_of(LATE, "resolve"): Origin("policy/sla.yml", 51, BROUGHT)}
    said = plain(article(LATE, origins=origins))
    assert "Rule 24 of the edition of 1 Jan 2024, sla.yml:51, commit 0123456 of 3 Mar" in said
    assert "2024 年 1 月 1 日版第 24 条规则，sla.yml:51，提交 0123456（3 月 3 日）" in plain(
        article(LATE, "zh", origins=origins)
    )
    assert "六小时" not in article(LATE, origins=origins)


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        (Origin("policy/sla.yml", 12), "rules of 1 Jan 2024, sla.yml:12\n"),
        (Origin("policy/sla.yml", 12, uncommitted=True), "rules of 1 Jan 2024, sla.yml:12, not committed yet\n"),
        (Origin("policy/sla.yml", 12, BROUGHT), "rules of 1 Jan 2024, sla.yml:12, commit 0123456 of 3 Mar\n"),
    ],
)
def test_what_git_cannot_tell_is_left_out(origin: Origin, said: str) -> None:
    assert said in plain(article(LATE, origins={("matrix", 0, 5): origin}))


def test_the_keyword_rule_that_hit_is_named_with_its_commit() -> None:
    origins: dict[Part, Origin] = {("keyword", "pay-zh"): Origin("policy/keywords.yml", 34, BROUGHT)}
    assert "Keyword rule pay-zh, keywords.yml:34, commit 0123456 of 3 Mar" in plain(article(LATE, origins=origins))
    assert "Keyword rule" not in article(LATE)


def test_the_owner_is_explained() -> None:
    assert "Why Lin Wan?\nInes Brandt assigned it on 19 Nov 09:24\nLin Wan took it on, 19 Nov 09:46" in plain(
        article(LATE)
    )
    said = plain(article(PRAISE, "zh", origins={("department", "support"): Origin("policy/people.yml", 10)}))
    assert (
        "为什么由伊内丝·布兰特负责？\n类别“表扬员工”归客户服务\n客户服务的协调人，指定专人之前由其负责，people.yml:10"
        in said
    )
    assert "Why" not in plain(article(NEW)).partition("How were")[2]


def test_a_deadline_is_counted_step_by_step() -> None:
    said = plain(article(WAITING, "zh"))
    assert (
        "11 月 19 日 周四 10:00–12:00 2 小时，午休，13:30–18:00 4 小时 30 分钟，夜间\n11 月 20 日 周五 08:30–10:00 90 分钟 → 10:00 到期"
        in said
    )
    assert "按时，11 月 19 日 周四 11:00，用时 1 小时" in said
    assert "暂停，自 11 月 19 日 周四 11:00 起，已用 1 小时，还剩 39 小时" in said


def test_clocks_that_have_not_started_are_one_line() -> None:
    html = article(LATE)
    names = (text(f"page-clock-{name}", "en") for name in ("update", "info", "review", "follow-up", "second"))
    assert f"Not started: {', '.join(names)}\n" in plain(html)
    assert html.count('data-clock="pending"') == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reasons_of_a_finished_item_are_the_same_on_any_day(language: str) -> None:
    origins: dict[Part, Origin] = {rule_of(CLOSED, "resolve"): Origin("policy/sla.yml", 53, BROUGHT)}
    first, later = (article(CLOSED, language, now, origins) for now in (NOW, NOW.replace(month=12, day=24)))
    assert first == later
    assert "sla.yml:53" in first


@pytest.mark.parametrize("source", ALL, ids=["late", "waiting", "new", "closed", "duplicate", "praise"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_folded_and_keep_a_page_small(source: str, language: str) -> None:
    html = article(source, language)
    assert len(html.encode()) < 20_000
    assert html.count('<details class="fb-why" open>') == 1


def test_what_a_commit_or_a_file_is_called_becomes_no_markup() -> None:
    odd = replace(BROUGHT, id="<i>abcdef")
    html = article(LATE, origins={("matrix", 0, 5): Origin("policy/<b>.yml", 1, odd)})
    assert "&lt;b&gt;.yml:1, commit &lt;i&gt;abcd" in html
