"""Needs a human, one decision a piece: what it may be, why, and the command that confirms it."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from tests.sample_desk import NOW, PAYMENT, item, policy

from git_feedback.desk import standings
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.pages.page import Record
from git_feedback.pages.views import needs_human
from git_feedback.pages.views.rendering import both
from git_feedback.triage import Candidate

MOMENT = datetime.fromisoformat(NOW)
LIKELY = (
    Candidate("service/refund", ("钱", "回来"), 0.62),
    Candidate("product/payment", ("付款时",)),
    Candidate("product/bug", (), 0.08),
)


def article(language: str, one: Item, *candidates: Candidate, repository: str | None = None) -> str:
    rules = policy()
    rules = replace(rules, desk=rules.desk.model_copy(update={"repository": repository}))
    advice = {one.id: candidates} if candidates else {}
    record = Record(rules, standings([one], rules, MOMENT), (), (), MOMENT, True, "abc1234", advice=advice)
    made = next(page for page in needs_human.pages(record, both(record)) if page.language == language)
    return re.sub(r"\s+", " ", made.article)


def says(title: str) -> Item:
    return item(PAYMENT).model_copy(update={"title": title, "text": None, "product": "App", "device": "iPhone 15"})


@pytest.mark.parametrize(("language", "said"), [
    ("zh", ("退款", "模型依据：钱、回来（把握 62%）", "依据字词：付款时", "模型认为有可能（8%）", "没有规则能确定")),
    ("en", ("Refunds", "the model reads it from: 钱, 回来 (62% sure)", "because of: 付款时", "possible (8%)", "no rule decides")),
])  # fmt: skip
def test_each_candidate_stands_there_with_its_reason(language: str, said: tuple[str, ...]) -> None:
    made = article(language, says("付款时没收到"), *LIKELY)
    assert [word for word in said if word not in made] == []


def test_each_candidate_has_the_command_that_confirms_it_with_what_it_weighs() -> None:
    made = article("zh", says("钱还没回来"), *LIKELY)
    commands = re.findall(r"<code[^>]*>(git feedback classify [^<]+)</code>", made)
    assert commands == [
        "git feedback classify Q261119-0AAJN0D --category service/refund --urgency 4 --impact 3",
        "git feedback classify Q261119-0AAJN0D --category product/payment --urgency 4 --impact 4",
        "git feedback classify Q261119-0AAJN0D --category product/bug --urgency 3 --impact 4",
    ]
    assert made.partition("fb-maybe")[2].partition("</ol>")[0].count('class="fb-copy"') == 3


def test_words_of_an_alarm_are_shown_and_weigh_in_every_command() -> None:
    made = article("zh", says("钱还没回来，要起诉你们"), *LIKELY)
    assert "告警字词：起诉" in made
    assert "--category service/refund --urgency 5 --impact 3" in made


def test_without_a_candidate_the_plain_command_is_there() -> None:
    made = article("zh", says("说不清楚的一件事"))
    assert "git feedback classify Q261119-0AAJN0D --category CATEGORY --urgency N --impact N" in made
    assert "规则里没有它的字词" in made
    assert "fb-maybe" not in made


def test_where_a_host_is_named_the_file_is_one_click_away() -> None:
    linked = article("zh", says("说不清楚的一件事"), repository="https://host.example/desk.git")
    assert 'href="https://host.example/desk/blob/HEAD/feedback/2026/11/Q261119-0AAJN0D.yml"' in linked
    assert "blob/HEAD" not in article("zh", says("说不清楚的一件事"), repository="git@host.example:desk")


def test_words_of_strangers_stay_words() -> None:
    sly = Candidate("service/refund", ("<img src=x onerror=alert(1)>", "\u202e钱"), 0.7)
    made = article("zh", says("钱还没回来"), sly)
    assert "<img" not in made
    assert "\u202e" not in made


def test_the_drift_of_the_newest_month_is_one_line() -> None:
    said = [
        ev.Classify(
            at=datetime.fromisoformat(f"2026-11-19T{hour}:00:00+08:00"), by=by, category=category, urgency=3, impact=3
        )
        for hour, by, category in (("10", "rules", "product/bug"), ("11", "he.miao", "service/refund"))
    ]
    one = says("钱还没回来").model_copy(update={"history": tuple(said)})
    assert "2026-11 机器分类 1 件，人工改正 1 件（100%）。" in article("zh", one)
    assert "In 2026-11 people corrected 1 of 1 machine classifications (100%)." in article("en", one)
    assert "人工改正" not in article("zh", says("钱还没回来"))
