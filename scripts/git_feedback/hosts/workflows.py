"""The workflows of a desk on GitHub, made from policy: they check out, set up and call the program, which has all logic."""

from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version

from git_feedback.hosts import schedules
from git_feedback.hosts.templates import filled, template
from git_feedback.policy import Policy
from git_feedback.policy.files import AutomationPart

FOLDER = ".github/workflows"
ALWAYS = ("check.yml", "comment.yml", "intake.yml", "merge-base.yml", "nightly.yml", "training.yml")
REF_KEY = "GIT_FEEDBACK_REF_KEY"
"""The secret by which the same person is known again; asked for where the desk keeps how to reach people."""
_OF_THE_HOST = ("GITHUB_", "RUNNER_", "GIT_AUTHOR_", "GIT_COMMITTER_")
"""How names begin that the host gives a value, or the workflows do."""
_LOCKED = (
    "python -m pip install --quiet --require-hashes --requirement requirements.lock",
    "python -m pip install --quiet --no-deps --no-build-isolation .",
)


def wanted(policy: Policy) -> AutomationPart | None:
    """What the desk has run by itself on GitHub; None where it has nothing run, or is elsewhere."""
    automation = policy.desk.automation
    kind = (automation.host or policy.desk.host) if automation else None
    return automation if kind == "github" else None


def workflows(policy: Policy, command: str, *, is_locked: bool) -> dict[str, str]:
    """Every workflow by its path; none where GitHub runs nothing for the desk.

    `command` makes them; `is_locked` says that the repository holds the program itself, with a lock file.
    """
    automation = wanted(policy)
    if automation is None:
        return {}
    words = _words(policy, automation, command, is_locked=is_locked)
    parts = set(_parts(automation))
    return {f"{FOLDER}/{name}": filled(template("github", name), words, parts) for name in _names(automation)}


def secrets(policy: Policy) -> list[str]:
    """The names of the secrets that the night asks the host for, in order."""
    ways = policy.notify.ways.values() if policy.notify else ()
    named = {name for way in ways for name in (way.settings, way.secret) if name and not name.startswith(_OF_THE_HOST)}
    return sorted({*named, *([REF_KEY] if policy.recipients else [])})


def _names(automation: AutomationPart) -> Iterator[str]:
    yield from ALWAYS
    if automation.report != "never":
        yield "month.yml"
    if automation.publish != "none":
        yield "pages.yml"


def _parts(automation: AutomationPart) -> Iterator[str]:
    if automation.every != "never":
        yield "clocks"
    if automation.publish != "none":
        yield "pages"


def words_for(policy: Policy, automation: AutomationPart, command: str, later: str = "") -> dict[str, str]:
    """What the files of every host say: when things run, in which words, and where the site lies; `later` says more of times."""
    zone, night, every, report = policy.zone, automation.night, automation.every, automation.report
    is_often, is_reported = every != "never", report != "never"
    return {
        "MADE": f"Made from policy/desk.yml and policy/notify.yml by `{command}`: change them instead.",
        "NIGHT": schedules.nightly(zone, night),
        "NIGHT-SAID": f"{night} in {zone.key}{later}",
        "CLOCKS": schedules.between(zone, night, every) if is_often else "",
        "EVERY-SAID": f"every {every}",
        "NEXT": every if is_often else "24h",
        "REPORT": schedules.early_in_a_month(zone, report) if is_reported else "",
        "REPORT-SAID": f"{report} in {zone.key}{later}, the first days of a month",
        "AUDIENCE": automation.publish,
        "SITE": "build/site" if automation.publish == "team" else f"build/{automation.publish}/site",
    }


def _words(
    policy: Policy, automation: AutomationPart, command: str, *, is_locked: bool
) -> Mapping[str, str | tuple[str, ...]]:
    later = " (an hour later in summer)" if schedules.keeps_summer_time(policy.zone) else ""
    return {
        **words_for(policy, automation, command, later),
        "INSTALL": _LOCKED if is_locked else (f'python -m pip install --quiet "{installed(automation)}"',),
        "SECRETS": tuple(_secret(name) for name in secrets(policy) if name != REF_KEY),
    }


def _secret(name: str) -> str:
    return f"{name}: ${{{{ secrets.{name} }}}}"


def installed(automation: AutomationPart) -> str:
    """What pip is told: the desk's wish, else this very version."""
    if automation.install:
        return automation.install
    try:
        return f"git-feedback[all]=={version('git-feedback')}"
    except PackageNotFoundError:
        return "git-feedback[all]"
