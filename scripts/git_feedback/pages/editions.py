"""What a page was made with, in a few letters: the code and templates that made it, and values such as a policy.

Equal letters mean equal pages, so a page of an earlier build can stand as it is.  Names are written down, not places in
memory, and sets in order: another process finds the same letters.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from git_feedback.clock import Calendar

LETTERS = 32
_PACKAGE = Path(__file__).resolve().parent.parent
_KINDS = frozenset({".py", ".html", ".po", ".mo"})
_RENDERERS = ("jinja2", "markupsafe", "markdown-it-py", "nh3")


def letters(content: bytes) -> str:
    """The letters of a content."""
    return blake2b(content, digest_size=LETTERS // 2).hexdigest()


def letters_of(value: object) -> str:
    """The letters of a value: of all that it is made of, by name."""
    return letters("\n".join(_written(value)).encode("utf-8", "backslashreplace"))


@cache
def of_code() -> str:
    """The letters of this program: its files, and the libraries that write pages with it."""
    made = blake2b(digest_size=LETTERS // 2)
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _KINDS):
        content = path.read_bytes()
        made.update(f"{path.relative_to(_PACKAGE).as_posix()}\0{len(content)}\0".encode() + content)
    made.update("\0".join((python_version(), *(version(name) for name in _RENDERERS))).encode())
    return made.hexdigest()


def _written(value: object) -> Iterator[str]:
    """A value as lines: what each part is called and what it holds."""
    match value:
        case str():
            yield repr(value)
        case Mapping():
            yield f"mapping {len(value)}"
            for key, held in value.items():
                yield from _written(key)
                yield from _written(held)
        case frozenset() | set():
            yield from sorted("\n".join(_written(one)) for one in value)
        case BaseModel():
            yield from _parts(value, type(value).model_fields)
        case Calendar() | ZoneInfo():
            yield repr(value)
        case tuple() | list():
            yield f"{type(value).__name__} {len(value)}"
            for one in value:
                yield from _written(one)
        case _ if is_dataclass(value):
            yield from _parts(value, (field.name for field in fields(value)))
        case _:
            yield repr(value)


def _parts(value: object, names: Iterable[str]) -> Iterator[str]:
    yield type(value).__name__
    for name in names:
        yield name
        yield from _written(getattr(value, name))
