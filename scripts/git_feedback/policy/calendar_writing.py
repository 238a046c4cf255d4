"""Years written into calendar files by text splice: what people wrote around them stays, byte by byte.

What comes out is read again before it counts: it must say what the file said before, and the new year.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from git_feedback import notation
from git_feedback.model import Problem
from git_feedback.model.problem import Bad, Places, nearest
from git_feedback.policy.calendar_files import WEEKDAYS, Status

Dates = Mapping[date, str]
"""Dates with what is said of them in a comment; an empty text is no comment."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A year as it is to be written."""

    year: int
    status: Status
    notice: str
    off: Dates
    work: Dates
    hours: Mapping[date, Sequence[str]] = field(default_factory=dict)
    remarks: Dates = field(default_factory=dict)
    """What is said of the dates in `hours`."""
    comments: tuple[str, ...] = ()
    """Lines of comment that stand at the head of the year."""

    @property
    def value(self) -> dict[str, notation.Value]:
        """What a reader gets from the text."""
        lists = {"off": [day.isoformat() for day in self.off], "work": [day.isoformat() for day in self.work]}
        value: dict[str, notation.Value] = {"status": self.status, "notice": self.notice}
        value |= {key: list(days) for key, days in lists.items() if days}
        if self.hours:
            value["hours"] = {day.isoformat(): list(spans) for day, spans in self.hours.items()}
        return value


def new_file(comment: str, zone: str, weekly: Mapping[str, Sequence[str]], listing: Listing) -> bytes:
    """A calendar file of its own, with one year."""
    open_days = [day for day in WEEKDAYS if weekly.get(day)]
    lines = [f"# {_one_line(comment)}", f"zone: {zone}", "weekly:"]
    lines += [f"  {day}: [{', '.join(weekly[day])}]" for day in open_days]
    if listing.work:
        lines.append(f"makeup: {open_days[0]}")
    return _encoded([*lines, "years:", *_block(listing, "  ")], "\n")


def with_year(path: str, source: bytes, listing: Listing) -> bytes:
    """`source` with this year added, or put in the place of what it listed for it.

    Raises Bad where the years are not written as a block, or where splicing would change anything else.
    """
    places, before = notation.places(source), notation.read(source)
    text = source.decode()
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    listed = _lines_of_years(places)
    if ("years",) in places and (not listed or places[("years",)][0] in listed.values()):
        raise _not_extendable(path, places)
    after = _encoded(_spliced(lines, listing, listed, places), ending)
    if not _says(after, before, listing):
        raise _not_extendable(path, places)
    return after


def remarks_of(source: bytes, year: int, key: str) -> dict[date, str]:
    """What comments say of the dates that `key` lists for a year, each on a line of its own."""
    lines = source.decode().splitlines()
    found: dict[date, str] = {}
    for place, (line, _) in notation.places(source).items():
        if place[:3] == ("years", str(year), key) and len(place) == 4:
            entry, _, remark = lines[line - 1].partition("#")
            day = re.fullmatch(r"\s*(?:-\s+)?['\"]?(\d{4}-\d\d-\d\d)['\"]?\s*(?::.*)?", entry)
            if day and remark.strip():
                found[date.fromisoformat(day[1])] = remark.strip()
    return found


def comments_of(source: bytes, year: int) -> tuple[str, ...]:
    """The lines within a year that hold nothing but a comment."""
    places = notation.places(source)
    lines = source.decode().splitlines()
    first, after = _span(lines, _lines_of_years(places), str(year), places)
    return tuple(line.strip() for line in lines[first:after] if line.lstrip().startswith("#"))


def _spliced(lines: list[str], listing: Listing, listed: Mapping[str, int], places: Places) -> list[str]:
    name = str(listing.year)
    if not listed:
        return [*lines, "years:", *_block(listing, "  ")]
    block = _block(listing, " " * (places["years", next(iter(listed))][1] - 1))
    if name in listed:
        first, after = _span(lines, listed, name, places)
        return [*lines[:first], *block, *lines[after:]]
    earlier = [year for year in listed if year < name]
    at = _span(lines, listed, earlier[-1], places)[1] if earlier else min(listed.values()) - 1
    return [*lines[:at], *block, *lines[at:]]


def _lines_of_years(places: Places) -> dict[str, int]:
    """The line of each year's key, in the order of the file."""
    found = {str(place[1]): line for place, (line, _) in places.items() if len(place) == 2 and place[0] == "years"}
    return dict(sorted(found.items(), key=lambda row: row[1]))


def _span(lines: Sequence[str], listed: Mapping[str, int], year: str, places: Places) -> tuple[int, int]:
    """The lines of a year, from its key to what is said last: comments further in than the key belong to it."""
    first, column = places["years", year]
    roots = [line for place, (line, _) in places.items() if len(place) == 1]
    stop = min((line for line in (*listed.values(), *roots) if line > first), default=len(lines) + 1) - 1
    last = first
    for number in range(first, stop):
        line = lines[number]
        indented = len(line) - len(line.lstrip()) >= column
        if line.strip() and (indented or not line.lstrip().startswith("#")):
            last = number + 1
    return first - 1, last


def _block(listing: Listing, indent: str) -> list[str]:
    inner = 2 * indent
    lines = [f'{indent}"{listing.year}":', *(f"{inner}{comment}" for comment in listing.comments)]
    lines += [f"{inner}status: {listing.status}", f"{inner}notice: {notation.scalar(listing.notice)}"]
    for key, days in (("off", listing.off), ("work", listing.work)):
        lines += [f"{inner}{key}:"] if days else []
        lines += [f"{inner}  - {day.isoformat()}{_remark(remark)}" for day, remark in days.items()]
    lines += [f"{inner}hours:"] if listing.hours else []
    for day, spans in listing.hours.items():
        lines.append(f"{inner}  {day.isoformat()}: [{', '.join(spans)}]{_remark(listing.remarks.get(day, ''))}")
    return lines


def _remark(words: str) -> str:
    said = _one_line(words)
    return f"  # {said}" if said else ""


def _one_line(words: str) -> str:
    """Words on one line, with what no file may hold made visible."""
    return " ".join(notation.clean(words).split())


def _encoded(lines: Iterable[str], ending: str) -> bytes:
    return "".join(f"{line}{ending}" for line in lines).encode()


def _says(after: bytes, before: notation.Value, listing: Listing) -> bool:
    try:
        found = notation.read(after)
    except notation.Bad:
        return False
    assert isinstance(before, dict)
    years = before.get("years") or {}
    assert isinstance(years, dict)
    return found == {**before, "years": {**years, str(listing.year): listing.value}}


def _not_extendable(path: str, places: Places) -> Bad:
    line, column = nearest(("years",), places)
    return Bad([Problem(path, line, column, "calendar-not-extendable")])
