"""Chat transcripts: pasted from WeChat, WeCom and QQ, exported from live-chat services, and the robot's menu."""

import json
import time
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import policy

from git_feedback.intake import Row
from git_feedback.intake.chat import menu as chat_menu
from git_feedback.intake.chat import transcripts as chat
from git_feedback.intake.sources import Source
from git_feedback.model import Bad
from git_feedback.model import events as ev

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")

WECHAT_MAILED = """\
微信聊天记录

—————  2026-11-20  —————


小雨天  10:31

你好


小雨天  10:31

优惠券用不了，提示已过期，可是明天才到期


客服小李  10:33

请发一下券码


小雨天  10:34

[图片]

就是这张
"""
WECHAT_COPIED = "小雨天 2026-11-20 10:31:05\n优惠券用不了\n\n客服小李 2026-11-20 10:33:00\n请发一下券码\n小雨天 2026/11/20 10:34\nAB12\n"
WECOM = "小雨天@微信 11/20 10:31:05\n优惠券用不了\n\n顾衡 11/20 10:33:00\n请发一下券码\n\n小雨天@微信 11/20 10:34:00\nAB12\n"
QQ = "2026-11-20 10:31:05 小雨天(10001)\n优惠券用不了\n\n2026-11-20 10:33:00 在线客服\n请发一下券码\n\n2026-11-20 10:34:00 小雨天(10001)\nAB12\n"
LIVE_TEXT = "Chat started on 2026-11-20\n(10:31:05 AM) Visitor 77: 优惠券用不了\n(10:33:00 AM) Support: 请发一下券码\n(10:34:00 AM) Visitor 77: AB12\n"
GENERIC = [
    {"time": "2026-11-20T10:31:05+08:00", "from": "小雨天", "role": "customer", "text": "优惠券用不了"},
    {"time": "2026-11-20T10:33:00+08:00", "from": "陈晓", "role": "agent", "text": "请发一下券码"},
    {"time": "2026-11-20 10:34:00", "from": "小雨天", "role": "customer", "text": "AB12"},
]
ZENDESK = {"id": "2611.77", "visitor": {"name": "小雨天", "email": "rain@example.cn", "phone": ""}, "history": [
    {"type": "chat.memberjoin", "nick": "visitor"},
    {"type": "chat.msg", "nick": "visitor", "msg": "优惠券用不了", "timestamp": "2026-11-20T02:31:05Z"},
    {"type": "chat.msg", "nick": "agent:9", "name": "陈晓", "msg": "请发一下券码", "timestamp": "2026-11-20T02:33:00Z"},
    {"type": "chat.msg", "nick": "visitor", "msg": "AB12", "timestamp": "2026-11-20T02:34:00Z"},
]}  # fmt: skip
LIVECHAT = {"chats": [{"id": "Q7", "users": [
    {"id": "u1", "name": "小雨天", "email": "rain@example.cn", "type": "customer"}, {"id": "a1", "name": "陈晓", "type": "agent"},
], "thread": {"events": [
    {"type": "message", "text": "优惠券用不了", "author_id": "u1", "created_at": "2026-11-20T02:31:05.123456Z"},
    {"type": "message", "text": "请发一下券码", "author_id": "a1", "created_at": "2026-11-20T02:33:00Z"},
    {"type": "message", "text": "AB12", "author_id": "u1", "created_at": "2026-11-20T02:34:00Z"},
]}}]}  # fmt: skip
INTERCOM = {"conversations": [{"id": "5", "source": {"body": "优惠券用不了", "author": {"type": "user", "name": "小雨天", "email": "rain@example.cn"}, "created_at": 1795141865},
    "conversation_parts": {"conversation_parts": [
        {"body": "请发一下券码", "author": {"type": "admin", "name": "陈晓"}, "created_at": 1795141980},
        {"body": "AB12", "author": {"type": "user", "name": "小雨天"}, "created_at": 1795142040},
    ]}}]}  # fmt: skip
