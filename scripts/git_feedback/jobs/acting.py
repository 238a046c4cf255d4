"""One item to act on, with its file."""

from pathlib import Path

from git_feedback.model import Item
from git_feedback.store import Desk, read


def item(root: Path, item_id: str) -> tuple[str, Item, bytes]:
    """Path, item and bytes of an id.  Raises KeyError where there is none, BadItem where it is broken."""
    try:
        path, _ = Desk(root).item(item_id)
    except ValueError:
        raise KeyError(item_id) from None
    source = (root / path).read_bytes()
    return path, read(source, file=path), source
