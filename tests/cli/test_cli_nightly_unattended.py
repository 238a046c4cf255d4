"""A night that nobody watches: one at a time in a clone, nothing lost by days off, one line and an exit code for the rest."""

import json
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from tests.outbox.fake_robots import robot
from tests.sample_desk import PAYMENT, Sample, environment, git, sample

from git_feedback.cli.alone import lock_file
from git_feedback.jobs.locks import Busy, Lock
from git_feedback.model.events import Alarm
from git_feedback.store import read

ID = "Q261119-0AAJN0D"
FILE = f"feedback/2026/11/{ID}.yml"
FRIDAY = "2026-11-20T02:00:00+08:00"
ASSIGNED = PAYMENT + (
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:00+08:00, by: he.miao, category: product/payment, urgency: 4, impact: 4}\n"
    "  - respond: {at: 2026-11-19T09:40:00+08:00, by: ji.nan, channel: web-form}\n"
    "    text: 在查，请稍等\n"
    "  - assign: {at: 2026-11-19T17:40:00+08:00, by: he.miao, department: payments, owner: lin.wan}\n"
)
NIGHT = ("nightly", "--no-build")
HOLDER = """
import sys, time
from pathlib import Path
from git_feedback.jobs.locks import Lock
lock = Lock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(600)
"""
"""A night that hangs until somebody ends it."""


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


@pytest.fixture
def shared(tmp_path: Path) -> Sample:
    """A clone of a bare repository, as a machine without a host has it."""
    (tmp_path / "desk").mkdir()
    sample(tmp_path / "desk", PAYMENT)
    git(tmp_path, "clone", "--quiet", "--bare", "desk", "remote.git")
    git(tmp_path, "clone", "--quiet", "remote.git", "clone")
    return Sample(tmp_path / "clone")


# ---- one at a time --------------------------------------------------------------------------------------------------


def test_a_second_night_says_who_is_at_work_does_nothing_and_ends_with_0(desk: Sample) -> None:
    head, lock = desk.git.head(), Lock(lock_file(desk.root))
    done = desk.run(*NIGHT, now=FRIDAY)
    assert (done.code, done.out) == (0, "")
    assert "这个克隆里已有一个夜间任务在运行（进程 " in done.err
    assert json.loads(desk.run(*NIGHT, "--format", "json", now=FRIDAY).out)["busy"] is True
    assert desk.git.head() == head
    lock.release()
    assert desk.run(*NIGHT, now=FRIDAY).code == 0
    assert desk.git.head() != head


def test_the_lock_is_free_again_after_each_night_also_after_one_that_stopped(desk: Sample) -> None:
    assert desk.run(*NIGHT, "--push", now=FRIDAY).code == 3
    Lock(lock_file(desk.root)).release()
    desk.run(*NIGHT, now=FRIDAY)
    Lock(lock_file(desk.root)).release()


def test_whoever_only_looks_needs_no_leave(desk: Sample) -> None:
    lock = Lock(lock_file(desk.root))
    assert "夜间任务" not in desk.run(*NIGHT, "--dry-run", now=FRIDAY).err
    lock.release()


def test_a_night_that_was_killed_leaves_nothing_to_be_broken(desk: Sample) -> None:
    command = [sys.executable, "-c", HOLDER, str(lock_file(desk.root))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment({})) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Busy) as busy:
            Lock(lock_file(desk.root))
        assert busy.value.process == str(other.pid)
        assert f"（进程 {other.pid}）" in desk.run(*NIGHT, now=FRIDAY).err
        other.send_signal(signal.SIGKILL)
    assert lock_file(desk.root).exists()
    assert desk.run(*NIGHT, now=FRIDAY).code == 0
    assert "alarm" in [event.verb for event in read(desk.root / FILE).history]


@pytest.mark.parametrize(("ended", "noted"), [(signal.SIGKILL, 0), (signal.SIGTERM, 1), (signal.SIGINT, 1)])
def test_a_night_that_ends_while_messages_go_out_leaves_nothing_in_the_way_of_the_next(
    shared: Sample, ended: signal.Signals, noted: int
) -> None:
    shared.put(
        "ways: {chat: {by: slack, settings: CHAT}}\nladder: [{at: 100, to: [owner, lead]}]\n", "policy/notify.yml"
    )
    shared.run("generate")
    git(shared.root, "push", "--quiet")
    words, waits = [*NIGHT, "--no-sweep", "--push"], threading.Event()

    def second_is_not_answered(_text: str) -> str | None:
        if there.asked < 2:
            return None
        waits.set()
        return "slow"

    with robot("slack") as there:
        there.answer = second_is_not_answered
        env = environment({"CHAT": there.address, "NO_PROXY": "*"})
        command = [sys.executable, "-m", "git_feedback", *words, "--now", FRIDAY]
        with subprocess.Popen(command, cwd=shared.root, env=env, stderr=subprocess.DEVNULL) as night:
            assert waits.wait(60)
            night.send_signal(ended)
        assert git(shared.root, "status", "--porcelain") == ""
        assert len({one[-1] for one in rungs(shared)}) == noted
        there.answer = lambda _text: None
        env = {"CHAT": there.address, "NO_PROXY": "*"}
        assert shared.run(*words, now=FRIDAY, env=env).code == 0
        greetings = [text.split("\n\n")[1] for text in there.texts]
        assert (len(set(greetings)), len(greetings)) == (2, 3 - noted)
    assert git(shared.root, "status", "--porcelain", "--branch").strip() == "## main...origin/main"


