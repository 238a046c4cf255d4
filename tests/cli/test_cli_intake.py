"""`intake issue` in real repositories: once, twice, and eight at a time into one bare repository."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sample_desk import NOW, Sample, git, policy, sample

from git_feedback.intake import issue_form
from git_feedback.jobs.pushing import Patience, written_and_pushed
from git_feedback.store import Git, GitFailed, read

INTAKE = ("intake", "issue")


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    root = tmp_path / "desk"
    root.mkdir()
    return sample(root)


def event(folder: Path, number: int = 123, *, title: str = "支付页面报错") -> Path:
    """The file of an issue's event."""
    answers = {"kind": "故障 / Fault", "product": "App", "device": "_No response_", "rating": "2", "text": "付款报错。"}
    body = "\n\n".join(f"### {issue_form.label(name)}\n\n{value}" for name, value in answers.items())
    issue = {"number": number, "title": title, "body": body, "created_at": "2026-11-20T03:01:00Z"}
    path = folder / f"event-{number}.json"
    path.write_text(json.dumps({"issue": issue}), encoding="utf-8")
    return path


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def items(folder: Path) -> list[str]:
    return [
        path for path in git(folder, "ls-tree", "-r", "--name-only", "HEAD").split("\n") if path.startswith("feedback/")
    ]


def test_an_issue_becomes_one_committed_item_that_the_check_finds_sound(desk: Sample, tmp_path: Path) -> None:
    ran = desk.run(*INTAKE, "--event", str(event(tmp_path)))

    (path,) = items(desk.root)
    item = read(desk.root / path)
    assert (ran.code, ran.out) == (0, f"{item.id}  {path}\n")
    assert (item.source, item.title, [one.by for one in item.history]) == ("github#123", "支付页面报错", ["intake"])
    assert git(desk.root, "log", "-1", "--format=%s").strip() == f"intake github#123: {item.id}"
    assert git(desk.root, "status", "--porcelain") == ""
    assert desk.run("check").code == 0


def test_a_second_run_for_the_same_issue_writes_nothing(desk: Sample, tmp_path: Path) -> None:
    source = str(event(tmp_path))
    desk.run(*INTAKE, "--event", source)
    before = head(desk.root)

    again = desk.run(*INTAKE, "--event", source, "--format", "json", now="2026-11-21T09:00:00+08:00")

    (path,) = items(desk.root)
    assert json.loads(again.out) == {"id": Path(path).stem, "file": path, "new": False}
    assert (again.code, head(desk.root)) == (0, before)


def test_the_event_is_found_where_a_workflow_puts_it(desk: Sample, tmp_path: Path) -> None:
    ran = desk.run(*INTAKE, env={"GITHUB_EVENT_PATH": str(event(tmp_path))})

    assert (ran.code, len(items(desk.root))) == (0, 1)


def test_a_dry_run_names_the_id_and_writes_nothing(desk: Sample, tmp_path: Path) -> None:
    before = head(desk.root)

    ran = desk.run(*INTAKE, "--event", str(event(tmp_path)), "--dry-run")

    assert ran.out.startswith("Q261120-")
    assert (head(desk.root), git(desk.root, "status", "--porcelain")) == (before, "")


@pytest.mark.parametrize("source", ["", "{", '{"pull_request": {}}', '{"issue": {"number": "$(id)"}}'])
def test_an_event_that_tells_of_no_issue_ends_with_3_and_one_line(desk: Sample, tmp_path: Path, source: str) -> None:
    path = tmp_path / "event.json"
    path.write_text(source, encoding="utf-8")

    ran = desk.run(*INTAKE, "--event", str(path), "--lang", "zh")

    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "不是议题事件" in ran.err


def test_without_an_event_the_usage_is_told(desk: Sample) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_EVENT_PATH"}
    command = [sys.executable, "-m", "git_feedback", *INTAKE]
    ran = subprocess.run(command, cwd=desk.root, env=environment, capture_output=True, text=True, check=False)

    assert ran.returncode == 2
    assert "--event" in ran.stderr


def test_a_desk_without_the_channel_says_so(desk: Sample, tmp_path: Path) -> None:
    channels = desk.root / "policy/channels.yml"
    channels.write_text(channels.read_text(encoding="utf-8").replace("id: issue-form", "id: forms"), encoding="utf-8")

    ran = desk.run(*INTAKE, "--event", str(event(tmp_path)))

    assert (ran.code, "issue-form" in ran.err, items(desk.root)) == (2, True, [])


