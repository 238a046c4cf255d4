"""Repositories on this machine behind HTTP, as a Git host has them: Git's own server, and a token asked for by name."""

import base64
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit


@dataclass
class GitServer:
    """The server while it runs: its address, and the user names of those who showed the token."""

    address: str = ""
    users: list[str] = field(default_factory=list)
    refused: int = 0


def _answered(request: BaseHTTPRequestHandler, folder: Path) -> tuple[int, list[tuple[str, str]], bytes]:
    """What `git http-backend` says to a request: status, headers, body."""
    parts = urlsplit(request.path)
    length = request.headers.get("Content-Length") or "0"
    environment = {
        "PATH": os.environ["PATH"],
        "GIT_PROJECT_ROOT": str(folder),
        "GIT_HTTP_EXPORT_ALL": "1",
        "REMOTE_USER": "desk",
        "REQUEST_METHOD": request.command,
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "CONTENT_TYPE": request.headers.get("Content-Type") or "",
        "CONTENT_LENGTH": length,
        "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding") or "",
        "GIT_PROTOCOL": request.headers.get("Git-Protocol") or "",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    body = request.rfile.read(int(length)) if request.headers.get("Transfer-Encoding") is None else _chunks(request)
    done = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, check=True)
    head, _, rest = done.stdout.partition(b"\r\n\r\n")
    headers = [(name, value.strip()) for name, _, value in (row.partition(":") for row in head.decode().split("\r\n"))]
    status = next((int(value.split()[0]) for name, value in headers if name == "Status"), 200)
    return status, [one for one in headers if one[0] != "Status"], rest


def _chunks(request: BaseHTTPRequestHandler) -> bytes:
    pieces = []
    while size := int(request.rfile.readline(), 16):
        pieces.append(request.rfile.read(size))
        request.rfile.readline()
    request.rfile.readline()
    return b"".join(pieces)


@contextmanager
def serving_git(folder: Path, token: str) -> Iterator[GitServer]:
    """The repositories in a folder, for whoever shows the token as a password; pushes are allowed."""
    told = GitServer()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _who(self) -> str | None:
            kind, _, said = (self.headers.get("Authorization") or "").partition(" ")
            user, _, password = base64.b64decode(said if kind == "Basic" else "").decode().partition(":")
            return user if password == token else None

        def _answer(self) -> None:
            user = self._who()
            if user is None:
                told.refused += 1
                status, headers, body = 401, [("WWW-Authenticate", 'Basic realm="desk"')], b""
            else:
                told.users.append(user)
                status, headers, body = _answered(self, folder)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library calls it so
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    told.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def offered(desk: Path, folder: Path, name: str) -> Path:
    """A bare repository `name` in a folder, holding what a desk holds; it takes pushes with options."""
    bare = folder / f"{name}.git"
    bare.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", "--bare", str(desk), str(bare)], check=True)
    for key, value in (("http.receivepack", "true"), ("receive.advertisePushOptions", "true")):
        subprocess.run(["git", "-C", str(bare), "config", key, value], check=True)
    return bare
