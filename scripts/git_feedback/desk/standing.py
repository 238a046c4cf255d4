"""Where an item stands: the item, its state and its clocks, all at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk import sla
from git_feedback.desk.fold import State, state
from git_feedback.model import Item
from git_feedback.policy import Policy


@dataclass(frozen=True, slots=True)
class Standing:
    """An item at a moment."""

    item: Item
    state: State
    clocks: tuple[sla.Clock, ...]

    @property
    def worst(self) -> sla.Clock | None:
        """The clock that asks first, or None when none goes on."""
        return sla.worst(self.clocks)

    def clock(self, name: str) -> sla.Clock | None:
        """The clock of that name, or None where the item has none."""
        return next((clock for clock in self.clocks if clock.name == name), None)


def standing(item: Item, policy: Policy, now: datetime) -> Standing:
    """Where one item stands at `now`."""
    return Standing(item, state(item, policy, now), tuple(sla.clocks(item, policy, now)))


def standings(items: Iterable[Item], policy: Policy, now: datetime) -> list[Standing]:
    """Where items stand at `now`, those received by then, in the order of arrival and id."""
    there = (item for item in items if item.received <= now)
    return [standing(item, policy, now) for item in sorted(there, key=lambda item: (item.received, item.id))]
