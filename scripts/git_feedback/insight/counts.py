"""Plain counts of a period: by day, by category, by clock and level."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DayCount:
    """Items received and resolved on a date; `working`: the office opens on it."""

    date: date
    received: int
    resolved: int
    working: bool


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """Items received of a category, and how many of them have been late with anything so far."""

    category: str
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Attained:
    """Runs of a clock that were judged, for items of a level (empty: unclassified)."""

    clock: str
    level: str
    met: int
    breached: int
    excluded: int
