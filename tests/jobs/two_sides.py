"""Two sides of one desk: branches and clones that change the same items, with Git's driver or without."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.sample_desk import NOW, PAYMENT, ROOT, Ran, Sample, git, sample

from git_feedback.jobs import merging

ID = "Q261119-0AAJN0D"
FILE = f"feedback/2026/11/{ID}.yml"


def program(folder: Path) -> Path:
    """A folder for PATH in which `git feedback` is this tree's."""
    folder.mkdir()
    script = folder / "git-feedback"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT}/scripts exec {sys.executable} -m git_feedback "$@"\n', encoding="utf-8"
    )
    script.chmod(0o755)
    return folder


@dataclass(frozen=True)
class Sides:
    """A desk with a base, and whatever each side makes of it."""

    desk: Sample
    path: str
    """What PATH is for Git: with `git feedback` on it, or without."""

    @property
    def root(self) -> Path:
        """The desk's folder."""
        return self.desk.root

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A Git command that may end with a conflict."""
        env = {**os.environ, "PATH": self.path, "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}
        return subprocess.run(["git", *words], cwd=self.root, capture_output=True, text=True, check=False, env=env)

    def branch(self, name: str, *commands: tuple[str, ...], start: str = "main", now: str = NOW) -> None:
        """A branch on which these verbs were said."""
        git(self.root, "checkout", "--quiet", "-b", name, start)
        for words in commands:
            self.say(*words, now=now)

    def say(self, *words: str, now: str = NOW) -> Ran:
        """A verb, committed."""
        done = self.desk.run(*words, now=now)
        assert done.code == 0, done.err
        return done

    def edit(self, name: str, old: str, new: str, path: str = FILE, start: str = "main") -> None:
        """A change by hand, on a branch of that name (made, or gone on with)."""
        there = name in git(self.root, "branch", "--format=%(refname:short)").split()
        git(self.root, "checkout", "--quiet", *([name] if there else ["-b", name, start]))
        text = self.desk.text(path)
        assert old in text
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")
        self.desk.commit()

    def merge(self, first: str, *others: str) -> subprocess.CompletedProcess[str]:
        """`git merge` of the others into the first."""
        git(self.root, "checkout", "--quiet", first)
        return self.git("merge", "--no-edit", *others)

    def status(self) -> str:
        """What Git says is not committed."""
        return git(self.root, "status", "--porcelain")


def sides(folder: Path, *, driver: bool = True, item: str = PAYMENT) -> Sides:
    """A desk with one classified item; with `driver` it is registered and Git finds the program."""
    (folder / "台").mkdir()
    desk = sample(folder / "台", item)
    found = Sides(desk, f"{program(folder / 'bin')}{os.pathsep}{os.environ['PATH']}" if driver else os.environ["PATH"])
    if driver:
        merging.install(desk.git)
    found.say(
        "classify", ID, "--category", "product/bug", "--urgency", "4", "--impact", "4", now="2026-11-19T10:00:00+08:00"
    )
    return found
