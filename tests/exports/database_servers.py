"""Real database servers for tests, started in a folder of their own where they are installed, and ended afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha1
from pathlib import Path
from typing import Any

PASSWORD = "ge:heim/密@#1"
"""Signs that have a meaning in an address are among it."""
QUOTED = "ge%3Aheim%2F%E5%AF%86%40%231"
_PATIENCE_S = 60.0


def postgresql() -> Path | None:
    """The folder of PostgreSQL's programs, the newest; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def mariadb() -> tuple[str, str] | None:
    """The programs that lay out a folder and that serve it, of MariaDB; None where it is not installed."""
    search = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
    programs = shutil.which("mariadb-install-db", path=search), shutil.which("mariadbd", path=search)
    return (programs[0], programs[1]) if programs[0] and programs[1] else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running_postgresql(programs: Path) -> Iterator[str]:
    """A server; gives the address of its database, as a user with a password."""
    with _folder() as (folder, who):
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        shutil.chown(folder / "password", **_owner())
        data, port = folder / "data", free_port()
        words = (
            "-U",
            "desk",
            "--auth=scram-sha-256",
            f"--pwfile={folder / 'password'}",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        _run([str(programs / "initdb"), "-D", str(data), "-N", *words], who)
        options = f"-k {folder} -h 127.0.0.1 -p {port} -F"
        with _served([str(programs / "postgres"), "-D", str(data), *options.split()], who, port):
            yield f"postgresql://desk:{QUOTED}@127.0.0.1:{port}/postgres"


@contextmanager
def running_mariadb(programs: tuple[str, str]) -> Iterator[str]:
    """A server; gives the address of its database, as a user with a password."""
    with _folder() as (folder, who):
        data, port, base = folder / "data", free_port(), ["--no-defaults"]
        (folder / "start.sql").write_text(
            "create database desk;\ngrant all on desk.* to desk@localhost "
            f"identified via mysql_native_password using '*{_twice_hashed(PASSWORD)}';\n",
            encoding="ascii",
        )
        _run([programs[0], *base, f"--datadir={data}", "--auth-root-authentication-method=normal"], who)
        places = (f"--datadir={data}", f"--socket={folder / 's'}", f"--pid-file={folder / 'pid'}", f"--port={port}")
        server = ("--bind-address=127.0.0.1", "--character-set-server=latin1", f"--init-file={folder / 'start.sql'}")
        with _served([programs[1], *base, *places, *server], who, port):
            yield f"mysql://desk:{QUOTED}@127.0.0.1:{port}/desk"


def asked(address: str, statement: str) -> list[tuple[Any, ...]]:
    """What a database answers."""
    from git_feedback.exports.addresses import engine_of

    engine = engine_of(address)
    with engine.begin() as connection:
        done = connection.exec_driver_sql(statement)
        rows = [tuple(row) for row in done] if done.returns_rows else []
    engine.dispose()
    return rows


def _twice_hashed(password: str) -> str:
    """What MariaDB keeps of a password, whatever the server takes text for."""
    return sha1(sha1(password.encode()).digest()).hexdigest().upper()


@contextmanager
def _folder() -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """A folder with a short name, for sockets, and who is to serve it: servers refuse the superuser."""
    folder = Path(tempfile.mkdtemp(prefix="gf", dir="/tmp"))
    shutil.chown(folder, **_owner())
    try:
        yield folder, {"cwd": folder, **_owner()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> dict[str, Any]:
    return {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {"user": os.geteuid()}


def _run(words: Sequence[str], who: Mapping[str, Any]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False, **who)
    assert done.returncode == 0, done.stderr + done.stdout


@contextmanager
def _served(words: Sequence[str], who: Mapping[str, Any], port: int) -> Iterator[None]:
    """The server, from when it listens until nobody needs it."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, stdout=quiet, stderr=quiet, **who) as server:
        try:
            _wait_for(server, port)
            yield
        finally:
            server.terminate()


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not listen")
