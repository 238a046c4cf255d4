"""For whom a site is built: everybody at the desk, one department, or the public."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may read a site; `department` holds an id where `kind` is `department`."""

    kind: Literal["team", "public", "department"] = "team"
    department: str = ""

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it: no item, no name of staff, no internal word stands there."""
        return self.kind == "public"


TEAM = Audience()
PUBLIC = Audience("public")
