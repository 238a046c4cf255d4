"""What is left to do by hand once a desk is laid out: for its host, in its language, in the order in which it works."""

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from git_feedback import i18n
from git_feedback.jobs.fitting import PUBLISHING, Wishes

Say = Callable[..., str]
TOKENS = {"github": "GITHUB_TOKEN", "gitlab": "GITLAB_TOKEN", "gitea": "GITEA_TOKEN"}
"""Where the token of a host is read from, host by host."""


def steps(folder: Path, wishes: Wishes) -> list[str]:
    """Each step as one line of words, with the commands to type and the pages to open."""
    language = wishes.language or "en"

    def say(code: str, **values: object) -> str:
        return i18n.text(code, language, None, **values)

    by_host = {"github": _github, "gitlab": _gitlab, "gitea": _gitea, "none": _plain}[wishes.host]
    return [say("init-step-enter", folder=shlex.quote(str(folder))), *by_host(wishes, say), *_always(say)]


def _always(say: Say) -> Iterator[str]:
    yield say("init-step-keys")
    yield say("init-step-first")
    yield say("init-step-doctor")


def _pushed(wishes: Wishes, say: Say, make: str) -> Iterator[str]:
    """A repository on the host, and the desk in it; who will read the site is thought of before that."""
    yield say("init-step-create", url=make)
    if not wishes.repository:
        yield say("init-step-remote")
    if wishes.host in PUBLISHING and wishes.readers != "none":
        yield say("init-step-readers-team" if wishes.readers == "team" else "init-step-readers-public")
    yield say("init-step-push")


def _site(repository: str) -> str:
    parts = urlsplit(repository)
    return f"{parts.scheme}://{parts.netloc}"


def _github(wishes: Wishes, say: Say) -> Iterator[str]:
    owner, _, name = wishes.repository.removeprefix("https://github.com/").partition("/")
    asked = urlencode({"owner": owner, "name": name, "visibility": "private"})
    yield from _pushed(wishes, say, f"https://github.com/new?{asked}" if name else "https://github.com/new")
    if wishes.readers != "none":
        page = f"{wishes.repository}/settings/pages" if wishes.repository else "Settings → Pages"
        yield say("init-step-pages-github", url=page)
    yield say("init-step-labels", token=TOKENS["github"], url="https://github.com/settings/personal-access-tokens/new")
    page = f"{wishes.repository}/settings/secrets/actions" if wishes.repository else "Settings → Secrets and variables"
    yield say("init-step-secrets", url=page)


def _gitlab(wishes: Wishes, say: Say) -> Iterator[str]:
    site = _site(wishes.repository) if wishes.repository else "https://gitlab.com"
    yield from _pushed(wishes, say, f"{site}/projects/new#blank_project")
    made = f"{wishes.repository}/-/settings/access_tokens" if wishes.repository else "Settings → Access tokens"
    kept = f"{wishes.repository}/-/settings/ci_cd" if wishes.repository else "Settings → CI/CD → Variables"
    yield say("init-step-token-gitlab", made=made, kept=kept)
    page = f"{wishes.repository}/-/pipeline_schedules" if wishes.repository else "Build → Pipeline schedules"
    yield say("init-step-schedule-gitlab", url=page)
    yield say("init-step-labels", token=TOKENS["gitlab"], url=f"{site}/-/user_settings/personal_access_tokens")
    yield say("init-step-secrets", url=kept)


def _gitea(wishes: Wishes, say: Say) -> Iterator[str]:
    site = _site(wishes.repository) if wishes.repository else ""
    yield from _pushed(wishes, say, f"{site}/repo/create" if site else "+ → New Repository")
    page = f"{wishes.repository}/settings" if wishes.repository else "Settings"
    yield say("init-step-actions-gitea", url=page)
    tokens = f"{site}/user/settings/applications" if site else "Settings → Applications"
    yield say("init-step-labels", token=TOKENS["gitea"], url=tokens)
    page = f"{wishes.repository}/settings/actions/secrets" if wishes.repository else "Settings → Actions → Secrets"
    yield say("init-step-secrets", url=page)


def _plain(wishes: Wishes, say: Say) -> Iterator[str]:  # noqa: ARG001 - one of four of a kind
    yield say("init-step-timer")
