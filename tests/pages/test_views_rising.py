"""What is rising: every figure leads to its items, a department sees its own, the public nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from tests.insight.rising_items import LONG_AGO, NOW, came, many
from tests.sample_desk import policy

from git_feedback.desk import query, standings
from git_feedback.i18n import LANGUAGES
from git_feedback.jobs.audiences import narrowed
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.pages import views
from git_feedback.pages.audience import PUBLIC, Audience
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import all_pages, figures, rising
from git_feedback.pages.views.rendering import both

GUNS = ("扫码枪坏了", "门口的扫码枪不亮", "扫码枪读不出条码", "扫码枪又丢了")
PAYMENTS = many(0, [1, 1, 2, 2, 3, 4, 5], category="product/payment", area="华东/上海", title="付款失败")
BEFORE = many(
    100,
    [8 + n for n in range(40)],
    channel="phone",
    category="service/logistics",
    area="华南/广州",
    title="快递没有派送",
)
NEW = [came(200 + n, 1, channel="email", title=title) for n, title in enumerate(GUNS)]
ALL = (LONG_AGO, *PAYMENTS, *BEFORE, *NEW)


def record(*items: Item, audience: Audience | None = None) -> Record:
    made = Record(policy(), standings(items, policy(), NOW), (), (), NOW, True, "abc1234")
    return narrowed(replace(made, audience=audience)) if audience else made


def page_of(made: Record, language: str = "zh") -> Page:
    return next(page for page in rising.pages(made, both(made)) if page.language == language)


def plain(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.article))


def shown_by(address: str, made: Record) -> list[str]:
    """The ids of the items that the queue shows at an address."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(unquote(address)).query).items()}
    words = [
        asked["q"],
        f"state:{asked['state']}",
        *(f"{name}:{asked[name]}" for name in ("area", "category") if name in asked),
    ]
    wanted = query.parse(" ".join(words), made.policy, made.now)
    return [one.item.id for one in made.standings if wanted.fits(one)]


def link(page: Page, label: str) -> str:
    found = re.search(rf'href="(queue[^"]+)" aria-label="{re.escape(label)}"', page.article)
    assert found, label
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("language", "said", "label"),
    [
        (
            "zh",
            (
                "支付与账单 类别 7 件 此前从未有过 碰巧如此的机会不到 1/1,000",
                "其中同样突增的：网页表单 7 件、华东/上海 7 件",
            ),
            "7 件：支付与账单",
        ),
        ("en", ("Payment and billing category 7 items never one before",), "7 items: Payment and billing"),
    ],
)
def test_a_spike_says_what_it_is_compared_with_and_leads_to_its_items(
    language: str, said: Sequence[str], label: str
) -> None:
    made = record(*ALL)
    page = page_of(made, language)
    assert all(one in plain(page) for one in said), plain(page)
    assert sorted(shown_by(link(page, label), made)) == sorted(one.id for one in PAYMENTS)


def test_the_newest_items_of_a_spike_are_named_and_led_to() -> None:
    page = page_of(record(*ALL))
    newest = sorted(PAYMENTS, key=lambda one: (one.received, one.id))[-2:]
    assert all(f'href="items/2026/{one.id}.html"' in page.article for one in newest)


def test_each_cell_of_the_areas_leads_to_the_items_it_counts() -> None:
    made = record(*ALL)
    page = page_of(made)
    assert len(shown_by(link(page, "华东/上海 · 支付与账单：7 件，明显多于按总数应有的件数"), made)) == 7
    far = [one for one in BEFORE if one.received.date() > date(2026, 11, 20) - timedelta(days=28)]
    assert len(shown_by(link(page, f"华南/广州：{len(far)}"), made)) == len(far)


def test_what_is_hot_has_a_sign_and_words_and_no_cell_tells_by_colour_alone() -> None:
    article = page_of(record(*ALL)).article
    assert article.count('<strong><span aria-hidden="true">↑ </span>') == 1
    cells = re.findall(r'<td class="fb-n">(.*?)</td>', article)
    drawn = [cell for cell in cells if "<svg" in cell]
    assert drawn
    assert all(re.search(r">\d+</a>", cell) for cell in drawn)
    assert 'rect x="0" width="100"' in article, "the fullest cell has the longest bar"


def test_new_words_lead_to_the_items_that_say_them() -> None:
    made = record(*ALL)
    page = page_of(made)
    assert "扫码枪 4 件 4 人提到 此前八周没有人提到" in plain(page)
    assert sorted(shown_by(link(page, "4 件：扫码枪"), made)) == sorted(one.id for one in NEW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_rises_the_page_says_what_was_looked_at(language: str) -> None:
    quiet = plain(page_of(record(LONG_AGO, came(1, 3, title="快递没有派送")), language))
    assert ("没有突增。" if language == "zh" else "Nothing rises steeply.") in quiet
    assert (
        "7 天内共收到 1 件，此前四周每周平均 0 件。" if language == "zh" else "1 item was received in 7 days"
    ) in quiet
    assert ("最近 28 天没有反馈写明地区" if language == "zh" else "No item of the last 28 days names an area.") in quiet


def test_a_young_record_says_that_it_is_too_young() -> None:
    assert "记录还不满五周，看不出突增。" in plain(page_of(record(*PAYMENTS)))


def test_a_department_sees_what_rises_among_its_own() -> None:
    given = ev.Assign(at=NOW - timedelta(hours=1), by="ines.brandt", department="payments", owner="lin.wan")
    mine = [one.model_copy(update={"history": (*one.history, given)}) for one in (*PAYMENTS, LONG_AGO)]
    made = record(*mine, *BEFORE, *NEW, audience=Audience("department", "payments"))
    page = page_of(made)
    assert "支付与账单" in plain(page)
    assert "快递" not in page.article
    assert "扫码枪" not in page.article
    assert any(one.path == rising.PATH for one in views.pages(made))


def test_the_public_has_no_such_page_and_no_such_figures() -> None:
    made = record(*ALL, audience=PUBLIC)
    assert all(rising.PATH not in (one.path, *re.findall(r'href="([^"?#]+)', one.article)) for one in views.pages(made))
    assert "rising" not in figures.drawn(made)


def test_the_list_of_pages_counts_the_spikes() -> None:
    made = record(*ALL)
    links = [one for _, found in all_pages.groups(made, both(made)["zh"]) for one in found]
    assert [one.count for one in links if one.path == rising.PATH] == ["1"]


def test_the_figures_beside_the_page_are_those_of_the_page() -> None:
    made = record(*ALL)
    told: dict[str, Any] = figures.DRAWN["rising"](made)
    [spike] = told["spikes"]
    assert (spike["kind"], spike["names"], len(spike["items"])) == ("category", ["product/payment"], 7)
    assert (told["received"], told["young"]) == (11, False)
    areas = told["areas"]
    row = areas["counts"][areas["names"].index("华东/上海")]
    assert row[areas["categories"].index("product/payment")] == 7
    assert [one["category"] for one in told["areas"]["hot"]] == ["product/payment"]
    assert [one["terms"] for one in told["terms"]] == [["付款失败"], ["扫码枪"]]


def test_words_of_submitters_stay_text() -> None:
    bad = many(0, [1, 1, 2, 2, 3, 4, 5], area="<img src=x>", product="<b>", title="<script>alert(1)</script> 坏")
    article = page_of(record(LONG_AGO, *BEFORE, *bad)).article
    assert not re.search("<(img|b|script)[ >]", article)
    assert "&lt;img src=x&gt;" in article
