"""The manual page as a wheel installs it: what `git feedback --help` shows."""

import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import which

import pytest
from tests.sample_desk import ROOT, environment

PAGE = "share/man/man1/git-feedback.1"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel puts beside the package, and a command of that name."""
    folder = tmp_path_factory.mktemp("轮子")
    pytest.importorskip("hatchling", reason="needs hatchling, which builds the wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        named = next(name for name in wheel.namelist() if name.endswith(f".data/data/{PAGE}"))
        (folder / PAGE).parent.mkdir(parents=True)
        (folder / PAGE).write_bytes(wheel.read(named))
    program = folder / "bin/git-feedback"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m git_feedback "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def test_a_wheel_carries_the_page_as_it_is(installed: Path) -> None:
    assert (installed / PAGE).read_bytes() == (ROOT / "man/git-feedback.1").read_bytes()


@pytest.mark.skipif(which("man") is None, reason="needs man")
def test_git_finds_it_beside_the_command_on_the_path(installed: Path) -> None:
    search = f"{installed / 'bin'}:/usr/local/bin:/usr/bin:/bin"
    given = {**environment({}), "PATH": search, "MANPATH": "", "MANPAGER": "cat", "PAGER": "cat", "MANWIDTH": "100"}
    given.pop("MANPATH")
    shown = subprocess.run(["git", "feedback", "--help"], env=given, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert "customer feedback desk" in shown.stdout


@pytest.mark.skipif(which("groff") is None, reason="needs groff")
def test_the_page_is_set_without_a_warning() -> None:
    command = ["groff", "-man", "-Tutf8", "-ww", "-z", str(ROOT / "man/git-feedback.1")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stderr == ""