TABLE = "会话,时间,发送人,角色,内容\n5,2026-11-20 10:31:05,小雨天,客户,优惠券用不了\n5,2026-11-20 10:33,陈晓,客服,请发一下券码\n5,2026-11-20 10:34,小雨天,客户,AB12\n"


def rows(content: str | bytes) -> list[Row]:
    given = content.encode() if isinstance(content, str) else content
    return list(chat.read(Source(given, "聊天记录.txt", policy(), NOW)))


def one(content: str | bytes) -> Row:
    (found,) = rows(content)
    assert found.submission, found.remarks
    return found


def note(found: Row) -> str:
    assert found.submission
    return "\n".join(event.text for event in found.submission.history if isinstance(event, ev.Note))


@pytest.mark.parametrize(("content", "channel"), [
    (WECHAT_COPIED, "wechat"), (WECOM, "wechat"), (QQ, "wechat"), (LIVE_TEXT, "live-chat"), (json.dumps(GENERIC), "live-chat"),
    (json.dumps(ZENDESK), "live-chat"), (json.dumps(LIVECHAT), "live-chat"), (json.dumps(INTERCOM), "live-chat"), (TABLE, "live-chat"),
    (TABLE.encode("gb18030"), "live-chat"), (WECHAT_COPIED.replace("\n", "\r\n"), "wechat"), (TABLE.replace(",", "\t"), "live-chat"),
], ids=range(12))  # fmt: skip
def test_a_conversation_is_one_submission_in_the_customers_words(content: str | bytes, channel: str) -> None:
    found = one(content)
    assert found.submission
    assert (found.submission.channel, found.submission.title, found.submission.text) == (
        channel,
        "优惠券用不了",
        "优惠券用不了\nAB12",
    )
    assert found.submission.received.isoformat() == "2026-11-20T10:31:05+08:00"
    assert "10:33" in note(found) and "请发一下券码" in note(found)


def test_a_chat_that_was_mailed_has_its_day_once_and_its_greeting_is_no_title() -> None:
    found = one(WECHAT_MAILED)
    assert found.submission
    assert found.submission.title == "优惠券用不了，提示已过期，可是明天才到期"
    assert found.submission.text == "你好\n优惠券用不了，提示已过期，可是明天才到期\n[图片]\n\n就是这张"
    assert found.submission.received.isoformat() == "2026-11-20T10:31:00+08:00"


def test_who_the_customer_is_stays_out_of_the_record() -> None:
    found = one(json.dumps(ZENDESK))
    assert found.private.contacts == {"name": "小雨天", "email": "rain@example.cn"}
    assert found.submission
    written = found.submission.model_dump_json()
    assert "小雨天" not in written and "rain@" not in written and "2611.77" not in written


def test_numbers_in_a_chat_are_masked_and_the_words_sealed() -> None:
    found = one(WECHAT_COPIED.replace("AB12", "打 13800138000"))
    assert found.submission and "13800138000" not in found.submission.model_dump_json()
    assert found.private.originals == {"text": "优惠券用不了\n打 13800138000"}


def test_a_long_pause_without_a_session_begins_another_conversation() -> None:
    found = rows(WECHAT_COPIED + "\n小雨天 2026-11-20 20:34\n发票抬头错了\n")
    assert [row.submission.title if row.submission else None for row in found] == ["优惠券用不了", "发票抬头错了"]
    assert len({row.submission.source for row in found if row.submission}) == 2


def test_the_identity_is_the_same_each_time() -> None:
    one_time, again = one(TABLE).submission, one(TABLE + "5,2026-11-20 10:40,小雨天,客户,还在吗\n").submission
    assert one_time and again and one_time.source == again.source


def test_a_chat_in_which_no_customer_speaks_is_refused() -> None:
    (found,) = rows(json.dumps([{"time": "2026-11-20 10:31", "from": "陈晓", "role": "agent", "text": "在吗"}]))
    assert [remark.code for remark in found.remarks] == ["chat-without-customer"]


MENU = chat_menu.menu(policy(), "zh")


