"""The small desk of tests/data/report-desk, whose report is the golden one."""

from functools import cache
from pathlib import Path

from git_feedback.policy import Policy, load

DESK = Path(__file__).parents[1] / "data" / "report-desk"


@cache
def policy() -> Policy:
    """Its rules."""
    folder = DESK / "policy"
    found = load(
        {f"policy/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in folder.rglob("*.yml")}
    ).policy
    assert found
    return found
