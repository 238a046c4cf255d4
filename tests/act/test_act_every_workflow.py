"""No workflow of the repository goes without a run, and what runs in these tests is what lies in the repository."""

import re
from pathlib import Path

from tests.act.stand_in import StandIn
from tests.sample_desk import ROOT

WORKFLOWS = ROOT / ".github/workflows"


def test_the_workflows_that_run_in_tests_are_those_of_the_repository(hub: StandIn) -> None:
    clone = hub.clone().root / ".github/workflows"
    names = sorted(path.name for path in WORKFLOWS.iterdir())

    assert names == sorted(path.name for path in clone.iterdir())
    assert [one for one in names if (clone / one).read_bytes() != (WORKFLOWS / one).read_bytes()] == []


def test_every_workflow_is_run_by_some_test() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    named = set(re.findall(r'"([\w-]+\.yml)"', texts))

    assert {path.name for path in WORKFLOWS.iterdir()} - named == set()
