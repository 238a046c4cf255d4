"""One item to act on, with its file."""

from collections.abc import Iterable
from pathlib import Path, PurePath

from git_feedback.model import Item, ids
from git_feedback.store import Desk, read

SHORTEST_TAIL = 4
"""Fewer characters of an id's end fit too many items."""


class NoItem(LookupError):
    """No item is named, or several are (`fits`); `mistyped`: an id whose check character does not fit."""

    def __init__(self, given: str, fits: tuple[str, ...] = ()) -> None:
        super().__init__(given)
        self.given, self.fits = given, fits

    @property
    def mistyped(self) -> bool:
        """Whether it has the form of an id and cannot be one."""
        written = ids.canonical(self.given)
        return _has_the_form(written) and not ids.is_id(written)


def item(root: Path, named: str) -> tuple[str, Item, bytes]:
    """Path, item and bytes of what a person names.  Raises NoItem, or BadItem where the file is broken."""
    desk = Desk(root)
    try:
        path, _ = desk.item(ids.canonical(named))
    except (KeyError, ValueError):
        path = item_path(named, desk.item_files())
    source = (root / path).read_bytes()
    return path, read(source, file=path), source


def item_path(named: str, paths: Iterable[str]) -> str:
    """Which of the item files a person names: by the id, by the file, or by the end of an id.  Raises NoItem."""
    stem = PurePath(named.strip()).stem if named.strip().endswith((".yml", ".yaml")) else named.strip()
    wanted, tail = ids.canonical(stem), ids.canonical(f"-{stem}")[1:]
    ending: list[str] = []
    for path in paths:
        name = PurePath(path).stem
        if name in (wanted, stem):
            return path
        if len(tail) >= SHORTEST_TAIL and name.endswith(tail):
            ending.append(path)
    if len(ending) == 1:
        return ending[0]
    raise NoItem(stem, tuple(PurePath(path).stem for path in ending))


def _has_the_form(written: str) -> bool:
    try:
        ids.day_of(written)
    except ValueError:
        return False
    return True
