"""What a host is asked for, and what it tells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from git_feedback.hosts.asking import Line
from git_feedback.intake.issues import Issue


@dataclass(frozen=True, slots=True)
class Wanted:
    """Issues of a repository (`owner/name`) with a label; with `since`, only those that changed from then on."""

    repository: str
    label: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One issue, by the name that people know it by; None with the reason for one that cannot be read."""

    name: str
    issue: Issue | None
    reason: str = ""


Host = Callable[[Wanted, Line], Iterator[Told]]
