"""What a host knows of a repository's own settings: is the site on, does the night run, which secrets are there, what
time it is.

Only GitHub tells all of it; of the others only the clock is asked.  None stands for what cannot be asked: another host,
or a token that may not.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from git_feedback.hosts import told_values as read
from git_feedback.hosts.asking import Answer, HostFailed, Line

_MAY_NOT = 403
_ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Pages:
    """The published site: whether there is one, and whether it is open to everybody."""

    on: bool
    public: bool = True


@dataclass(frozen=True, slots=True)
class Night:
    """The workflow of the night: `state` is active, or why the host does not run it (empty: it does not know it).

    `last` is when it began its last run that ended well; None where there is none.
    """

    state: str
    last: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether the host runs it."""
        return self.state == _ACTIVE


class Settings(Protocol):
    """The settings of one repository.  Every method raises HostFailed when the host cannot be asked at all."""

    def pages(self) -> Pages | None:
        """The published site."""

    def night(self, workflow: str) -> Night | None:
        """The workflow in a file (`nightly.yml`)."""

    def secrets(self) -> frozenset[str] | None:
        """The names of the secrets that workflows get; never what they hold."""

    def time(self) -> datetime | None:
        """What time it is at the host."""


def settings_of(kind: str, repository: str, line: Line) -> Settings:
    """The settings of a repository on a host of that kind."""
    return GitHubSettings(repository, line) if kind == "github" else ClockAlone(line)


@dataclass(frozen=True, slots=True)
class ClockAlone:
    """A host that is asked for nothing but the time."""

    line: Line

    def pages(self) -> Pages | None:
        """Nobody knows."""
        return None

    def night(self, workflow: str) -> Night | None:  # noqa: ARG002 - as every host takes it
        """Nobody knows."""
        return None

    def secrets(self) -> frozenset[str] | None:
        """Nobody knows."""
        return None

    def time(self) -> datetime | None:
        """What time it is at the host."""
        return _time_of(self.line.get(f"{self.line.api.rstrip('/')}/version"))


@dataclass(frozen=True, slots=True)
class GitHubSettings:
    """A repository on GitHub (docs: REST API, "Pages", "Actions secrets", "Workflow runs")."""

    repository: str
    line: Line

    def pages(self) -> Pages | None:
        """The published site."""
        told = self._told(lambda: self._get("pages"), absent=Pages(on=False))
        return told if isinstance(told, Pages) or told is None else Pages(True, told.get("public") is not False)

    def night(self, workflow: str) -> Night | None:
        """The workflow in a file."""
        told = self._told(lambda: self._get("actions", "workflows", workflow), absent=Night(""))
        if isinstance(told, Night) or told is None:
            return told
        asked = {"status": "success", "per_page": 1}
        runs = self._get("actions", "workflows", workflow, "runs", **asked).get("workflow_runs")
        newest = runs[0] if isinstance(runs, list) and runs and isinstance(runs[0], dict) else {}
        return Night(str(told.get("state") or ""), read.moment(newest.get("created_at")))

    def secrets(self) -> frozenset[str] | None:
        """The names of the repository's own secrets, and of those its organization lends it."""
        own = self._told(lambda: self._get("actions", "secrets", per_page=100), absent=None)
        if own is None:
            return None
        lent: dict[str, Any] = {}
        with suppress(HostFailed):
            lent = self._get("actions", "organization-secrets", per_page=100)
        return _names(own) | _names(lent)

    def time(self) -> datetime | None:
        """What time it is at the host."""
        return _time_of(self._answer())

    def _told(self, ask: Callable[[], dict[str, Any]], absent: Any) -> Any:
        """What the host says; `absent` where it has no such thing, None where the token may not ask."""
        try:
            return ask()
        except HostFailed as failed:
            if failed.code == "host-not-found":
                return absent
            if failed.values.get("answer") == _MAY_NOT:
                return None
            raise

    def _get(self, *path: str, **facts: object) -> dict[str, Any]:
        return dict(read.thing(self._answer(*path, **facts).value, self.line))

    def _answer(self, *path: str, **facts: object) -> Answer:
        steps = "/".join(quote(step, safe="") for step in ("repos", *self.repository.split("/"), *path))
        return self.line.get(f"{self.line.api.rstrip('/')}/{steps}" + (f"?{urlencode(facts)}" if facts else ""))


def _names(told: dict[str, Any]) -> frozenset[str]:
    listed = told.get("secrets")
    rows = listed if isinstance(listed, list) else []
    return frozenset(str(one["name"]) for one in rows if isinstance(one, dict) and "name" in one)


def _time_of(answer: Answer) -> datetime | None:
    with suppress(ValueError, TypeError):
        found = parsedate_to_datetime(answer.headers.get("Date") or "")
        return found if found.tzinfo else None
    return None
