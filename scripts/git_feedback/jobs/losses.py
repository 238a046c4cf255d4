"""What of an item is lost between two versions of it, and which events say why something of it may be.

Everything above `history` is what was said and stays; `history` only grows.  Only a verb of the table `ALLOWED` may
change what was there before, in the same step as the event that says so; an erasure, to nothing but what stands for it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from git_feedback.model import Event, Item, Submitter
from git_feedback.privacy.blanking import blanked

KEPT_ALWAYS = frozenset({"id", "landed", "record"})
"""Fields that no event can change: which item it is, and how it came into the record."""


@dataclass(frozen=True, slots=True)
class Leave:
    """What an event allows to change: fields (`submitter.hint` or the whole `submitter`), to any value; or what is
    erased up to a moment, to what stands for it and nothing else."""

    fields: frozenset[str] = frozenset()
    erased: datetime | None = None

    def covers(self, field: str) -> bool:
        """Whether a field may be another one now."""
        return field not in KEPT_ALWAYS and bool({field, field.partition(".")[0]} & self.fields)


def _corrected(event: Event) -> Leave:
    return Leave(frozenset({str(getattr(event, "field", ""))}))


def _erased(event: Event) -> Leave:
    return Leave(erased=event.at)


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
    blank = blanked(before, leave.erased) if leave.erased else before
    erased = set(_changed(before, after)) - set(_changed(blank, after))
    fields = tuple(field for field in _changed(before, after) if not leave.covers(field) and field not in erased)
    return Losses(fields, tuple(_gone(before, blank, after)))


def _gone(before: Item, blank: Item, after: Item) -> Iterator[Event]:
    """The events of `before` that `after` has neither as they were nor as `blank` has them."""
    left = Counter(added(before.history, after.history))
    was = Counter(added(after.history, before.history))
    for event, without_words in zip(before.history, blank.history, strict=True):
        if not was[event]:
            continue
        was[event] -= 1
        if left[without_words]:
            left[without_words] -= 1
        else:
            yield event


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
    return Leave(fields, max((one.erased for one in allowed if one.erased), default=None))


def _changed(before: Item, after: Item) -> Iterator[str]:
    for name in type(before).model_fields:
        was, now = getattr(before, name), getattr(after, name)
        if name == "history" or was == now:
            continue
        if isinstance(was, Submitter) and isinstance(now, Submitter):
            yield from (f"{name}.{key}" for key in type(was).model_fields if getattr(was, key) != getattr(now, key))
        else:
            yield name
