"""Files made from policy: issue forms, CODEOWNERS, the JSON Schema of items, workflows; written, or found stale."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from git_feedback.hosts import unattended, workflows
from git_feedback.intake import issue_form
from git_feedback.model import Problem
from git_feedback.model.json_schema import item_schema, problem_schema
from git_feedback.policy import Policy
from git_feedback.policy.codeowners import codeowners
from git_feedback.store import write_file

COMMAND = "git feedback generate"


PROGRAM = ("requirements.lock", "scripts/git_feedback/__init__.py")
"""A repository that has these holds the program itself, and installs it from there."""


def files(root: Path, policy: Policy) -> Mapping[str, bytes]:
    """Every generated file of the desk in `root` by its path; each but JSON names the command in its first line."""
    made = {f".github/ISSUE_TEMPLATE/{name}": content for name, content in issue_form.forms(policy, COMMAND).items()}
    made[".github/CODEOWNERS"] = codeowners(policy, COMMAND)
    made["policy/schema/item.json"] = item_schema(COMMAND)
    made["policy/schema/problem.json"] = problem_schema(COMMAND)
    is_locked = all((root / path).is_file() for path in PROGRAM)
    made |= workflows.workflows(policy, COMMAND, is_locked=is_locked)
    made |= unattended.files(policy, COMMAND, is_locked=is_locked)
    return {path: content.encode() for path, content in made.items()}


def write_down(root: Path, policy: Policy) -> list[str]:
    """Write what is missing or stale; the paths that were written."""
    return [path for path, content in files(root, policy).items() if write_file(root / path, content)]


def stale(root: Path, policy: Policy) -> Iterator[Problem]:
    """Generated files that are missing, or not what the policy makes now."""
    for path, content in files(root, policy).items():
        there = root / path
        if not there.is_file() or there.read_bytes().replace(b"\r\n", b"\n") != content:
            yield Problem(path, 1, 1, "stale-file", {"command": COMMAND})


def left_over(root: Path, policy: Policy) -> list[str]:
    """Workflows that the command made and the policy no longer asks for; what becomes of them, people decide."""
    made = files(root, policy)
    there = sorted((root / workflows.FOLDER).glob("*.yml"))
    return [path for one in there if (path := one.relative_to(root).as_posix()) not in made and _is_ours(one)]


def _is_ours(path: Path) -> bool:
    with path.open("rb") as opened:
        return f"`{COMMAND}`".encode() in opened.readline(400)
