"""The floors of the house: kept by the code, and a step upwards is seen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sample_desk import ROOT, environment

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-c", LINT, "--no-cache"]
    env = environment({}) | {"PYTHONPATH": str(folder / "scripts")}
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=env)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package with the contracts."""
    unread = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "scripts/git_feedback", tmp_path / "scripts/git_feedback", ignore=unread)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_are_kept() -> None:
    code, said = lint(ROOT)
    assert code == 0, said


@pytest.mark.parametrize(("room", "line"), [
    ("model/item.py", "from git_feedback.policy import Policy  # noqa\n"),
    ("store/files.py", "from git_feedback import intake  # noqa\n"),
    ("text/words.py", "import git_feedback.cli  # noqa\n"),
])  # fmt: skip
def test_an_import_upwards_or_from_a_room_on_the_same_floor_is_seen(copy: Path, room: str, line: str) -> None:
    path = copy / "scripts/git_feedback" / room
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    code, said = lint(copy)
    assert code != 0
    assert "BROKEN" in said


def test_a_room_without_a_floor_is_seen(copy: Path) -> None:
    (copy / "scripts/git_feedback/杂物间.py").write_text('"""杂物。"""\n', encoding="utf-8")
    assert lint(copy)[0] != 0
