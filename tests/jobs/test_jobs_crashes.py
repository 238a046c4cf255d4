"""A crash in the middle loses nothing: killed at any step and run again, every row has its one item and its key.

The process is a real one.  `CRASHES` in the environment says how often it is killed at a moment that chance picks.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.sample_desk import NOW, Sample, environment, git, run, sample

from git_feedback.jobs.journals import Journal
from git_feedback.jobs.locks import Busy
from git_feedback.model import Item
from git_feedback.privacy.sealing import new_identity, unsealed
from git_feedback.store import Desk, Keys, read
from git_feedback.store.keys import name_of

ROWS, FEW_ROWS = 300, 30
MAILS, FEW_MAILS = 100, 10
KILLS = int(os.environ.get("CRASHES", "2"))
SECRET, PUBLIC = new_identity()
MAP = """\
name: 门店表格
times: "%Y/%m/%d %H:%M"
zone: Asia/Shanghai
channel: shop-review
columns: {source: 编号, received: 时间, title: 标题, text: 内容}
contacts: {mobile: 手机}
"""
MAIL = """\
From: <customer{n}@example.com>
Date: Thu, 19 Nov 2026 10:00:00 +0800
Message-ID: <{n}@mail.example.com>
Subject: refund {n}
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

退款三周没到，第 {n} 封。
"""
IMPORT = ("import", "csv", "收件/表.csv", "--map", "收件/图.yml")
SWEEP = ("sweep",)


def mobile(number: int) -> str:
    return f"138{number:08}"


def desk_with(root: Path, done: str = "keep", rows: int = FEW_ROWS, mails: int = FEW_MAILS) -> Sample:
    """A desk with a table and a folder of mail beside it that nobody has looked at yet."""
    root.mkdir()
    desk = sample(root)
    (root / "policy/recipients.txt").write_text(f"{PUBLIC}\n", encoding="utf-8")
    source = f"{{id: mail, kind: mail-folder, path: 收件/信, done: {done}}}"
    (root / "policy/intake.yml").write_text(f"sources:\n  - {source}\n", encoding="utf-8")
    (root / ".gitignore").write_text("收件/\n", encoding="utf-8")
    desk.commit()
    (root / "收件/信").mkdir(parents=True)
    lines = (f"{n},2026/11/18 09:31,第 {n} 条,退款没到,{mobile(n)}\n" for n in range(rows))
    (root / "收件/表.csv").write_text("编号,时间,标题,内容,手机\n" + "".join(lines), encoding="utf-8")
    (root / "收件/图.yml").write_text(MAP, encoding="utf-8")
    for n in range(mails):
        file = root / f"收件/信/{n}.eml"
        file.write_text(MAIL.format(n=n), encoding="utf-8")
        os.utime(file, (1_700_000_000, 1_700_000_000))
    return desk


def again(desk: Sample, *words: str) -> None:
    """The same command once more, undisturbed; it ends well."""
    lock = desk.root / ".git/index.lock"
    end = time.monotonic() + 20
    while lock.exists() and time.monotonic() < end:  # the git that the killed one had begun
        time.sleep(0.05)
    ran = run(*words, "--now", NOW, cwd=desk.root)
    assert ran.code == 0, ran.out + ran.err


def committed(desk: Sample) -> list[Item]:
    paths = git(desk.root, "ls-tree", "-r", "--name-only", "HEAD", "feedback").splitlines()
    return [read(content) for content in desk.git.tree("HEAD", "feedback").values()] if paths else []


def sound(desk: Sample, wanted: dict[str, str]) -> None:
    """HEAD holds one item for each source, its key opens what is sealed in it, and nothing lies about."""
    items = committed(desk)
    assert Counter(one.source for one in items) == Counter(wanted.keys())
    assert git(desk.root, "status", "--porcelain") == ""
    assert not [*desk.root.glob("feedback/**/.*")]
    keys = Keys(desk.git)
    names = keys.names()
    some = items[:: max(1, len(items) // 25)]
    assert {name_of(one.id) for one in items} <= set(names)
    for one in some:
        assert one.submitter and one.submitter.sealed
        assert wanted[str(one.source)] in unsealed(one.submitter.sealed, keys.of(one.id), [SECRET]).values()
    assert Journal(desk.root).paths_named() == ()


def table_wanted(rows: int = FEW_ROWS) -> dict[str, str]:
    return {str(n): mobile(n) for n in range(rows)}


def mail_wanted(desk: Sample) -> dict[str, str]:
    """The sources that mails have is the format's own affair: read from a desk on which nothing went wrong."""
    found = {}
    for one in committed(desk):
        found[str(one.source)] = f"customer{one.title.split()[-1]}@example.com"
    assert len(found) == MAILS
    return found


