"""Entries of the policy by their ids, those that they had before among them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar


class Renamable(Protocol):
    """What has an id, and had others."""

    @property
    def id(self) -> str: ...
    @property
    def was(self) -> tuple[str, ...]: ...


Entry = TypeVar("Entry", bound=Renamable)


class Shelf(Mapping[str, Entry]):
    """Entries by id in the order of their file.  An id that one had before finds it too, and is not listed."""

    __slots__ = ("_found", "_listed")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._listed = {one.id: one for one in entries}
        self._found = {**{old: one for one in self._listed.values() for old in one.was}, **self._listed}

    def __getitem__(self, identity: str) -> Entry:
        return self._found[identity]

    def __contains__(self, identity: object) -> bool:
        return identity in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)

    def __repr__(self) -> str:
        return f"Shelf({list(self._listed)})"


def former(entries: Mapping[str, Entry]) -> dict[str, str]:
    """The id that each former id has now."""
    listed = set(entries)
    return {old: one.id for one in entries.values() for old in one.was if old not in listed}
