"""A Git host on this machine that keeps what it is told: GitHub, GitLab or Gitea, as far as the desk asks.

`with FakeHost("github") as host:` - then `host.api`, `host.token`, `host.issues`, `host.requests`.
"""

import json
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType, TracebackType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.hosts import fake_gitea, fake_github, fake_gitlab
from tests.hosts.fake_state import COLOR, Failure, FakeIssue, Question, Reply, State

_KINDS: Mapping[str, tuple[ModuleType, str, str]] = {
    "github": (fake_github, "", fake_github.ACTIONS),
    "gitlab": (fake_gitlab, "/api/v4", "project_7_bot"),
    "gitea": (fake_gitea, "/api/v1", "desk-bot"),
}
"""Kind -> what it says, where its API begins, whose token the desk has."""
_VARIABLES = {
    "github": ("GITHUB_API_URL", "GITHUB_TOKEN", "GITHUB_REPOSITORY"),
    "gitlab": ("CI_API_V4_URL", "GITLAB_TOKEN", "CI_PROJECT_PATH"),
    "gitea": ("GITEA_API_URL", "GITEA_TOKEN", "GITEA_REPOSITORY"),
}


class FakeHost:
    """One repository on one host, while it runs."""

    def __init__(self, kind: str, repository: str = "desk/feedback", login: str = "") -> None:
        self.kind = kind
        self.dialect, self._top, robot = _KINDS[kind]
        self.state = State(repository, login or robot)
        self.token = f"tok-{kind}-0123456789"
        self.requests: list[tuple[str, str, Any]] = []
        """Method, path with its question, and body of everything that was asked, in order."""
        self.failures: list[Failure] = []
        self.before: Callable[[Question], None] | None = None
        """Called before each answer: what happens at the same time."""
        self._lock, self._gone = threading.Lock(), threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self.api = self.address + self._top

    def __enter__(self) -> "FakeHost":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gone.set()
        self._server.shutdown()
        self._server.server_close()

    # ---- what is there ----------------------------------------------------------------------------------------------

    @property
    def issues(self) -> dict[int, FakeIssue]:
        """The issues by number."""
        return self.state.issues

    @property
    def labels(self) -> dict[str, dict[str, str]]:
        """Colour and description of each label by its name."""
        return self.state.labels

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which a desk finds this host; the proxy of this machine is not asked."""
        api, token, repository = _VARIABLES[self.kind]
        return {api: self.api, token: self.token, repository: self.state.repository, "NO_PROXY": "*"}

    @property
    def told(self) -> list[tuple[str, str, Any]]:
        """The requests that changed something, or wanted to."""
        return [one for one in self.requests if one[0] != "GET" and not one[1].endswith("/graphql")]

    def add_issue(
        self,
        title: str = "支付页面报错",
        body: str | None = "付款到最后一步提示系统繁忙。",
        login: str = "some-one",
        labels: tuple[str, ...] = ("feedback",),
        *,
        at: datetime | None = None,
        closed: bool = False,
        pull: bool = False,
        number: int | None = None,
    ) -> int:
        """A new issue; its number."""
        made = number or max(self.issues, default=0) + 1
        when = at or self.state.tick()
        for name in labels:
            self.labels.setdefault(name, {"color": COLOR, "description": ""})
        self.issues[made] = FakeIssue(made, title, body, login, list(labels), when, when, closed, pull)
        return made

    def comment(self, number: int, login: str, body: str, *, system: bool = False) -> str:
        """A comment that somebody writes below an issue; its id."""
        return str(self.state.add_comment(self.issues[number], login, body, system=system).id)

    def fail_next(self, status: int = 500, times: int = 1, **facts: Any) -> None:
        """Answer the next requests (with `method`: those of that method) so instead; see Failure."""
        self.failures += [Failure(status, **facts)] * times

    # ---- answering --------------------------------------------------------------------------------------------------

    def answer(self, request: "BaseHTTPRequestHandler", body: bytes) -> tuple[Reply, Failure | None]:
        """What to say to a request, and how to fail at it."""
        path, told = request.path, json.loads(body) if body else {}
        with self._lock:
            self.requests.append((request.command, path, told))
            failure = next((one for one in self.failures if one.method in ("", request.command)), None)
            if failure:
                self.failures.remove(failure)
            if failure and not failure.done:
                return Reply(), failure
            if not self.dialect.is_signed(request.headers, self.token):
                return Reply(401, {"message": "Bad credentials"}), None
            asked = self._question(request.command, path, told)
            if self.before:
                self.before(asked)
            return self.dialect.answer(self.state, asked), failure

    def _question(self, method: str, path: str, body: dict[str, Any]) -> Question:
        parts = urlsplit(path)
        below = parts.path.removeprefix(self._top).strip("/")
        steps = tuple(unquote(step) for step in below.split("/"))
        return Question(method, steps, dict(parse_qsl(parts.query)), body, self.address + path)

    def wait(self, seconds: float) -> bool:
        """Whether the host ended while it kept somebody waiting."""
        return self._gone.wait(seconds)


def _handler(host: FakeHost) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply, failure = host.answer(self, body)
            if failure and failure.hang and host.wait(failure.hang):
                return
            with suppress(OSError):
                self._fail(failure) if failure else self._say(reply.status, _written(reply), reply.headers)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815 - the library calls them so

        def _fail(self, failure: Failure) -> None:
            length = {"Content-Length": str(len(failure.body) + 50)} if failure.cut else {}
            self._say(failure.status, failure.body, {**failure.headers, **length})

        def _say(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            (self.send_response_only if "Date" in headers else self.send_response)(status)
            length = {} if status == 204 else {"Content-Length": str(len(body))}
            for name, value in {**length, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library calls it so
            """Nothing on the terminal."""

    return Answers


def _written(reply: Reply) -> bytes:
    return b"" if reply.value is None else json.dumps(reply.value).encode()
