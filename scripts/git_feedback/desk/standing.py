"""Where an item stands: the item, its state and its clocks, all at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from git_feedback.desk import sla
from git_feedback.desk.fold import told
from git_feedback.desk.rulebook import Rulebook, rulebook, seconds_of
from git_feedback.desk.whereabouts import State
from git_feedback.model import Item
from git_feedback.policy import Policy


@dataclass(frozen=True, slots=True)
class Standing:
    """An item at a moment."""

    item: Item
    state: State
    clocks: tuple[sla.Clock, ...]
    worst: sla.Clock | None = field(init=False, repr=False, compare=False)
    """The clock that asks first, or None when none goes on; every list asks for it, so it is found once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "worst", sla.worst(self.clocks))

    def clock(self, name: str) -> sla.Clock | None:
        """The clock of that name, or None where the item has none."""
        return next((clock for clock in self.clocks if clock.name == name), None)


def standing(item: Item, policy: Policy, now: datetime) -> Standing:
    """Where one item stands at `now`."""
    return _standing(item, rulebook(policy), seconds_of(now))


def standings(items: Iterable[Item], policy: Policy, now: datetime) -> list[Standing]:
    """Where items stand at `now`, those received by then, in the order of arrival and id."""
    book, until = rulebook(policy), seconds_of(now)
    there = (item for item in items if item.received <= now)
    return [_standing(item, book, until) for item in sorted(there, key=lambda item: (item.received, item.id))]


def _standing(item: Item, book: Rulebook, now: int) -> Standing:
    tale = told(item, book, now)
    return Standing(item, tale.state(), tuple(sla.clocks_of(tale, book, now)))
