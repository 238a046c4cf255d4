"""The small desk that the tests of figures speak about: two departments, two months, seventeen items."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from git_feedback import store
from git_feedback.desk import Standing, standings
from git_feedback.model import Item
from git_feedback.policy import Policy, load

DESK = Path(__file__).parents[1] / "data" / "report-desk"

Stand = Callable[[Sequence[Item], str], list[Standing]]


@pytest.fixture(scope="session")
def policy() -> Policy:
    loaded = load(
        {
            f"policy/{path.relative_to(DESK / 'policy').as_posix()}": path.read_bytes()
            for path in DESK.glob("policy/**/*.yml")
        }
    )
    assert loaded.policy, [problem.message for problem in loaded.problems]
    return loaded.policy


@pytest.fixture(scope="session")
def items() -> list[Item]:
    return [store.read(path) for path in sorted(DESK.glob("feedback/*.yml"))]


@pytest.fixture(scope="session")
def stand(policy: Policy) -> Stand:
    """Where items stand at a moment."""
    return lambda items, now: standings(items, policy, datetime.fromisoformat(now))
