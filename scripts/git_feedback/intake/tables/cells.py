"""What one cell says: a moment, a day, a number, a place, the source's own key."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from git_feedback.intake.door import safe
from git_feedback.intake.tables.mapping import Mapping
from git_feedback.privacy import mask

_UNIX = re.compile(r"\d{9,10}|\d{12,13}", re.ASCII)
_NUMBER = re.compile(r"(-?\d{1,6})(?:[.,]0{1,6})?", re.ASCII)
_COUNTED = re.compile(r"(\d{1,2})\s?(?:星|分|颗星|stars?|points?)", re.ASCII | re.IGNORECASE)
_OUT_OF = re.compile(r"(\d{1,2})\s?/\s?(5|10)", re.ASCII)
_STARS = re.compile(r"(★+)☆*|(⭐️?)+")


class Unreadable(ValueError):
    """A cell that is not what its column should hold."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def moment(cell: str, column: str, mapping: Mapping) -> datetime | None:
    """A moment, with the mapping's zone where the cell names none; None for an empty cell.  Raises Unreadable."""
    if not cell:
        return None
    for pattern in (*mapping.times, "iso"):
        try:
            found = _read(cell, pattern)
        except (ValueError, OverflowError, OSError):
            continue
        return (found if found.tzinfo else found.replace(tzinfo=_zone(mapping.zone))).replace(microsecond=0)
    raise Unreadable("bad-time", column=column, given=safe(cell)[:40], times=", ".join(mapping.times))


def _read(cell: str, pattern: str) -> datetime:
    if pattern == "iso":
        return datetime.fromisoformat(cell)
    if pattern == "unix":
        return _since_1970(cell)
    return datetime.strptime(cell, pattern)  # noqa: DTZ007 - the mapping's zone is added where the text has none


def _since_1970(cell: str) -> datetime:
    if not _UNIX.fullmatch(cell):
        raise ValueError(cell)
    seconds = int(cell) // (1000 if len(cell) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def number(cell: str) -> str | None:
    """A whole number as it is written in an item: of `4.0`, `4 星`, `4/5`, `★★★★☆` it is `4`.

    What is none comes back as it is, for whoever knows the field to refuse it.
    """
    if not cell:
        return None
    for pattern in (_NUMBER, _COUNTED, _OUT_OF):
        if found := pattern.fullmatch(cell):
            return str(int(found[1]))
    stars = _STARS.fullmatch(cell)
    return str(cell.count("★") + cell.count("⭐")) if stars else cell


def key(cells: Sequence[str], columns: Sequence[str]) -> str:
    """The source's own key as it is: masked or cut, the keys of two customers could become one identity.

    The number of an order may look like that of a bank card; it keeps the name of its column then, which says what it
    is.  Raises Unreadable.
    """
    said = " ".join(" ".join(cells).split())
    if safe(said) == said:
        return said
    named = f"{columns[0]} {said}"
    if mask(said).kinds == ("bank-card",) and safe(named) == named:
        return named
    raise Unreadable("key-in-clear", column=columns[0])


def point(cells: Sequence[str]) -> dict[str, str] | None:
    """Degrees of latitude and longitude; 0 and 0 lie in the sea and mean unknown."""
    if len(cells) != 2 or not all(cells):
        return None
    try:
        values = [float(cell) for cell in cells]
    except ValueError:
        return None
    if not any(values) or not (abs(values[0]) <= 90 and abs(values[1]) <= 180):
        return None
    lat, lon = (f"{value:.6f}".rstrip("0").rstrip(".") for value in values)
    return {"lat": lat, "lon": lon}
