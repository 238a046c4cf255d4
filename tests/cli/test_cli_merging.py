"""The commands of merging, as people and Git call them: what they say, and how they end."""

import json
from pathlib import Path

import pytest
from tests.jobs.two_sides import FILE, ID, Sides, sides
from tests.sample_desk import PAYMENT, Sample, git

from git_feedback.jobs import merging
from git_feedback.store import read

LATER = "2026-11-20T12:30:00+08:00"
NOTE = ("note", ID, "--text")


@pytest.fixture
def plain(tmp_path: Path) -> Sides:
    return sides(tmp_path, driver=False)


@pytest.fixture
def conflict(plain: Sides) -> Sides:
    """A merge in which both sides have appended, left by Git."""
    for name, now in (("我方", "2026-11-20T11:05:00+08:00"), ("对方", LATER)):
        git(plain.root, "checkout", "--quiet", "main")
        plain.branch(name, (*NOTE, f"{name}的话"), now=now)
    assert plain.merge("我方", "对方").returncode == 1
    return plain


def test_conflicts_are_resolved_staged_and_the_next_step_is_named(conflict: Sides) -> None:
    done = conflict.desk.run("resolve-conflicts", now=None)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == ["已合并并暂存 1 个文件", "请继续：git merge --continue"]
    assert conflict.git("-c", "core.editor=true", "merge", "--continue").returncode == 0
    again = conflict.desk.run("resolve-conflicts", now=None)
    assert (again.code, again.err) == (0, "没有冲突\n")


def test_a_dry_run_says_what_would_be_merged(conflict: Sides) -> None:
    done = conflict.desk.run("resolve-conflicts", "--dry-run", now=None)
    assert (done.code, done.err) == (0, "将合并并暂存 1 个文件\n")
    assert conflict.desk.text(FILE).count("<<<<<<<") == 1


def test_what_is_left_is_listed_with_the_line_and_the_way_out(plain: Sides) -> None:
    for name in ("我方", "对方"):
        plain.edit(name, "title: 支付页面报错", f"title: {name}")
    plain.merge("我方", "对方")
    done = plain.desk.run("resolve-conflicts", now=None)
    assert done.code == 1
    assert (
        done.out
        == f"{FILE}:6:1: merge-field: “title”在这边改成“我方”，在那边改成“对方”；请在标记之间留下一个，然后 git add\n"
    )
    assert done.err == "还有 1 个文件要您处理；请逐条解决，git add，再继续合并\n"
    asked = plain.desk.run("resolve-conflicts", "--format", "json", now=None)
    shown = json.loads(asked.out)
    assert shown["merged"] == []
    assert [(one["code"], one["file"]) for one in shown["left"]] == [("merge-field", FILE)]


def test_resolve_without_an_id_tells_how_to_merge_while_files_are_in_conflict_and_only_then(conflict: Sides) -> None:
    done = conflict.desk.run("resolve", now=None)
    assert done.code == 2
    assert "git feedback resolve-conflicts" in done.err
    assert conflict.desk.run("resolve-conflicts", now=None).code == 0
    assert "resolve-conflicts" not in conflict.desk.run("resolve", now=None).err


def test_the_driver_writes_to_ours_and_ends_with_0(plain: Sides) -> None:
    for name, text in (("o", PAYMENT), ("a", PAYMENT + "tags: [甲]\n"), ("b", PAYMENT + "tags: [乙]\n")):
        (plain.root / name).write_text(text, encoding="utf-8")
    done = plain.desk.run("merge-driver", "o", "a", "b", FILE, now=None)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert read(plain.root / "a").tags == ("乙", "甲")


def test_the_driver_ends_with_1_and_says_why_on_standard_error(plain: Sides) -> None:
    for name, text in (("o", ""), ("a", PAYMENT), ("b", PAYMENT.replace("票据 #123", "票据 #124"))):
        (plain.root / name).write_text(text, encoding="utf-8")
    done = plain.desk.run("merge-driver", "o", "a", "b", FILE, now=None)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(
        f"{FILE}:1:1: merge-other-item: 同一编号有两个条目：这边是 {ID} web-form 票据 #123，那边是"
    )
    assert "票据 #124" in done.err


