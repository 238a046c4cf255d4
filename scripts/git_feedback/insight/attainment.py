"""Which promises were kept: runs of clocks that were judged, by level, department, channel and month.

What does not count is counted too, by its reason, so that silence never looks like speed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from git_feedback.desk import Standing
from git_feedback.insight.stats import later, month_of
from git_feedback.insight.verdicts import (
    BREACHED,
    CANCELLED,
    CANCELLED_LATE,
    MET,
    NO_DATA,
    PENDING,
    Verdict,
    runs,
)

PERIOD = timedelta(days=30)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """How many runs were met and breached; and those without a verdict.

    `cancelled` came to nothing in time, `cancelled_late` only after they were late, of `no_data` imported history does
    not tell the end, `pending` go on in time.
    """

    met: int = 0
    breached: int = 0
    cancelled: int = 0
    cancelled_late: int = 0
    no_data: int = 0
    pending: int = 0

    @property
    def n(self) -> int:
        """Runs that were judged."""
        return self.met + self.breached

    @property
    def left_out(self) -> int:
        """Runs that are not in `n`."""
        return self.cancelled + self.cancelled_late + self.no_data + self.pending


_FIELDS = {
    MET: "met",
    BREACHED: "breached",
    PENDING: "pending",
    CANCELLED: "cancelled",
    CANCELLED_LATE: "cancelled_late",
    NO_DATA: "no_data",
}


@dataclass(frozen=True)
class Shelf:
    """Runs by what they are sorted by (a level, a department, ...; empty: without one) and by clock."""

    cells: Mapping[tuple[str, str], Mapping[str, int]]

    @property
    def keys(self) -> list[str]:
        """What there are runs for, in order."""
        return sorted({key for key, _ in self.cells})

    @property
    def clocks(self) -> frozenset[str]:
        """The clocks that have runs."""
        return frozenset(clock for _, clock in self.cells)

    def of(self, key: str | None = None, clock: str | None = None) -> Kept:
        """The runs of one key and clock; None stands for all."""
        sums: dict[str, int] = defaultdict(int)
        for (found, name), counts in self.cells.items():
            if (key is None or found == key) and (clock is None or name == clock):
                for field, count in counts.items():
                    sums[field] += count
        return Kept(**sums)


@dataclass(frozen=True)
class Attainment:
    """Runs judged after `since` and those that go on, by level, department and channel; by month for a year.

    A month holds what was judged in it; what goes on is in the month of asking.
    """

    since: datetime
    months: tuple[str, ...]
    by_level: Shelf
    by_department: Shelf
    by_channel: Shelf
    by_month: Shelf


def attainment(standings: Iterable[Standing], now: datetime, zone: tzinfo) -> Attainment:
    """What was kept in the thirty days up to `now`, and in each of the twelve months that end with that of `now`."""
    this = month_of(now, zone)
    months = tuple(later(this, by) for by in range(1 - MONTHS, 1))
    since, first = now - PERIOD, months[0]
    levels, departments, channels, by_month = (_Tally() for _ in range(4))
    for standing in standings:
        for run in runs(standing):
            if run.outcome == PENDING or since < run.at <= now:
                levels.count(run.level, run)
                departments.count(standing.state.department or "", run)
                channels.count(standing.item.channel, run)
            month = this if run.outcome == PENDING else month_of(run.at, zone)
            if first <= month <= this:
                by_month.count(month, run)
    return Attainment(since, months, *(Shelf(tally.cells) for tally in (levels, departments, channels, by_month)))


class _Tally:
    """Runs while they are counted."""

    __slots__ = ("cells",)

    def __init__(self) -> None:
        self.cells: dict[tuple[str, str], dict[str, int]] = {}

    def count(self, key: str, run: Verdict) -> None:
        counts = self.cells.setdefault((key, run.clock), defaultdict(int))
        counts[_FIELDS[run.why or run.outcome]] += 1
