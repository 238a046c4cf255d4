"""Problems: open ones first with their items and trend, why they come in six branches, what is done and what it changed."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.pages.views_desk import ALL, CLOSED, LATE, record

from git_feedback.i18n import LANGUAGES
from git_feedback.model.measures import Both, Measure
from git_feedback.model.problems import Cause, FiveW, ProblemRecord
from git_feedback.pages import views
from git_feedback.pages.audience import PUBLIC, Audience
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import measures, problems, recurring
from git_feedback.pages.views.rendering import both

ITEM = "Q261119-0AAJN0D"


def problem(name: str, **facts: Any) -> ProblemRecord:
    known = {
        "id": f"P-{name}",
        "title": Both(en="Money without an order", zh="扣了款，没有订单"),
        "language": "zh",
        "status": "open",
        "owner": "lin.wan",
        "department": "payments",
        "category": "product/payment",
        "since": date(2026, 9, 8),
        "items": (ITEM,),
    }
    return ProblemRecord(**(known | facts))


FULL = problem(
    "full",
    status="solving",
    five_w=FiveW(what="扣了两次款。", why_it_matters="客户的钱没了。"),
    whys=("按钮还能点。", "没有等待状态。"),
    causes={
        "machine": (Cause(cause="回调超时。", evidence="网关日志。", items=(ITEM,)),),
        "method": (Cause(cause="没有评审。"),),
    },
    scenario="1. 点一次\n2. 再点一次",
    root="没有等待状态。",
    measures=("M-once",),
)


def measure(**facts: Any) -> Measure:
    known = {
        "id": "M-once",
        "title": "只扣一次",
        "language": "zh",
        "what": "锁定。",
        "why": "扣了两次。",
        "owner": "ji.nan",
        "status": "done",
        "done": date(2026, 10, 1),
        "items": (ITEM,),
    }
    return Measure(**(known | facts))


def desk(*found: ProblemRecord, sources: tuple[str, ...] = ALL, **facts: Any) -> Record:
    return replace(record(*sources), problem_records=found, **facts)


def page_of(made: Record, language: str = "zh", kind: Any = problems) -> Page:
    found: Page = next(page for page in kind.pages(made, both(made)) if page.language == language)
    return found


def plain(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.article))


def test_those_that_somebody_works_on_come_first_and_the_newest_of_them() -> None:
    given = [
        problem("dropped", status="dropped"),
        problem("solved", status="solved"),
        problem("old", since=date(2026, 8, 1)),
        problem("solving", status="solving"),
        problem("new"),
    ]
    page = page_of(desk(*given))
    assert re.findall(r'<section class="fb-section" id="([^"]+)"', page.article) == [
        "P-new", "P-old", "P-solving", "P-solved", "P-dropped",
    ]  # fmt: skip
    assert "未解决 3 个，共 5 个" in plain(page)


def test_a_problem_tells_its_items_trend_questions_whys_branches_and_scenario() -> None:
    page = page_of(desk(FULL))
    words = plain(page)
    for said in (
        "扣了款，没有订单", "解决中", "林晚", "支付产品", "支付与账单", "始于 9 月 8 日", "2 件", "0 0 0 0 0 0 0 2",
        "是什么 扣了两次款。", "为何重要 客户的钱没了。", "根本原因 ： 没有等待状态。", "网关日志。",
        "涉及全部反馈", "P-full.yml",
    ):  # fmt: skip
        assert said in words, said
    assert page.article.count("<h4>") == 6
    assert words.count("未发现") == 4
    assert "<li>点一次</li>" in page.article
    assert f'href="queue.html?state=all&amp;q=id:{ITEM},' in page.article


def test_what_nobody_knows_yet_is_not_asked_for_in_empty_headings() -> None:
    words = plain(page_of(desk(problem("bare", items=()))))
    assert "0 件" in words
    for head in ("5W1H", "追问为什么", "六类原因", "场景"):
        assert head not in words
    assert "还没有措施" in words


def test_the_queue_of_many_items_names_the_newest_in_its_address() -> None:
    link = problems.queue_of([f"Q{n}" for n in range(100)])
    assert link.startswith("queue.html?state=all&q=id:Q60,")
    assert link.endswith(",Q99")


def test_texts_in_another_language_say_so() -> None:
    page = page_of(desk(FULL), "en")
    assert "<bdi>Money without an order</bdi>" in page.article
    assert '<dd lang="zh-CN">扣了两次款。</dd>' in page.article
    assert '<ol class="fb-chain" lang="zh-CN">' in page.article


def test_measures_that_either_names_stand_there_with_what_they_changed_and_overdue_ones_say_so() -> None:
    late = measure(id="M-late", status="doing", done=None, due=date(2026, 11, 1), problem="P-full")
    page = page_of(desk(FULL, measures=[measure(expects=-50), late]))
    assert 'href="measures.html#M-once"' in page.article
    assert 'href="measures.html#M-late"' in page.article
    assert page.article.count('data-clock="breached"') == 1
    assert "件数太少，无法判断。" in plain(page)


def test_causes_of_all_items_stand_in_tables_by_category_of_the_last_half_year() -> None:
    page = page_of(desk(FULL))
    table = page.article[page.article.index("fb-reasons") :]
    assert '<th colspan="3" scope="rowgroup">支付与账单</th>' in table
    assert "回调超时。" in table
    assert "机（设备与系统）" in table
    long_ago = page_of(desk(problem("old", causes=FULL.causes), sources=(CLOSED,)))
    assert "回调超时" not in long_ago.article[long_ago.article.index("</section>") :]


def test_an_empty_shelf_says_so_and_leads_to_recurring_problems() -> None:
    for language in LANGUAGES:
        page = page_of(record(LATE), language)
        assert "fb-empty" in page.article
        assert 'href="recurring.html"' in page.article


def test_a_record_cannot_bring_markup_that_acts() -> None:
    bad = "<script>x</script><img src=x onerror=y>"
    page = page_of(desk(problem(
        "x", title=bad, whys=(bad,), root=bad, scenario=f"{bad} [a](javascript:b)",
        causes={"man": (Cause(cause=bad, evidence=bad),)}, five_w=FiveW(how=bad),
    )))  # fmt: skip
    assert "<script" not in page.article
    assert "<img" not in page.article
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page.article)


@pytest.mark.parametrize("audience", [PUBLIC, Audience("department", "payments")])
def test_problems_are_for_the_team_alone(audience: Audience) -> None:
    made = replace(desk(FULL), audience=audience)
    assert problems.PATH not in {page.path for page in views.pages(made)}
    assert all("problems.html" not in page.article for page in views.pages(made))


def test_the_page_of_recurring_problems_leads_to_them_with_their_count() -> None:
    assert 'href="problems.html"' in page_of(desk(FULL), kind=recurring).article


def test_a_measure_leads_to_its_problem_where_there_is_one() -> None:
    made = desk(FULL, measures=[measure(problem="P-full"), measure(id="M-two", problem="P-gone")])
    article = page_of(made, kind=measures).article
    assert 'href="problems.html#P-full"' in article
    assert "P-gone" not in article
