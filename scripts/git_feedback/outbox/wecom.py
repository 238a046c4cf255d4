"""To a group of WeCom (企业微信): its robot, now called message push, with `markdown`.

Facts from https://developer.work.weixin.qq.com/document/path/91770 (last changed 2025-08-07): `markdown.content` holds
at most 4,096 bytes of UTF-8 (`text.content` 2,048), 20 messages a minute; `<@userid>` in the content calls somebody.
An answer is 200 with `errcode` in any case.  Codes from https://developer.work.weixin.qq.com/document/path/90313: 45009
and 45033 too often, 93000 no such robot, 40058 the content is too long (github.com/RayWangQvQ/BiliBiliToolPro issue 702).
"""

from git_feedback.escaping import chat
from git_feedback.outbox.message import Message, Route
from git_feedback.outbox.parts import Part
from git_feedback.outbox.patience import Pace
from git_feedback.outbox.posting_line import Json
from git_feedback.outbox.robots import Robot, paragraphs, send_by
from git_feedback.outbox.verdicts import BUSY, Codes

MOST = 4096
"""Bytes of `markdown.content`."""

CODES = Codes(
    ("errcode",),
    {
        BUSY: "send-busy",
        45009: "send-too-many",
        45033: "send-too-many",
        93000: "send-unknown-robot",
        40001: "send-unknown-robot",
    },
)


def send(message: Message, route: Route) -> None:
    """Post it to the group; it counts as sent when `errcode` is 0."""
    send_by(ROBOT, message, route)


def _written(part: Part) -> Json:
    content = "\n\n".join((f"**{chat(part.heading, 'wecom')}**", *paragraphs(part, "wecom", "**")))
    return {"msgtype": "markdown", "markdown": {"content": content}}


def _size(value: Json) -> int:
    markdown = value["markdown"]
    assert isinstance(markdown, dict)
    return len(markdown["content"].encode())


ROBOT = Robot(_written, _size, MOST, Pace(20, 60), CODES.check)
