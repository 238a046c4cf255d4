"""What a check looks at: an item, its file's name and bytes, and the moment of looking."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from git_feedback import notation
from git_feedback.model import Item, Place, Problem
from git_feedback.model.problem import nearest


@dataclass(frozen=True)
class Subject:
    """An item under check."""

    item: Item
    file: str
    source: bytes
    now: datetime

    @cached_property
    def places(self) -> dict[Place, tuple[int, int]]:
        """Where everything stands; found out only when there is something to say."""
        return notation.places(self.source)

    def problem(self, code: str, *place: str | int, **values: object) -> Problem:
        """A problem at a place of the file, such as `("history", 3, "assign", "owner")`."""
        line, column = nearest(place, self.places)
        return Problem(self.file, line, column, code, values)