@pytest.fixture
def bare(desk: Sample, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", "--bare", str(desk.root), "bare.git")
    return tmp_path / "bare.git"


def clone(bare: Path, name: str, *words: str) -> Path:
    folder = bare.parent / name
    git(bare.parent, "clone", "--quiet", *words, f"file://{bare}", name)
    return folder


def test_eight_intakes_at_once_give_eight_items_and_one_straight_history(bare: Path, tmp_path: Path) -> None:
    running = []
    for number in range(8):
        folder = clone(bare, f"job-{number}", "--depth=1")
        words = [*INTAKE, "--push", "--event", str(event(tmp_path, 200 + number)), "--now", NOW]
        running.append(
            subprocess.Popen([sys.executable, "-m", "git_feedback", *words], cwd=folder, stderr=subprocess.PIPE)
        )

    told = [(job.communicate()[1].decode(), job.returncode) for job in running]

    assert [code for _, code in told] == [0] * 8, told
    sources = {read(git(bare, "show", f"HEAD:{path}").encode()).source for path in items(bare)}
    assert sources == {f"github#{200 + number}" for number in range(8)}
    assert git(bare, "rev-list", "--merges", "HEAD") == ""
    assert len(git(bare, "rev-list", "HEAD").split()) == 9


def test_two_runs_for_one_issue_from_two_clones_give_one_item(bare: Path, tmp_path: Path) -> None:
    desks = [Sample(clone(bare, name)) for name in ("one", "two")]
    source = str(event(tmp_path))

    codes = [desk.run(*INTAKE, "--push", "--event", source).code for desk in desks]

    assert codes == [0, 0]
    assert len(items(bare)) == 1
    assert head(desks[0].root) == head(desks[1].root) == head(bare)


class Clockwork:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now, self.naps = 0.0, 0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.naps += 1

    def patience(self, limit_s: float) -> Patience:
        return Patience(limit_s, self.clock, self.sleep, lambda: 0.5)


def writing(folder: Path, name: str) -> None:
    (folder / name).write_text("好\n", encoding="utf-8")
    Git(folder).commit([name], f"写 {name}")


def test_a_slower_push_is_written_anew_on_the_fresh_tip(bare: Path) -> None:
    slow, fast = clone(bare, "slow"), clone(bare, "fast")
    rivals: Iterator[str] = iter(("a.txt", "b.txt", "c.txt"))
    seen: list[int] = []

    def write() -> str:
        seen.append(len(list(slow.glob("*.txt"))))
        writing(slow, "mine.txt")
        rival = next(rivals, None)
        if rival:
            git(fast, "pull", "--quiet")
            writing(fast, rival)
            git(fast, "push", "--quiet")
        return "written"

    time = Clockwork()
    assert written_and_pushed(Git(slow), write, time.patience(60)) == "written"

    assert seen == [0, 1, 2, 3]
    assert time.naps == 3
    assert head(bare) == head(slow)
    assert git(bare, "log", "--reverse", "--format=%s").split("\n")[1:-1] == [
        "写 a.txt",
        "写 b.txt",
        "写 c.txt",
        "写 mine.txt",
    ]


def test_time_ends_the_tries_and_the_own_commit_is_dropped(bare: Path) -> None:
    folder = clone(bare, "mine")
    before = head(folder)
    hook = bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    time = Clockwork()

    with pytest.raises(GitFailed):
        written_and_pushed(Git(folder), lambda: writing(folder, "mine.txt"), time.patience(10))

    assert (head(folder), (folder / "mine.txt").exists()) == (before, False)
    assert 10 <= time.now < 20


def test_a_commit_that_waited_is_pushed_though_there_is_nothing_to_write(bare: Path) -> None:
    folder = clone(bare, "mine")
    writing(folder, "waiting.txt")

    written_and_pushed(Git(folder), lambda: None, Clockwork().patience(10))

    assert head(bare) == head(folder)


def test_without_another_side_nothing_is_written(desk: Sample, tmp_path: Path) -> None:
    ran = desk.run(*INTAKE, "--push", "--event", str(event(tmp_path)))

    assert (ran.code, ran.err.count("\n"), items(desk.root)) == (3, 1, [])


def test_a_conflict_of_older_commits_leaves_the_repository_as_it_was(bare: Path) -> None:
    mine, theirs = clone(bare, "mine"), clone(bare, "theirs")
    for folder, words in ((mine, "我的\n"), (theirs, "他们的\n")):
        (folder / "same.txt").write_text(words, encoding="utf-8")
        Git(folder).commit(["same.txt"], "写")
    git(theirs, "push", "--quiet")
    before = head(mine)

    with pytest.raises(GitFailed):
        written_and_pushed(Git(mine), lambda: writing(mine, "new.txt"), Clockwork().patience(10))

    assert (head(mine), git(mine, "status", "--porcelain")) == (before, "")


def test_the_form_in_this_policy_has_the_kind_the_tests_choose() -> None:
    assert issue_form.kinds(policy())["故障 / Fault"] == "product/bug"
