"""Files made from policy: issue forms, CODEOWNERS, the JSON Schema of items; written, or found stale."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from git_feedback.intake import issue_form
from git_feedback.model import Problem
from git_feedback.model.json_schema import item_schema, problem_schema
from git_feedback.policy import Policy
from git_feedback.policy.codeowners import codeowners
from git_feedback.store import write_file

COMMAND = "git feedback generate"


def files(policy: Policy) -> Mapping[str, bytes]:
    """Every generated file by its path; each but JSON names the command in its first line."""
    made = {f".github/ISSUE_TEMPLATE/{name}": content for name, content in issue_form.forms(policy, COMMAND).items()}
    made[".github/CODEOWNERS"] = codeowners(policy, COMMAND)
    made["policy/schema/item.json"] = item_schema(COMMAND)
    made["policy/schema/problem.json"] = problem_schema(COMMAND)
    return {path: content.encode() for path, content in made.items()}


def write_down(root: Path, policy: Policy) -> list[str]:
    """Write what is missing or stale; the paths that were written."""
    return [path for path, content in files(policy).items() if write_file(root / path, content)]


def stale(root: Path, policy: Policy) -> Iterator[Problem]:
    """Generated files that are missing, or not what the policy makes now."""
    for path, content in files(policy).items():
        there = root / path
        if not there.is_file() or there.read_bytes().replace(b"\r\n", b"\n") != content:
            yield Problem(path, 1, 1, "stale-file", {"command": COMMAND})
