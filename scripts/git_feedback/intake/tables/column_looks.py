"""What a column of an unknown table looks like: by its name, and by what its first cells hold."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from git_feedback.intake.tables.cells import number
from git_feedback.privacy import contacts

MOSTLY = 0.9
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?", re.ASCII)
_UNIX = re.compile(r"1\d{9}(\d{3})?", re.ASCII)
_DAYS = (
    *("%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%m-%d-%Y", "%d-%m-%Y"),
    *("%m/%d/%y", "%d/%m/%y", "%b %d, %Y", "%d %b %Y", "%B %d, %Y", "%d-%b-%Y"),
)
_HOURS = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", " %H时%M分", " %H时%M分%S秒")
PATTERNS = (*(day + hour for day in _DAYS for hour in _HOURS), "%Y-%m-%d %H:%M", "%Y-%m-%d %I:%M:%S %p", "%Y%m%d")
_SEVERAL = 3
"""How many patterns one column may mix."""


@dataclass(frozen=True)
class Column:
    """A column: its name, and the cells of the first rows, empty ones as well."""

    name: str
    cells: Sequence[str]

    @cached_property
    def values(self) -> list[str]:
        """The cells that say something."""
        return [cell.strip() for cell in self.cells if cell.strip()]

    def named(self, words: str) -> bool:
        """Whether the name matches: `_`, `.` and `-` are spaces in it, and case does not count."""
        return bool(re.search(words, re.sub(r"[_.\-]+", " ", self.name), re.IGNORECASE))

    @property
    def is_key(self) -> bool:
        """Whether every row has its own value."""
        return len(self.values) == len(self.cells) > 0 and len(set(self.values)) == len(self.values)

    @property
    def length(self) -> float:
        """Characters of a cell that says something, in the mean."""
        return sum(map(len, self.values)) / len(self.values) if self.values else 0.0

    def mostly(self, is_so: Callable[[str], object]) -> bool:
        """Whether nine of ten cells that say something are so; never for an empty column."""
        return bool(self.values) and sum(bool(is_so(one)) for one in self.values) >= MOSTLY * len(self.values)

    @cached_property
    def times(self) -> tuple[str, ...]:
        """The patterns by which its cells are moments; none where they are not."""
        return tuple(_patterns(self.values))

    def numbers(self, least: int, most: int) -> bool:
        """Whether all that is said is whole numbers in this range."""
        found = [number(value) or "" for value in self.values]
        return bool(found) and all(one.isdecimal() and least <= int(one) <= most for one in found)

    @cached_property
    def contact(self) -> str | None:
        """The kind of contact data that most of its cells are."""
        kinds = [found[0].kind for value in self.values[:50] if (found := contacts(value))]
        if not kinds or len(kinds) < 0.6 * len(self.values[:50]):
            return None
        return max(sorted(set(kinds)), key=kinds.count)


def columns(header: Sequence[str], rows: Sequence[dict[str, str]]) -> list[Column]:
    """The columns of a table that have a name."""
    return [Column(name, [row.get(name, "") for row in rows]) for name in header if name.strip()]


def _patterns(values: Sequence[str]) -> Iterable[str]:
    """The fewest patterns that read all values, tried in the order in which they are likelier."""
    left = list(values)
    found: list[str] = []
    while left and len(found) < _SEVERAL:
        reads = {pattern: [one for one in left if is_moment(one, pattern)] for pattern in _likely(left[0])}
        best = max(reads, key=lambda pattern: len(reads[pattern]), default=None)
        if best is None or not reads[best]:
            break
        found.append(best)
        left = [one for one in left if one not in set(reads[best])]
    return found if len(left) <= (1 - MOSTLY) * len(values) else ()


def _likely(value: str) -> list[str]:
    return [pattern for pattern in ("iso", "unix", *PATTERNS) if is_moment(value, pattern)]


def is_moment(value: str, pattern: str) -> bool:
    """Whether a value is a moment of this pattern."""
    if pattern in ("iso", "unix"):
        return bool((_ISO if pattern == "iso" else _UNIX).fullmatch(value)) and (pattern == "unix" or _is_iso(value))
    try:
        datetime.strptime(value, pattern)  # noqa: DTZ007 - only whether it can be read is asked
    except ValueError:
        return False
    return True


def _is_iso(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def other_way_round(pattern: str, values: Sequence[str]) -> bool:
    """Whether day and month could as well stand the other way round in all of these values."""
    marks = {"%m": "%d", "%d": "%m"}
    turned = re.sub(r"%[md]", lambda mark: marks[mark[0]], pattern)
    return pattern[:2] in marks and all(is_moment(value, turned) for value in values)
