"""The site on this machine: its files as they lie, and a line on which open pages hear that there is a newer one.

Only this machine is answered, and only under its own name: a page from elsewhere could otherwise have a browser read
the desk through a name that it points here.
"""

import json
import secrets
from collections.abc import Mapping
from functools import cache
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Condition
from urllib.parse import urlsplit

from git_feedback.i18n import LANGUAGES, text

HERE = "127.0.0.1"
OWN = "/-serve/"
"""Where no page of a site is."""
STILL_HERE_S = 15
IDLE_S = 60
_ALLOWS_SCRIPTS = b"script-src"
_END = b"</body>"

Trouble = Mapping[str, str]
"""What keeps a newer site away, by language; empty where nothing does."""


class News:
    """What open pages are told: which build is there now, and what keeps a newer one away."""

    def __init__(self) -> None:
        self._change = Condition()
        self._run, self._edition = secrets.token_hex(4), 0
        self._trouble: Trouble = {}
        self.over = False

    @property
    def at(self) -> str:
        """The name of the build that is shown; another server never has the same."""
        return f"{self._run}-{self._edition}"

    @property
    def said(self) -> str:
        """All of it, as pages hear it."""
        return json.dumps({"at": self.at, "trouble": self._trouble}, ensure_ascii=False)

    def tell(self, *, newer: bool, trouble: Trouble | None = None) -> None:
        """Tell every open page: whether files of the site changed, and what is wrong now."""
        with self._change:
            self._edition += newer
            self._trouble = trouble or {}
            self._change.notify_all()

    def end(self) -> None:
        """Nothing more will be told."""
        with self._change:
            self.over = True
            self._change.notify_all()

    def after(self, said: str) -> str:
        """What there is to tell to somebody who has heard `said`; the same after a while of silence."""
        with self._change:
            self._change.wait_for(lambda: self.over or self.said != said, STILL_HERE_S)
            return self.said


class Site(ThreadingHTTPServer):
    """A folder, served on the loopback address; what it tells is in `news`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int) -> None:
        """Take the port, 0 for any free one.  Raises OSError."""
        self.folder, self.news = folder, News()
        super().__init__((HERE, port), Pages)

    @property
    def port(self) -> int:
        """The port it listens to."""
        return int(self.server_address[1])

    @property
    def names(self) -> tuple[str, ...]:
        """What a browser on this machine calls it."""
        return (f"{HERE}:{self.port}", f"localhost:{self.port}")


class Pages(SimpleHTTPRequestHandler):
    """Files of the site; nothing is kept by the browser, for it is newer in a moment."""

    server: Site
    timeout = IDLE_S

    def __init__(self, request: object, address: object, server: Site) -> None:
        super().__init__(request, address, server, directory=str(server.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A page with the line in it, the line itself, or any other file."""
        own = {f"{OWN}changes": self._tell, f"{OWN}page.js": self._script}
        place = urlsplit(self.path).path
        if self._is_asked_for_by_another_name():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif place in own:
            own[place]()
        elif page := self._page():
            self._send(page, "text/html; charset=utf-8")
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        """The same without a body."""
        if self._is_asked_for_by_another_name():
            self.send_error(HTTPStatus.FORBIDDEN)
        else:
            super().do_HEAD()

    def send_head(self):  # type: ignore[no-untyped-def]
        """A file of the site; what a link would lead to elsewhere is not there."""
        if self._is_inside(Path(self.translate_path(self.path))):
            return super().send_head()
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        """No folder is listed."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Every answer is for now only, and for pages of this site only."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A page that is not there says so, and listens: it may come back."""
        if code != HTTPStatus.NOT_FOUND or self.command != "GET":
            super().send_error(code, message, explain)
        else:
            self._send(_no_page(urlsplit(self.path).path, self.server.news.at), "text/html; charset=utf-8", code)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    # ---- what is sent -----------------------------------------------------------------------------------------------

    def _page(self) -> bytes | None:
        """A page of the site that may run scripts of its own, with ours in it; None for everything else."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if path.suffix != ".html" or not path.is_file() or not self._is_inside(path):
            return None
        at = self.server.news.at  # before the file is read: a page that is half new is loaded again
        before, end, after = path.read_bytes().rpartition(_END)
        return before + _line(at) + end + after if end and _ALLOWS_SCRIPTS in before else None

    def _script(self) -> None:
        self._send(_source(), "text/javascript; charset=utf-8")

    def _send(self, content: bytes, kind: str, code: int = HTTPStatus.OK) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _tell(self) -> None:
        """Tell what there is and then whatever changes, until the page is closed or the server ends."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        news, heard = self.server.news, ""
        try:
            while not news.over:
                said = news.after(heard)
                self.wfile.write(f"data: {said}\n\n".encode() if said != heard else b": still here\n\n")
                heard = said
        except OSError:
            return  # the page was closed

    # ---- who asks, and for what -------------------------------------------------------------------------------------

    def _is_asked_for_by_another_name(self) -> bool:
        return self.headers.get("Host", HERE) not in (HERE, *self.server.names)

    def _is_inside(self, path: Path) -> bool:
        return "\0" not in str(path) and path.resolve().is_relative_to(self.server.folder.resolve())


@cache
def _source() -> bytes:
    return (files("git_feedback.cli") / "open_page.js").read_bytes()


def _line(at: str) -> bytes:
    """The script that listens, in a page of the build `at`."""
    return f'<script src="{OWN}page.js" data-at="{at}"></script>'.encode()


def _no_page(path: str, at: str) -> bytes:
    """What stands where a page was, in the language of its part of the site; it listens as well."""
    first = path.strip("/").split("/")[0]
    language = first if first in LANGUAGES else LANGUAGES[0]
    said, home = (escape(text(code, language)) for code in ("serving-no-page", "serving-home"))
    tag = "zh-CN" if language == "zh" else language
    head = f'<!doctype html>\n<html lang="{tag}"><head><meta charset="utf-8"><title>404</title></head>'
    body = f'<body><main><p>{said}</p><p><a href="/">{home}</a></p></main>'
    return f"{head}{body}{_line(at).decode()}</body></html>\n".encode()
