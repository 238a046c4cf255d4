"""Questions find their article in both languages; what none answers is a gap; what comes often and is unsolved, research."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import pytest
from tests.learning.articles_desk import articles, file, item
from tests.pages.test_answers import OTHERS, QUESTIONS
from tests.pages.test_answers import shelf as answer_shelf
from tests.sample_desk import ROOT, policy

from git_feedback import notation
from git_feedback.desk import Standing, standings
from git_feedback.i18n import LANGUAGES
from git_feedback.learning.asking import LINE, Shelf
from git_feedback.learning.gaps import gaps
from git_feedback.learning.researching import research
from git_feedback.model import ids
from git_feedback.model.helped import Asked
from git_feedback.model.item import Item
from git_feedback.store.articles import Article, ArticleFile, article_files, joined
from git_feedback.triage.recurring import recurring

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
OFF_TOPIC = {
    "zh": ("今天天气不错", "你们老板是谁", "停车场几点关门", "附近有地铁站吗", "自行车修不修", "能帮我包装礼物吗"),
    "en": ("hello", "who is your boss", "are you open on sundays", "train station nearby", "gift wrapping possible?"),
}
"""What no article of the sample is about."""


@cache
def sample_articles() -> dict[str, Article]:
    """The sample's articles."""
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "site/pages").glob("*/knowledge/*.md")
    }
    return joined(one for _, one in article_files(sources) if isinstance(one, ArticleFile))


@cache
def shelf() -> Shelf:
    return Shelf(sample_articles())


def asked() -> list[tuple[str, str, str]]:
    """Language, article, question: sixty as people type them."""
    read = notation.read((Path(__file__).parent / "questions.yml").read_bytes())
    assert isinstance(read, dict)
    rows = read["questions"]
    assert isinstance(rows, list)
    return [tuple(str(row[key]) for key in ("language", "article", "question")) for row in rows]  # type: ignore[index,misc,call-overload]


# ---- asking -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_of_ten_questions_find_their_article_among_three_and_most_find_it_first(language: str) -> None:
    listed = [(name, question) for spoken, name, question in asked() if spoken == language]
    found = {question: [hit.name for hit in shelf().ask(question)] for _, question in listed}
    missed = [(question, name, found[question]) for name, question in listed if name not in found[question]]
    assert len(listed) >= 30
    assert len(missed) <= 0.1 * len(listed), missed
    assert sum(found[question][:1] == [name] for name, question in listed) >= 0.75 * len(listed)


def test_the_questions_of_the_site_find_their_article_among_others_too() -> None:
    sources = {path: _complete(content) for path, content in answer_shelf().items()}
    among = Shelf(joined(one for _, one in article_files(sources) if isinstance(one, ArticleFile)))
    missed = [one for _, path, one in QUESTIONS if Path(path).stem not in {hit.name for hit in among.ask(one)}]
    assert sum(map(len, OTHERS.values())) >= 20
    assert len(missed) <= 0.1 * len(QUESTIONS), missed


def _complete(content: bytes) -> bytes:
    more = b"audience: public\nowner: he.miao\nreview: 2027-01-01\nversion: 1\ncategories: [service/refund]\n"
    return content if b"\nowner:" in content else content.replace(b"audience: public\n", more)


def test_nineteen_of_twenty_questions_score_above_the_line_and_most_that_are_off_topic_below() -> None:
    best = [shelf().best(question) for _, _, question in asked()]
    assert sum(score >= LINE for score in best) >= 0.95 * len(best)
    off = [shelf().best(question) for listed in OFF_TOPIC.values() for question in listed]
    assert sum(score < LINE for score in off) >= 0.6 * len(off), off


def test_an_article_is_found_in_the_words_of_the_other_language() -> None:
    both = articles(
        file(symptoms="[退款慢]"),
        file(language="en", title="Refund slower than promised"),
        file(name="coupon", title="券用不了"),
    )
    hits = Shelf(both).ask("my refund is slow")
    assert [hit.name for hit in hits][:1] == ["refund"]
    assert "refund" in hits[0].shared_terms


def test_an_article_is_told_once_and_one_that_is_retired_never() -> None:
    both = file(), file(language="en", title="退款 refund")
    assert [hit.name for hit in Shelf(articles(*both)).ask("退款 refund")] == ["refund"]
    assert Shelf(articles(file(status="retired"))).ask("退款慢") == []


