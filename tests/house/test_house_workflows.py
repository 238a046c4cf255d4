"""Workflows and issue forms: sound to their linters, thin, and without a stranger's word in an expression.

The workflows of this repository are judged, and those of desks that want other things of their host.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hosts.desk_policies import COMMAND, MODEST, WATCHFUL, policy_with
from tests.house.workflow_rules import EVENTS, broken
from tests.sample_desk import ROOT, policy

from git_feedback.hosts.workflows import FOLDER, workflows
from git_feedback.intake import issue_form
from git_feedback.jobs import generating

OWN = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / FOLDER).glob("*.yml"))}


def made(automation: str, **files: str) -> dict[str, str]:
    found = workflows(policy_with(automation, **files), COMMAND, is_locked=False)
    return {path.rpartition("/")[2]: text for path, text in found.items()}


DESKS = {"own": OWN, "watchful": made(**WATCHFUL), "modest": made(**MODEST)}
ALL = [(desk, name) for desk, found in DESKS.items() for name in found]
each = pytest.mark.parametrize(("desk", "name"), ALL)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workflows of each desk where their linters look for them."""
    top = tmp_path_factory.mktemp("workflows")
    for desk, found in DESKS.items():
        (top / desk / FOLDER).mkdir(parents=True)
        subprocess.run(["git", "init", "--quiet", str(top / desk)], check=True)
        for name, text in found.items():
            (top / desk / FOLDER / name).write_text(text, encoding="utf-8")
    return {desk: top / desk / FOLDER for desk in DESKS}


def tool(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A linter of this environment; skipped where it is not installed, for the lock file has it."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return subprocess.run([found, *words], capture_output=True, text=True, check=False)


# ---- linters ----------------------------------------------------------------------------------------------------------


def test_zizmor_finds_nothing_though_it_is_as_strict_as_can_be(folders: dict[str, Path]) -> None:
    done = tool("zizmor", "--offline", "--no-progress", "--persona=pedantic", *map(str, folders.values()))

    assert done.returncode == 0, done.stdout + done.stderr


CACHES = "has no explicit cache access limit"
"""`cache-mode` is younger than runners that know it; no step of ours keeps a cache (a rule of workflow_rules)."""


def test_actionlint_finds_nothing(folders: dict[str, Path]) -> None:
    paths = [str(path) for folder in folders.values() for path in sorted(folder.glob("*.yml"))]

    done = tool("actionlint", "-ignore", CACHES, *paths)

    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_workflows_follow_the_schema_of_their_host(folders: dict[str, Path]) -> None:
    paths = [str(path) for folder in folders.values() for path in sorted(folder.glob("*.yml"))]

    done = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *paths)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("name", "schema"), [("feedback.yml", "issue-forms"), ("config.yml", "issue-config")])
def test_forms_follow_the_schema_of_their_host(tmp_path: Path, name: str, schema: str) -> None:
    (tmp_path / name).write_text(issue_form.forms(policy(), COMMAND)[name], encoding="utf-8")

    done = tool("check-jsonschema", "--builtin-schema", f"vendor.github-{schema}", str(tmp_path / name))

    assert done.returncode == 0, done.stdout


# ---- rules ------------------------------------------------------------------------------------------------------------


@each
def test_a_workflow_keeps_to_every_rule(desk: str, name: str) -> None:
    assert broken(name, DESKS[desk][name]) == []


def test_there_is_a_workflow_for_each_thing_that_a_desk_has_done_by_itself() -> None:
    assert set(OWN) == set(DESKS["watchful"]) == set(EVENTS)


def test_one_action_has_one_pin_in_all_workflows() -> None:
    texts = [text for found in DESKS.values() for text in found.values()]
    pins = {pin for text in texts for pin in re.findall(r"uses: *(\S+@\S+ # \S+)", text)}

    assert len({pin.partition("@")[0] for pin in pins}) == len(pins) == 5


def test_the_workflows_of_this_repository_are_what_its_policy_makes() -> None:
    made_now = {path: text for path, text in generating.files(ROOT, policy()).items() if path.startswith(FOLDER)}

    assert {f"{FOLDER}/{name}": text.encode() for name, text in OWN.items()} == made_now


def test_what_a_called_workflow_may_do_is_what_its_own_jobs_need_together() -> None:
    own = re.findall(r"^      ([a-z-]+: (?:read|write)) #", OWN["pages.yml"], re.MULTILINE)
    caller = OWN["intake.yml"].partition("\n  pages:\n")[2]

    assert sorted(own) == sorted(re.findall(r"^      ([a-z-]+: (?:read|write)) #", caller, re.MULTILINE))


# ---- the rules can be broken --------------------------------------------------------------------------------------------

TITLE = "${{ github.event.issue.title }}"
BODY = "${{ github.event.comment.body }}"


