"""One question to a host over HTTP: JSON back, or the reason why not.

A token goes to the host it is for and to no other: a redirect elsewhere is refused, and so is an address without
encryption (this machine aside).  Answers have a size and a time.  Trouble that passes (5xx, a limit of requests, no
connection) is asked again with growing, uneven pauses until the patience ends.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage, IncompleteRead
from typing import IO, Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

LARGEST_ANSWER = 32 * 2**20
"""Bytes of one answer: a hundred issues of the largest kind."""
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0
_CHUNK = 2**16
_HERE = ("127.0.0.1", "localhost", "::1")


class HostFailed(Exception):
    """A host could not be asked, or answered what is no answer: the code of its words and their values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


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
class Answer:
    """What came back: JSON, and the headers."""

    value: Any
    headers: Message


@dataclass(frozen=True, slots=True)
class _Later:
    """Trouble that passes, and after how many seconds the host wants to be asked again (None: it does not say)."""

    failed: HostFailed
    after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The way to a host: the address of its API, who asks, and with how much patience."""

    api: str
    token: str
    patience: Patience

    @property
    def host(self) -> str:
        """The host's name, for messages."""
        return _origin(self.api)[1]

    def is_home(self, url: str) -> bool:
        """Whether an address is this host's own."""
        return _origin(url) == _origin(self.api)

    def get(self, url: str) -> Answer:
        """The answer to a question.  Raises HostFailed."""
        self._check(url)
        patience = self.patience
        end, wait_s = patience.clock() + patience.limit_s, _FIRST_WAIT_S
        while True:
            found = self._asked(url)
            if isinstance(found, Answer):
                return found
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

    def _asked(self, url: str) -> Answer | _Later:
        """One try."""
        headers = {
            "Accept": "application/vnd.github+json, application/json",
            "Authorization": f"Bearer {self.token}",
            "User-Agent": "git-feedback",
        }
        request = Request(url, headers=headers)  # noqa: S310 - `_check` lets https through only
        try:
            with build_opener(_AtHome(self)).open(request, timeout=self.patience.answer_s) as response:
                return Answer(self._json(self._body(response, response.headers)), response.headers)
        except HTTPError as answer:
            with answer:
                return self._refused(answer)
        except TimeoutError:
            return _Later(HostFailed("host-too-slow", host=self.host))
        except URLError as failed:
            slow = isinstance(failed.reason, TimeoutError)
            return _Later(HostFailed("host-too-slow" if slow else "host-no-connection", host=self.host))
        except (HTTPException, OSError):
            return _Later(HostFailed("host-no-connection", host=self.host))
        except ValueError:
            raise HostFailed("host-bad-address", host=self.host) from None

    def _body(self, response: "_Readable", headers: Message) -> bytes:
        """The bytes of an answer, if they are not too many and do not take too long."""
        said = headers.get("Content-Length") or ""
        length = int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0
        end = self.patience.clock() + 3 * self.patience.answer_s
        pieces, size = [], 0
        while max(length, size) <= LARGEST_ANSWER:
            piece = response.read1(_CHUNK)
            pieces.append(piece)
            size += len(piece)
            if not piece and size < length:
                raise IncompleteRead(b"", length - size)
            if not piece:
                return b"".join(pieces)
            if self.patience.clock() > end:
                raise TimeoutError
        raise HostFailed("host-too-large", host=self.host, most=LARGEST_ANSWER // 2**20)

    def _json(self, body: bytes) -> Any:
        try:
            return json.loads(body.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise HostFailed("host-no-json", host=self.host) from None

    def _refused(self, answer: HTTPError) -> _Later:
        """What an answer other than 2xx means.  Raises HostFailed where asking again is of no use."""
        status, headers = answer.code, answer.headers
        if status == 429 or (status == 403 and _is_limit(headers, answer)):
            after_s = _after_s(headers)
            minutes = max(1, round((after_s or 60) / 60))
            return _Later(HostFailed("host-limit", host=self.host, minutes=minutes), after_s or 60)
        if status >= 500:
            return _Later(HostFailed("host-answered", host=self.host, answer=status), _after_s(headers))
        if status in (401, 403):
            raise HostFailed("host-denied", host=self.host, answer=status)
        if status in (404, 410):
            raise HostFailed("host-not-found", host=self.host, answer=status)
        raise HostFailed("host-answered", host=self.host, answer=status)


class _Readable(Protocol):
    """What can be read piece by piece."""

    def read1(self, n: int = -1, /) -> bytes:
        """What is there, `n` bytes at most; empty at the end."""


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port or {"https": 443, "http": 80}.get(parts.scheme)


def _is_limit(headers: Message, answer: HTTPError) -> bool:
    """Whether a 403 is a limit of requests, the first or the second one, and no refusal."""
    if headers.get("Retry-After") or headers.get("X-RateLimit-Remaining") == "0":
        return True
    with suppress(OSError, HTTPException):
        return b"rate limit" in answer.read(_CHUNK).lower()
    return False


def _after_s(headers: Message) -> float | None:
    """When the host wants to be asked again: it says how long, or until when by its own clock."""
    after = headers.get("Retry-After") or ""
    if after.isascii() and after.isdigit() and len(after) < 10:
        return float(after)
    reset = headers.get("X-RateLimit-Reset") or ""
    if headers.get("X-RateLimit-Remaining") == "0" and reset.isascii() and reset.isdigit() and len(reset) < 12:
        with suppress(ValueError, TypeError):
            return max(1.0, int(reset) - parsedate_to_datetime(headers.get("Date") or "").timestamp())
    return None


class _AtHome(HTTPRedirectHandler):
    """Follows a host within itself only: elsewhere the token would go along."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:  # the signature is the library's
        """The next request, on the same host."""
        if not self._line.is_home(newurl):
            raise HostFailed("host-elsewhere", host=self._line.host)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
