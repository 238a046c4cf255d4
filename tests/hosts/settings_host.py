"""A GitHub on this machine that tells the settings of one repository, and whatever a test makes of them."""

import json
import threading
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from git_feedback.hosts import Line, Patience

HEALTHY: dict[str, tuple[int, object]] = {
    "": (200, {"full_name": "店/台"}),
    "/labels": (200, []),
    "/pages": (200, {"public": True}),
    "/actions/secrets": (200, {"secrets": []}),
    "/actions/organization-secrets": (200, {"secrets": []}),
    "/actions/workflows/nightly.yml": (200, {"state": "active"}),
    "/actions/workflows/nightly.yml/runs": (200, {"workflow_runs": [{"created_at": "2026-11-20T00:17:00Z"}]}),
}
"""What a repository tells by the rest of its path: status and answer."""


class SettingsHost:
    """A host while it runs; `told` is what it says, `time` what its clock shows, `asked` the paths it was asked for."""

    def __init__(self, time: datetime, **told: tuple[int, object]) -> None:
        self.told = {**HEALTHY, **told}
        self.time, self.asked = time, list[str]()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.api = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def line(self) -> Line:
        """The way there, without any patience."""
        return Line(self.api, "tok-设置".encode().hex(), Patience(0, 5, lambda: 0.0, lambda _: None, lambda: 0.0))

    def __enter__(self) -> "SettingsHost":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(host: SettingsHost) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers from the table."""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0].removeprefix("/repos/shop/desk")
            host.asked.append(path)
            status, answer = host.told.get(path, (404, {}))
            body = json.dumps(answer).encode()
            self.send_response_only(status)
            for name, value in (
                ("Date", format_datetime(host.time, usegmt=False)),
                ("Content-Type", "application/json"),
                ("Content-Length", str(len(body))),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    return Handler
