"""Versions of item files as items, so that each is read once while it is needed."""

from collections.abc import Iterable

from git_feedback.jobs.commits import Change, contents
from git_feedback.model import Item
from git_feedback.store import BadItem, Git, is_item_file, read

MOST = 5000
"""How many items are kept when others are loaded."""


class Versions:
    """Item files by the ids of their blobs.

    A version that cannot be read stands for the one before it: whoever breaks a file and mends it otherwise has changed
    it all the same.
    """

    def __init__(self, git: Git) -> None:
        self.git = git
        self._items: dict[str, Item | None] = {}
        self._before: dict[str, str] = {}

    def load(self, changes: Iterable[Change]) -> None:
        """Read what these changes need and is not there yet; what they do not need may be forgotten."""
        wanted: dict[str, None] = {}
        for one in changes:
            if is_item_file(one.path):
                versions = [version for version in (*one.old, one.new) if version]
                wanted |= dict.fromkeys([*versions, *map(self._readable, versions)])
        if len(self._items) > MOST:
            self._items = {one: item for one, item in self._items.items() if one in wanted}
        missing = [one for one in wanted if one not in self._items]
        self._items |= {one: _item(source) for one, source in contents(self.git, missing)}

    def before(self, change: Change) -> list[Item]:
        """The item as parents had it, as far as it can be read."""
        found = [self._items.get(self._readable(one)) for one in change.old if one]
        return [item for item in found if item]

    def after(self, change: Change) -> Item | None:
        """The item as the commit left it; None where it is gone or broken."""
        item = self._items.get(change.new)
        old = next((self._readable(one) for one in change.old if one), "")
        if change.new and item is None and old:
            self._before[change.new] = old
        return item

    def _readable(self, version: str) -> str:
        return self._before.get(version, version)


def _item(source: bytes) -> Item | None:
    try:
        return read(source)
    except BadItem:
        return None
