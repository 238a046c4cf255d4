"""The stand-ins can say no: what would fail on the real host fails here too; and a team's own desk runs as this one."""

from pathlib import Path

import pytest
from tests.act.happenings import of_hand, opens, tells_issue
from tests.act.stand_in import StandIn, desk_on_a_host, standing_in
from tests.sample_desk import git

WORKFLOW = """\
on: workflow_dispatch
jobs:
  only:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with: {{fetch-depth: 0, persist-credentials: {may_push}}}
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065
        with: {{python-version: "3.12"}}
      - name: Try
        run: {command}
"""
PUSH = "git -c user.name=a -c user.email=a@desk.example commit --quiet --allow-empty -m 空 && git push --quiet"


def tried(hub: StandIn, command: str, *, may_push: bool = True, uses: str = "") -> str:
    """How a step with this command ends; `uses` stands in place of the action that sets Python up."""
    text = WORKFLOW.format(command=command, may_push=str(may_push).lower())
    clone = hub.clone()
    clone.put(text.replace("actions/setup-python", uses) if uses else text, ".github/workflows/try.yml")
    git(clone.root, "push", "--quiet")
    return hub.happens("workflow_dispatch", of_hand(), "try.yml").steps["Try"]


def test_a_job_pushes_with_its_credentials_and_not_without_them(hub: StandIn) -> None:
    assert tried(hub, PUSH) == "success"
    after = hub.head

    assert tried(hub, PUSH, may_push=False) == "failure"
    assert git(hub.bare, "rev-parse", "main~1").strip() == after


def test_a_workflow_that_pastes_a_title_into_a_command_would_be_found_out(hub: StandIn) -> None:
    witness = hub.folder / "ran"
    clone = hub.clone()
    pasted = WORKFLOW.format(command="echo '::error::x'; echo ${{ github.event.issue.title }}", may_push="false")
    clone.put(pasted.replace("workflow_dispatch", "issues"), ".github/workflows/try.yml")
    git(clone.root, "push", "--quiet")
    hub.host.add_issue(f"$(touch {witness})x##[add-path]/tmp/evil")

    ran = tells_issue(hub, 1, "opened", job="only", workflow="try.yml")

    assert witness.exists()
    assert ran.commands == ["error", "add-path"]


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("--require-hashes --requirement requirements.lock", "success"),
        ("--requirement policy/desk.yml", "failure"),
        ("--requirement no.lock", "failure"),
        ("--no-deps .", "success"),
        ("requests", "failure"),
    ],
)
def test_nothing_is_installed_that_pip_would_not_find_here(hub: StandIn, words: str, ends: str) -> None:
    assert tried(hub, f"python -m pip install {words}") == ends


def test_an_action_that_nothing_stands_in_for_is_named(hub: StandIn) -> None:
    with pytest.raises(AssertionError, match="someone/else@a26af69"):
        tried(hub, "true", uses="someone/else")


def test_a_desk_of_a_team_that_holds_no_program_takes_issues_in_too(act: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    first = desk_on_a_host(tmp_path / "team", kept=())
    (tmp_path / "host").mkdir()
    with standing_in(tmp_path / "host", first, home, act) as hub:
        ran = opens(hub)

        assert ran.code == 0, ran.printed()
        assert "git-feedback[all]==" in hub.text(".github/workflows/intake.yml")
        assert hub.item().source == "github#1"
