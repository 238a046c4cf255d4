"""To a webhook: `{"title", "text"}` as JSON by POST to the address in an environment variable; only 2xx is success.

A redirect is not followed: the message would arrive as a GET without a body, and its 200 would be taken for success.
"""

from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from git_feedback.escaping import json_file
from git_feedback.outbox.message import Message, NotSent, Route


def send(message: Message, route: Route) -> None:
    """Post it; it counts as sent when the other side answers 2xx."""
    request = Request(  # noqa: S310 - _address lets http and https through only
        _address(route),
        data=json_file({"title": message.subject, "text": message.text}).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "git-feedback"},
        method="POST",
    )
    answer = _answer(request, route)
    if not 200 <= answer < 300:
        raise NotSent("send-answered", name=route.name, answer=answer)


def _answer(request: Request, route: Route) -> int:
    """The status that came back; raises NotSent where none came."""
    try:
        with build_opener(_Straight).open(request, timeout=route.patience_s) as response:
            status: int = response.status
            return status
    except HTTPError as answer:
        answer.close()
        return answer.code
    except TimeoutError:
        raise NotSent("send-too-slow", name=route.name) from None
    except URLError as failed:
        code = "send-too-slow" if isinstance(failed.reason, TimeoutError) else "send-no-connection"
        raise NotSent(code, name=route.name) from None
    except (HTTPException, OSError, ValueError):
        raise NotSent("send-no-connection", name=route.name) from None


def _address(route: Route) -> str:
    settings = route.way.settings
    if not route.secret:
        raise NotSent("send-no-secret", name=route.name, settings=settings)
    address = route.secret.strip()
    try:
        parts = urlsplit(address)
        sound = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and address.isascii() and address.isprintable()
        )
        sound = sound and (parts.port or 1) > 0 and " " not in address
    except ValueError:
        sound = False
    if not sound:
        raise NotSent("send-bad-webhook-secret", name=route.name, settings=settings)
    return address


class _Straight(HTTPRedirectHandler):
    """Follows nobody: a redirect is an answer like any other that is not 2xx."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:  # the signature is the library's
        """No request."""
