"""What every workflow of ours keeps to; each rule that a text breaks is one line of `broken`.

Rules here are lists of what is allowed, not of what is known to be bad: a new event, permission, action, expression or
command has to be written down, with its reason, before a workflow may use it.
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

import click

from git_feedback.cli.main import program
from git_feedback.notation import read

Json = dict[str, Any]

EVENTS: Mapping[str, Json] = {
    "check.yml": {"pull_request": ""},
    "comment.yml": {"issue_comment": {"types": ["created"]}},
    "intake.yml": {"issues": {"types": ["opened", "edited", "labeled", "closed", "reopened"]}},
    "merge-base.yml": {"push": {"branches": ["main"], "paths": ["feedback/**"]}, "workflow_dispatch": ""},
    "month.yml": {"schedule": 1, "workflow_dispatch": ""},
    "nightly.yml": {"schedule": 2, "workflow_dispatch": ""},
    "pages.yml": {"workflow_call": "", "workflow_dispatch": ""},
    "training.yml": {"issues": {"types": ["opened", "edited", "labeled"]}},
}
"""What starts each; of a schedule how many lines it may have."""
_CALLS_PAGES = {"contents": "read", "pages": "write", "id-token": "write"}
PERMISSIONS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "check.yml": {"check": {"contents": "read"}},
    "comment.yml": {"comment": {"contents": "write", "issues": "write"}, "pages": _CALLS_PAGES},
    "intake.yml": {"intake": {"contents": "write", "issues": "write"}, "pages": _CALLS_PAGES},
    "merge-base.yml": {"merge": {"contents": "write"}},
    "month.yml": {"report": {"contents": "write"}, "pages": _CALLS_PAGES},
    "nightly.yml": {
        "night": {"contents": "write", "issues": "write"},
        "clocks": {"contents": "write", "issues": "write"},
        "pages": _CALLS_PAGES,
    },
    "pages.yml": {"build": {"contents": "read"}, "publish": {"pages": "write", "id-token": "write"}},
    "training.yml": {"training": {"contents": "write", "issues": "write"}, "pages": _CALLS_PAGES},
}
"""What each job may do: this and nothing more."""
_PER_ISSUE = {"group": "issue-${{ github.event.issue.number }}", "cancel-in-progress": "false", "queue": "max"}
CONCURRENCY: Mapping[str, Mapping[str, Json | None]] = {
    "check.yml": {
        "": {"group": "check-${{ github.event.pull_request.number }}", "cancel-in-progress": "true"},
    },
    "comment.yml": {"comment": _PER_ISSUE},
    "intake.yml": {"intake": _PER_ISSUE},
    "training.yml": {"training": _PER_ISSUE},
    "merge-base.yml": {"": {"group": "merge-base", "cancel-in-progress": "false"}},
    "month.yml": {"": {"group": "month", "cancel-in-progress": "false"}},
    "nightly.yml": {"": {"group": "nightly", "cancel-in-progress": "false"}},
    "pages.yml": {"": {"group": "pages", "cancel-in-progress": "false"}},
}
"""Which group a workflow (empty), or one of its jobs, is in."""
ACTIONS = {
    "actions/checkout": {"ref", "fetch-depth", "persist-credentials"},
    "actions/setup-python": {"python-version"},
    "actions/upload-pages-artifact": {"path"},
    "actions/configure-pages": set[str](),
    "actions/deploy-pages": set[str](),
}
"""The actions that are used, and what each may be told.  None keeps a cache between runs."""
PAGES = "./.github/workflows/pages.yml"
EXPRESSIONS = {
    "github.event.issue.number",
    "github.event.pull_request.number",
    "github.event.pull_request.author_association",
    "github.event.pull_request.base.sha",
    "github.event.repository.default_branch || github.ref_name",
    "github.token",
    "steps.deployment.outputs.page_url",
    *(f"steps.{name}.outputs.written" for name in ("comment", "intake", "report", "training")),
    *(
        f"!cancelled() && needs.{name}.outputs.written == 'true'"
        for name in ("comment", "intake", "report", "training")
    ),
    "!cancelled() && needs.night.result != 'skipped'",
}
"""What stands in `${{ }}`: numbers, hashes and closed lists of the host, and outputs of ours; secrets aside."""
_SECRET = re.compile(r"secrets\.[A-Z][A-Z0-9_]{2,60}")
CONDITIONS = {
    "contains(github.event.issue.labels.*.name, 'feedback')",
    "contains(github.event.issue.labels.*.name, 'training')",
    (
        "!github.event.issue.pull_request && github.event.comment.user.type != 'Bot' &&"
        " contains(github.event.issue.labels.*.name, 'feedback')"
    ),
}
"""When a job runs: a stranger's words are compared with ours, and put nowhere."""
_CONDITION_OF_CRON = re.compile(r"github\.event\.schedule (?:!=|==) '[0-9,/* -]+'")
_INSTALLS = re.compile(
    r"python -m pip install --quiet (?:--require-hashes --requirement requirements\.lock"
    r"|--no-deps --no-build-isolation \.|\"[A-Za-z0-9][A-Za-z0-9 ._,@:/+=<>~!\[\]-]*\")"
)
_PINNED = re.compile(r"\s*(?:- )?uses: ([\w./-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
_WHO = {f"GIT_{role}_{part}" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
_VARIABLES = {*_WHO, "GITHUB_TOKEN", "ASSOCIATION", "BASE_SHA"}


def broken(name: str, text: str) -> list[str]:
    """Every rule that the workflow of this name breaks."""
    found = read(text.encode())
    assert isinstance(found, dict)
    rules = (_starts, _permits, _ends, _waits, _uses, _expresses, _runs, _tells_secrets, _keeps_tokens)
    return [f"{name}: {fault}" for rule in rules for fault in rule(name, found, text)]


def jobs(workflow: Json) -> Iterator[tuple[str, Json]]:
    """The jobs that have steps."""
    yield from ((name, job) for name, job in workflow["jobs"].items() if "steps" in job)


def steps(workflow: Json) -> Iterator[Json]:
    """All steps of all jobs."""
    for _, job in jobs(workflow):
        yield from job["steps"]


def _starts(name: str, workflow: Json, text: str) -> Iterator[str]:
    """By the events that it is for, in the kinds that it is for."""
    on = {event: told if event != "schedule" else None for event, told in workflow["on"].items()}
    wanted = {event: told if event != "schedule" else None for event, told in EVENTS[name].items()}
    if on != wanted:
        yield f"is started by {on}, not by {wanted}"
    if len(workflow["on"].get("schedule", [])) > int(EVENTS[name].get("schedule", 0)):
        yield "has more times than it may"


def _permits(name: str, workflow: Json, text: str) -> Iterator[str]:
    """Nothing on top; each job what it needs, and each with a word why."""
    if workflow.get("permissions") != {}:
        yield "permits something on top"
    for job, told in workflow["jobs"].items():
        if told.get("permissions") != PERMISSIONS[name].get(job):
            yield f"job {job} may {told.get('permissions')}, not {PERMISSIONS[name].get(job)}"
    for line in text.splitlines():
        if re.fullmatch(r"\s+[a-z-]+: (?:read|write)(?:-all)?", line):
            yield f"does not say why: {line.strip()}"


def _ends(name: str, workflow: Json, text: str) -> Iterator[str]:
    """Every job by itself, within an hour."""
    for job, told in jobs(workflow):
        if not 0 < int(told.get("timeout-minutes", 0)) <= 60:
            yield f"job {job} has no end"


def _waits(name: str, workflow: Json, text: str) -> Iterator[str]:
    """In the group that it belongs to; what writes is never cancelled by something newer."""
    groups = {"": workflow.get("concurrency")} | {
        job: told.get("concurrency") for job, told in workflow["jobs"].items()
    }
    there = {place: group for place, group in groups.items() if group}
    if there != CONCURRENCY[name]:
        yield f"waits in {there}"


def _uses(name: str, workflow: Json, text: str) -> Iterator[str]:
    """Actions that we know, pinned to a commit with its version beside it, told what they may be told."""
    for line in text.splitlines():
        if re.match(r"\s*(?:- )?uses:", line) and PAGES not in line and not _PINNED.fullmatch(line):
            yield f"is not pinned: {line.strip()}"
    for step in steps(workflow):
        action, told = step.get("uses", "").partition("@")[0], set(step.get("with", {}))
        if action and (action not in ACTIONS or not told <= ACTIONS[action]):
            yield f"uses {action} with {sorted(told)}"
    for job, called in workflow["jobs"].items():
        if "uses" in called and (called["uses"] != PAGES or "secrets" in called or "with" in called):
            yield f"job {job} calls {called['uses']}"


def _expresses(name: str, workflow: Json, text: str) -> Iterator[str]:
    """No expression in a command, and elsewhere none but those we know."""
    for step in steps(workflow):
        if "${{" in step.get("run", "") or "${{" in step.get("name", "") or "${{" in step.get("uses", ""):
            yield f"has an expression in {step.get('name')}"
    told = [one.strip() for one in re.findall(r"\$\{\{(.*?)\}\}", text, re.DOTALL)]
    for expression in told:
        if expression not in EXPRESSIONS and not _SECRET.fullmatch(expression):
            yield f"expresses {expression}"
    for job in workflow["jobs"].values():
        condition = job.get("if", "")
        is_known = condition in CONDITIONS or "${{" in condition or _CONDITION_OF_CRON.fullmatch(condition)
        if condition and not is_known:
            yield f"runs if {condition}"


def _runs(name: str, workflow: Json, text: str) -> Iterator[str]:
    """Our command, with options that it has, or what installs it; nothing else, and no shell of its own."""
    for step in steps(workflow):
        if {"shell", "working-directory"} & set(step):
            yield f"has a shell of its own in {step['name']}"
        for line in filter(None, step.get("run", "").split("\n")):
            if line.startswith("git feedback "):
                yield from _unknown(line)
            elif not _INSTALLS.fullmatch(line):
                yield f"runs {line}"


def _unknown(line: str) -> Iterator[str]:
    """What of a call the program does not have, and what the shell would make more of than a word."""
    if re.search(r"[;&|<>`\\()]|\$(?![A-Z_]+\")", line):
        yield f"runs more than a command: {line}"
    command: click.Command = program
    words = shlex.split(line)[2:]
    while words and isinstance(command, click.Group):
        name = words.pop(0)
        found = command.get_command(click.Context(command), name)
        if found is None:
            yield f"there is no command {name}: {line}"
            return
        command = found
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
    yield from (f"there is no option {one}: {line}" for one in words if one.startswith("-") and one not in known)


def _tells_secrets(name: str, workflow: Json, text: str) -> Iterator[str]:
    """A secret to the one step that needs it, under its own name."""
    for step in steps(workflow):
        for variable, value in step.get("env", {}).items():
            if variable not in _VARIABLES and value != f"${{{{ secrets.{variable} }}}}":
                yield f"sets {variable}"
    outside = [workflow.get("env"), *(job.get("env") for job in workflow["jobs"].values())]
    if any(outside):
        yield "sets variables outside a step"
    if "secrets." in text and name not in {"nightly.yml", "intake.yml"}:
        yield "asks for secrets"


def _keeps_tokens(name: str, workflow: Json, text: str) -> Iterator[str]:
    """The job's token stays in the checkout only where something is pushed, and only there contents may be written."""
    for job, told in jobs(workflow):
        pushes = any("--push" in step.get("run", "") for step in told["steps"])
        kept = [
            one["with"]["persist-credentials"] for one in told["steps"] if "actions/checkout@" in one.get("uses", "")
        ]
        if any((one == "true") != pushes for one in kept):
            yield f"job {job} keeps a token: {kept}"
        if (told.get("permissions", {}).get("contents") == "write") != pushes:
            yield f"job {job} may write contents, or cannot push"
