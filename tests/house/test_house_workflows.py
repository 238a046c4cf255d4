"""Workflows and issue forms: sound to their linters, thin, and without a stranger's word in an expression."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.sample_desk import policy

from git_feedback.intake import issue_form
from git_feedback.notation import read

WORKFLOWS = sorted((Path(__file__).parents[2] / ".github/workflows").glob("*.yml"))
STRANGERS = re.compile(r"\.(title|body|login|name|email|message|label|ref|head_ref|page_name|comment|labels)\b")
"""Fields of an event that anybody may fill."""
TESTED = {"contains(github.event.issue.labels.*.name, 'feedback')"}
"""Expressions that compare a stranger's words with ours and put them nowhere."""
workflows = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def loaded(path: Path) -> dict[str, Any]:
    found = read(path.read_bytes())
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in loaded(path)["jobs"].values() for step in job["steps"]]


def tool(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A linter of this environment; skipped where it is not installed, for the lock file has it."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return subprocess.run([found, *words], capture_output=True, text=True, check=False)


def test_there_are_workflows_for_pull_requests_issues_and_nights() -> None:
    assert {path.name for path in WORKFLOWS} >= {"check.yml", "intake.yml", "nightly.yml"}


def test_zizmor_finds_nothing() -> None:
    done = tool("zizmor", "--offline", "--no-progress", *map(str, WORKFLOWS))

    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    done = tool("actionlint", *map(str, WORKFLOWS))

    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_workflows_follow_the_schema_of_their_host() -> None:
    done = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("name", "schema"), [("feedback.yml", "issue-forms"), ("config.yml", "issue-config")])
def test_forms_follow_the_schema_of_their_host(tmp_path: Path, name: str, schema: str) -> None:
    (tmp_path / name).write_text(issue_form.forms(policy(), "git feedback generate")[name], encoding="utf-8")

    done = tool("check-jsonschema", "--builtin-schema", f"vendor.github-{schema}", str(tmp_path / name))

    assert done.returncode == 0, done.stdout


@workflows
def test_no_expression_stands_in_a_command(path: Path) -> None:
    commands = [step["run"] for step in steps(path) if "run" in step]

    assert not [command for command in commands if "${{" in command]


@workflows
def test_no_expression_reads_what_a_stranger_wrote(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    conditions = [job["if"] for job in loaded(path)["jobs"].values() if "if" in job]
    expressions = [*re.findall(r"\$\{\{(.*?)\}\}", text, re.DOTALL), *conditions]

    assert not [one for one in expressions if one not in TESTED and "github." in one and STRANGERS.search(one)]


@workflows
def test_actions_are_pinned_to_a_commit_with_their_version_beside_it(path: Path) -> None:
    uses = re.findall(r"^\s*(?:- )?uses: *(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)

    assert uses
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in uses)


def test_one_action_has_one_pin_in_all_workflows() -> None:
    pins = {pin for path in WORKFLOWS for pin in re.findall(r"uses: *(\S+ # \S+)", path.read_text(encoding="utf-8"))}

    assert len({pin.partition("@")[0] for pin in pins}) == len(pins)


@workflows
def test_nothing_is_permitted_on_top_and_each_job_says_what_it_needs(path: Path) -> None:
    workflow = loaded(path)

    assert workflow["permissions"] == {}
    assert all(job["permissions"] for job in workflow["jobs"].values())


@workflows
def test_every_job_ends_by_itself(path: Path) -> None:
    assert all(0 < int(job["timeout-minutes"]) <= 60 for job in loaded(path)["jobs"].values())


@workflows
def test_the_token_stays_in_the_checkout_only_where_something_is_pushed(path: Path) -> None:
    pushes = any("--push" in step.get("run", "") for step in steps(path))
    kept = [step["with"]["persist-credentials"] for step in steps(path) if "actions/checkout@" in step.get("uses", "")]

    assert kept == ["true" if pushes else "false"]


@workflows
def test_only_a_job_that_pushes_may_write_contents(path: Path) -> None:
    for job in loaded(path)["jobs"].values():
        pushes = any("--push" in step.get("run", "") for step in job["steps"])
        assert (job["permissions"].get("contents") == "write") == pushes


@workflows
def test_all_logic_is_in_the_command(path: Path) -> None:
    commands = [line for step in steps(path) for line in step.get("run", "").strip().split("\n") if line]

    assert all(line.startswith(("python -m pip install ", "git feedback ")) for line in commands)


def test_each_issue_has_a_group_of_its_own_and_no_intake_is_cancelled() -> None:
    group = loaded(WORKFLOWS[0].parent / "intake.yml")["concurrency"]

    assert group == {"group": "intake-${{ github.event.issue.number }}", "cancel-in-progress": "false"}


def test_the_check_of_a_pull_request_sees_the_whole_history() -> None:
    (checkout,) = (
        step for step in steps(WORKFLOWS[0].parent / "check.yml") if "actions/checkout@" in step.get("uses", "")
    )

    assert checkout["with"]["fetch-depth"] == "0"


@workflows
def test_every_command_exists_with_the_options_it_is_given(path: Path) -> None:
    for line in (line for step in steps(path) for line in step.get("run", "").split("\n")):
        if not line.startswith("git feedback "):
            continue
        words = line.split()[2:]
        names = [word for word in words if re.fullmatch(r"[a-z]+", word)]
        asked = [sys.executable, "-m", "git_feedback", *names, "-h"]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
        assert all(word in done.stdout for word in words if word.startswith("--"))