@pytest.mark.parametrize("question", ["", "   ", "，。", "😀", "\u200b"])
def test_where_nothing_is_asked_nothing_is_found(question: str) -> None:
    assert [hit for hit in shelf().ask(question) if hit.score >= LINE] == []


def test_without_articles_nothing_is_found() -> None:
    assert Shelf({}).ask("退款") == []
    assert Shelf({}).best("退款") == 0.0


# ---- gaps ---------------------------------------------------------------------------------------------------------------


def standing(*items: Item) -> list[Standing]:
    return standings(items, policy(), NOW)


def question(text: str, language: Literal["en", "zh"] = "zh") -> Asked:
    return Asked(day=date(2026, 11, 19), language=language, text=text)


def classified(category: str = "service/environment") -> str:
    return (
        f"  - classify: {{at: 2026-11-19T09:40:00+08:00, by: he.miao, category: {category}, urgency: 3, impact: 3}}\n"
    )


FRESH = [ids.make("Q", date(2026, 11, 19), "web-form", f"推车 {number}", lambda _: False) for number in range(2)]
"""Items that no article of the sample names."""
STROLLERS = tuple(zip(FRESH, ("儿童推车借不到，一楼的推车全借完了", "一楼的儿童推车全借完了，借不到推车"), strict=True))


def test_items_and_typed_questions_without_an_answer_are_gaps_grouped_by_likeness() -> None:
    there = standing(*(item(title, name=name, history=classified()) for name, title in STROLLERS))
    found = gaps(sample_articles(), [question("儿童推车借不到，一楼的全借完了"), question("退款要等几天")], there, NOW)
    assert [(one.questions, one.asked) for one in found] == [(3, 1)]
    assert set(found[0].items) == {name for name, _ in STROLLERS}
    assert found[0].category == "service/environment"


@pytest.mark.parametrize(
    ("title", "history"),
    [
        ("快递柜取件码的短信没有来", classified("service/logistics")),
        ("儿童推车借不到", classified() + "  - link: {at: 2026-11-19T09:50:00+08:00, by: he.miao, kind: article, to: refund}\n"),
        ("收银的姑娘很热心", classified("praise/staff")),
        ("广告", "  - reject: {at: 2026-11-19T09:50:00+08:00, by: he.miao, kind: spam}\n"),
    ],
)  # fmt: skip
def test_what_an_article_is_about_what_people_linked_praise_and_spam_are_no_gaps(title: str, history: str) -> None:
    assert gaps(sample_articles(), [], standing(item(title, name=FRESH[0], history=history)), NOW) == []


def test_what_came_more_than_ninety_days_ago_is_no_gap_any_more() -> None:
    there = standing(item(STROLLERS[0][1], history=classified()))
    assert len(gaps({}, [], there, NOW)) == 1
    assert gaps({}, [], there, datetime.fromisoformat("2027-03-01T00:00:00+08:00")) == []


# ---- research -----------------------------------------------------------------------------------------------------------

NAMES = ("Q261119-0AAJN0D", "Q261119-BYJ524T", "Q261119-KTAFF8G")


def frequent(**front: str) -> list[tuple[str, str | None]]:
    """What is proposed, and what is begun, where three people said the same, beside an article."""
    items = [item("一楼的儿童推车总是空的，借不到推车", name=name, history=classified()) for name in NAMES]
    there = {"strollers": articles(file(name="strollers", **front))["strollers"]} if front else {}
    groups = recurring(items, policy(), NOW)
    found = research(groups, MappingProxyType({}), there, standing(*items), policy(), date(2026, 11, 20))
    return [(one.owner, one.article) for one in found]


def test_what_three_people_said_and_no_article_answers_goes_to_the_lead_of_the_department() -> None:
    assert frequent() == [("zhao.qinghe", None)]


def test_a_current_article_about_it_ends_research_and_one_under_research_is_told() -> None:
    about = {"title": "推车", "items": f"[{NAMES[0]}]"}
    assert frequent(**about, status="research", due="2026-12-01") == [("zhao.qinghe", "strollers")]
    assert frequent(title="推车", symptoms="[儿童推车借不到]", categories="[service/environment]") == []
