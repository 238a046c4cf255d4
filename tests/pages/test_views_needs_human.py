"""What waits for a person: undecided, maybe no feedback, incomplete; each once, with its reason and its command."""

import re
from datetime import datetime

import pytest
from tests.sample_desk import NOW, PAYMENT, policy

from git_feedback.desk import standings
from git_feedback.i18n import LANGUAGES
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import item as item_page
from git_feedback.pages.views import needs_human
from git_feedback.pages.views.rendering import both
from git_feedback.store import read

MOMENT = datetime.fromisoformat(NOW)
SPAM = PAYMENT.replace("0AAJN0D", "5DVCFC5").replace("#123", "#124").replace("支付页面报错", "专业代开发票")
HOSTILE = (
    SPAM.replace("5DVCFC5", "6G9N9SW")
    .replace("#124", "#125")
    .replace("专业代开发票", "<img src=x onerror=alert(1)> 代开发票")
)
BARE = (
    PAYMENT.replace("0AAJN0D", "7K3QM2A")
    .replace("#123", "#126")
    .replace("web-form", "app")
    .replace("支付页面报错", "哦")
)
ASKED = (
    "history:\n  - ask: {at: 2026-11-19T10:00:00+08:00, by: ines.brandt, missing: [device]}\n    question: 什么手机？\n"
)


def with_real_id(text: str) -> str:
    from git_feedback.model import ids

    found = re.search(r'source: "(.*)"', text)
    channel = re.search(r"channel: (.*)", text)
    assert found and channel
    made = ids.make(
        "Q", datetime.fromisoformat("2026-11-19T09:31:00+08:00").date(), channel[1], found[1], lambda _: False
    )
    return re.sub(r"^id: .*$", f"id: {made}", text, count=1, flags=re.MULTILINE)


def record(*sources: str) -> Record:
    items = [read(with_real_id(source).encode(), file="item.yml") for source in sources]
    return Record(policy(), standings(items, policy(), MOMENT), (), (), MOMENT, True, "abc1234")


def page(language: str, *sources: str) -> Page:
    found = record(*sources)
    return next(one for one in needs_human.pages(found, both(found)) if one.language == language)


def part(made: Page, name: str) -> str:
    return made.article.partition(f'aria-labelledby="h-{name}"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("language", "reason"), [("zh", "含有广告用语：代开发票"), ("en", "it has words of advertising: 代开发票")]
)
def test_what_may_be_no_feedback_stands_apart_with_its_reason_and_both_ways_to_decide(
    language: str, reason: str
) -> None:
    made = page(language, SPAM, PAYMENT)
    held = part(made, "suspected")
    assert reason in held
    assert re.search(r"git feedback reject Q261119-[0-9A-Z]{7} --kind spam", held)
    assert re.search(r"git feedback classify Q261119-[0-9A-Z]{7} ", held)
    assert "支付页面报错" not in held
    assert made.article.count("专业代开发票") == 1


def test_what_lacks_something_says_what_and_how_to_ask() -> None:
    incomplete = part(page("zh", BARE), "incomplete")
    assert "缺：设备（尚未询问）" in incomplete
    assert re.search(r"git feedback ask Q261119-[0-9A-Z]{7} --missing auto", incomplete)


def test_what_was_asked_for_says_since_when_and_asks_no_more() -> None:
    incomplete = part(page("en", BARE + ASKED), "incomplete")
    assert "missing: device – asked on 19 Nov" in incomplete
    assert "--missing auto" not in incomplete


def test_where_nobody_can_be_reached_no_command_pretends_to() -> None:
    box = 'id: Q261119-0AAJN0D\nreceived: 2026-11-19T09:31:00+08:00\nchannel: paper-box\nsource: "号"\ntitle: 灯坏了\ntext: 不亮\n'
    incomplete = part(page("zh", box), "incomplete")
    assert "缺：地区" in incomplete
    assert "--missing auto" not in incomplete


def test_a_title_and_a_reason_with_markup_stay_text() -> None:
    for language in LANGUAGES:
        assert "<img" not in page(language, HOSTILE).article


def test_without_suspicion_and_without_gaps_there_are_no_such_sections() -> None:
    article = page("zh", PAYMENT).article
    assert 'id="h-suspected"' not in article
    assert 'id="h-incomplete"' not in article


def test_the_page_of_an_item_says_what_is_missing() -> None:
    found = record(BARE)
    made = {one.language: one.article for one in item_page.pages(found, both(found))}
    assert "<dt>缺少</dt><dd>设备（尚未询问）</dd>" in made["zh"]
    assert "<dt>Missing</dt><dd>device – not asked for yet</dd>" in made["en"]
    whole = record(PAYMENT)
    assert all("<dt>Missing</dt>" not in one.article for one in item_page.pages(whole, both(whole)))
