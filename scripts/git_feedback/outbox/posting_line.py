"""One POST of JSON to an address that is a secret: the status and the body that came back, or why nothing did.

The address goes to the host it names and to no other: a redirect is an answer like any other that is not 2xx, and only
a service on this computer is asked without encryption.  Answers have a size and a time.  What is said of trouble never
holds the address or a word of the other side.

Trouble before everything was handed over passes.  Trouble after it (no answer in time, a connection that breaks off, an
answer that ends too early) leaves open whether the message arrived: it is not posted again in the same run, and the
reason says so.
"""

from dataclasses import dataclass
from email.message import Message as Headers
from http.client import HTTPException, HTTPMessage, HTTPResponse
from ssl import SSLCertVerificationError
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from git_feedback.escaping import json_file
from git_feedback.outbox.message import NotSent, Route

LARGEST_ANSWER = 2**16
_CHUNK = 2**12
_LONGEST_REST_S = 3600.0
_HERE = ("127.0.0.1", "localhost", "::1")

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    after_s: float = 0.0
    """How many seconds of peace the other side wants, where it says so."""


def body_of(value: Json) -> bytes:
    """The body of a request, as it is sent and measured."""
    return json_file(value).encode()


def posted(address: str, value: Json, route: Route) -> Answer:
    """Post it once.  Raises NotSent where no answer came."""
    request = Request(  # noqa: S310 - `address_of` lets http and https through only
        address,
        data=body_of(value),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "git-feedback"},
        method="POST",
    )
    try:
        with _opened(request, route.patience_s) as response:
            return Answer(response.status or 0, _body(response, route), _after_s(response.headers))
    except TimeoutError:
        raise NotSent("send-too-slow", name=route.name) from None
    except URLError as failed:
        raise _not_reached(failed.reason, route.name) from None
    except (HTTPException, OSError, ValueError):
        raise NotSent("send-broke-off", name=route.name) from None


def address_of(route: Route) -> str:
    """The address that the way's variable holds.  Raises NotSent where it holds none."""
    settings = route.way.settings
    if not route.secret:
        raise NotSent("send-no-secret", name=route.name, settings=settings)
    address = route.secret.strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
        sound = sound and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not (sound and address.isascii() and address.isprintable() and " " not in address):
        raise NotSent("send-bad-webhook-secret", name=route.name, settings=settings)
    return address


def _opened(request: Request, patience_s: float) -> HTTPResponse | HTTPError:
    """The answer, whatever its status."""
    try:
        response: HTTPResponse = build_opener(_Straight).open(request, timeout=patience_s)
    except HTTPError as answer:
        return answer
    return response


def _body(response: HTTPResponse | HTTPError, route: Route) -> bytes:
    """The bytes of an answer, up to the largest one; a longer answer is none that a robot gives, whatever it says."""
    said = response.headers.get("Content-Length") or ""
    length = int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0
    clock = route.patience.clock if route.patience else None
    end = clock() + 3 * route.patience_s if clock else 0
    found = b""
    while len(found) <= LARGEST_ANSWER:
        piece = response.read(_CHUNK)
        found += piece
        if not piece and len(found) < length:
            raise NotSent("send-broke-off", name=route.name)
        if not piece:
            return found
        if clock and clock() > end:
            raise TimeoutError
    return found


def _not_reached(reason: object, name: str) -> NotSent:
    """Why a request could not be handed over."""
    if isinstance(reason, TimeoutError):
        return NotSent("send-too-slow", name=name)
    if isinstance(reason, SSLCertVerificationError):
        return NotSent("send-bad-certificate", name=name)
    return NotSent("send-no-connection", name=name).later()


def _after_s(headers: Headers) -> float:
    after = headers.get("Retry-After") or ""
    return min(float(after), _LONGEST_REST_S) if after.isascii() and after.isdigit() and len(after) < 10 else 0.0


class _Straight(HTTPRedirectHandler):
    """Follows nobody: the message would arrive as a GET without a body, and its 200 would be taken for success."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:  # the signature is the library's
        """No request."""
