"""No text of a stranger becomes a tag, an attribute or a target that we did not mean."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.escaping import attribute, html, line, markdown_line
from git_feedback.escaping.markup import ATTRIBUTES, REL, TAGS
from git_feedback.text import visible

UNHURRIED = settings(deadline=None)  # the first example loads libraries

LINES = (Path(__file__).parents[1] / "cases/escaping/payloads.txt").read_text("utf-8").splitlines()
PAYLOADS: list[str] = [json.loads(line) for line in LINES if not line.startswith("#")]
HOSTILE = st.sampled_from(PAYLOADS) | st.text(st.sampled_from("<>\"'`&#;[]()!:/*_ \n\\javscripthttpsx="), max_size=60)


class Reader(HTMLParser):
    """Collects the tags, attributes and words of a piece of HTML."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


@UNHURRIED
@given(HOSTILE)
def test_only_the_tags_and_attributes_of_commonmark_come_out(text: str) -> None:
    for tag, attributes in Reader(html(text)).tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, frozenset()) | ({"rel"} if tag == "a" else set())


@UNHURRIED
@given(HOSTILE)
def test_a_link_leads_out_by_a_known_scheme_or_nowhere(text: str) -> None:
    for tag, attributes in Reader(html(text)).tags:
        if tag == "a":
            assert attributes["rel"] == REL
            assert re.match(r"(?i)(https?|mailto|tel):", attributes.get("href") or "tel:")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_leaves_a_foreign_tag(payload: str) -> None:
    assert {tag for tag, _ in Reader(html(payload)).tags} <= TAGS


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("**急**：打不开", "<p><strong>急</strong>：打不开</p>\n"),
        ("第一行\n第二行", "<p>第一行<br>\n第二行</p>\n"),
        ("<b>粗</b>", "<p>&lt;b&gt;粗&lt;/b&gt;</p>\n"),
        ("[文档](https://example.com)", f'<p><a href="https://example.com" rel="{REL}">文档</a></p>\n'),
        ("[电话](tel:400)", f'<p><a href="tel:400" rel="{REL}">电话</a></p>\n'),
        ("[本站](/admin)", f'<p><a rel="{REL}">本站</a></p>\n'),
        ("![图](https://example.com/a.png)", f'<p>!<a href="https://example.com/a.png" rel="{REL}">图</a></p>\n'),
        ("", ""),
    ],
)
def test_what_people_write_reads_as_they_meant_it(text: str, written: str) -> None:
    assert html(text) == written


@UNHURRIED
@given(HOSTILE)
def test_a_title_is_words_only_and_stays_on_its_line(text: str) -> None:
    shown = Reader(line(text))
    assert shown.tags == []
    assert "\n" not in shown.words


def test_a_title_shows_what_it_hides() -> None:
    assert line("退款\u202egnp\u202c <b>\n急") == "退款[U+202E]gnp[U+202C] &lt;b&gt; 急"


@UNHURRIED
@given(st.text(max_size=30) | HOSTILE)
def test_an_attribute_keeps_its_value_and_grows_no_second_one(text: str) -> None:
    for quote in "\"'":
        ((tag, attributes),) = Reader(f"<i title={quote}{attribute(text)}{quote}>").tags
        assert (tag, set(attributes)) == ("i", {"title"})
        assert attributes["title"] == visible(text)
    assert not set(attribute(text)) & set("\"'`<>=\t\n\r")


@UNHURRIED
@given(st.text(st.characters(codec="utf-8"), max_size=30) | HOSTILE)
def test_a_name_in_markdown_reads_as_it_was_given(text: str) -> None:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    read = Reader(renderer.render(markdown_line(text)))
    assert [tag for tag, _ in read.tags] in (["p"], [])
    assert read.words.strip() == Reader(line(text)).words


@pytest.mark.parametrize(
    "name", ["1. 组", "# 组", "- 组", "a | b", "{{ x }}", "www.example.com", "https://example.com", "$x$"]
)
def test_a_name_does_not_arm_what_other_readers_of_markdown_add(name: str) -> None:
    written = markdown_line(name)
    assert not re.search(r"^\d+\.|^[#-]|(?<!\\)[|{$]|://|www\.", written.replace("\\://", "").replace("www\\.", ""))
