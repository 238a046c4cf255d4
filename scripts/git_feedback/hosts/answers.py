"""What comes back from a host: JSON of a bearable size, or trouble that passes, or the reason why not."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from typing import Any, Protocol
from urllib.error import HTTPError

LARGEST_ANSWER = 32 * 2**20
"""Bytes of one answer: a hundred issues of the largest kind."""
_CHUNK = 2**16
_MINUTE_S = 60.0


class HostFailed(Exception):
    """A host could not be asked, or answered what is no answer: the code of its words and their values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: JSON (None where there is none), and the headers."""

    value: Any
    headers: Message


@dataclass(frozen=True, slots=True)
class Later:
    """Trouble that passes, and after how many seconds the host wants to be asked again (None: it does not say)."""

    failed: HostFailed
    after_s: float | None = None
    is_undone: bool = False
    """Whether it is certain that the host did nothing."""


class Readable(Protocol):
    """What can be read piece by piece."""

    def read1(self, n: int = -1, /) -> bytes:
        """What is there, `n` bytes at most; empty at the end."""


def body(response: Readable, headers: Message, host: str, clock: Callable[[], float], longest_s: float) -> bytes:
    """The bytes of an answer.  Raises HostFailed for too many, TimeoutError for too slow, IncompleteRead for a cut one."""
    said = headers.get("Content-Length") or ""
    length = int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0
    end = clock() + longest_s
    pieces, size = [], 0
    while max(length, size) <= LARGEST_ANSWER:
        piece = response.read1(_CHUNK)
        pieces.append(piece)
        size += len(piece)
        if not piece and size < length:
            raise IncompleteRead(b"", length - size)
        if not piece:
            return b"".join(pieces)
        if clock() > end:
            raise TimeoutError
    raise HostFailed("host-too-large", host=host, most=LARGEST_ANSWER // 2**20)


def as_json(content: bytes, host: str) -> Any:
    """What an answer says.  Raises HostFailed where it is no JSON."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise HostFailed("host-no-json", host=host) from None


def refused(answer: HTTPError, host: str, *, telling: bool) -> Later:
    """What an answer other than 2xx means.  Raises HostFailed where asking again is of no use."""
    status, headers = answer.code, answer.headers
    if status == 429 or (status == 403 and _is_limit(headers, answer)):
        after_s = _after_s(headers) or _MINUTE_S
        minutes = max(1, round(after_s / _MINUTE_S))
        return Later(HostFailed("host-limit", host=host, minutes=minutes), after_s, is_undone=True)
    if status >= 500:
        is_undone = status == 503 and bool(headers.get("Retry-After"))
        return Later(HostFailed("host-answered", host=host, answer=status), _after_s(headers), is_undone)
    codes = _TOLD if telling else _ASKED
    raise HostFailed(codes.get(status, "host-not-taken" if telling else "host-answered"), host=host, answer=status)


_ASKED = {401: "host-denied", 403: "host-denied", 404: "host-not-found", 410: "host-not-found"}
_TOLD = {401: "host-denied", 403: "host-may-not", 404: "host-not-found", 410: "host-not-found"}


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
    reset = headers.get("X-RateLimit-Reset") or headers.get("RateLimit-Reset") or ""
    left = headers.get("X-RateLimit-Remaining") or headers.get("RateLimit-Remaining")
    if left == "0" and reset.isascii() and reset.isdigit() and len(reset) < 12:
        with suppress(ValueError, TypeError):
            return max(1.0, int(reset) - parsedate_to_datetime(headers.get("Date") or "").timestamp())
    return None
