"""The README is run as written, in a copy of the checkout: each command block, in both languages."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
READMES = ("README.md", "README.zh.md")
WORDS = re.compile(r"--(title|text) \"[^\"]*\"")
EVERYTHING = "python3 scripts/test.py"
"""The block that runs what this very test is part of."""


def blocks(root: Path, name: str) -> list[str]:
    return BLOCK.findall((root / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def clone(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files Git knows or would take, in a repository of their own, with this environment as its .venv."""
    top = tmp_path_factory.mktemp("readme") / "git-feedback"
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout
    for path in filter(None, listing.decode().split("\0")):
        if (root / path).is_file():
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / path, top / path)
    environment_of(top)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "A clone")):
        subprocess.run(["git", *words], cwd=top, check=True)
    return top


def environment_of(top: Path) -> None:
    """A .venv of the clone's own, which needs no network: this environment's packages, the clone's own code."""
    venv.create(top / ".venv", with_pip=False)
    python = top / ".venv" / "bin" / "python"
    site = subprocess.run(
        [str(python), "-c", "import site; print(site.getsitepackages()[0])"], capture_output=True, text=True, check=True
    ).stdout.strip()
    Path(site, "clone.pth").write_text(f"{top / 'scripts'}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    script = top / ".venv" / "bin" / "git-feedback"
    script.write_text(f"#!{python}\nfrom git_feedback.cli import main\nmain()\n", encoding="utf-8")
    script.chmod(0o755)
    probe = "import sys; sys.path.insert(0, 'scripts'); import environment as e; print(e.mark_of('requirements.lock'))"
    mark = subprocess.run([str(python), "-c", probe], cwd=top, capture_output=True, text=True, check=True).stdout
    (top / ".venv" / "git-feedback.lock").write_text(mark, encoding="utf-8")


def run(block: str, clone: Path) -> str:
    """What a block prints; `python3` is the Python of this environment."""
    folder = clone.parent / "bin"
    folder.mkdir(exist_ok=True)
    if not (folder / "python3").exists():
        (folder / "python3").symlink_to(sys.executable)
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "LANG": "C.UTF-8"}
    environment.pop("VIRTUAL_ENV", None)
    for role in ("AUTHOR", "COMMITTER"):
        environment.pop(f"GIT_{role}_EMAIL", None)
    settings = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.email", "GIT_CONFIG_VALUE_0": "you@example.org"}
    done = subprocess.run(
        ["bash", "-c", block], cwd=clone, env={**environment, **settings}, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert done.returncode < 2, said
    return said


@pytest.mark.parametrize("name", READMES)
def test_both_readmes_have_the_same_commands(root: Path, name: str) -> None:
    wanted = [WORDS.sub(r"--\1", block) for block in blocks(root, READMES[0])]
    assert [WORDS.sub(r"--\1", block) for block in blocks(root, name)] == wanted
    assert len(wanted) >= 4


def test_the_second_command_is_the_one_that_ci_runs(root: Path) -> None:
    assert f"{EVERYTHING}\n" in blocks(root, "README.md")
    assert f"exec {EVERYTHING}" in (root / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_block_of_the_readme_runs_as_written_and_leaves_what_it_promises(root: Path, clone: Path) -> None:
    for block in blocks(root, "README.md"):
        if block.strip() == EVERYTHING:
            continue
        said = run(block.replace("python3 scripts/demo.py\n", "python3 scripts/demo.py --no-serve\n"), clone)
        assert "not found" not in said, said
    assert (clone / "build" / "demo" / "build" / "site" / "zh" / "index.html").is_file()
    desk = clone.parent / "my-desk"
    assert len(list(desk.glob("feedback/*/*/*.yml"))) == 1001
    assert (desk / "build" / "site" / "en" / "queue.html").is_file()
    heads = subprocess.run(["git", "log", "--format=%s"], cwd=desk, capture_output=True, text=True, check=True).stdout
    assert "import San Francisco 311: 1000 items" in heads
    assert "triage: 1 by rules" in heads