def put(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


MISTAKES = {
    "a title in a command": ("intake.yml", put("issue --push", f"issue --push {TITLE}"), "has an expression in"),
    "a comment in a command": ("comment.yml", put("comment --push", f'comment "{BODY}"'), "has an expression in"),
    "a title in a variable": ("intake.yml", put("${{ github.token }}", TITLE), "expresses github.event.issue.title"),
    "a title in the name of a step": (
        "intake.yml",
        put("name: Take in, commit", f"name: {TITLE}"),
        "has an expression",
    ),
    "a title in a group": ("intake.yml", put("github.event.issue.number", "github.event.issue.title"), "waits in"),
    "an action by its tag": (
        "check.yml",
        put("@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "@v4"),
        "is not pinned",
    ),
    "a pin without its version": ("pages.yml", put(" # v4.0.5", ""), "is not pinned"),
    "an action we do not know": ("check.yml", put("actions/setup-python@", "someone/setup-python@"), "uses someone/"),
    "a cache": ("intake.yml", put('python-version: "3.12"', 'python-version: "3.12"\n          cache: pip'), "uses"),
    "all rights": ("intake.yml", put("permissions: {}", "permissions: write-all"), "permits something on top"),
    "rights on top": ("month.yml", put("permissions: {}", "permissions:\n  contents: write # x"), "permits something"),
    "one right too many": (
        "check.yml",
        put("contents: read # nothing is written", "contents: write # x"),
        "job check may {'contents': 'write'}",
    ),
    "a right without a reason": ("month.yml", put(" # pushes the report", ""), "does not say why: contents: write"),
    "a called workflow with more rights": ("intake.yml", put("contents: read # r", "contents: write # r"), "job pages"),
    "secrets handed on": (
        "intake.yml",
        put(f"    uses: {'./.github'}", "    secrets: inherit\n    uses: ./.github"),
        "calls",
    ),
    "no end": ("nightly.yml", put("    timeout-minutes: 60\n", ""), "job night has no end"),
    "an intake that is cancelled": (
        "intake.yml",
        put("cancel-in-progress: false", "cancel-in-progress: true"),
        "waits in",
    ),
    "a waiting run that is dropped": ("intake.yml", put("      queue: max\n", ""), "waits in"),
    "one group for all issues": ("comment.yml", put("issue-${{ github.event.issue.number }}", "issue"), "waits in"),
    "pull_request_target": ("check.yml", put("  pull_request:\n", "  pull_request_target:\n"), "is started by"),
    "comments that were rewritten": ("comment.yml", put("[created]", "[created, edited]"), "is started by"),
    "the schedule gone": ("nightly.yml", put("  workflow_dispatch:\n", ""), "is started by"),
    "comments on pull requests": ("comment.yml", put("!github.event.issue.pull_request && ", ""), "runs if"),
    "comments of robots": ("comment.yml", put("github.event.comment.user.type != 'Bot' &&", "true &&"), "runs if"),
    "logic in the workflow": ("month.yml", put("git feedback report", "date && git feedback report"), "runs date"),
    "a second command": ("month.yml", put("--when-due", "--when-due; curl -s example.org"), "runs more than a command"),
    "an option that is not there": ("nightly.yml", put("--no-build", "--no-site"), "there is no option --no-site"),
    "a command that is not there": (
        "comment.yml",
        put("intake comment", "intake remark"),
        "there is no command remark",
    ),
    "a secret under another name": (
        "nightly.yml",
        put("          GITHUB_TOKEN:", "          PATH: ${{ secrets.WECOM }}\n          GITHUB_TOKEN:"),
        "sets PATH",
    ),
    "a secret where strangers speak": (
        "comment.yml",
        put("          GITHUB_TOKEN:", "          WECOM: ${{ secrets.WECOM }}\n          GITHUB_TOKEN:"),
        "asks for secrets",
    ),
    "a token left in a checkout": (
        "check.yml",
        put("persist-credentials: false", "persist-credentials: true"),
        "job check keeps a token",
    ),
    "nothing pushed": ("training.yml", put(" --push", ""), "job training may write contents, or cannot push"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_workflow_is_found(mistake: str) -> None:
    name, change, fault = MISTAKES[mistake]

    assert any(fault in one for one in broken(name, change(DESKS["watchful"][name]))), broken(
        name, change(DESKS["watchful"][name])
    )


def test_the_demo_copies_what_makes_the_workflows_of_this_repository() -> None:
    spec = importlib.util.spec_from_file_location("demo_of_the_sample", ROOT / "scripts/demo.py")
    assert spec and spec.loader
    demo = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        spec.loader.exec_module(demo)
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    assert {*generating.PROGRAM, ".github", "policy"} <= set(demo.COPIED)
