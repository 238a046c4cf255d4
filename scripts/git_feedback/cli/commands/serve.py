"""`serve`: the built site on this machine."""

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0 takes any free one.")
@common
def command(session: Session, port: int) -> int:
    """Serve build/site on this machine only, until Ctrl-C.

    Stops with 3 when nothing is built yet: git feedback build.
    """
    folder = session.root / "build" / "site"
    if not (folder / "index.html").is_file():
        raise Stop("no-site", language=session.language)
    serve(folder, port, session)
    return 0


def serve(folder: Path, port: int, session: Session) -> None:
    """Serve `folder` on the loopback address and print where."""
    handler = partial(Quiet, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise Stop("port-taken", USAGE, session.language, port=port, reason=error.strerror or str(error)) from None
    with server:
        click.echo(session.words("serving", address=f"http://127.0.0.1:{server.server_address[1]}/"))
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            session.say("stopped")


class Quiet(SimpleHTTPRequestHandler):
    """Files only, no log line a request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""
