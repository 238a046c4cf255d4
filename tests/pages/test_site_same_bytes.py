"""The bytes of a site follow from the record, the policy and the moment: not from what was built before, nor from where.

A build leaves alone what it knows to be right; whatever people did in between, the site is the one a first build makes.
GIT_FEEDBACK_SITE_STEPS says how many steps of random work are compared (default 4).
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from subprocess import run

from tests.sample_desk import ROOT, Sample, environment, git

STEPS = int(os.environ.get("GIT_FEEDBACK_SITE_STEPS", "4"))
START = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
MOVES = (timedelta(0), timedelta(minutes=7), timedelta(hours=5), timedelta(days=3), timedelta(days=44))
"""What passes between two builds: nothing, minutes, a day's end, a weekend, the turn of the year."""
KEPT_BY_BUILDER = ("staging", "docs", "theme", "config", "mkdocs.en.yml", "mkdocs.zh.yml")
SITE = ("site", "mkdocs.yml", "mkdocs.zh.yml", "policy", "feedback", ".gitattributes", ".gitignore")
ARTICLE = "site/pages/zh/knowledge/refund-slower-than-promised.md"


def whole_desk(root: Path) -> Sample:
    """This repository's desk in a repository of its own."""
    root.mkdir()
    for name in SITE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "He Miao")
    git(root, "config", "user.email", "he.miao@desk.example")
    desk = Sample(root)
    desk.commit()
    return desk


def site_in(out: Path) -> dict[str, bytes]:
    """Every file of a site."""
    site = out / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Paths that only one of two sites has, or that hold something else in it."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


# ---- people at work, between builds ---------------------------------------------------------------------------------


@dataclass
class Work:
    """A desk at which something happens: every deed is one that people do, or a file that somebody edits."""

    desk: Sample
    random: Random
    now: datetime = START
    taken: dict[Path, bytes] = field(default_factory=dict)

    def items(self) -> list[Path]:
        return sorted((self.desk.root / "feedback" / "2026").rglob("*.yml"))

    def some_item(self) -> Path:
        return self.random.choice(self.items())

    def reword(self) -> None:
        """An item's title is changed; others that name it show it too."""
        self._edit(self.some_item(), "\ntitle: ", f"\ntitle: 改{self.random.randrange(9)} ")

    def take_away(self) -> None:
        path = self.some_item()
        self.taken[path] = path.read_bytes()
        path.unlink()

    def bring_back(self) -> None:
        for path, content in self.taken.items():
            path.write_bytes(content)
        self.taken.clear()

    def join(self) -> None:
        """Somebody says that an item is a duplicate of another."""
        path, original = self.some_item(), self.some_item()
        self._say(path, f"duplicate: {{at: {self._at()}, by: he.miao, of: {original.stem}}}")

    def call_again(self) -> None:
        """A finished item is opened again, or a note is left on an open one."""
        self._say(self.some_item(), f"reopen: {{at: {self._at()}, by: he.miao, kind: unsatisfied}}")

    def put_off(self) -> None:
        until = (self.now + timedelta(days=2)).date()
        self._say(self.some_item(), f"snooze: {{at: {self._at()}, by: he.miao, until: {until}}}")

    def take_back(self) -> None:
        """What was done to items since the last commit is undone."""
        git(self.desk.root, "checkout", "--quiet", "--", "feedback/2026")
        self.taken.clear()

    def rename_department(self) -> None:
        self._edit(self.desk.root / "policy/people.yml", "zh: 支付产品", f"zh: 支付产品{self.random.randrange(9)}部")

    def write_article(self) -> None:
        path = self.desk.root / ARTICLE
        path.write_text(path.read_text(encoding="utf-8") + "\n再等一天。\n", encoding="utf-8")

    def lose_picture(self) -> None:
        """A picture that came along is not here, or is here again."""
        away = self.desk.root / "away.png"
        there = next((self.desk.root / "feedback/attachments").rglob("*.png"), None)
        if there:
            self._place = there
            there.rename(away)
        elif away.exists():
            away.rename(self._place)

    def touch_site(self) -> None:
        """Somebody edits a published page by hand."""
        page = self.random.choice(sorted((self.desk.root / "build/site").rglob("Q*.html")))
        page.write_bytes(page.read_bytes().replace("反馈".encode(), "回馈".encode()))

    def commit(self) -> None:
        self.desk.commit()

    def _at(self) -> str:
        return self.now.replace(microsecond=0).isoformat()

    def _say(self, path: Path, event: str) -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text + ("" if "\nhistory:" in text else "history:\n") + f"  - {event}\n", encoding="utf-8")

    def _edit(self, path: Path, old: str, new: str) -> None:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


