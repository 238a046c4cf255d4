"""For whom a site is built: everybody at the desk, one department, or the public."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["team", "public", "department"]
_NOT_IN_FOLDERS = re.compile(r"[^a-z0-9._-]")


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may read a site; `department` holds an id where `kind` is `department`."""

    kind: Kind = "team"
    department: str = ""

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it: no item, no name of staff, no internal word stands there."""
        return self.kind == "public"

    @property
    def folder(self) -> str:
        """Its own folder below that of builds, so that no site is ever written over another; empty for the team's."""
        if self.kind == "team":
            return ""
        return "-".join(part for part in (self.kind, _NOT_IN_FOLDERS.sub("-", self.department)) if part)


TEAM = Audience()
PUBLIC = Audience("public")


def audience_of(said: str) -> Audience | None:
    """The audience that `team`, `public` or `department:ID` names; None for anything else."""
    kind, _, department = said.partition(":")
    if kind == "department":
        return Audience("department", department) if department else None
    return {"team": TEAM, "public": PUBLIC}.get(said)
