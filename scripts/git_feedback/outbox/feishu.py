"""To a group of Feishu or Lark (飞书): its custom robot, with a card, signed where the robot wants it.

Facts from https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: a request has at most 20 KB; 100 messages a
minute and 5 a second; the signature is HMAC-SHA256 with `timestamp\\nkey` as its key over nothing, in Base64, in the body
beside a timestamp in seconds that is no more than an hour old.  An answer says `code` (older robots `StatusCode`): 19001
no such robot, 19021 signature or clock, 19022 IP address, 19024 keyword, 11232 too often (at full and half hours
everybody sends: choose an uneven minute for the night), 9499 a request that is not understood, or `too many request`.
"""

import base64
import hashlib
import hmac

from git_feedback.escaping import chat
from git_feedback.outbox.message import Message, Route
from git_feedback.outbox.parts import Part
from git_feedback.outbox.patience import Pace
from git_feedback.outbox.posting_line import Json, body_of
from git_feedback.outbox.robots import Robot, key_of, paragraphs, real_seconds, send_by
from git_feedback.outbox.verdicts import Codes

MOST = 20_000
"""Bytes of a request, its signature included."""
_SIGNATURE = len('"timestamp":"9999999999","sign":"",') + 44

CODES = Codes(
    ("code", "StatusCode"),
    {
        11232: "send-too-many",
        99991400: "send-too-many",
        19001: "send-unknown-robot",
        19021: "send-bad-signature",
        19022: "send-bad-ip",
        19024: "send-bad-keyword",
    },
    {9499: (("too many", "send-too-many"),)},
)


def send(message: Message, route: Route) -> None:
    """Post it to the group; it counts as sent when `code` is 0."""
    send_by(ROBOT, message, route)


def _written(part: Part) -> Json:
    elements = [{"tag": "markdown", "content": text} for text in paragraphs(part, "feishu", "**")]
    title = {"tag": "plain_text", "content": chat(part.heading, "feishu-text")}
    card = {"config": {"wide_screen_mode": True}, "header": {"title": title}, "elements": elements}
    return {"msg_type": "interactive", "card": card}


def _signed(address: str, value: Json, route: Route) -> tuple[str, Json]:
    key = key_of(route)
    if key is None:
        return address, value
    timestamp = str(round(real_seconds(route)))
    digest = hmac.new(f"{timestamp}\n{key}".encode(), b"", hashlib.sha256).digest()
    return address, {"timestamp": timestamp, "sign": base64.b64encode(digest).decode(), **value}


def _size(value: Json) -> int:
    return len(body_of(value)) + _SIGNATURE


ROBOT = Robot(_written, _size, MOST, Pace(5, 1.5), CODES.check, _signed)
