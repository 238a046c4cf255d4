"""The policy of this repository: what its tests say about lives and clocks they say under the desk's own rules."""

from pathlib import Path

import pytest

from git_feedback.policy import Policy, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def policy() -> Policy:
    files = sorted((ROOT / "policy").rglob("*.yml"))
    loaded = load({file.relative_to(ROOT).as_posix(): file.read_bytes() for file in files})
    assert loaded.policy, [problem.said("en") for problem in loaded.problems]
    return loaded.policy
