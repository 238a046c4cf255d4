"""An export of a large desk: two processes look at half of the items each, one of them writes.

Rows that the other one told wait in a file of parts, so that neither holds them all at once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from git_feedback.desk import Standing, standings
from git_feedback.exports.schema import CALENDAR, NAMES, OF_ITEMS, TABLES
from git_feedback.exports.star import Star, days, names, star
from git_feedback.exports.writing import Part, Target, parts, parts_of, put_all
from git_feedback.jobs.second_process import Beside
from git_feedback.model import Item
from git_feedback.policy import Policy

MANY = 1000
"""So many items are worth a second process."""
_LENGTH = 8


@dataclass(frozen=True)
class Wanted:
    """What is exported: items that fit, as they stand at `now`, named in `language`."""

    policy: Policy
    now: datetime
    language: str
    fits: Callable[[Standing], bool]

    def star_of(self, items: Iterable[Item]) -> Star:
        """The star of those that fit."""
        found = [one for one in standings(items, self.policy, self.now) if self.fits(one)]
        return star(found, self.policy, self.now, self.language)


def export(items: Iterable[Item], wanted: Wanted, target: Target) -> dict[str, int]:
    """Write every table to a target that was prepared.  Gives the rows by table."""
    arrived = sorted(items, key=lambda item: (item.received, item.id))
    middle = len(arrived) // 2 if len(arrived) >= MANY else len(arrived)
    counts = {table.name: 0 for table in TABLES}
    with TemporaryDirectory() as folder:
        there = Path(folder) / "parts"
        with Beside(lambda: _told(arrived[middle:], wanted, target, there)) as other, target.open() as put:
            first = wanted.star_of(arrived[:middle])
            put_all(parts_of(first, OF_ITEMS, target), put, counts)
            starts = [day for day in (first.first_day, other.result()) if day]
            put_all(_read(there), put, counts)
            put_all(parts(CALENDAR, days(min(starts, default=None), wanted.policy, wanted.now), target), put, counts)
            put_all(parts(NAMES, names(wanted.policy), target), put, counts)
    return counts


def _told(items: Sequence[Item], wanted: Wanted, target: Target, path: Path) -> date | None:
    """Keep the parts of some items in a file; gives the day on which the first of them came."""
    second = wanted.star_of(items)
    with path.open("wb") as file:
        for part in parts_of(second, OF_ITEMS, target):
            for number in (OF_ITEMS.index(part.table), part.rows, len(part.told)):
                file.write(number.to_bytes(_LENGTH, "big"))
            file.write(part.told)
    return second.first_day


def _read(path: Path) -> Iterator[Part]:
    with path.open("rb") as file:
        while head := file.read(3 * _LENGTH):
            table, rows, length = (
                int.from_bytes(head[start : start + _LENGTH], "big") for start in range(0, len(head), _LENGTH)
            )
            yield Part(OF_ITEMS[table], rows, file.read(length))
