"""The hooks for commit time, run by pre-commit itself: what is wrong stops the commit, what is stale is made anew."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from tests.hosts.ready_python import ready_python
from tests.sample_desk import NOW, PAYMENT, ROOT, Ran, Sample, git, sample

from git_feedback.cli.main import COMMANDS
from git_feedback.notation import read

HOOKS = ROOT / ".pre-commit-hooks.yaml"
FILE = "feedback/2026/11/Q261119-0AAJN0D.yml"
CONFIG = """\
repos:
  - repo: {repository}
    rev: {commit}
    hooks:
      - {{id: git-feedback-check, language: system}}
      - {{id: git-feedback-generated, language: system}}
"""
"""As a team writes it; the program is here already, so nothing is installed."""


def pre_commit() -> list[str]:
    """The command; skipped with the reason where there is none."""
    program = os.environ.get("PRE_COMMIT") or shutil.which("pre-commit")
    if program:
        return [program]
    if importlib.util.find_spec("pre_commit") is None:
        pytest.skip("no pre-commit: pip install pre-commit")
    return [sys.executable, "-m", "pre_commit"]


def test_the_hooks_are_what_pre_commit_takes_for_hooks() -> None:
    words = [*pre_commit(), "validate-manifest", str(HOOKS)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_hook_calls_a_command_that_exists_on_files_that_exist() -> None:
    for hook in cast("list[dict[str, str]]", read(HOOKS.read_bytes())):
        assert hook["entry"].split()[:1] == ["git-feedback"]
        assert hook["entry"].split()[1] in COMMANDS
        assert any(re.search(hook["files"], path) for path in (FILE, "policy/desk.yml"))


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    (tmp_path / "desk").mkdir()
    return sample(tmp_path / "desk", PAYMENT)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """With the program in PATH, and pre-commit's own folder here."""
    made = ready_python(tmp_path / "python", NOW)
    home = {"HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "pre-commit")}
    return {**os.environ, **home, "PATH": f"{made.folder / 'ready'}:{os.environ['PATH']}", "LANG": "C.UTF-8"}


def committed(desk: Sample, text: str, path: str, environment: dict[str, str]) -> Ran:
    """What `git commit` says to somebody who changed a file."""
    (desk.root / path).write_text(text, encoding="utf-8")
    git(desk.root, "add", "--", path)
    done = subprocess.run(
        ["git", "commit", "--message=改"], cwd=desk.root, env=environment, capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def hooked(desk: Sample, environment: dict[str, str], tmp_path: Path) -> Sample:
    """The desk with pre-commit put in; skipped with the reason where there is none."""
    command = pre_commit()
    (tmp_path / "hooks").mkdir()
    shutil.copy(HOOKS, tmp_path / "hooks")
    git(tmp_path / "hooks", "init", "--quiet")
    git(tmp_path / "hooks", "add", "--all")
    git(tmp_path / "hooks", "commit", "--quiet", "--message=hooks")
    commit = git(tmp_path / "hooks", "rev-parse", "HEAD").strip()
    desk.put(CONFIG.format(repository=tmp_path / "hooks", commit=commit), ".pre-commit-config.yaml")
    subprocess.run([*command, "install"], cwd=desk.root, env=environment, capture_output=True, check=True)
    return desk


def test_a_mistake_in_an_item_stops_the_commit_with_its_place(hooked: Sample, environment: dict[str, str]) -> None:
    done = committed(hooked, PAYMENT.replace("web-form", "fax"), FILE, environment)
    assert done.code == 1
    assert f"{FILE}:3:1: unknown-channel" in done.out + done.err
    sound = committed(hooked, PAYMENT.replace("三次", "四次"), FILE, environment)
    assert sound.code == 0, sound.out + sound.err


def test_a_file_that_became_stale_is_made_anew_and_the_commit_waits_for_it(
    hooked: Sample, environment: dict[str, str]
) -> None:
    text, path = hooked.text("policy/channels.yml") + "# 备注\n", "policy/channels.yml"
    (hooked.root / ".github/CODEOWNERS").write_text("# 旧\n", encoding="utf-8")
    git(hooked.root, "add", "--all")
    done = committed(hooked, text, path, environment)
    assert done.code == 1
    assert "files were modified by this hook" in done.out + done.err
    assert "git feedback generate" in hooked.text(".github/CODEOWNERS").splitlines()[0]
    git(hooked.root, "add", "--all")
    assert committed(hooked, text, path, environment).code == 0


# ---- as pre-commit calls them, where it is not installed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"), [(PAYMENT.replace("三次", "四次"), 0), (PAYMENT.replace("web-form", "fax"), 1)]
)
def test_as_a_hook_of_git_the_check_looks_at_this_desk_and_at_no_other(
    desk: Sample, environment: dict[str, str], tmp_path: Path, text: str, code: int
) -> None:
    (desk.root / FILE).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "--quiet", "other")
    told = {"GIT_DIR": str(tmp_path / "other/.git"), "GIT_INDEX_FILE": str(tmp_path / "other/.git/index")}
    words = ["git-feedback", "check", FILE]
    done = subprocess.run(words, cwd=desk.root, env=environment | told, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
