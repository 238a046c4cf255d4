"""The chapter of voices: what a printed report holds of a stranger's words, and what it never holds."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from tests.hostile_desk import payloads
from tests.pages.report_desk import policy

from git_feedback.desk import standings
from git_feedback.insight import Period
from git_feedback.insight.quoting import quoted
from git_feedback.model import Item, ids
from git_feedback.pages.reports.chapters import voices
from git_feedback.pages.reports.document import Document, Paragraph, Part, Quote, Quotes, Section
from git_feedback.pages.reports.issue import Issue, report
from git_feedback.pages.reports.markdown import markdown
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

UNTIL = datetime.fromisoformat("2026-10-31T23:59:59+08:00")


def _item(day: int, text: str, *events: dict[str, object], **fields: object) -> Item:
    at = f"2026-10-{day:02}T10:00:00+08:00"
    identity = ids.make("Q", datetime.fromisoformat(at).date(), "phone", f"{day}{text}", lambda _: False)
    classify = {"verb": "classify", "at": at, "by": "ji.nan", "category": "product/payment", "urgency": 3, "impact": 3}
    shape = {"id": identity, "received": at, "channel": "phone", "title": "反馈", "text": text}
    return Item.model_validate({**shape, "history": [classify, *events], **fields})


def _material(*items: Item) -> Material:
    return Material(policy(), Period.parse("2026-10"), UNTIL, standings(items, policy(), UNTIL))


def _told(*items: Item, language: str = "zh") -> list[Part]:
    material = _material(*items)
    return list(voices.tell(voices.find(material), material, Speech(policy(), language)))


def _quotes(*items: Item, language: str = "zh") -> list[Quote]:
    return [one for part in _told(*items, language=language) if isinstance(part, Quotes) for one in part.quotes]


ANGRY = _item(5, "付款报错，何淼说没办法，我叫王小明，电话 13812345678，订单 202610128888")
ENGLISH = _item(6, "The parcel was left in the rain. My name is Jane Doe.", language="en")


def test_a_quote_keeps_its_language_and_its_item_and_names_nobody() -> None:
    found = {one.item: one for one in _quotes(ANGRY, ENGLISH)}
    assert found[ANGRY.id].text == "付款报错，***说没办法，我叫***，电话 138****5678，订单 202610128888"
    assert (found[ENGLISH.id].language, found[ANGRY.id].language) == ("en", "zh")
    assert found[ENGLISH.id].text == "The parcel was left in the rain. My name is ***."


def test_a_quote_says_how_it_ended() -> None:
    solved = _item(
        7,
        "发票抬头错了",
        {"verb": "resolve", "at": "2026-10-08T10:00:00+08:00", "by": "ji.nan", "result": "好了"},
        {"verb": "reply", "at": "2026-10-08T11:00:00+08:00", "by": "ji.nan", "channel": "phone", "text": "好了"},
        {"verb": "follow-up", "at": "2026-10-09T10:00:00+08:00", "by": "ji.nan", "verdict": "satisfied"},
        {"verb": "close", "at": "2026-10-09T11:00:00+08:00", "by": "ji.nan"},
    )
    notes = {one.item: one.note for one in _quotes(solved, ANGRY)}
    assert notes == {solved.id: "P2，已结案，满意", ANGRY.id: "P2，还在处理"}
    english = {one.item: one.note for one in _quotes(solved, ANGRY, language="en")}
    assert english[solved.id] == "P2, closed, satisfied"


def test_a_month_without_words_says_so_and_one_without_praise_too() -> None:
    assert _told() == [Paragraph("没有可以引用的客户原话。")]
    assert _told(ANGRY)[-1] == Paragraph("没有可以引用的表扬。")


def test_the_figures_hold_who_is_quoted_and_none_of_the_words() -> None:
    found = voices.find(_material(ANGRY, ENGLISH))
    assert ANGRY.id in repr(found)
    assert "付款" not in repr(found)


def test_a_later_edition_does_not_quote_what_was_erased_in_between() -> None:
    issue = Issue(UNTIL, "abc1234")
    first = report(_material(ANGRY, ENGLISH), issue, ["zh"])
    assert "付款报错" in first["report.md"].decode()
    erase = {"verb": "erase", "at": "2026-12-01T09:00:00+08:00", "by": "he.miao", "request": "7"}
    facts = ANGRY.model_dump()
    gone = Item.model_validate({**facts, "text": "（已按请求删除）", "history": [*facts["history"], erase]})
    before = json.loads(first["figures.json"])
    later = report(_material(gone, ENGLISH), Issue(UNTIL, "def1234", 2, "按请求删除", before), ["zh"])
    assert "付款报错" not in b"".join(later.values()).decode("utf-8", "replace")
    assert "已按请求删除" not in later["report.md"].decode()
    assert "left in the rain" in later["report.md"].decode()


# ---- strangers mean harm --------------------------------------------------------------------------------------------

MORE = (
    "@octocat 看看 #12",
    "[x]: http://e.example",
    "~~x~~ a | b",
    "- [ ] x",
    "x\\",
    "[^1]: f",
    "| a |\n|---|\n| b |",
    "# 一级",
)
ADDRESS = re.compile(r"[\w.+-]\\?@\w")


class _Reader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


@pytest.mark.parametrize("payload", [*payloads(), *MORE])
def test_no_payload_in_a_quote_becomes_markup_a_link_or_a_table_in_report_md(payload: str) -> None:
    words = quoted(payload, ()) or "空"
    quotes = Quotes(words, (Quote(words, "zh", ANGRY.id, words),))
    document = Document("zh", "月报", "签发", (), (Section("voices", "客户原声", (quotes,)),), ())
    written = markdown([document])
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(written)
    read = _Reader(rendered)
    assert read.tags == ["p", "a", "h1", "p", "h2", "h3", "blockquote", "p", "p", "a"]
    assert read.links == [f"../../../feedback/2026/10/{ANGRY.id}.yml"]
    assert not ADDRESS.search(written)
    assert "://" not in written.replace("\\://", "")
