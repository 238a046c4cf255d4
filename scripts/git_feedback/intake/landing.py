"""How a submission becomes an item: its identity, its id, the moment it landed.

The identity of an item is (channel, source); what is there already is not written again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from git_feedback.model import Event, Item, Submission, ids
from git_feedback.model import events as ev
from git_feedback.policy import Policy


@dataclass
class Taken:
    """The identities and ids that exist; landing adds to it."""

    identities: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def add(self, item: Item) -> None:
        """Remember an item."""
        self.ids.add(item.id)
        if item.source is not None:
            self.identities[item.channel, item.source] = item.id


def land(
    submission: Submission, policy: Policy, taken: Taken, now: datetime, bits: Callable[[], int]
) -> tuple[Item, bool]:
    """The item of a submission, and whether it is new.

    `bits` gives 30 random bits; it is asked only where the channel gave no key of its own.
    """
    known = taken.identities.get((submission.channel, submission.source)) if submission.source is not None else None
    item_id = known or _new_id(submission, policy, taken, bits)
    history = tuple(_weighed(event, policy) for event in submission.history)
    facts = {name: getattr(submission, name) for name in Submission.model_fields}
    item = Item(**{**facts, "id": item_id, "landed": submission.landed or now, "history": history})
    taken.add(item)
    return item, known is None


def _new_id(submission: Submission, policy: Policy, taken: Taken, bits: Callable[[], int]) -> str:
    day = submission.received.astimezone(policy.zone).date()
    if submission.source is not None:
        return ids.make(policy.desk.prefix, day, submission.channel, submission.source, taken.ids.__contains__)
    while (found := ids.from_bits(policy.desk.prefix, day, bits())) in taken.ids:
        pass
    return found


def _weighed(event: Event, policy: Policy) -> Event:
    """A category that the source gave weighs what the policy says it weighs."""
    category = policy.categories.get(event.category) if isinstance(event, ev.Classify) else None
    if category is None:
        return event
    return event.model_copy(update={"urgency": category.urgency, "impact": category.impact})