def test_two_working_trees_of_one_repository_have_a_night_each(desk: Sample, tmp_path: Path) -> None:
    git(desk.root, "worktree", "add", "--quiet", str(tmp_path / "另一个"))
    assert lock_file(tmp_path / "另一个") != lock_file(desk.root)


# ---- catching up ----------------------------------------------------------------------------------------------------


def rungs(desk: Sample) -> set[tuple[str, int, int, str]]:
    """Who was told of which share of which clock."""
    history = read(desk.root / FILE).history
    return {
        (one.clock, one.cycle, rung, one.addressee) for one in history if isinstance(one, Alarm) for rung in one.rungs
    }


def reached(desk: Sample) -> dict[tuple[str, str], datetime]:
    """When each clock came as far as somebody was told last."""
    told: dict[tuple[str, str], datetime] = {}
    for one in read(desk.root / FILE).history:
        if isinstance(one, Alarm):
            key = (one.clock, one.addressee)
            told[key] = max(told.get(key, one.since), one.since)
    return told


def test_one_night_after_days_off_tells_the_same_with_the_same_instants_as_every_night_would_have(
    tmp_path: Path,
) -> None:
    (tmp_path / "always").mkdir()
    (tmp_path / "once").mkdir()
    always, once = sample(tmp_path / "always", ASSIGNED), sample(tmp_path / "once", ASSIGNED)
    for day in (20, 23, 24, 25):
        assert always.run(*NIGHT, now=f"2026-11-{day}T09:00:00+08:00").code == 0
    assert once.run(*NIGHT, now="2026-11-25T09:00:00+08:00").code == 0
    assert ("accept", 1, 200, "he.miao") in rungs(once)
    assert rungs(once) == rungs(always)
    assert reached(once) == reached(always)
    assert git(once.root, "rev-list", "--count", "HEAD").strip() == "2"
    head = once.git.head()
    assert once.run(*NIGHT, now="2026-11-25T09:30:00+08:00").code == 0
    assert once.git.head() == head


# ---- what stands in the way ------------------------------------------------------------------------------------------


def stopped(desk: Sample, *words: str) -> str:
    """The one line of a night that could not push; nothing was written or sent."""
    head = desk.git.head()
    done = desk.run(*NIGHT, "--push", *words, now=FRIDAY)
    assert (done.code, done.out) == (3, ""), done.err
    assert desk.git.head() == head
    assert not (desk.root / "build").exists()
    assert done.err.count("\n") == 1
    return done.err.removeprefix("git-feedback: ").rstrip("\n")


def test_a_detached_head_is_named_with_the_branch_to_go_to(shared: Sample) -> None:
    git(shared.root, "checkout", "--quiet", "--detach")
    assert stopped(shared) == "这个克隆没有检出任何分支；请运行 git switch main"


def test_another_branch_is_named_with_the_one_that_the_desk_lives_on(shared: Sample) -> None:
    git(shared.root, "switch", "--quiet", "--create", "试验")
    git(shared.root, "push", "--quiet", "--set-upstream", "origin", "试验")
    assert stopped(shared) == "检出的是分支 试验，反馈台在 main 上；请运行 git switch main"


def test_a_branch_that_follows_none_is_told_how_to(shared: Sample) -> None:
    git(shared.root, "branch", "--unset-upstream")
    assert "branch main follows none on another side" in stopped(shared, "--lang", "en")
    assert shared.run(*NIGHT, now=FRIDAY).code == 0


def test_files_that_are_not_committed_are_counted_and_one_is_named(shared: Sample) -> None:
    (shared.root / FILE).write_text(PAYMENT + "# 备注\n", encoding="utf-8")
    assert stopped(shared) == f"这里有 1 个文件改了还没提交，第一个是 {FILE}；请先提交，或用 git stash 放到一边"
    git(shared.root, "checkout", "--quiet", "--", FILE)
    (shared.root / "便条.txt").write_text("未跟踪", encoding="utf-8")
    assert shared.run(*NIGHT, "--push", now=FRIDAY).code == 0


def test_a_merge_that_nobody_finished_is_named(shared: Sample) -> None:
    git(shared.root, "switch", "--quiet", "--create", "side")
    shared.put("一\n", "便条.txt")
    git(shared.root, "switch", "--quiet", "main")
    shared.put("二\n", "便条.txt")
    with pytest.raises(subprocess.CalledProcessError):
        git(shared.root, "merge", "side")
    assert "有一个没有完成的 merge；" in stopped(shared)


def test_without_the_other_side_nobody_is_told_what_may_be_settled_there_and_the_next_night_catches_up(
    shared: Sample,
) -> None:
    remote = shared.root.parent / "remote.git"
    remote.rename(remote.with_name("gone.git"))
    said = stopped(shared)
    assert said.startswith("连不上远端，所以什么也没写、没发：")
    assert said.endswith("；下次运行会补上，请检查网络或访问权限")
    remote.with_name("gone.git").rename(remote)
    assert shared.run(*NIGHT, "--push", now=FRIDAY).code == 0
    assert git(remote, "log", "-2", "--format=%s") == "nightly: alarms of 1 items\nnightly: triage of 1 items\n"
    assert git(shared.root, "status", "--porcelain", "--branch").strip() == "## main...origin/main"
