"""Where items stand, of a desk that is looked at again and again: what stands still as time goes on is not asked again."""

from collections.abc import Iterable
from datetime import datetime

from git_feedback.desk import Standing, standings
from git_feedback.model import Item
from git_feedback.policy import Policy


class Still:
    """The standings of a desk as they were found last."""

    def __init__(self) -> None:
        self._policy: Policy | None = None
        self._now: datetime | None = None
        self._known: dict[str, Standing] = {}

    def standings(self, items: Iterable[Item], policy: Policy, now: datetime) -> list[Standing]:
        """`standings`; an item that is the one read before, under the same policy, is asked only where time counts."""
        if policy is not self._policy or self._now is None or now < self._now:
            self._known.clear()
        listed = list(items)
        kept = [known for item in listed if (known := self._known.get(item.id)) is not None and known.item is item]
        same = {one.item.id for one in kept}
        fresh = standings([item for item in listed if item.id not in same], policy, now)
        self._policy, self._now = policy, now
        self._known = {one.item.id: one for one in (*kept, *fresh) if stands_still(one, now)}
        return sorted([*kept, *fresh], key=lambda one: (one.item.received, one.item.id))


def stands_still(one: Standing, now: datetime) -> bool:
    """Whether nothing of it changes any more by itself: all that is written has happened, and every run has ended."""
    item = one.item
    if any(cycle.stop is None for clock in one.clocks for cycle in clock.cycles):
        return False
    return all(at <= now for at in (item.received, item.landed or now, *(event.at for event in item.history)))
