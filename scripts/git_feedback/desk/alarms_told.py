"""What an item's history says was told of its clocks, by which way, and what is still to be told by another.

Somebody may have several ways.  A rung that nobody recorded is due by each of them.  A rung that went out by one of them
is due by another only where the record says that it was meant to go there and did not (`missed`).  So a way that failed
for a month has everything in one message once it works again, and a way that is added or renamed later begins with what
is reached from then on: it brings nothing of the past.  Records from before there were several ways name none that was
missed, and are told by all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from git_feedback.model import Item
from git_feedback.model import events as ev

Key = tuple[str, str, int, str, int, str]
"""Item, clock, cycle, addressee, rung, way: what is told once."""
Rung = tuple[str, str, int, str, int]
"""The same by whatever way."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was told by each way, what was by any of them and when, and what a record says was missed."""

    keys: frozenset[Key]
    rungs: Mapping[Rung, datetime]
    missed: frozenset[Key]

    def __contains__(self, key: object) -> bool:
        """Whether nobody is to be told of it by that way any more."""
        if not isinstance(key, tuple) or key in self.keys:
            return key in self.keys
        return key[:-1] in self.rungs and key not in self.missed

    def heard(self, keys: Iterable[Key]) -> datetime | None:
        """When somebody was last told of one of these by whatever way; None where nobody was."""
        return max((self.rungs[key[:-1]] for key in keys if key[:-1] in self.rungs), default=None)


def recorded(item: Item) -> Told:
    """What an item's history says was told."""
    keys: set[Key] = set()
    missed: set[Key] = set()
    rungs: dict[Rung, datetime] = {}
    for event in (event for event in item.history if isinstance(event, ev.Alarm)):
        for rung in event.rungs:
            one = (item.id, event.clock, event.cycle, event.addressee, rung)
            rungs[one] = event.at
            keys.add((*one, event.channel))
            missed.update((*one, way) for way in event.missed)
    return Told(frozenset(keys), rungs, frozenset(missed) - keys)