@dataclass(frozen=True)
class Reference:
    """What a run without a crash makes of it."""

    mails: dict[str, str]
    ids: frozenset[str]

    def first(self, many: int) -> dict[str, str]:
        """The sources of the first mails, and who wrote them."""
        return {
            source: who
            for source, who in self.mails.items()
            if who in {f"customer{n}@example.com" for n in range(many)}
        }


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "He Miao")
            patch.setenv(f"GIT_{role}_EMAIL", "he.miao@desk.example")
        desk = desk_with(tmp_path_factory.mktemp("ref") / "台", rows=ROWS, mails=MAILS)
        again(desk, *SWEEP)
        mails = mail_wanted(desk)
        again(desk, *IMPORT)
        return Reference(mails, frozenset(one.id for one in committed(desk)))


# ---- at a step that is told -----------------------------------------------------------------------------------------

STEPS = """\
import os, sys
from datetime import datetime
from pathlib import Path
from git_feedback import intake
from git_feedback.intake import Source
from git_feedback.jobs.reading import load_policy
from git_feedback.jobs.taking_in import TakingIn
from git_feedback.jobs.vaults import Vault
from git_feedback.store import Desk, Git, Keys
from git_feedback.privacy import Sealer

root, step = Path.cwd(), sys.argv[1]


class Breaking(Vault):
    def put(self):
        if step == "before-keys":
            os._exit(9)
        super().put()
        if step == "between-keys-and-files":
            os._exit(9)


policy = load_policy(Desk(root).policy())
vault = Breaking(Keys(Git(root)), Sealer(policy.recipients), None)
desk = TakingIn(root, policy, vault, datetime.fromisoformat(sys.argv[2]), lambda: 1)
columns = intake.load_mapping((root / "收件/图.yml").read_bytes(), "图")
source = Source((root / "收件/表.csv").read_bytes(), "表.csv", policy, desk.now, columns)
for number, row in enumerate(intake.FORMATS["csv"].read(source)):
    if step == "in-the-rows" and number == 20:
        os._exit(9)
    if step == "some-written" and number == 12:
        desk.finish()
        os._exit(9)
    desk.take(row)
desk.finish()
os._exit(9)
"""


@pytest.mark.parametrize(
    "step", ["in-the-rows", "before-keys", "between-keys-and-files", "some-written", "before-the-commit"]
)
def test_an_import_that_ended_at_a_step_is_finished_by_the_next(
    tmp_path: Path, step: str, reference: Reference
) -> None:
    desk = desk_with(tmp_path / "台")
    head = desk.git.head()
    words = [sys.executable, "-c", STEPS, step, NOW]
    ended = subprocess.run(words, cwd=desk.root, env=environment({}), capture_output=True, check=False)
    assert (ended.returncode, desk.git.head()) == (9, head), ended.stderr.decode()

    again(desk, *IMPORT)

    sound(desk, table_wanted())
    assert {one.id for one in committed(desk)} <= reference.ids


HOOK = """\
#!/bin/sh
rm -f .git/hooks/{name}
kill -9 $(ps -o ppid= -p $PPID)
exit {code}
"""


@pytest.mark.parametrize(
    ("name", "code", "done"), [("pre-commit", 1, "keep"), ("pre-commit", 0, "move"), ("post-commit", 0, "move")]
)
def test_a_sweep_that_was_killed_in_its_commit_is_finished_by_the_next(
    tmp_path: Path, name: str, code: int, done: str, reference: Reference
) -> None:
    desk = desk_with(tmp_path / "台", done)
    hook = desk.root / f".git/hooks/{name}"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(name=name, code=code), encoding="utf-8")
    hook.chmod(0o755)
    assert run(*SWEEP, "--now", NOW, cwd=desk.root).code == -signal.SIGKILL

    again(desk, *SWEEP)

    sound(desk, reference.first(FEW_MAILS))
    left = len([*desk.root.glob("收件/信/*.eml")])
    assert (left, len([*desk.root.glob("收件/信/done/*.eml")])) == (
        (0, FEW_MAILS) if done == "move" else (FEW_MAILS, 0)
    )


