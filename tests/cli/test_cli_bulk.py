"""Verbs on everything that a query finds: told first, asked for, and nothing by halves."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, Sample, environment, git, sample

from git_feedback.store import read

ID, OTHER, THIRD = "Q261119-0AAJN0D", "Q261119-5DVCFC5", "Q261119-QYA1615"
SECOND = PAYMENT.replace(ID, OTHER).replace("#123", "#124").replace("支付页面报错", "退款没到账")
REJECTED = PAYMENT.replace(ID, THIRD).replace("#123", "#125").replace("支付页面报错", "广告") + (
    "history:\n"
    "  - classify: {at: 2026-11-19T10:00:00+08:00, by: he.miao, category: product/payment, urgency: 3, impact: 3}\n"
    "  - reject: {at: 2026-11-19T11:00:00+08:00, by: he.miao, kind: spam}\n"
)
ALL = ("--where", "channel:web-form")


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT, SECOND, REJECTED)


def events(desk: Sample) -> list[list[str]]:
    paths = (f"feedback/2026/11/{one}.yml" for one in (ID, OTHER, THIRD))
    return [[event.verb for event in read(desk.root / path).history] for path in paths]


BEFORE: list[list[str]] = [[], [], ["classify", "reject"]]


def test_what_a_query_finds_is_told_before_it_is_written(desk: Sample) -> None:
    done = desk.run("note", "--where", "channel:web-form", "--yes", "--text", "一起看", "--lang", "zh")
    assert done.code == 0, done.err
    for line in ("note：3 件", "  级别：- 2、P2 1", "  状态：不予受理 1、新 2", "  部门：- 2、payments 1"):
        assert f"{line}\n" in done.err
    assert f"  {OTHER}  退款没到账\n" in done.err
    assert git(desk.root, "log", "-1", "--format=%s") == "note: 3 items, by he.miao\n"


def test_only_the_first_titles_are_named(desk: Sample) -> None:
    for number in range(4):
        assert (
            desk.run(
                "new", "--channel", "store-counter", "--title", f"灯坏了 {number}", "--text", "不亮", "--area", "上海"
            ).code
            == 0
        )
    done = desk.run("note", "--where", "state:new,rejected", "--yes", "--text", "一", "--lang", "zh")
    assert "note：7 件\n" in done.err
    assert "  …… 另有 2 件\n" in done.err


def test_without_a_terminal_more_than_one_item_needs_yes(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("note", *ALL, "--text", "一", "--lang", "en")
    assert done.code == 2
    assert done.err.endswith(
        "git-feedback: nobody is there to be asked whether to write (items: 3); look with --dry-run, then add --yes\n"
    )
    assert (events(desk), desk.git.head()) == (BEFORE, head)


def test_one_item_needs_no_yes(desk: Sample) -> None:
    assert desk.run("note", "--where", "state:rejected", "--text", "一").code == 0
    assert events(desk)[2] == ["classify", "reject", "note"]


def test_while_one_is_refused_nothing_is_written_and_it_is_said_why(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("escalate", *ALL, "--yes", "--because", "多人反映", "--lang", "en")
    assert done.code == 1
    assert "refused: 1\n" in done.err
    assert f"  {THIRD}: " in done.err
    assert "nothing was written, because one is refused; --skip-refused leaves it out\n" in done.err
    assert (events(desk), desk.git.head()) == (BEFORE, head)


def test_what_is_refused_may_be_left_out(desk: Sample) -> None:
    done = desk.run("escalate", *ALL, "--yes", "--skip-refused", "--because", "多人反映", "--format", "json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["refused"] == 1
    assert events(desk) == [["escalate"], ["escalate"], BEFORE[2]]


def test_where_all_are_refused_it_ends_with_1_whatever_is_left_out(desk: Sample) -> None:
    done = desk.run("review", *ALL, "--yes", "--skip-refused", "--verdict", "pass")
    assert done.code == 1
    assert events(desk) == BEFORE


def test_a_file_that_cannot_be_appended_to_is_among_the_refused(desk: Sample) -> None:
    (desk.root / f"feedback/2026/11/{ID}.yml").write_text(PAYMENT.rstrip("\n"), encoding="utf-8")
    done = desk.run("note", *ALL, "--yes", "--text", "一")
    assert done.code == 1
    assert ": not-appendable: " in done.err
    assert events(desk) == BEFORE


def test_a_dry_run_tells_and_shows_and_asks_nobody(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("note", *ALL, "--text", "一", "--dry-run")
    assert done.code == 0, done.err
    assert done.out.count("- note: {at: 2026-11-20T11:05:00+08:00, by: he.miao}") == 3
    assert "note：3 件" in done.err
    assert (events(desk), desk.git.head()) == (BEFORE, head)


def at_a_terminal(desk: Sample, answer: str, *words: str) -> tuple[int, str]:
    """The exit code and what was said, where a person answers."""
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    command = [sys.executable, "-m", "git_feedback", *words, "--now", NOW]
    done = subprocess.run(command, cwd=desk.root, stdin=theirs, capture_output=True, check=False, env=environment({}))
    os.close(theirs)
    os.close(ours)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize(("answer", "code", "count"), [("y", 0, 1), ("n", 1, 0), ("", 1, 0)])
def test_a_person_at_a_terminal_is_asked(desk: Sample, answer: str, code: int, count: int) -> None:
    done = at_a_terminal(desk, answer, "note", *ALL, "--text", "一", "--lang", "zh")
    assert done[0] == code, done[1]
    assert "写入这 3 件？" in done[1]
    assert ("什么也没有写" in done[1]) == (count == 0)
    assert [one.count("note") for one in events(desk)] == [count] * 3


def test_the_new_fields_choose_on_the_command_line(desk: Sample) -> None:
    assert desk.run("note", "--where", "older:9wd", "--text", "一").err.startswith("没有条目符合")
    done = desk.run("list", "returned:twice", "--lang", "en")
    assert (done.code, done.err) == (2, "git-feedback: returned: no item ever has 'twice'; use one of 1, 2, 3\n")
