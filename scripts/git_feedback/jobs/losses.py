"""What of an item is lost between two versions of it, and which events say why something of it may be.

Everything above `history` is what was said and stays; `history` only grows.  Only a verb of the table `ALLOWED` may
change what was there before, in the same step as the event that says so.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from git_feedback.model import Event, Item, Submitter

KEPT_ALWAYS = frozenset({"id", "landed", "record"})
"""Fields that no event can change: which item it is, and how it came into the record."""
ERASABLE = frozenset({"source", "title", "text", "submitter", "device", "point", "attachments"})
"""Fields that may hold personal data; every figure stays the same without them."""


@dataclass(frozen=True, slots=True)
class Leave:
    """What an event allows to change: fields (`submitter.hint` or the whole `submitter`), and free text of events."""

    fields: frozenset[str] = frozenset()
    prose: bool = False

    def covers(self, field: str) -> bool:
        """Whether a field may be another one now."""
        return field not in KEPT_ALWAYS and bool({field, field.partition(".")[0]} & self.fields)


def _corrected(event: Event) -> Leave:
    return Leave(frozenset({str(getattr(event, "field", ""))}))


def _erased(_event: Event) -> Leave:
    return Leave(ERASABLE, prose=True)


ALLOWED: Mapping[str, Callable[[Event], Leave]] = {"correct": _corrected, "erase": _erased}
"""Verb -> what an event of it allows to change."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Fields that are other than they were, and events that are there no more."""

    fields: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.events)


def losses(before: Item, after: Item) -> Losses:
    """What `before` holds and `after` does not, unless an event that is new in `after` says why."""
    leave = _leave(added(before.history, after.history))
    fields = tuple(field for field in _changed(before, after) if not leave.covers(field))
    gone = added(after.history, before.history)
    if gone and leave.prose:
        gone = added(map(_bare, after.history), map(_bare, before.history))
    return Losses(fields, tuple(gone))


def added(before: Iterable[Event], after: Iterable[Event]) -> list[Event]:
    """The events of `after` that are not in `before`, in their order; of twins, as many as are more."""
    left = Counter(before)
    found = []
    for event in after:
        if left[event]:
            left[event] -= 1
        else:
            found.append(event)
    return found


def _leave(events: Iterable[Event]) -> Leave:
    allowed = [ALLOWED[event.verb](event) for event in events if event.verb in ALLOWED]
    fields = frozenset().union(*(one.fields for one in allowed))
    return Leave(fields, any(one.prose for one in allowed))


def _bare(event: Event) -> Event:
    """An event without the words in it: who did what and when."""
    return event.model_copy(update=dict.fromkeys(event.PROSE))


def _changed(before: Item, after: Item) -> Iterator[str]:
    for name in type(before).model_fields:
        was, now = getattr(before, name), getattr(after, name)
        if name == "history" or was == now:
            continue
        if isinstance(was, Submitter) and isinstance(now, Submitter):
            yield from (f"{name}.{key}" for key in type(was).model_fields if getattr(was, key) != getattr(now, key))
        else:
            yield name
