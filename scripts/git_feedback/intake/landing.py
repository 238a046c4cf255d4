"""How a submission becomes an item: its identity, its id, the moment it landed.

The identity of an item is (channel, source); what is there already is not written again.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from git_feedback.model import Event, Item, Submission, ids
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.privacy import erased_source


@dataclass
class Taken:
    """The identities and ids that exist; landing adds to it."""

    identities: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    """Ids of files that need repair, so that their identity cannot be read."""

    def add(self, item: Item) -> None:
        """Remember an item, and what was written to it later."""
        self.ids.add(item.id)
        if item.source is not None:
            self.identities[item.channel, item.source] = item.id
        for event in item.history:
            if (source := getattr(event, "source", None)) is not None:
                self.identities[getattr(event, "channel", None) or item.channel, source] = item.id

    def known(self, channel: str, source: str) -> str | None:
        """The item of an identity, also where its source was erased: what was to be forgotten does not come back."""
        found = self.identities.get((channel, source))
        return found or self.identities.get((channel, erased_source(channel, source)))

    def answered(self, channel: str, keys: Iterable[str]) -> str | None:
        """The item that one of these keys of a channel belongs to, or that one of them is the id of."""
        for key in keys:
            found = self.known(channel, key) or (key if key in self.ids else None)
            if found:
                return found
        return None


def land(
    submission: Submission, policy: Policy, taken: Taken, now: datetime, bits: Callable[[], int]
) -> tuple[Item, bool]:
    """The item that this submission makes, and whether it is new.

    For a known identity that is not the item which is stored: it has the stored one's id, and says what this submission
    says, landed now; a caller who wants what the desk holds reads it.
    `bits` gives 30 random bits; it is asked only where the channel gave no key of its own.
    """
    known = _known(submission, policy, taken)
    item_id = known or _new_id(submission, policy, taken, bits)
    history = tuple(_weighed(event, policy) for event in submission.history)
    facts = {name: getattr(submission, name) for name in Submission.model_fields}
    item = Item(**{**facts, "id": item_id, "landed": submission.landed or now, "history": history})
    taken.add(item)
    return item, known is None


def _known(submission: Submission, policy: Policy, taken: Taken) -> str | None:
    """The id of what is there already.  A file that needs repair is known by the id that its identity gives."""
    if submission.source is None:
        return None
    found = taken.known(submission.channel, submission.source)
    if found is None and taken.unreadable:
        first = _id_of(submission, submission.source, policy, taken=frozenset())
        found = first if first in taken.unreadable else None
    return found


def _id_of(submission: Submission, source: str, policy: Policy, taken: Collection[str]) -> str:
    day = submission.received.astimezone(policy.zone).date()
    return ids.make(policy.desk.prefix, day, submission.channel, source, taken.__contains__)


def _new_id(submission: Submission, policy: Policy, taken: Taken, bits: Callable[[], int]) -> str:
    used = taken.ids | taken.unreadable if taken.unreadable else taken.ids
    if submission.source is not None:
        return _id_of(submission, submission.source, policy, used)
    day = submission.received.astimezone(policy.zone).date()
    while (found := ids.from_bits(policy.desk.prefix, day, bits())) in used:
        pass
    return found


def _weighed(event: Event, policy: Policy) -> Event:
    """A category that the source gave weighs what the policy says it weighs."""
    category = policy.categories.get(event.category) if isinstance(event, ev.Classify) else None
    if category is None:
        return event
    return event.model_copy(update={"urgency": category.urgency, "impact": category.impact})
