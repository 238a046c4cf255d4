"""One question to a host over HTTP, or one thing told to it: JSON back, or the reason why not.

A token goes to the host it is for and to no other: a redirect elsewhere is refused, and so is an address without
encryption (this machine aside).  Answers have a size and a time.  Trouble that passes (5xx, a limit of requests, no
connection) is asked again with growing, uneven pauses until the patience ends.  What makes something new is told again
only where it is certain that it did not arrive: nobody wants a comment twice.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import IO, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from git_feedback.hosts.answers import LARGEST_ANSWER, Answer, HostFailed, Later, as_json, body, refused

__all__ = ["LARGEST_ANSWER", "Answer", "HostFailed", "Line", "Patience", "Tell"]

Tell = Literal["POST", "PATCH", "PUT", "DELETE"]
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0
_HERE = ("127.0.0.1", "localhost", "::1")
_NOT_EVEN_SENT = (ConnectionRefusedError, gaierror, SSLCertVerificationError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on asking, and where time and chance come from."""

    limit_s: float
    """Seconds of pauses and of asking again, for each question."""
    answer_s: float
    """Seconds without a sign after which an answer is given up; the whole of it may take three times as long."""
    clock: Callable[[], float]
    """Seconds of a clock that never goes back."""
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    """A number from 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One thing to ask or to tell."""

    url: str
    method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"] = "GET"
    content: bytes | None = None
    may_repeat: bool = True
    """Whether telling it twice comes to the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """The way to a host: the address of its API, who asks, and with how much patience."""

    api: str
    token: str
    patience: Patience
    bearing: tuple[str, str] | None = None
    """The header that bears the token, and what stands before it; None: as is usual with the kind of host."""
    also: tuple[tuple[str, str], ...] = ()
    """Headers that go along with every question."""

    @property
    def host(self) -> str:
        """The host's name, for messages."""
        return _origin(self.api)[1]

    def is_home(self, url: str) -> bool:
        """Whether an address is this host's own."""
        return _origin(url) == _origin(self.api)

    def get(self, url: str) -> Answer:
        """The answer to a question.  Raises HostFailed."""
        return self._patiently(_Turn(url))

    def tell(self, method: Tell, url: str, words: Mapping[str, object] | None = None) -> Answer:
        """Tell the host what comes to the same when it is told twice.  Raises HostFailed."""
        return self._patiently(_Turn(url, method, _written(words)))

    def tell_once(self, method: Tell, url: str, words: Mapping[str, object]) -> Answer:
        """Tell the host something that must not be told twice.

        Raises HostFailed; its code is `host-unsure` where nobody can know whether it arrived.
        """
        return self._patiently(_Turn(url, method, _written(words), may_repeat=False))

    def _patiently(self, turn: _Turn) -> Answer:
        self._check(turn.url)
        patience = self.patience
        end, wait_s = patience.clock() + patience.limit_s, _FIRST_WAIT_S
        while True:
            found = self._tried(turn)
            if isinstance(found, Answer):
                return found
            if not (turn.may_repeat or found.is_undone):
                raise HostFailed("host-unsure", host=self.host)
            pause_s = (found.after_s or 0) + wait_s * (0.5 + patience.chance() / 2)
            if patience.clock() + pause_s > end:
                raise found.failed
            patience.sleep(pause_s)
            wait_s = min(2 * wait_s, _LONGEST_WAIT_S)

    def _check(self, url: str) -> None:
        scheme, name, _ = _origin(url)
        if scheme != "https" and not (scheme == "http" and name in _HERE):
            raise HostFailed("host-bad-address", host=self.host or "-")
        if not self.is_home(url):
            raise HostFailed("host-elsewhere", host=self.host)
        if not (self.token.isascii() and self.token.isprintable() and self.token.strip()):
            raise HostFailed("host-bad-token", host=self.host)

    def _tried(self, turn: _Turn) -> Answer | Later:
        """One try."""
        try:
            opened = build_opener(_AtHome(self)).open(self._request(turn), timeout=self.patience.answer_s)
        except HTTPError as answer:
            with answer:
                return refused(answer, self.host, telling=turn.method != "GET")
        except URLError as failed:
            slow = isinstance(failed.reason, TimeoutError)
            return self._later("host-too-slow" if slow else "host-no-connection", failed.reason)
        except (HTTPException, OSError) as failed:
            return self._later("host-too-slow" if isinstance(failed, TimeoutError) else "host-no-connection", failed)
        except ValueError:
            raise HostFailed("host-bad-address", host=self.host) from None
        with opened as response:
            return self._read(response, turn)

    def _read(self, response: HTTPResponse, turn: _Turn) -> Answer | Later:
        """The answer to what arrived; an answer that cannot be read says nothing about what was done."""
        patience = self.patience
        try:
            content = body(response, response.headers, self.host, patience.clock, 3 * patience.answer_s)
            if not content and turn.method != "GET":
                return Answer(None, response.headers)
            return Answer(as_json(content, self.host), response.headers)
        except TimeoutError:
            return self._later("host-too-slow")
        except (HTTPException, OSError):
            return self._later("host-no-connection")
        except HostFailed as failed:
            if turn.may_repeat:
                raise
            return Later(failed)

    def _later(self, code: str, reason: object = None) -> Later:
        return Later(HostFailed(code, host=self.host), is_undone=isinstance(reason, _NOT_EVEN_SENT))

    def _request(self, turn: _Turn) -> Request:
        header, before = self.bearing or ("Authorization", "Bearer ")
        headers = {
            "Accept": "application/vnd.github+json, application/json",
            header: before + self.token,
            "User-Agent": "git-feedback",
            **dict(self.also),
            **({} if turn.content is None else {"Content-Type": "application/json"}),
        }
        return Request(turn.url, turn.content, headers, method=turn.method)  # noqa: S310 - `_check` lets https through only


def _written(words: Mapping[str, object] | None) -> bytes | None:
    """What is told, in letters that every host reads; half a character of a stranger becomes a mark."""
    if words is None:
        return None
    return json.dumps(words, ensure_ascii=False).encode("utf-8", "replace")


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port or {"https": 443, "http": 80}.get(parts.scheme)


class _AtHome(HTTPRedirectHandler):
    """Follows a host within itself only (elsewhere the token would go along), and says there what was to be said here."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:  # the signature is the library's
        """The next request, on the same host; the library would make a question of what is told."""
        if not self._line.is_home(newurl):
            raise HostFailed("host-elsewhere", host=self._line.host)
        if req.get_method() == "GET":
            return super().redirect_request(req, fp, code, msg, headers, newurl)
        if code == 303:
            return None
        return Request(urljoin(req.full_url, newurl), req.data, dict(req.headers), method=req.get_method())  # noqa: S310
