"""One event on one item: read, decided elsewhere, appended."""

from pathlib import Path

from git_feedback.model import Event, Item
from git_feedback.store import Desk, append, read, write_file


def item(root: Path, item_id: str) -> tuple[str, Item, bytes]:
    """Path, item and bytes of an id.  Raises KeyError where there is none, BadItem where it is broken."""
    try:
        path, _ = Desk(root).item(item_id)
    except ValueError:
        raise KeyError(item_id) from None
    source = (root / path).read_bytes()
    return path, read(source, file=path), source


def write_down(root: Path, path: str, source: bytes, event: Event) -> None:
    """The file with one more event.  Raises BadItem when its form does not allow that."""
    write_file(root / path, append(source, event, file=path))
