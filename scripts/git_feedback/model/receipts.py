"""What a submitter takes home: lines that prove that something was received, and a number to look it up by.

The number (token) is 128 random bits in the 32 letters and digits of ids, with two check characters, in sevens of four:
it can be read out over the telephone.  Whoever has it may look; the record holds its SHA-256 only.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from unicodedata import normalize

from git_feedback.clock.moments import parse_moment, write_moment
from git_feedback.model import ids

Value = TypeVar("Value")

TOKEN_BITS = 128
_BODY, _CHECK, _GROUP = 26, 2, 4
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015_.·]+")
_LOOKALIKES = str.maketrans("OIL", "011")
_LINE = re.compile(r"^[ \t]*(id|time|content|token|commit)[ \t]*[:：][ \t]*(\S[^\n<]*?)[ \t\r]*(?=$|<)", re.MULTILINE)
_CONTENT = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


class BadToken(ValueError):
    """A text that no token can be: too short, too long, or mistyped."""


class BadReceipt(ValueError):
    """Lines that are no receipt; `field` is missing, there twice, or has not its form."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


# ---- the token ------------------------------------------------------------------------------------------------------


def token(bits: int) -> str:
    """The token of the 128 lowest of `bits`: `03H9-...`."""
    bits &= (1 << TOKEN_BITS) - 1
    body = "".join(ids.ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_BODY)))
    return _grouped(body + _check(body))


def _check(body: str) -> str:
    """Two characters that tell a mistyped body from one that nobody was given: the first ten bits of its SHA-256."""
    found = int.from_bytes(sha256(body.encode()).digest()[:2], "big") >> 6
    return ids.ALPHABET[found >> 5] + ids.ALPHABET[found & 31]


def _grouped(characters: str) -> str:
    return "-".join(characters[start : start + _GROUP] for start in range(0, len(characters), _GROUP))


def canonical_token(given: str) -> str:
    """A token as it was printed, from what somebody typed: any case, any gaps, full width, O for 0, I and L for 1.

    Raises BadToken.
    """
    characters = _BETWEEN.sub("", normalize("NFKC", given)).upper().translate(_LOOKALIKES)
    body, check = characters[:_BODY], characters[_BODY:]
    if len(check) != _CHECK or not set(characters) <= set(ids.ALPHABET) or check != _check(body):
        raise BadToken(given)
    return _grouped(characters)


def digest(written: str) -> str:
    """What the record holds of a token: the SHA-256, in hex, of its characters as they are printed."""
    return sha256(written.encode()).hexdigest()


# ---- the lines ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was received, when, and the SHA-256 of what was said; the token is for the submitter's eyes only."""

    id: str
    time: datetime
    content: str
    token: str | None = None
    commit: str | None = None

    def lines(self) -> str:
        """The receipt as text, as `parse` reads it."""
        rows = {
            "id": self.id,
            "time": write_moment(self.time),
            "content": self.content,
            "token": self.token,
            "commit": self.commit,
        }
        return "".join(f"{name}: {value}\n" for name, value in rows.items() if value)


def parse(text: str) -> Receipt:
    """The receipt that stands in a text, whatever stands around its lines (a printed slip).  Raises BadReceipt."""
    found: dict[str, str] = {}
    for name, value in _LINE.findall(text):
        if found.setdefault(name, value) != value:
            raise BadReceipt(name)
    return Receipt(
        _read(found, "id", _id),
        _read(found, "time", parse_moment),
        _read(found, "content", _matching(_CONTENT)),
        _read(found, "token", canonical_token) if "token" in found else None,
        _read(found, "commit", _matching(_COMMIT)) if "commit" in found else None,
    )


def _read(found: Mapping[str, str], name: str, reader: Callable[[str], Value]) -> Value:
    try:
        return reader(found[name])
    except (KeyError, ValueError):
        raise BadReceipt(name) from None


def _id(given: str) -> str:
    written = ids.canonical(given)
    if not ids.is_id(written):
        raise ValueError(given)
    return written


def _matching(form: re.Pattern[str]) -> Callable[[str], str]:
    def reader(given: str) -> str:
        if not form.fullmatch(given.lower()):
            raise ValueError(given)
        return given.lower()

    return reader