@pytest.mark.parametrize("words", [(), ("甲",), ("a", "b", "c", "d", "e"), ("--install", "甲")])
def test_the_driver_called_in_another_way_says_how_it_is_called(plain: Sides, words: tuple[str, ...]) -> None:
    done = plain.desk.run("merge-driver", *words, now=None)
    assert done.code == 2
    assert "git feedback merge-driver --install" in done.err


def test_a_clone_is_taught_once(plain: Sides) -> None:
    first, second = (plain.desk.run("merge-driver", "--install", now=None) for _ in range(2))
    assert (first.code, first.out) == (0, "从现在起，Git 在这个克隆里按事件和字段合并条目\n")
    assert (second.code, second.out) == (0, "Git 在这个克隆里已经按事件和字段合并条目\n")
    (plain.root / ".gitattributes").write_text("* text=auto\n", encoding="utf-8")
    third = plain.desk.run("merge-driver", "--install", "--format", "json", now=None)
    assert json.loads(third.out) == {"installed": False, "attributes": False}
    assert third.code == 1
    assert "merge=feedback" in third.err


def test_a_new_desk_merges_by_events_and_fields_from_the_start(tmp_path: Path) -> None:
    assert Sample(tmp_path).run("init", str(tmp_path / "新台"), now=None).code == 0
    assert git(tmp_path / "新台", "config", "merge.feedback.driver").rstrip("\n") == merging.DRIVER
    assert merging.is_asked_for(Sample(tmp_path / "新台").git)


def test_sync_says_what_it_did_and_leaves_an_open_merge_to_whoever_began_it(plain: Sides, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(plain.root), "host.git")
    git(plain.root, "remote", "add", "origin", str(tmp_path / "host.git"))
    git(plain.root, "fetch", "--quiet", "origin")
    git(plain.root, "branch", "--quiet", "--set-upstream-to=origin/main")
    plain.say(*NOTE, "我方的话")
    done = plain.desk.run("sync", now=None)
    assert (done.code, done.out, done.err) == (0, "", "已取回、合并并推送：这个克隆与其他克隆一致\n")
    assert plain.desk.run("sync", "--no-push", now=None).err == "已取回并合并：这个克隆有了其他人推送的内容\n"
    none = plain.desk.run("sync", "--branches", now=None)
    assert (none.code, none.err) == (0, "没有分支需要合并主线\n")


def test_sync_in_the_middle_of_a_merge_or_without_another_side_says_so(conflict: Sides) -> None:
    done = conflict.desk.run("sync", now=None)
    assert (done.code, done.err) == (3, "git-feedback: 这里正在进行 merge；请先完成：git status\n")
    git(conflict.root, "merge", "--abort")
    assert conflict.desk.run("sync", now=None).code == 3


def test_branches_are_listed_with_what_came_of_them(plain: Sides, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        plain.edit(name, "title: 支付页面报错", f"title: {name}" if name == "甲" else "title: 支付页面报错 # 看过")
    plain.edit("main", "title: 支付页面报错", "title: 主线")
    git(tmp_path, "clone", "--quiet", "--bare", str(plain.root), "host.git")
    git(plain.root, "remote", "add", "origin", str(tmp_path / "host.git"))
    git(plain.root, "fetch", "--quiet", "origin")
    git(plain.root, "branch", "--quiet", "--set-upstream-to=origin/main")
    done = plain.desk.run("sync", "--branches", now=None)
    assert done.code == 1
    lines = done.out.splitlines()
    assert "乙：已合并主线" in lines
    assert "甲：需要人处理，没有推送；请在该分支合并主线，然后解决：" in lines
    assert any("merge-field: “title”在这边改成“甲”，在那边改成“主线”" in line for line in lines)
    shown = json.loads(plain.desk.run("sync", "--branches", "--no-push", "--format", "json", now=None).out)
    assert [(one["branch"], one["outcome"]) for one in shown["branches"]] == [("甲", "left")]
