"""Several clones that sweep the same source: they meet in one item for each submission, whoever pushes first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sample_desk import NOW, Sample, environment, git, sample

from git_feedback.jobs import merging
from git_feedback.privacy.sealing import new_identity, unsealed
from git_feedback.store import Git, Keys, read

SECRET, PUBLIC = new_identity()
LATER = "2026-11-20T14:00:00+08:00"
MAIL = """\
From: <customer{n}@example.com>
Date: Thu, 19 Nov 2026 10:00:00 +0800
Message-ID: <{n}@mail.example.com>
Subject: refund {n}
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

退款三周没到，第 {n} 封。
"""
MAILS = 3


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder of mail that all clones see."""
    folder = tmp_path / "信"
    folder.mkdir()
    for n in range(MAILS):
        deliver(folder, n)
    return folder


def deliver(folder: Path, number: int) -> None:
    file = folder / f"{number}.eml"
    file.write_text(MAIL.format(n=number), encoding="utf-8")
    os.utime(file, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def host(tmp_path: Path, box: Path) -> Path:
    """A bare repository of a desk with that source."""
    (tmp_path / "台").mkdir()
    desk = sample(tmp_path / "台")
    (desk.root / "policy/recipients.txt").write_text(f"{PUBLIC}\n", encoding="utf-8")
    source = f"sources:\n  - {{id: mail, kind: mail-folder, path: {box}}}\n"
    (desk.root / "policy/intake.yml").write_text(source, encoding="utf-8")
    desk.commit()
    git(tmp_path, "clone", "--quiet", "--bare", "台", "host.git")
    return tmp_path / "host.git"


def clone(host: Path, name: str) -> Sample:
    git(host.parent, "clone", "--quiet", f"file://{host}", name)
    desk = Sample(host.parent / name)
    git(desk.root, "config", "user.email", "he.miao@desk.example")
    merging.install(desk.git)
    return desk


def items(folder: Path) -> list[str]:
    listing = git(folder, "ls-tree", "-r", "--name-only", "HEAD", "feedback").splitlines()
    return [path for path in listing if path.endswith(".yml")]


def readable(desk: Sample) -> set[str]:
    """What the sealed blocks of HEAD say, opened with the keys of this clone."""
    found = set()
    for path in items(desk.root):
        item = read(git(desk.root, "show", f"HEAD:{path}").encode())
        assert item.submitter and item.submitter.sealed
        found |= {*unsealed(item.submitter.sealed, Keys(desk.git).of(item.id), [SECRET]).values()}
    return found


WANTED = {f"customer{n}@example.com" for n in range(MAILS)}


def test_the_second_to_push_finds_the_items_there(host: Path) -> None:
    one, two = clone(host, "甲"), clone(host, "乙")

    assert [desk.run("sweep", "--push").code for desk in (one, two)] == [0, 0]

    assert len(items(host)) == MAILS
    assert one.git.head() == two.git.head() == git(host, "rev-parse", "HEAD").strip()
    assert two.run("sync").code == 0  # a clone gets keys where it syncs
    assert readable(one) == readable(two) == WANTED


def test_what_two_clones_took_in_each_for_itself_is_merged_without_a_conflict(host: Path) -> None:
    one, two = clone(host, "甲"), clone(host, "乙")
    one.run("sweep")
    two.run("sweep", now=LATER)

    codes = [desk.run("sync").code for desk in (one, two, one)]

    assert codes == [0, 0, 0]
    assert len(items(host)) == MAILS
    assert one.git.head() == two.git.head()
    assert readable(one) == readable(two) == WANTED
    landed = {read(git(host, "show", f"HEAD:{path}").encode()).landed for path in items(host)}
    assert [moment.isoformat() for moment in landed if moment] == [NOW]
    assert one.run("sweep").code == 0
    assert one.git.head() == two.git.head()
    assert one.run("check").code == 0


def test_four_clones_that_sweep_at_once_end_in_one_item_each_and_a_straight_history(host: Path) -> None:
    desks = [clone(host, f"第{n}") for n in range(4)]
    before = int(git(host, "rev-list", "--count", "HEAD"))
    words = [sys.executable, "-m", "git_feedback", "sweep", "--push", "--now", NOW]
    running = [
        subprocess.Popen(words, cwd=desk.root, env=environment({}), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for desk in desks
    ]
    said = [(job.communicate()[1].decode(), job.returncode) for job in running]

    assert [code for _, code in said] == [0] * len(desks), said
    assert len(items(host)) == MAILS
    assert git(host, "rev-list", "--merges", "HEAD") == ""
    assert int(git(host, "rev-list", "--count", "HEAD")) == before + 1
    for desk in desks:
        git(desk.root, "pull", "--quiet")
        assert desk.run("sync").code == 0
        assert readable(desk) == WANTED


def test_two_sweeps_in_one_clone_take_everything_in_once(host: Path) -> None:
    desk = clone(host, "甲")
    words = [sys.executable, "-m", "git_feedback", "sweep", "--now", NOW]
    running = [
        subprocess.Popen(words, cwd=desk.root, env=environment({}), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    codes = [(job.communicate()[1].decode(), job.returncode) for job in running]

    assert {code for _, code in codes} == {0}, codes
    assert len(items(desk.root)) == MAILS
    assert git(desk.root, "status", "--porcelain") == ""
    assert readable(desk) == WANTED


def test_a_push_that_never_comes_through_leaves_nothing_behind_and_the_next_sweep_has_it_all(host: Path) -> None:
    desk = clone(host, "甲")
    before = desk.git.head()
    hook = host / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nrm -f hooks/pre-receive\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)

    ran = desk.run("sweep", "--push")

    assert ran.code == 0, ran.err
    assert Git(host).head() == desk.git.head() != before
    assert readable(desk) == WANTED


def test_a_night_that_pushes_takes_along_what_it_swept(host: Path) -> None:
    desk = clone(host, "甲")

    ran = desk.run("nightly", "--push", "--no-build", "--no-alarms")

    assert ran.code == 0, ran.out
    assert len(items(host)) == MAILS
    assert Git(host).head() == desk.git.head()
    assert readable(desk) == WANTED
