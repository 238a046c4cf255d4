"""A chat service on this computer: notes what is posted to it, and answers as a test says."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.sample_desk import Sample

NOTIFY = """\
ways:
  chat: {by: webhook, settings: DESK_CHAT}
  drafts: {by: folder}
by_person: {gu.heng: drafts}
ladder:
  - {at: 50, to: [owner]}
  - {at: 75, to: [owner, lead]}
  - {at: 100, to: [owner, lead, manager]}
  - {at: 150, to: [director]}
  - {at: 200, to: [managers]}
managers: [he.miao, gu.heng]
quiet: {calendar: office, within: days}
at_once: [P0]
"""


@dataclass
class Hooks:
    """What came in, and the answer to the next ones: a status by the words of the message; by default 200."""

    address: str = ""
    posted: list[str] = field(default_factory=list)
    """Texts of messages, refused ones too."""
    answer: Callable[[str], int] = lambda _text: 200
    """May also do something while the other side waits."""

    @property
    def secrets(self) -> dict[str, str]:
        """The environment that leads here."""
        return {"DESK_CHAT": self.address}

    def to(self, name: str) -> list[str]:
        """The texts that greet somebody."""
        return [text for text in self.posted if text.startswith(f"{name}，您好")]


@contextmanager
def listening() -> Iterator[Hooks]:
    """A service for one test."""
    hooks = Hooks()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
            hooks.posted.append(text)
            self.send_response(hooks.answer(text))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hooks.address = f"http://127.0.0.1:{server.server_address[1]}/s3cret"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield hooks
    server.shutdown()
    server.server_close()


def use(desk: Sample, notify: str = NOTIFY) -> Path:
    """Have a desk tell people that way; what is made from policy is made anew, for the night is given its secrets."""
    desk.put(notify, "policy/notify.yml")
    desk.run("generate")
    return desk.root
