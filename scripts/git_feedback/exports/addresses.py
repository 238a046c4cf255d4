"""The address of a database: which driver takes it, what of it may be shown, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any
from urllib.parse import unquote

DRIVERS: Mapping[str, Sequence[tuple[str, str]]] = {
    "postgresql": (("psycopg", "psycopg"), ("psycopg2", "psycopg2"), ("pg8000", "pg8000")),
    "mysql": (("pymysql", "pymysql"), ("MySQLdb", "mysqldb"), ("mysql.connector", "mysqlconnector")),
}
"""Drivers of a kind of database that names none, the first that is installed is taken: (module, what SQLAlchemy calls it)."""
EXTRAS = {"postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql"}
"""The extra of git-feedback that brings a driver."""
_ALIASES = {"postgres": "postgresql"}
_PATIENCE_S = 10
_PATIENCE: Mapping[str, str] = {
    "psycopg": "connect_timeout",
    "psycopg2": "connect_timeout",
    "pg8000": "timeout",
    "pymysql": "connect_timeout",
    "mysqldb": "connect_timeout",
    "mysqlconnector": "connection_timeout",
}
"""What each driver calls the seconds that it waits for a server."""


class CannotWrite(Exception):
    """The database refused: `code` has words in the catalogues."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code, self.values = code, values


def engine_of(address: str) -> Any:
    """SQLAlchemy's engine for an address; nothing is connected yet.  Raises CannotWrite, ImportError without SQLAlchemy."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    url = _parsed(address)
    try:
        return create_engine(url, connect_args=_more(url))
    except (ArgumentError, NoSuchModuleError):
        raise CannotWrite("export-kind", kind=url.drivername) from None
    except ImportError as missing:
        raise no_driver(url.get_backend_name(), missing.name or str(missing)) from None


def no_driver(kind: str, name: str) -> CannotWrite:
    """No driver for a kind of database is installed."""
    wanted = f'"git-feedback[{EXTRAS[kind]}]"' if kind in EXTRAS else name
    return CannotWrite("export-driver", name=name, wanted=wanted)


def shown(address: str) -> str:
    """An address without the name and password that may stand in it, and without what follows a question mark."""
    kind, colon, rest = address.partition("://")
    before, at, place = rest.rpartition("@")
    return f"{kind}{colon}{'***@' if before or at else ''}{place.partition('?')[0]}"


def without_secrets(said: str, address: str) -> str:
    """What a driver said, with whatever stands in the place of a password in the address made unreadable."""
    before, at, _ = address.partition("://")[2].rpartition("@")
    secret = before.partition(":")[2] if at else ""
    query = [part.partition("=")[2] for part in address.partition("?")[2].split("&") if part.startswith("pass")]
    secrets = {part for known in (secret, *query) for part in (known, unquote(known))}
    for known in sorted(filter(None, secrets), key=len, reverse=True):
        said = said.replace(known, "***")
    return said


def _more(url: Any) -> dict[str, Any]:
    """What a driver is told besides the address: how long to wait, and signs beyond those of Western Europe."""
    driver = url.drivername.partition("+")[2]
    more: dict[str, Any] = {}
    if driver in _PATIENCE and _PATIENCE[driver] not in url.query:
        more[_PATIENCE[driver]] = _PATIENCE_S
    if driver in ("pymysql", "mysqldb") and "charset" not in url.query:
        more["charset"] = "utf8mb4"
    if driver == "pymysql" and url.password:
        more["password"] = url.password.encode()  # as text it takes Latin-1 only
    return more


def _parsed(address: str) -> Any:
    """The address with the driver that takes it.  Nothing of one that cannot be read is said: a password may be why."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise CannotWrite("export-address") from None
    if any("@" in (part or "") for part in (url.host, url.database)):
        raise CannotWrite("export-address")
    return url.set(drivername=_driver(_ALIASES.get(url.drivername, url.drivername)))


def _driver(kind: str) -> str:
    """A kind of database with the driver that is installed for it."""
    known = DRIVERS.get("mysql" if kind == "mariadb" else kind)
    if known is None:
        return kind
    found = next((name for module, name in known if _is_installed(module)), None)
    if found is None:
        raise no_driver(kind, known[0][0])
    return f"{kind}+{found}"


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
