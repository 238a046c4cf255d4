"""A host on this machine that lists issues as GitHub does, and misbehaves as it is told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghp_sample0123"


@dataclass(frozen=True)
class Reply:
    """What the host says."""

    status: int = 200
    body: bytes = b"[]"
    headers: dict[str, str] = field(default_factory=dict)
    hang: float = 0.0
    """Seconds before it says anything."""


@dataclass
class Fake:
    """The host: its issues, what was asked, and replies that come before the true ones."""

    issues: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    first: list[Reply | Callable[[str], Reply]] = field(default_factory=list)
    a_page: int = 100
    address: str = ""
    gone: threading.Event = field(default_factory=threading.Event)

    def reply(self, path: str) -> Reply:
        """The next prepared reply, or a page of issues."""
        if self.first:
            found = self.first.pop(0)
            return found if isinstance(found, Reply) else found(path)
        asked = parse_qs(urlsplit(path).query)
        page = int(asked.get("page", ["1"])[0])
        some = self.issues[(page - 1) * self.a_page : page * self.a_page]
        headers = {}
        if page * self.a_page < len(self.issues):
            there = path.partition("&page=")[0]
            headers["Link"] = (
                f'<{self.address}{there}&page={page + 1}>; rel="next", <{self.address}{there}&page=99>; rel="last"'
            )
        return Reply(body=json.dumps(some).encode(), headers=headers)


def issue(number: int, **facts: Any) -> dict[str, Any]:
    """An issue as the host lists it."""
    return {
        "number": number,
        "title": f"支付页面报错 {number}",
        "body": "付款到最后一步提示系统繁忙，请回电 13800138000。",
        "created_at": "2026-11-19T03:01:00Z",
        "user": {"login": "Some-One"},
        "labels": [{"name": "feedback"}],
        **facts,
    }


@contextmanager
def hosting(*issues: Any) -> Iterator[Fake]:
    """The host while it runs."""
    fake = Fake(list(issues))

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.asked.append(self.path)
            fake.tokens.append(self.headers.get("Authorization"))
            reply = fake.reply(self.path)
            if reply.hang and fake.gone.wait(reply.hang):
                return
            (self.send_response_only if "Date" in reply.headers else self.send_response)(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library calls it so
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.gone.set()
        server.shutdown()
        server.server_close()
