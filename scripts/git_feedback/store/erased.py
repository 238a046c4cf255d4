"""Versions of an item of which one has erased something: made alike before they are compared.

Else the side that knows nothing of it would bring back what was erased, or a merge would call it a quarrel.
"""

from collections.abc import Sequence
from datetime import datetime

from git_feedback.model import Item
from git_feedback.privacy.blanking import blanked
from git_feedback.store.items import BadItem, read, write

_ERASURE = b"\n  - erase: {"


def alike(*sources: bytes | None) -> Sequence[bytes | None]:
    """All versions without what one of them has erased; what cannot be read, or needs nothing, stays to the byte."""
    if not any(source and _ERASURE in source for source in sources):
        return sources
    try:
        items = [read(source) if source is not None else None for source in sources]
    except BadItem:
        return sources
    erasures = [event.at for item in items if item for event in item.history if event.verb == "erase"]
    return [_without(item, source, erasures) for item, source in zip(items, sources, strict=True)]


def _without(item: Item | None, source: bytes | None, erasures: Sequence[datetime]) -> bytes | None:
    if item is None or not erasures:
        return source
    less = blanked(item, max(erasures))
    return source if less == item else write(less)
