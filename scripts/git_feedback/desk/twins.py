"""Two items that look like one matter: whether somebody took them apart, and which of them carries on."""

from collections.abc import Mapping
from datetime import datetime

from git_feedback.desk.standing import Standing
from git_feedback.desk.untold import counted
from git_feedback.model import Item, ids
from git_feedback.model import events as ev

_LONGEST = 20
"""So many duplicates of duplicates are followed; a ring among them would have no end."""


def apart_from(item: Item, now: datetime) -> frozenset[str]:
    """The items that somebody said it is no duplicate of, and did not take back."""
    events = counted(item, now) if any(isinstance(event, ev.Unlink) for event in item.history) else ()
    return frozenset(event.to for event in events if isinstance(event, ev.Unlink) and event.kind == "duplicate")


def why_not_apart(item: Item, to: str, now: datetime) -> tuple[str, dict[str, object]] | None:
    """Why an item that is no duplicate of another cannot be said to be none: the code of a refusal and its values."""
    if not ids.is_id(to):
        return "bad-id", {"given": to}
    if to == item.id:
        return "apart-from-itself", {}
    return ("apart-already", {"other": to}) if to in apart_from(item, now) else None


def original_of(one: Standing, by_id: Mapping[str, Standing]) -> Standing | None:
    """The item that carries on for a duplicate, also over duplicates of duplicates; None where it is none."""
    found = by_id.get(one.state.duplicate_of or "")
    for _ in range(_LONGEST):
        if found is None or not found.state.duplicate_of:
            return found
        found = by_id.get(found.state.duplicate_of)
    return None
