"""What advice rests on: the record of a period, and what a suggestion is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from git_feedback.insight.came_again import Again, Known, came_again
from git_feedback.insight.findings import Look
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.measured import Progress, progress

MOST_BEYOND = 3.0
"""What is three times beyond its threshold weighs no less than what is ten times: both ask to be looked at now."""
URGENT, USEFUL, TIDY = 3.0, 2.0, 1.0
"""People still meet it or wait for it; it will come back; it makes figures and work better."""

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What might be done: a code with its values, and the evidence: more of `values`, `items` and a `query`.

    The words of `code` say what to do, those of `code`-because what it rests on.  `strength` orders suggestions: how
    much the matter weighs, times how far it is beyond its threshold.
    """

    code: str
    strength: float
    values: Mapping[str, Value] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True)
class Ground:
    """The record at the end of a period."""

    known: Known
    ledger: Ledger

    @cached_property
    def look(self) -> Look:
        """What happened in the period."""
        return self.ledger.look(self.known.period)

    @cached_property
    def before(self) -> Look | None:
        """What happened in the period before; None where nothing had come before this one."""
        start = self.ledger.bounds(self.known.period)[0]
        there = any(one.received < start for one in self.ledger.courses)
        return self.ledger.look(self.known.period.previous) if there else None

    @cached_property
    def there(self) -> frozenset[str]:
        """The ids of all items."""
        return frozenset(one.item.id for one in self.known.standings)

    @cached_property
    def again(self) -> list[Again]:
        """The problems that came again."""
        return came_again(self.known)

    @cached_property
    def progress(self) -> Progress:
        """How far the measures are."""
        return progress(self.known.measures, self.known.period)


def strength(weight: float, found: float, threshold: float) -> float:
    """How much a suggestion weighs: its kind, times how many times its threshold was found (up to three times)."""
    return round(weight * min(found / threshold, MOST_BEYOND), 4)
