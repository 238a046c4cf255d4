"""Chat messages show strangers' words as words: nobody is called, nothing is a link, nothing is lost.

The services' own readers are not here.  Where a service reads Markdown, a reader of more than it knows stands for it
(HTML let through, bare addresses made links of); where it has signs of its own, those are looked for.
"""

import re
import unicodedata
from html import unescape
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.hostile_desk import payloads

from git_feedback.escaping import chat
from git_feedback.escaping.chat import SERVICES, Service
from git_feedback.text import visible

GREEDY = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKED_UP: tuple[Service, ...] = ("wecom", "dingtalk", "feishu", "teams")
CALLS = re.compile(r"@|<!|<at\b|<#", re.IGNORECASE)
LINKS = re.compile(r"[a-z][a-z0-9+.-]*://|\b(?:mailto|tel|javascript|data):|[^\W_]\.[^\W\d_]{2,}", re.IGNORECASE)
HOSTILE = st.sampled_from(payloads()) | st.text(
    st.sampled_from("@<>!#[]()*_~`|\\&;:/.-=+ \n1ab付款\u202e"), max_size=40
)


def undone(said: str) -> str:
    """What a reader of the message takes it to say, forms of width aside."""
    plain = re.sub(r"  \n|\n+", "\n", unescape(said)).replace("[.]", ".")
    return "".join(unicodedata.normalize("NFKC", plain).replace("[.]", ".").split())


def meant(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(unicodedata.normalize("NFKC", visible(plain)).replace("[.]", ".").split())


def test_every_service_has_its_rule() -> None:
    assert set(SERVICES) == set(get_args(Service))


@pytest.mark.parametrize("service", SERVICES)
@given(text=HOSTILE)
def test_nobody_is_called_and_nothing_is_a_link(service: Service, text: str) -> None:
    said = chat(text, service)
    assert not CALLS.search(said)
    assert not LINKS.search(said), said
    assert not set(said) & set("\r\x00\x1b\x07\u202e\u200b\u2028")


@pytest.mark.parametrize("service", SERVICES)
@given(text=HOSTILE)
def test_the_words_are_all_there(service: Service, text: str) -> None:
    if "&" not in text:
        assert undone(chat(text, service)) == meant(text)


@pytest.mark.parametrize("service", SERVICES)
def test_a_long_text_is_not_cut(service: Service) -> None:
    assert chat("付款" * 5000, service) == "付款" * 5000


@pytest.mark.parametrize("service", MARKED_UP)
@given(text=HOSTILE)
def test_a_reader_of_markdown_finds_nothing_but_paragraphs(service: Service, text: str) -> None:
    lines = [line.strip() for line in chat(text, service).split("\n") if line.strip()]
    rendered = GREEDY.render("\n\n".join(f"反馈 {line}" for line in lines) + "\n\n" + "\n\n".join(lines))
    assert set(re.findall(r"<([a-z0-9]+)", rendered)) <= {"p"}, rendered


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ("wecom", "＃ 题 ＠all\n［银行］(https：//shop[.]example) ＊急＊"),
        ("wecom-text", "＃ 题 ＠all\n[银行](https：//shop[.]example) *急*"),
        ("dingtalk", "＃ 题 ＠all  \n［银行］(https：//shop[.]example) ＊急＊"),
        ("feishu", "＃ 题 ＠all\n&#91;银行&#93;&#40;https：//shop[.]example&#41; &#42;急&#42;"),
        ("slack", "＃ 题 ＠all\n[银行](https：//shop[.]example) ＊急＊"),
        ("teams", "＃ 题 ＠all\n\n［银行］(https：//shop[.]example) ＊急＊"),
    ],
)
def test_what_people_read(service: Service, said: str) -> None:
    assert chat("# 题 @all\r\n[银行](https://shop.example) *急*", service) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!channel> & <@U024BE7LH>", "&lt;!channel&gt; &amp; &lt;＠U024BE7LH&gt;"),
        ("<https://example.com/x|银行>", "&lt;https：//example[.]com/x|银行&gt;"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
    ],
)
def test_slack_gets_its_three_entities(text: str, said: str) -> None:
    assert chat(text, "slack") == said


@pytest.mark.parametrize("service", SERVICES)
def test_what_people_usually_write_stays_as_it_is(service: Service) -> None:
    for usual in (
        "付款到最后一步提示“系统繁忙”，已经试了三次。",
        "iOS 18.2，等了 3 天，-5 元",
        "订单 20261120-77",
        "10:30 到 11:00",
    ):
        assert chat(usual, service) == usual
