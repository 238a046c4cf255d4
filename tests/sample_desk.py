"""One sample desk in a folder: this repository's own policy, whatever items a test asks for, a real Git repository."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from git_feedback.cli.main import program
from git_feedback.cli.trouble import told
from git_feedback.jobs import generating
from git_feedback.model import Item
from git_feedback.policy import Policy, load
from git_feedback.store import Desk, Git, read, write

ROOT = Path(__file__).parents[1]
NOW = "2026-11-20T11:05:00+08:00"
"""A Friday before noon, in working time."""
ACTOR = "he.miao"

PAYMENT = """\
id: Q261119-0AAJN0D
received: 2026-11-19T09:31:00+08:00
channel: web-form
source: "票据 #123"
language: zh
title: 支付页面报错
text: |-
  付款到最后一步提示“系统繁忙”,已经试了三次。
submitter:
  kind: returning
product: App
"""
"""A new item: nobody has said anything about it yet."""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


def policy_files() -> dict[str, bytes]:
    """The repository's own policy, as it lies in the working tree."""
    return dict(Desk(ROOT).policy())


@cache
def policy() -> Policy:
    """The repository's own policy."""
    loaded = load(policy_files())
    assert loaded.policy, [problem.said("en") for problem in loaded.problems]
    return loaded.policy


def item(text: str = PAYMENT) -> Item:
    """The item that a text writes."""
    return read(text.encode())


@dataclass(frozen=True)
class Sample:
    """A desk made for one test."""

    root: Path

    @property
    def git(self) -> Git:
        """Its repository."""
        return Git(self.root)

    def put(self, text: str | bytes, path: str | None = None) -> str:
        """Write an item, or any file, and commit it; its path."""
        content = text.encode() if isinstance(text, str) else text
        where = path or f"feedback/2026/11/{read(content).id}.yml"
        (self.root / where).parent.mkdir(parents=True, exist_ok=True)
        (self.root / where).write_bytes(content)
        self.commit()
        return where

    def commit(self) -> None:
        """Commit whatever lies there."""
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--allow-empty", "--message=样例")

    def text(self, path: str) -> str:
        """A file's text."""
        return (self.root / path).read_text(encoding="utf-8")

    def run(
        self,
        *words: str,
        now: str | None = NOW,
        stdin: bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Ran:
        """`git feedback ...` in the desk's folder; in this process, for a start of Python costs more than most commands."""
        given = [*words, *(["--now", now] if now else [])]
        with chdir(cwd or self.root), CliRunner(env=env).isolation(stdin) as (out, err, _):
            code = told(lambda: program(given, standalone_mode=False))
            return Ran(code, out.getvalue().decode(), err.getvalue().decode())


def run(*words: str, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
    """`git feedback ...` in a process of its own."""
    command = [sys.executable, "-m", "git_feedback", *words]
    done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, check=False, env=environment(env or {}))
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a command: the code under test is this tree's, whatever else is installed."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), **more}


def git(folder: Path, *words: str) -> str:
    """A git command, as a person would give it."""
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode()


def sample(root: Path, *items: str) -> Sample:
    """A desk in `root` with these items, committed, its files made from policy up to date."""
    shutil.copytree(ROOT / "policy", root / "policy")
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, root / name)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "He Miao")
    git(root, "config", "user.email", "he.miao@desk.example")
    generating.write_down(root, policy())
    desk = Sample(root)
    for text in items:
        found = item(text)
        (root / "feedback/2026/11").mkdir(parents=True, exist_ok=True)
        (root / f"feedback/2026/11/{found.id}.yml").write_bytes(write(found))
    desk.commit()
    return desk