# ---- at any moment --------------------------------------------------------------------------------------------------


def killed(desk: Sample, after_s: float, *words: str) -> bool:
    """Start it and kill it after that time; whether it was still at work."""
    command = [sys.executable, "-m", "git_feedback", *words, "--now", NOW]
    with subprocess.Popen(
        command, cwd=desk.root, env=environment({}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as working:
        try:
            working.wait(after_s)
        except subprocess.TimeoutExpired:
            working.kill()
            return True
    return False


@pytest.mark.parametrize(("words", "done"), [(IMPORT, "keep"), (SWEEP, "move")])
def test_killed_again_and_again_at_any_moment_nothing_is_lost(
    tmp_path: Path, words: tuple[str, ...], done: str, reference: Reference
) -> None:
    desk = desk_with(tmp_path / "台", done, ROWS, MAILS)
    chance = random.Random(f"{words} {KILLS}")
    begun = time.monotonic()
    again(desk_with(tmp_path / "measured", done, ROWS, MAILS), *words)
    usual_s = time.monotonic() - begun
    for _ in range(KILLS):
        killed(desk, usual_s * chance.uniform(0.3, 1.0), *words)

    again(desk, *words)

    sound(desk, table_wanted(ROWS) if words == IMPORT else reference.mails)
    head = desk.git.head()
    again(desk, *words)
    assert desk.git.head() == head


# ---- what a crash leaves --------------------------------------------------------------------------------------------


def test_a_file_of_which_only_the_name_reached_the_disk_is_written_anew(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "台")
    again(desk, *IMPORT)
    paths = Desk(desk.root).item_files()
    journal = Journal(desk.root)
    journal.add(paths)
    kept = (desk.root / paths[0]).read_bytes()
    (desk.root / paths[0]).write_bytes(b"")
    git(desk.root, "rm", "--quiet", "--cached", paths[1])
    git(desk.root, "commit", "--quiet", "--message=一条未提交")
    (desk.root / paths[1]).write_bytes(b"\0" * 500)
    (desk.root / paths[2]).with_name(".abcdefgh.tmp").write_bytes(b"half")

    again(desk, *IMPORT)

    assert (desk.root / paths[0]).read_bytes() == kept
    sound(desk, table_wanted())


def test_what_a_person_edits_is_no_leftover_that_is_mended(tmp_path: Path) -> None:
    (tmp_path / "台").mkdir()
    desk = sample(tmp_path / "台")
    path = "feedback/2026/11/Q261119-0AAJN0D.yml"
    (desk.root / path).parent.mkdir(parents=True)
    (desk.root / path).write_text("id: 半", encoding="utf-8")
    journal = Journal(desk.root)
    journal.add([path])
    journal.hold()
    assert desk.text(path) == "id: 半"
    assert journal.paths() == (path,)


def test_a_crash_is_found_by_the_sweep_before_it_asks_anybody(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "台")
    assert run(*IMPORT, "--no-commit", "--now", NOW, cwd=desk.root).code == 0
    Journal(desk.root).add(Desk(desk.root).item_files())
    for file in desk.root.glob("收件/信/*.eml"):
        file.unlink()

    again(desk, *SWEEP)

    assert git(desk.root, "log", "-1", "--format=%s").startswith(f"intake: {FEW_ROWS} files that a crash")
    sound(desk, table_wanted())


def test_a_second_working_tree_has_a_journal_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "台").mkdir()
    desk = sample(tmp_path / "台")
    git(desk.root, "worktree", "add", "--quiet", "-b", "旁", str(tmp_path / "旁"))
    one, other = Journal(desk.root), Journal(tmp_path / "旁")
    one.hold()
    other.hold()
    one.add(["a"])
    other.add(["b"])
    assert (one.paths_named(), other.paths_named()) == (("a",), ("b",))
    with pytest.raises(Busy):
        Journal(tmp_path / "旁").hold()
    other.close()
    Journal(tmp_path / "旁").hold()
    assert git(tmp_path / "旁", "status", "--porcelain") == ""


def test_two_desks_of_one_repository_have_journals_of_their_own(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
    one, other = Journal(tmp_path / "甲"), Journal(tmp_path / "乙")
    one.hold()
    other.hold()
    one.add(["a"])
    assert other.paths_named() == ()


def test_a_folder_without_git_has_no_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.hold()
    journal.add(["a"])
    journal.close()
    assert journal.paths_named() == ()
    assert [*tmp_path.iterdir()] == []
