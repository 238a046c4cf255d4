"""Messages about real alarms of the sample desk, and ways out that lead no further than this computer."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, item, policy

from git_feedback.desk import alarms, standing
from git_feedback.desk.alarms import Alarm
from git_feedback.outbox import Message, Route, messages
from git_feedback.policy.notify_files import Way

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
CLASSIFIED = PAYMENT + (
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}\n"
)


def found(text: str = CLASSIFIED, now: datetime = NOW) -> list[Alarm]:
    """What is due of an item."""
    return alarms.due(standing(item(text), policy(), now), policy(), now)


def message(text: str = CLASSIFIED, addressee: str = "ji.nan") -> Message:
    """The message to one of the addressees."""
    (one,) = [one for one in messages(found(text), policy(), NOW) if one.addressee == addressee]
    return one


@pytest.fixture
def route(tmp_path: Path) -> Callable[..., Route]:
    """A route to Ji Nan."""

    def make(by: str = "folder", secret: str | None = None, patience_s: float = 5, addressee: str = "ji.nan") -> Route:
        settings = None if by == "folder" else "DESK_SECRET"
        sender = "反馈台 <desk@desk.example>" if by == "mail" else None
        way = Way.model_validate({"by": by, "settings": settings, "sender": sender})
        return Route("way", way, policy().people.get(addressee), secret, tmp_path / "outbox", NOW, patience_s)

    return make


@dataclass
class Postbox:
    """A mail server that behaves as a test says: answers by the first word of a command; `hang` falls silent there."""

    answers: dict[str, str] = field(default_factory=dict)
    hang: str = ""
    extensions: tuple[str, ...] = ()
    said: list[str] = field(default_factory=list)
    letters: list[bytes] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def serve(self, handler: socketserver.StreamRequestHandler) -> None:
        if not self._answer(handler, "banner", "220 here"):
            return
        for line in handler.rfile:
            command = line.decode().rstrip()
            self.said.append(command)
            word = command.partition(" ")[0].upper()
            if not self._answer(handler, word, self._usual(word)):
                return
            if word == "DATA" and "DATA" not in self.answers:
                self.letters.append(b"".join(iter(handler.rfile.readline, b".\r\n")))
                if not self._answer(handler, "END", "250 taken"):
                    return
            if word == "QUIT":
                return

    def _usual(self, word: str) -> str:
        if word == "EHLO":
            lines = ["here", *self.extensions]
            return "\r\n".join(f"250{' ' if n == len(lines) - 1 else '-'}{text}" for n, text in enumerate(lines))
        return {"DATA": "354 go on", "QUIT": "221 bye", "AUTH": "235 welcome", "STARTTLS": "454 not now"}.get(
            word, "250 ok"
        )

    def _answer(self, handler: socketserver.StreamRequestHandler, word: str, usual: str) -> bool:
        if word == self.hang:
            self.released.wait(20)
            return False
        answer = self.answers.get(word, usual)
        if answer:
            handler.wfile.write(f"{answer}\r\n".encode())
        return bool(answer)


@pytest.fixture
def postbox() -> Iterator[Callable[..., tuple[Postbox, str]]]:
    """Start mail servers; each with its `host:port`."""
    servers: list[socketserver.ThreadingTCPServer] = []
    boxes: list[Postbox] = []

    def start(host: str = "127.0.0.1", **behaviour: object) -> tuple[Postbox, str]:
        box = Postbox(**behaviour)  # type: ignore[arg-type]  # the fields of Postbox

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                box.serve(self)

        server = socketserver.ThreadingTCPServer((host, 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        boxes.append(box)
        return box, f"{host}:{server.server_address[1]}"

    yield start
    for box in boxes:
        box.released.set()
    for server in servers:
        server.shutdown()
        server.server_close()