DEEDS: tuple[Callable[[Work], None], ...] = (
    Work.reword,
    Work.take_away,
    Work.bring_back,
    Work.join,
    Work.call_again,
    Work.put_off,
    Work.take_back,
    Work.rename_department,
    Work.write_article,
    Work.lose_picture,
    Work.touch_site,
    Work.commit,
)


def first_build_of(desk: Sample, now: datetime, beside: Path) -> dict[str, bytes]:
    """The site that a first build makes; what the builder has seen may be taken over, as its own test allows."""
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    for name in KEPT_BY_BUILDER:
        copy = shutil.copytree if (desk.root / "build" / name).is_dir() else shutil.copy
        copy(desk.root / "build" / name, beside / name)
    done = desk.run("build", "--out", str(beside), now=now.isoformat())
    assert done.code in (0, 1), done.err
    return site_in(beside)


def test_a_site_that_grew_over_many_builds_is_the_one_a_first_build_makes(tmp_path: Path) -> None:
    desk = whole_desk(tmp_path / "台")
    work = Work(desk, Random(20261120))
    assert desk.run("build", now=START.isoformat()).code in (0, 1)
    deeds = [*DEEDS] * (1 + STEPS // 4)
    work.random.shuffle(deeds)
    for step in range(STEPS):
        done = [deeds.pop() for _ in range(2)]
        for deed in done:
            deed(work)
        work.now += MOVES[step % len(MOVES)]
        built = desk.run("build", now=work.now.isoformat())
        assert built.code in (0, 1), built.err
        whole = first_build_of(desk, work.now, tmp_path / "first")
        assert not differing(site_in(desk.root / "build"), whole), (step, [deed.__name__ for deed in done])


# ---- elsewhere ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Computer:
    """A machine on which somebody builds: its clock's zone, its language, its chance, what it lets others read."""

    zone: str
    language: str
    chance: str
    mask: int

    def builds(self, root: Path) -> dict[str, bytes]:
        """The site that a process of its own builds in a folder."""
        named = {"TZ": self.zone, "LANG": self.language, "LC_ALL": self.language, "PYTHONHASHSEED": self.chance}
        done = run(
            [sys.executable, "-m", "git_feedback", "build", "--now", START.isoformat()],
            cwd=root,
            env=environment(named),
            umask=self.mask,
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr.decode()
        return site_in(root / "build")


HERE = Computer("Asia/Shanghai", "zh_CN.UTF-8", "0", 0o022)
THERE = Computer("Pacific/Marquesas", "C", "4711", 0o077)


def carried_over(root: Path, there: Path) -> Path:
    """The same desk in another folder, its files written in the opposite order."""
    for path in sorted((path for path in root.rglob("*") if path.is_file()), reverse=True):
        copied = there / path.relative_to(root)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    return there


def test_another_computer_builds_the_same_bytes(tmp_path: Path) -> None:
    desk = whole_desk(tmp_path / "here")
    away = carried_over(desk.root, tmp_path / "elsewhere" / "另一个 文件夹")
    assert not differing(HERE.builds(desk.root), THERE.builds(away))
