"""The desk's Git host as the environment gives it: which kind, where its API is, whose token, which repository.

| kind | address of the API | token | repository |
|---|---|---|---|
| github | GITHUB_API_URL | GITHUB_TOKEN, GH_TOKEN | GITHUB_REPOSITORY |
| gitlab | CI_API_V4_URL | GITLAB_TOKEN | CI_PROJECT_PATH |
| gitea | GITEA_API_URL | GITEA_TOKEN | GITEA_REPOSITORY |

The runner of Gitea and Forgejo sets GitHub's names; only there they mean Gitea, so that no token goes to a host it is not
for.  What desk.yml says of `host` and `repository` comes before the environment.
"""

import os
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from git_feedback.cli.session import Session
from git_feedback.cli.trouble import Stop
from git_feedback.hosts import Line, Patience, Provider, provider_for
from git_feedback.hosts.addresses import api_of, kind_of, repository_of
from git_feedback.policy import Policy

PATIENCE_S, ANSWER_S = 120.0, 20.0
API, TOKEN, REPOSITORY = "api", "token", "repository"
_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "github": {API: ("GITHUB_API_URL",), TOKEN: ("GITHUB_TOKEN", "GH_TOKEN"), REPOSITORY: ("GITHUB_REPOSITORY",)},
    "gitlab": {API: ("CI_API_V4_URL",), TOKEN: ("GITLAB_TOKEN",), REPOSITORY: ("CI_PROJECT_PATH",)},
    "gitea": {API: ("GITEA_API_URL",), TOKEN: ("GITEA_TOKEN",), REPOSITORY: ("GITEA_REPOSITORY",)},
}
_SIGNS = {
    "gitlab": ("GITLAB_CI", "CI_API_V4_URL"),
    "gitea": ("GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITEA_API_URL"),
    "github": ("GITHUB_ACTIONS", "GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN", "GH_TOKEN"),
}
"""By which variables a host is told, the surest first: Gitea's runner sets those of GitHub too."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a host; what is not, is empty."""

    kind: str
    api: str
    token: str
    repository: str

    @property
    def missing(self) -> str:
        """The first of token, API and repository that nobody gave; empty where all are there."""
        return next((name for name in (TOKEN, API, REPOSITORY) if not getattr(self, name)), "")

    def variable_of(self, what: str) -> str:
        """The name of the variable for the API, the token or the repository."""
        return _NAMES[self.kind][what][0]

    @property
    def line(self) -> Line:
        """The way there."""
        patience = Patience(PATIENCE_S, ANSWER_S, time.monotonic, time.sleep, random.random)
        is_of_job = self.kind == "gitlab" and self.token == _value("CI_JOB_TOKEN")
        return Line(self.api, self.token, patience, ("JOB-TOKEN", "") if is_of_job else None)


def kind(policy: Policy) -> str:
    """github, gitlab or gitea: what desk.yml says, else its repository's address, else the environment; empty: nobody."""
    told = policy.desk.host or kind_of(policy.desk.repository)
    return told or next((one for one, names in _SIGNS.items() if any(map(_value, names))), "")


def given(kind: str, policy: Policy) -> Given:
    """What is known of the host of that kind; desk.yml speaks of the desk's own kind only."""
    is_own = kind == (policy.desk.host or kind_of(policy.desk.repository) or kind)
    address = policy.desk.repository if is_own else None
    return Given(
        kind,
        api=_first(kind, API) or api_of(address, kind),
        token=_first(kind, TOKEN),
        repository=repository_of(address, kind) or _first(kind, REPOSITORY),
    )


def provider(session: Session) -> Provider:
    """The desk's host.  Stops with the name of the variable that is missing."""
    found = _known(session)
    if found is None:
        raise Stop("host-which", language=session.language)
    if found.missing:
        raise Stop(
            f"host-needs-{found.missing}",
            language=session.language,
            variable=found.variable_of(found.missing),
            kind=found.kind,
        )
    return provider_for(found.kind, found.repository, found.line)


def provider_if_any(session: Session) -> Provider | None:
    """The desk's host, or None where the environment does not give one."""
    found = _known(session)
    return provider_for(found.kind, found.repository, found.line) if found and not found.missing else None


def summary_file() -> Path | None:
    """The file whose Markdown the host shows on the page of the job (GitHub, Gitea); None where there is none."""
    named = _value("GITHUB_STEP_SUMMARY")
    return Path(named) if named and Path(named).parent.is_dir() else None


def _known(session: Session) -> Given | None:
    own = kind(session.policy)
    return given(own, session.policy) if own else None


def _first(kind: str, what: str) -> str:
    names = _NAMES[kind][what]
    if kind == "gitea" and _is_run_by_gitea():
        names = (*names, *_NAMES["github"][what])
    return next((value for name in names if (value := _value(name))), "")


def _is_run_by_gitea() -> bool:
    """Whether GitHub's names mean a Gitea here: its runner says so, or the API's address has Gitea's form."""
    is_form_of_gitea = _value("GITHUB_API_URL").rstrip("/").endswith("/api/v1")
    return is_form_of_gitea or any(map(_value, ("GITEA_ACTIONS", "FORGEJO_ACTIONS")))


def _value(name: str) -> str:
    return (os.environ.get(name) or "").strip()
