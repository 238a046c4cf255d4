"""What an examination looks at, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from git_feedback.hosts.provider import Provider
from git_feedback.hosts.settings import Settings
from git_feedback.policy import Policy
from git_feedback.store import Git

Severity = Literal["broken", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is missing: a code whose words are the fact and the command that mends it, and their values.

    `broken`: something does not work, or will not when it is needed.  `advice`: it works, and could be better.
    """

    code: str
    severity: Severity
    values: Mapping[str, object] = field(default_factory=dict)


def broken(code: str, /, **values: object) -> Finding:
    """Something that does not work."""
    return Finding(code, "broken", values)


def advice(code: str, /, **values: object) -> Finding:
    """Something that could be better."""
    return Finding(code, "advice", values)


@dataclass(frozen=True, slots=True)
class AskedHost:
    """The desk's repository on its host, with a token that may ask."""

    provider: Provider
    settings: Settings


@dataclass(frozen=True)
class Place:
    """A clone, the machine it is on, and the moment: all that can be looked at before the policy is read."""

    root: Path
    git: Git
    now: datetime
    environment: Mapping[str, str]
    """Names are looked for in it; what they hold is never shown."""
    python: tuple[int, int]
    prefix: Path
    """Where the program is installed."""
    identity: Path
    """Where a secret key of this clone would lie."""
    free: int
    """Bytes that are free on its disk."""
    browsers: tuple[str, ...] = ()
    """The programs that can print."""
    backups: Path | None = None
    """The folder of backups, if somebody named it."""


@dataclass(frozen=True)
class Ground(Place):
    """The same with the policy, and the host if it can be asked."""

    policy: Policy = field(kw_only=True)
    host: AskedHost | None = None
    offline: bool = False
    """Nothing beyond this machine is asked, not even by Git."""
    fixed: bool = False
    """Whether `now` was given, and is not what this machine's clock says."""


@dataclass(frozen=True, slots=True)
class Examination:
    """One thing that is looked at; `mend` does what is harmless to do, and gives the paths that it wrote."""

    name: str
    examine: Callable[[Ground], Iterator[Finding]]
    mend: Callable[[Ground], list[str]] | None = None
