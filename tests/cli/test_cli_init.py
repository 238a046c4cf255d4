"""`init` where somebody sits and is asked, and for each host and language: a desk that works at once."""

import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.sample_desk import Ran, Sample, environment, git

from git_feedback.jobs.generating import stale
from git_feedback.jobs.reading import load_policy
from git_feedback.policy import Policy
from git_feedback.store import Desk

INTERRUPT, END = "\x03", "\x04"
CHOSEN = "github", "gitlab", "gitea", "none"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own Git settings, on a machine that is set to no zone."""
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = 李雷\n\temail = li.lei@shop.example\n", encoding="utf-8")
    for name, value in (("GIT_CONFIG_GLOBAL", str(config)), ("TZ", "Europe/Berlin"), ("LC_ALL", "zh_CN.UTF-8")):
        monkeypatch.setenv(name, value)
    return tmp_path


SIT = """
import fcntl, runpy, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("git_feedback", run_name="__main__", alter_sys=True)
"""
"""Makes the terminal the one that keys like Ctrl-C act by."""


def at_the_terminal(home: Path, typed: str, *words: str, until: str = "", then: str = "") -> Ran:
    """`git feedback init ...` where somebody sits and types this, and once the words `until` are there, that."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", SIT, "init", *words]
    streams = {"stdin": theirs, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=home, env=environment({}), start_new_session=True, **streams) as process:  # type: ignore[call-overload]
        late = threading.Timer(60, process.kill)
        late.start()
        os.close(theirs)
        os.write(ours, typed.encode())
        seen = b""
        while until.encode() not in seen and (piece := os.read(process.stderr.fileno(), 4096)):
            seen += piece
        os.write(ours, then.encode())
        out, err = process.communicate()
        late.cancel()
    os.close(ours)
    return Ran(process.returncode, out.decode(), (seen + err).decode())


def policy_of(folder: Path) -> Policy:
    return load_policy(Desk(folder).policy())


def test_six_answers_in_chinese_make_a_desk_for_github(home: Path) -> None:
    done = at_the_terminal(home, "\n街角小店\n上海\n1\nshop/desk\n公开\n2\n", "台")
    assert done.code == 0, done.err
    assert "李雷 <li.lei@shop.example>" in done.err
    assert "没有这个选项；请输入 1 至 3 之间的数字" in done.err
    desk = policy_of(home / "台").desk
    assert (desk.name.zh, desk.language, desk.zone, desk.host) == ("街角小店", "zh", "Asia/Shanghai", "github")
    assert desk.repository == "https://github.com/shop/desk"
    assert desk.automation is not None
    assert desk.automation.publish == "public"
    assert git(home / "台", "remote", "get-url", "origin") == "https://github.com/shop/desk.git\n"
    assert "https://github.com/new?owner=shop&name=desk" in done.out
    assert "https://github.com/shop/desk/settings/pages" in done.out
    assert (home / "台/.github/workflows/pages.yml").is_file()


def test_enter_alone_makes_a_desk_that_publishes_nothing_on_a_machine_of_ones_own(home: Path) -> None:
    done = at_the_terminal(home, "\n" * 4, "台")
    assert done.code == 0, done.err
    desk = policy_of(home / "台").desk
    assert (desk.name.zh, desk.language, desk.zone, desk.host) == ("反馈台", "zh", "Europe/Berlin", None)
    assert "deploy/" in done.out
    assert not (home / "台/.github/workflows").exists()


def test_answers_that_cannot_be_are_asked_for_again_in_the_language_that_was_chosen(home: Path) -> None:
    typed = "3\n1\nCorner shop\nAtlantis\nutc\ngitea\nshop/desk\nhttps://codeberg.org/shop/desk\n"
    done = at_the_terminal(home, typed, "desk")
    assert done.code == 0, done.err
    assert "请输入 1 至 2 之间的数字" in done.err
    assert "there is no zone 'Atlantis'" in done.err
    assert "write the whole address" in done.err
    desk = policy_of(home / "desk").desk
    assert (desk.name.en, desk.language, desk.zone, desk.host) == ("Corner shop", "en", "UTC", "gitea")
    assert desk.repository == "https://codeberg.org/shop/desk"