def test_the_menu_has_each_category_once_in_the_language_asked_for() -> None:
    assert MENU.split("\n")[1] == "1 支付与账单"
    assert len(MENU.split("\n")) == 1 + len(policy().categories)
    assert "1 Payment and billing" in chat_menu.menu(policy(), "en")


@pytest.mark.parametrize(("answer", "category"), [
    ("1", "product/payment"), ("２", "product/bug"), ("选2", "product/bug"), ("退款", "service/refund"), ("Refunds", "service/refund"), ("99", None),
    ("2 天了还没到", None), ("我要投诉", None),
])  # fmt: skip
def test_what_is_chosen_in_the_menu_is_the_category(answer: str, category: str | None) -> None:
    said = [{"time": "2026-11-20 10:31", "role": "bot", "text": MENU}, {"time": "2026-11-20 10:32", "role": "customer", "text": answer},
            {"time": "2026-11-20 10:33", "role": "customer", "text": "钱扣了没有订单"}]  # fmt: skip
    found = one(json.dumps(said)).submission
    assert found
    chosen = [(event.category, event.because) for event in found.history if isinstance(event, ev.Classify)]
    assert [name for name, _ in chosen] == ([category] if category else [])
    assert all((because or "").startswith("chosen in the menu: ") for _, because in chosen)


def test_the_number_counts_in_the_menu_that_was_shown_and_not_in_todays() -> None:
    assert chat_menu.chosen("1", ["请回复：\n1 退款\n2 发票"], policy()) == "service/refund"
    assert chat_menu.chosen("1", ["您好"], policy()) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        "今天天气很好".encode(),
        b"{}",
        b"[1, 2]",
        b"{",
        b"[" * 100_000,
        b"\xff" * 50,
        b'"a":1,',
        "时间,内容\n".encode(),
    ],
)
def test_what_is_no_chat_is_refused_as_a_whole_in_both_languages(content: bytes) -> None:
    with pytest.raises(Bad) as caught:
        rows(content)
    assert all(problem.said(language) for problem in caught.value.problems for language in ("en", "zh"))


PIECES = (
    "小雨天 ",
    "2026-11-20 ",
    "10:31:05",
    "\n",
    "2026年13月45日 25:61",
    "[",
    "]",
    "(",
    ": ",
    "—————  ",
    '{"text": ',
    '"messages": [',
    "1e999",
    "\t",
    "时间,角色,内容\n",
    "客服",
    '"',
    "}",
    ",",
    "11/20 ",
)


@settings(max_examples=200, deadline=1000)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40))
def test_a_broken_transcript_gives_rows_or_is_refused(pieces: list[str]) -> None:
    try:
        found = rows("".join(pieces).encode("utf-8", "replace"))
    except Bad as bad:
        assert bad.problems
    else:
        assert all(row.submission or row.remarks for row in found)


@pytest.mark.parametrize(
    "content",
    [
        "小 10:31\n好\n" * 50_000,
        "1:11 " * 300_000,
        ("a" * 60 + " ") * 3_000 + "10:31\n",
        "小 2026-11-20 10:31 " * 50_000,
        json.dumps([GENERIC[0]] * 50_000),
        " " * 1_000_000 + "1:11",
    ],
)
def test_no_transcript_takes_long(content: str) -> None:
    start = time.process_time()
    with suppress(Bad):
        rows(content)
    assert time.process_time() - start < 4


def test_a_number_that_the_customer_writes_is_how_they_are_reached_and_stands_nowhere_in_clear() -> None:
    said = "王女士 2026-11-20 10:31:05\n退款三周没到，订单 13812345678\n\n王女士 2026-11-20 10:33:00\n13900139000\n"
    (found,) = list(chat.read(Source(said.encode(), "微信.chat", policy(), NOW)))
    assert dict(found.private.contacts) == {"name": "王女士", "mobile": "13900139000"}
    assert found.submission and "13900139000" not in found.submission.model_dump_json()
    assert "订单 13812345678" in (found.submission.text or "")
