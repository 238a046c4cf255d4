"""To a group of DingTalk (钉钉): its custom robot, with `markdown`, signed where the robot wants it.

Facts from https://open.dingtalk.com/document/robots/custom-robot-access and .../customize-robot-security-settings: 20
messages a minute, who sends more is shut out for ten; the signature is HMAC-SHA256 over `timestamp\\nkey` with the key,
in Base64, URL-encoded once, beside a timestamp in milliseconds that is no more than an hour old.  A request may have
20,000 bytes (460101 `message too long, exceed 20000 bytes`).  An answer is 200 with `errcode` in any case: 310000 is all
three of keyword, signature and IP address, told apart by `errmsg`; 130101 and 410100 are too often; 300001, 400101 and
400106 no such robot, 400102 a robot that was switched off, 400013 a group that was dissolved.
"""

import base64
import hashlib
import hmac
from urllib.parse import quote

from git_feedback.escaping import chat
from git_feedback.outbox.message import Message, Route
from git_feedback.outbox.parts import Part
from git_feedback.outbox.patience import Pace
from git_feedback.outbox.posting_line import Json, body_of
from git_feedback.outbox.robots import Robot, key_of, paragraphs, real_seconds, send_by
from git_feedback.outbox.verdicts import BUSY, Codes

MOST = 20_000
"""Bytes of a request."""

CODES = Codes(
    ("errcode",),
    {
        BUSY: "send-busy",
        130101: "send-too-many",
        410100: "send-too-many",
        90030: "send-too-many",
        300001: "send-unknown-robot",
        400013: "send-unknown-robot",
        400101: "send-unknown-robot",
        400102: "send-unknown-robot",
        400106: "send-unknown-robot",
    },
    {
        310000: (
            ("keyword", "send-bad-keyword"),
            ("关键词", "send-bad-keyword"),
            ("sign", "send-bad-signature"),
            ("签名", "send-bad-signature"),
            ("timestamp", "send-bad-signature"),
            ("ip", "send-bad-ip"),
        )
    },
)


def send(message: Message, route: Route) -> None:
    """Post it to the group; it counts as sent when `errcode` is 0."""
    send_by(ROBOT, message, route)


def _written(part: Part) -> Json:
    text = "\n\n".join((f"**{chat(part.heading, 'dingtalk')}**", *paragraphs(part, "dingtalk", "**")))
    return {"msgtype": "markdown", "markdown": {"title": chat(part.heading, "dingtalk-text"), "text": text}}


def _signed(address: str, value: Json, route: Route) -> tuple[str, Json]:
    key = key_of(route)
    if key is None:
        return address, value
    timestamp = round(real_seconds(route) * 1000)
    digest = hmac.new(key.encode(), f"{timestamp}\n{key}".encode(), hashlib.sha256).digest()
    sign = quote(base64.b64encode(digest), safe="")
    return f"{address}{'&' if '?' in address else '?'}timestamp={timestamp}&sign={sign}", value


def _size(value: Json) -> int:
    return len(body_of(value))


ROBOT = Robot(_written, _size, MOST, Pace(20, 60), CODES.check, _signed)
