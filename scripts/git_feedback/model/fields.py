"""Types of single fields: every scalar of a file arrives as text, and only the one written form is taken.

Pydantic alone would read `1_000`, `5.0` and the number 1700000000 as a time; these readers do not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from git_feedback.clock.moments import NoSuchDay, parse_day, parse_moment
from git_feedback.model import ids
from git_feedback.text import visible

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,8}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,8})?")
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Prose:
    """Marks a field of free text: it stands below the event's line, never inside its braces."""


def _reader(code: str, kind: type, read: Callable[[str], Any]) -> BeforeValidator:
    def validate(value: object) -> object:
        if not isinstance(value, str):
            if type(value) is kind:
                return value
            raise PydanticCustomError(code, "{given}", {"given": visible(str(value))[:60]})
        try:
            return read(value)
        except NoSuchDay:
            raise PydanticCustomError("no-such-day", "{given}", {"given": visible(value)[:10]}) from None
        except (ValueError, KeyError):
            raise PydanticCustomError(code, "{given}", {"given": visible(value)[:60]}) from None

    return BeforeValidator(validate)


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _item_id(text: str) -> str:
    if not ids.is_id(text):
        raise ValueError(text)
    return text


Moment = Annotated[datetime, _reader("bad-moment", datetime, parse_moment)]
Day = Annotated[date, _reader("bad-day", date, parse_day)]
Integer = Annotated[int, _reader("bad-integer", int, _integer)]
Decimal = Annotated[float, _reader("bad-decimal", float, _decimal)]
Flag = Annotated[bool, _reader("bad-flag", bool, _FLAGS.__getitem__)]
ItemId = Annotated[str, _reader("bad-id", type(None), _item_id)]

Token = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._/-]{0,79}$")]
"""An id from policy: lower case, digits, `.`, `_`, `-`, and `/` between a category and its kind."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\n]*$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000), Prose()]
Sealed = Annotated[str, StringConstraints(min_length=1, max_length=100_000), Prose()]
"""An armoured age file: what may not be read without a key."""

KeptPath = Annotated[str, StringConstraints(pattern=r"^attachments/[0-9a-f]{2}/[0-9a-f]{4,64}\.[a-z0-9]{1,5}$")]
"""Where the bytes of a file that came along are kept, below feedback/, by their hash."""
