"""A bare repository on a machine of one's own: what is pushed is checked and told, and a clone and its site follow."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, ROOT, Ran, Sample, environment, git, run, sample

from git_feedback.jobs.receiving_pushes import Came, came

ID = "Q261119-0AAJN0D"
FILE = f"feedback/2026/11/{ID}.yml"
OLD, NEW, NOTHING = "a" * 40, "b" * 40, "0" * 40
LONGEST_S = 90.0


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A bare repository with the hook, and a colleague's clone of it."""
    (tmp_path / "first").mkdir()
    desk = sample(tmp_path / "first", PAYMENT)
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / name, desk.root / name)
    shutil.copytree(ROOT / "site/theme", desk.root / "site/theme")
    desk.commit()
    git(tmp_path, "clone", "--quiet", "--bare", "first", "台.git")
    git(tmp_path, "clone", "--quiet", "台.git", "colleague")
    done = run("post-receive", "--install", "台.git", "--lang", "zh", cwd=tmp_path)
    assert done.code == 0, done.err
    return tmp_path / "台.git"


@pytest.fixture
def colleague(bare: Path) -> Sample:
    return Sample(bare.parent / "colleague")


def pushed(colleague: Sample, *words: str) -> Ran:
    """What whoever pushes is told."""
    done = subprocess.run(
        ["git", "push", *(words or ("origin", "main"))], cwd=colleague.root, env=environment({"LANG": "C.UTF-8"}),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def waited_for(path: Path, text: str) -> bool:
    """Whether a file says so in the end; the site is built by a process that nobody waits for."""
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        if path.is_file() and text in path.read_text(encoding="utf-8"):
            return True
        time.sleep(0.1)
    return False


def test_what_came_is_checked_the_pusher_is_told_and_the_site_follows(bare: Path, colleague: Sample) -> None:
    work = bare.parent / "台-desk"
    colleague.put(PAYMENT.replace("支付页面报错", "付款页打不开"), FILE)
    sound = pushed(colleague)
    assert sound.code == 0, sound.err
    assert "网站会在后台更新" in sound.err
    assert waited_for(work / "build/site/zh/queue.html", "付款页打不开")
    assert git(work, "rev-parse", "HEAD") == git(colleague.root, "rev-parse", "HEAD")
    colleague.put(PAYMENT.replace("web-form", "fax"), FILE)
    done = pushed(colleague)
    assert done.code == 0
    assert f"remote: {FILE}:3:1: unknown-channel" in done.err
    assert git(bare, "worktree", "list").count("\n") == 1
    assert waited_for(work / "build/site/zh/needs-repair.html", "fax")


def test_what_is_pushed_is_never_run(bare: Path, colleague: Sample) -> None:
    sign = bare.parent / "被执行"
    evil = f"import pathlib\npathlib.Path({str(sign)!r}).touch()\n"
    for name in ("click.py", "git_feedback/__init__.py", "json.py"):
        colleague.put(evil, name)
    branch = f"$(touch${{IFS}}{sign.name})"
    git(colleague.root, "branch", branch)
    assert pushed(colleague, "origin", "main", branch).code == 0
    assert waited_for(bare.parent / "台-desk/click.py", "touch")
    assert waited_for(bare.parent / "台-desk/build/site/zh/queue.html", "<html")
    assert not sign.exists()
    assert not (bare / sign.name).exists()


def test_the_record_cannot_be_rewritten_or_deleted_by_a_push(bare: Path, colleague: Sample) -> None:
    git(colleague.root, "commit", "--quiet", "--amend", "--message=改写")
    assert "denying non-fast-forward" in pushed(colleague, "--force", "origin", "main").err
    assert "deletion of the current branch prohibited" in pushed(colleague, "origin", ":main").err


def test_other_branches_start_nothing(bare: Path, colleague: Sample) -> None:
    git(colleague.root, "branch", "草稿")
    done = pushed(colleague, "origin", "草稿")
    assert done.code == 0
    assert "网站会在后台更新" not in done.err


def test_a_hook_that_cannot_do_its_work_lets_the_push_pass(bare: Path, colleague: Sample) -> None:
    shutil.rmtree(bare.parent / "台-desk")
    colleague.put(PAYMENT.replace("三次", "四次"), FILE)
    done = pushed(colleague)
    assert done.code == 0
    assert "网站会在后台更新" not in done.err


# ---- installing -----------------------------------------------------------------------------------------------------


def test_installing_again_changes_nothing(bare: Path) -> None:
    done = run("post-receive", "--install", "台.git", "--lang", "zh", cwd=bare.parent)
    assert (done.code, done.out) == (0, "")
    assert "从现在起，推送到 台.git 的内容都会检查；" in done.err
    assert os.access(bare / "hooks/post-receive", os.X_OK)


def test_a_hook_of_somebody_else_is_left_alone(bare: Path) -> None:
    hook = bare / "hooks/post-receive"
    hook.write_text("#!/bin/sh\necho 别的\n", encoding="utf-8")
    done = run("post-receive", "--install", "台.git", "--lang", "zh", cwd=bare.parent)
    assert done.code == 3
    assert "已经是别的钩子；" in done.err
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\necho 别的\n"


def test_a_folder_that_is_no_bare_repository_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "普通")
    done = run("post-receive", "--install", "普通", "--lang", "zh", cwd=tmp_path)
    assert done.code == 2
    assert done.err == "git-feedback: 普通 不是裸仓库；请用 git init --bare 新建一个，或给出大家推送到的那一个\n"


# ---- what came ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "found"), [
    (f"{OLD} {NEW} refs/heads/main\n", Came(OLD, NEW)),
    (f"{NOTHING} {NEW} refs/heads/main\n", Came("", NEW)),
    (f"{OLD} {NOTHING} refs/heads/main\n", None),
    (f"{OLD} {NEW} refs/heads/草稿\n{OLD} {NEW} refs/heads/main\n", Came(OLD, NEW)),
    (f"{OLD} {NEW} refs/tags/main\n", None),
    (f"{OLD} {NEW} refs/heads/main; id\n", None),
    ("--upload-pack=id b refs/heads/main\n", None),
    ("", None),
])  # fmt: skip
def test_only_commits_on_the_branch_of_the_desk_count(rows: str, found: Came | None) -> None:
    assert came(rows.encode(), "main") == found
