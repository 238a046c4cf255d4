"""What runs a desk by itself where GitHub does not: GitLab, Gitea or Forgejo, or a plain machine; made from policy.

Every file only sets up and calls the program, which has all logic.  Tokens come by name from where the host keeps them;
Git is told them by a helper that it asks, so that they stand in no address, no file and no log.
"""

import shlex
from collections.abc import Callable, Iterator, Mapping
from zoneinfo import ZoneInfo

from git_feedback.hosts import schedules
from git_feedback.hosts.templates import filled, template
from git_feedback.hosts.workflows import REF_KEY, installed, secrets, words_for
from git_feedback.notation import scalar
from git_feedback.policy import Policy
from git_feedback.policy.files import AutomationPart

Words = Mapping[str, str | tuple[str, ...]]

GITLAB, GITEA, PLAIN = ".gitlab-ci.yml", ".gitea/workflows", "deploy"
"""Where a host looks for its files; a plain machine's are put in place by hand."""
_LOCKED = (
    "python -m pip install --quiet --require-hashes --requirement requirements.lock",
    "python -m pip install --quiet --no-deps --no-build-isolation .",
)
_ANSWER = '!f() {{ test "$1" = get && echo username=git-feedback && echo "password=${token}"; }}; f'
"""A helper for Git that says a token of the environment, and is told nothing to keep."""


def files(policy: Policy, command: str, *, is_locked: bool) -> dict[str, str]:
    """The files of the desk's host by their paths; none for a desk on GitHub, or of which nothing runs by itself.

    `command` makes them; `is_locked` says that the repository holds the program itself, with a lock file.
    """
    automation = policy.desk.automation
    kind = (automation.host or policy.desk.host) if automation else None
    maker = _MAKERS.get(kind or "")
    if maker is None or automation is None:
        return {}
    install = _LOCKED if is_locked else (f'python -m pip install --quiet "{installed(automation)}"',)
    return dict(maker(policy, automation, {**words_for(policy, automation, command), "INSTALL": install}))


# ---- GitLab ---------------------------------------------------------------------------------------------------------


def _gitlab(policy: Policy, automation: AutomationPart, shared: Words) -> Iterator[tuple[str, str]]:
    words = {
        **shared,
        "INSTALL": tuple(_item(line) for line in shared["INSTALL"]),
        "TIP": tuple(_item(line) for line in _tip(is_quiet=True)),
        "BRANCHES": tuple(_item(line) for line in _tip(is_quiet=False)),
        "SECRET-NAMES": tuple(f"# - {name}, a masked CI/CD variable;" for name in secrets(policy)),
        "OTHER-SCHEDULES": "".join(_other_schedules(automation)),
    }
    yield GITLAB, filled(template("gitlab", "gitlab-ci.yml"), words, set(_parts(automation)))


def _other_schedules(automation: AutomationPart) -> Iterator[str]:
    if automation.every != "never":
        yield f", clocks (every {automation.every}) with the variable DESK_RUN=clocks"
    if automation.report != "never":
        yield f", the report (days 1 to {schedules.LAST_FIRST_DAY} of a month, {automation.report}) with DESK_RUN=report"


def _tip(*, is_quiet: bool) -> Iterator[str]:
    """From the commit of the pipeline to the tip of the branch; a quiet push starts no pipeline."""
    settings = [("credential.helper", "''"), ('"credential.$CI_SERVER_URL.helper"', _answer("GITLAB_TOKEN"))]
    settings += [("push.pushOption", "ci.skip")] if is_quiet else []
    names = [f"GIT_CONFIG_KEY_{number}={key}" for number, (key, _) in enumerate(settings)]
    values = [f"GIT_CONFIG_VALUE_{number}={value}" for number, (_, value) in enumerate(settings)]
    yield " ".join(["export", f"GIT_CONFIG_COUNT={len(settings)}", *names])
    yield " ".join(["export", *values])
    yield 'git remote set-url origin "$CI_PROJECT_URL.git"'
    yield 'git fetch --quiet origin "+refs/heads/$CI_DEFAULT_BRANCH:refs/remotes/origin/$CI_DEFAULT_BRANCH"'
    yield 'git switch --quiet --force-create "$CI_DEFAULT_BRANCH" --track "origin/$CI_DEFAULT_BRANCH"'


def _answer(token: str) -> str:
    return shlex.quote(_ANSWER.format(token=token))


def _item(line: str) -> str:
    """A command as an entry of a list in YAML."""
    return f"- {scalar(line)}"


# ---- Gitea, Forgejo -------------------------------------------------------------------------------------------------


