"""The robots of chat services on this computer: strict where the real ones are, and broken where a test says so.

Each checks what its service documents (form, content type, limits in bytes, signature over the real time) and answers
200 with a number for what it does not take, as the real ones do.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "SEC5ign-s3cret+/="
SERVICES = ("wecom", "dingtalk", "feishu", "slack", "teams")
PATHS = {
    "wecom": "/cgi-bin/webhook/send?key=s3cret",
    "dingtalk": "/robot/send?access_token=s3cret",
    "feishu": "/open-apis/bot/v2/hook/s3cret",
    "slack": "/services/T0/B0/s3cret",
    "teams": "/workflows/0/triggers/manual/paths/invoke?sig=s3cret",
}
HTML = b"<!doctype html><title>s3cret</title><p>\xe7\xbb\xb4\xe6\x8a\xa4\xe4\xb8\xad s3cret"

Raw = tuple[int, bytes, dict[str, str]]
"""Status, body, headers."""


@dataclass
class Robot:
    """A robot: what it took, in order, and what it answers instead next."""

    service: str
    address: str = ""
    signed: bool = False
    now: float = 1_795_144_000.0
    """Its clock: seconds since 1970."""
    taken: list[Any] = field(default_factory=list)
    """The bodies that it showed to its group."""
    asked: int = 0
    """How many requests came, whatever became of them."""
    refused: list[str] = field(default_factory=list)
    """Why it did not take something."""
    answers: list[Raw | str] = field(default_factory=list)
    """What it does with the next requests in place of its own answer; a word is a behaviour (`slow`, `gone`, `cut`)."""
    answer: Callable[[str], Raw | str | None] = lambda _text: None
    """The same, by the words of the message."""
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        """What the group read."""
        return [words_of(self.service, body) for body in self.taken]

    def judged(self, path: str, kind: str, body: bytes) -> Raw:
        """The answer of the real one."""
        fault = self._fault(path, kind, body)
        if fault is None:
            self.taken.append(json.loads(body))
            return GOOD[self.service]
        self.refused.append(fault[0])
        return fault[1]

    def _fault(self, path: str, kind: str, body: bytes) -> tuple[str, Raw] | None:
        if not kind.lower().replace(" ", "").startswith("application/json"):
            return "content type", (200, b'{"errcode":43004,"code":9499,"errmsg":"Content-Type"}', {})
        if urlsplit(path)._replace(query="").geturl() != urlsplit(PATHS[self.service]).path:
            return "path", (404, b"no_service", {})
        return _CHECKS[self.service](self, path, json.loads(body), body)


def words_of(service: str, body: Any) -> str:
    """The words of a message as its group reads them, heading first."""
    if service == "wecom":
        return str(body["markdown"]["content"])
    if service == "dingtalk":
        return str(body["markdown"]["text"])
    if service == "feishu":
        card = body["card"]
        return "\n\n".join((card["header"]["title"]["content"], *(one["content"] for one in card["elements"])))
    if service == "slack":
        return str(body["text"])
    return "\n\n".join(one["text"] for one in body["attachments"][0]["content"]["body"])


def _number(key: str, number: int, words: str) -> Raw:
    return 200, json.dumps({key: number, "errmsg": words, "msg": words}, ensure_ascii=False).encode(), {}


def _wecom(_robot: Robot, path: str, value: Any, _body: bytes) -> tuple[str, Raw] | None:
    if parse_qs(urlsplit(path).query).get("key") != ["s3cret"]:
        return "key", _number("errcode", 93000, "invalid webhook url, hint: s3cret")
    most = {"markdown": 4096, "text": 2048}.get(value.get("msgtype"))
    if most is None:
        return "msgtype", _number("errcode", 40008, "invalid message type")
    if len(value[value["msgtype"]]["content"].encode()) > most:
        return "size", _number("errcode", 40058, f"markdown.content exceed max length {most}")
    return None


def _dingtalk(robot: Robot, path: str, value: Any, body: bytes) -> tuple[str, Raw] | None:
    query = parse_qs(urlsplit(path).query, keep_blank_values=True)
    if query.get("access_token") != ["s3cret"]:
        return "token", _number("errcode", 300001, "token is not exist")
    if robot.signed:
        stamp, sign = (query.get(name, [""])[0] for name in ("timestamp", "sign"))
        wanted = hmac.new(KEY.encode(), f"{stamp}\n{KEY}".encode(), hashlib.sha256).digest()
        if sign != base64.b64encode(wanted).decode():
            return "sign", _number("errcode", 310000, "sign not match, more: s3cret")
        if abs(int(stamp) / 1000 - robot.now) > 3600:
            return "timestamp", _number("errcode", 310000, "invalid timestamp")
    if len(body) > 20_000:
        return "size", _number("errcode", 460101, "message too long, exceed 20000 bytes")
    if value.get("msgtype") != "markdown" or not value["markdown"].get("title") or not value["markdown"].get("text"):
        return "form", _number("errcode", 40035, "缺少参数 json")
    return None


def _feishu(robot: Robot, _path: str, value: Any, body: bytes) -> tuple[str, Raw] | None:
    if robot.signed:
        key = f"{value.get('timestamp')}\n{KEY}".encode()
        if value.get("sign") != base64.b64encode(hmac.new(key, digestmod=hashlib.sha256).digest()).decode():
            return "sign", _number("code", 19021, "sign match fail or timestamp is not within one hour")
        if abs(int(value["timestamp"]) - robot.now) > 3600:
            return "timestamp", _number("code", 19021, "sign match fail or timestamp is not within one hour")
    if len(body) > 20_000 or value.get("msg_type") != "interactive" or not value["card"]["elements"]:
        return "size", _number("code", 9499, "Bad Request")
    return None


def _slack(_robot: Robot, _path: str, value: Any, _body: bytes) -> tuple[str, Raw] | None:
    if not value.get("text"):
        return "form", (400, b"no_text", {})
    if len(value["text"].encode("utf-16-le")) // 2 > 4000:
        return "size", (400, b"msg_too_long", {})
    return None


def _teams(_robot: Robot, _path: str, value: Any, body: bytes) -> tuple[str, Raw] | None:
    if len(body) > 28_000:
        return "size", (413, b"Request Entity Too Large", {})
    (card,) = value["attachments"]
    if value["type"] != "message" or card["contentType"] != "application/vnd.microsoft.card.adaptive":
        return "form", (400, b"InvalidBotAdaptiveCard", {})
    if card["content"]["type"] != "AdaptiveCard" or any(not one["text"] for one in card["content"]["body"]):
        return "form", (400, b"InvalidBotAdaptiveCard", {})
    return None


_CHECKS = {"wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu, "slack": _slack, "teams": _teams}
GOOD: dict[str, Raw] = {
    "wecom": (200, b'{"errcode":0,"errmsg":"ok"}', {}),
    "dingtalk": (200, b'{"errcode":0,"errmsg":"ok"}', {}),
    "feishu": (200, b'{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}', {}),
    "slack": (200, b"ok", {}),
    "teams": (202, b"", {}),
}


@contextmanager
def robot(service: str, *, signed: bool = False) -> Iterator[Robot]:
    """A robot for one test."""
    made = Robot(service, signed=signed)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.asked += 1
            given = made.answers.pop(0) if made.answers else made.answer(words_of(service, json.loads(body)))
            if isinstance(given, str):
                self._behave(given)
            else:
                self._say(given or made.judged(self.path, self.headers["Content-Type"], body))

        def _behave(self, word: str) -> None:
            if word == "slow":
                made.released.wait(20)
            elif word == "cut":
                self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{"errcode":0')
            elif word == "endless":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 200_000)

        def _say(self, answer: Raw) -> None:
            status, body, headers = answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            made.refused.append("GET")
            self._say(GOOD[service])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.address = f"http://127.0.0.1:{server.server_address[1]}{PATHS[service]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield made
    finally:
        made.released.set()
        server.shutdown()
        server.server_close()