def test_a_repository_that_is_not_known_yet_comes_later(home: Path) -> None:
    done = at_the_terminal(home, "\n\n\n2\n\n\n", "台")
    assert done.code == 0, done.err
    assert "[以后再填]" in done.err
    assert policy_of(home / "台").desk.repository is None
    assert git(home / "台", "remote") == ""
    assert "git remote add origin" in done.out


def test_what_an_option_says_is_not_asked(home: Path) -> None:
    said = ("--lang", "en", "--name", "Corner shop", "--zone", "Asia/Shanghai", "--host", "none")
    done = at_the_terminal(home, "", "desk", *said)
    assert done.code == 0, done.err
    assert "[" not in done.err.replace("stands in brackets", "")


@pytest.mark.parametrize("key", [INTERRUPT, END], ids=["Ctrl-C", "Ctrl-D"])
def test_whoever_stops_in_the_middle_leaves_no_half_desk(home: Path, key: str) -> None:
    done = at_the_terminal(home, "\n街角小店\n", "台", until="时区，或一座城市", then=key)
    assert done.code == 130, done.err
    assert "Traceback" not in done.err
    assert not (home / "台").exists()


def test_here_is_where_the_desk_goes_when_no_folder_is_named(home: Path) -> None:
    (home / "台").mkdir()
    done = Sample(home).run("init", "--lang", "zh", cwd=home / "台", now=None)
    assert done.code == 0, done.err
    assert (home / "台/policy/desk.yml").is_file()


def test_the_clone_that_is_there_tells_host_and_repository(home: Path) -> None:
    git(home, "init", "--quiet", "台")
    git(home / "台", "remote", "add", "origin", "git@gitlab.com:shop/east/desk.git")
    done = at_the_terminal(home, "\n" * 6, "台")
    assert done.code == 0, done.err
    desk = policy_of(home / "台").desk
    assert (desk.host, desk.repository) == ("gitlab", "https://gitlab.com/shop/east/desk")
    assert (home / "台/.gitlab-ci.yml").is_file()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("host", CHOSEN)
def test_a_new_desk_checks_and_triages_at_once_with_the_files_of_its_host(home: Path, host: str, language: str) -> None:
    where = () if host == "none" else ("--repository", f"https://{host}.example/shop/desk", "--readers", "public")
    done = Sample(home).run("init", str(home / "台"), "--host", host, *where, "--lang", language, now=None)
    assert done.code == 0, done.err
    desk = Sample(home / "台")
    assert desk.run("check", now=None).code == 0
    words = ("--title", "灯坏了", "--text", "退款一周了还没有到账")
    assert desk.run("new", "--channel", "phone", "--kind", "new", *words, now=None).code == 0
    triaged = desk.run("triage", now=None)
    assert triaged.code == 0, triaged.err
    assert not list(stale(desk.root, policy_of(desk.root)))
    assert [one.kind for one in policy_of(desk.root).intake.sources] == ([] if host == "none" else ["issues"])
    folder = {"github": ".github/workflows", "gitlab": ".gitlab-ci.yml", "gitea": ".gitea/workflows", "none": "deploy"}
    assert (desk.root / folder[host]).exists()
    assert git(desk.root, "status", "--porcelain") == ""


def test_a_new_desk_builds_its_site(home: Path) -> None:
    assert Sample(home).run("init", str(home / "台"), "--host", "none", "--lang", "zh", now=None).code == 0
    built = Sample(home / "台").run("build", now=None)
    assert built.code == 0, built.err
    assert (home / "台/build/site/zh/index.html").is_file()