def _gitea(policy: Policy, automation: AutomationPart, shared: Words) -> Iterator[tuple[str, str]]:
    answer = _ANSWER.format(token="GITEA_TOKEN")  # noqa: S106 - the name of a variable
    words = {
        **shared,
        "GIT": (
            "GITEA_TOKEN: ${{ github.token }}",
            'GIT_CONFIG_COUNT: "2"',
            "GIT_CONFIG_KEY_0: credential.helper",
            'GIT_CONFIG_VALUE_0: ""',
            "GIT_CONFIG_KEY_1: credential.${{ github.server_url }}.helper",
            f"GIT_CONFIG_VALUE_1: {scalar(answer)}",
        ),
        "HOST": ("GITEA_API_URL: ${{ github.api_url }}", "GITEA_REPOSITORY: ${{ github.repository }}"),
        "SECRETS": tuple(_secret(name) for name in secrets(policy) if name != REF_KEY),
        "WHO": tuple(
            line
            for role in ("AUTHOR", "COMMITTER")
            for line in (f"GIT_{role}_NAME: git-feedback", f"GIT_{role}_EMAIL: git-feedback@noreply.invalid")
        ),
    }
    for name in ("check", "comment", "intake", "merge-base", "month", "nightly", "training"):
        if name != "month" or automation.report != "never":
            path = f"{name}.yml"
            yield f"{GITEA}/{path}", filled(template("gitea", path), words, set(_parts(automation)))


def _secret(name: str) -> str:
    return f"{name}: ${{{{ secrets.{name} }}}}"


# ---- a plain machine ------------------------------------------------------------------------------------------------

_UNITS = ("git-feedback.service", "git-feedback.timer")
_OF_REPORTS = ("git-feedback-report.service", "git-feedback-report.timer")


def _plain(policy: Policy, automation: AutomationPart, shared: Words) -> Iterator[tuple[str, str]]:
    zone, is_reported = policy.zone, automation.report != "never"
    often = automation.every if automation.every != "never" else ""
    named = f"every {often}" if often else f"{automation.night} in {zone.key}"
    words = {
        **shared,
        "SECRET-NAMES": tuple(f"# {name}" for name in secrets(policy)),
        "TIMER-SAID": named,
        "CALENDAR": calendar(zone, automation.night, often),
        "REPORT-CALENDAR": f"*-*-01..{schedules.LAST_FIRST_DAY} {automation.report}:00 {zone.key}"
        if is_reported
        else "",
        "ZONE": zone.key,
        "CRON": tuple(_cron(automation, often)),
    }
    for name in (*_UNITS, *(_OF_REPORTS if is_reported else ()), "crontab"):
        yield f"{PLAIN}/{name}", filled(template("plain", name), words, set())


def calendar(zone: ZoneInfo, at: str, every: str) -> str:
    """When a timer of systemd runs: daily at a time of day of a zone, or (`30m`, `2h`) all day long."""
    if not every:
        return f"*-*-* {at}:00 {zone.key}"
    if every.endswith("m"):
        return f"*:00/{every[:-1]}"
    return f"00/{every[:-1]}:{at[3:]}"


def _cron(automation: AutomationPart, often: str) -> Iterator[str]:
    hour, minute = automation.night.split(":")
    when = f"{int(minute)} {int(hour)} * * *"
    if often.endswith("m"):
        when = f"*/{often[:-1]} * * * *"
    elif often:
        when = f"{int(minute)} */{often[:-1]} * * *"
    night = f"nightly --push --next-run {often or '24h'}"
    yield f"{when} {_said_on_failure(night)}"
    if automation.report != "never":
        hour, minute = automation.report.split(":")
        days = f"1-{schedules.LAST_FIRST_DAY}"
        report = _said_on_failure("report last-month --when-due --push")
        yield f"{int(minute)} {int(hour)} {days} * * {report}"


def _said_on_failure(words: str) -> str:
    """A line for cron, in which `%` would be the end of a line; it has the secrets of the service."""
    read = "set -a; test ! -r /etc/git-feedback/secrets.env || . /etc/git-feedback/secrets.env; set +a"
    run = f'said=$(git-feedback {words} 2>&1) || echo "$said"'
    return f"cd /srv/git-feedback/desk && {{ {read}; {run}; }}"


# ---- what they share ------------------------------------------------------------------------------------------------

_Maker = Callable[[Policy, AutomationPart, Words], Iterator[tuple[str, str]]]
_MAKERS: Mapping[str, _Maker] = {"gitlab": _gitlab, "gitea": _gitea, "plain": _plain}


def _parts(automation: AutomationPart) -> Iterator[str]:
    if automation.every != "never":
        yield "clocks"
    if automation.report != "never":
        yield "report"
    if automation.publish != "none":
        yield "pages"
