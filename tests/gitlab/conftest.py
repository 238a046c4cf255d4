"""What tests on GitLab share: gitlab-ci-local or the reason why there is none, a desk on a stand-in for GitLab."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.hosts.fake_hosts import FakeHost
from tests.hosts.git_over_http import GitServer, offered, serving_git
from tests.hosts.ready_python import ReadyPython, ready_python
from tests.sample_desk import PAYMENT, ROOT, Ran, Sample, git, sample

OLDEST_NODE = 22
"""gitlab-ci-local joins sets, which older ones cannot."""
PROJECT = "desk/feedback"
AUTOMATION = "host: gitlab\nautomation: {host: gitlab, publish: team, every: 30m}\n"
SOURCES = "sources:\n  - {id: issues, kind: issues, host: gitlab, label: feedback}\n"


def node() -> str | None:
    """A Node that is new enough: this machine's, else the one that drives browsers."""
    found = shutil.which("node")
    if found:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
        if int(said.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE:
            return found
    from playwright._impl._driver import compute_driver_executable

    return compute_driver_executable()[0]


@pytest.fixture(scope="session")
def gitlab_ci_local() -> list[str]:
    """The command; skipped with the reason where there is none."""
    given = os.environ.get("GITLAB_CI_LOCAL") or shutil.which("gitlab-ci-local")
    if given is None:
        pytest.skip("no gitlab-ci-local: npm install gitlab-ci-local, and its path in GITLAB_CI_LOCAL")
    script = Path(given).resolve()
    assert script.is_file(), f"GITLAB_CI_LOCAL names {given}, which is no file"
    with_node = node()
    return [with_node, str(script)] if with_node else [str(script)]


@dataclass(frozen=True)
class Project:
    """A desk on GitLab: its repository, its API, a runner's folder."""

    folder: Path
    host: FakeHost
    server: GitServer
    python: ReadyPython
    runner: list[str]

    @property
    def bare(self) -> Path:
        """The repository on the host."""
        return self.folder / f"git/{PROJECT}.git"

    @property
    def head(self) -> str:
        """The commit of the default branch."""
        return git(self.bare, "rev-parse", "main").strip()

    @property
    def work(self) -> Path:
        """Where the runner has checked out."""
        return self.folder / "builds"

    def check_out(self, commit: str = "main") -> None:
        """What a runner does before a job: a clone with a token that may only read, and no branch."""
        shutil.rmtree(self.work, ignore_errors=True)
        address = self.server.address.replace("http://", f"http://gitlab-ci-token:{self.host.token}@")
        git(self.folder, "clone", "--quiet", f"{address}/{PROJECT}.git", str(self.work))
        git(self.work, "checkout", "--quiet", "--detach", commit)

    def run(self, *words: str, source: str = "schedule", **variables: str) -> Ran:
        """A pipeline, or the jobs named."""
        given = {
            "CI_PIPELINE_SOURCE": source,
            "CI_COMMIT_BRANCH": "" if source == "merge_request_event" else "main",
            "CI_DEFAULT_BRANCH": "main",
            "CI_SERVER_URL": self.server.address,
            "CI_PROJECT_URL": f"{self.server.address}/{PROJECT}",
            **self.host.environment,
            **variables,
        }
        options = [word for name, value in given.items() for word in ("--variable", f"{name}={value}")]
        done = subprocess.run(
            [*self.runner, "--force-shell-executor", "--ignore-predefined-vars", ",".join(given), *options, *words],
            cwd=self.work,
            env=_bare_environment(self.folder, self.python),
            capture_output=True,
            text=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)


def _bare_environment(home: Path, python: ReadyPython) -> Mapping[str, str]:
    """Nothing of this process: a runner starts from nothing."""
    return {
        "PATH": f"{python.path}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def desk_on_gitlab(folder: Path, automation: str = AUTOMATION) -> Sample:
    """A desk with an item and pages of its own, its files made for GitLab."""
    folder.mkdir()
    desk = sample(folder, PAYMENT)
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "site", folder / "site", ignore=shutil.ignore_patterns("knowledge", "training"))
    told = re.sub(r"(?ms)^(?:# [^\n]*\n)*automation:.*\Z", "", desk.text("policy/desk.yml"))
    shutil.rmtree(folder / ".github/workflows", ignore_errors=True)
    desk.put(told + automation, "policy/desk.yml")
    desk.put(SOURCES, "policy/intake.yml")
    assert desk.run("generate").code == 0
    return desk


@contextmanager
def project(folder: Path, runner: list[str], automation: str = AUTOMATION) -> Iterator[Project]:
    """The desk on its host, while the host runs."""
    desk = desk_on_gitlab(folder / "desk", automation)
    offered(desk.root, folder / "git", PROJECT)
    with FakeHost("gitlab", PROJECT) as host, serving_git(folder / "git", host.token) as server:
        made = Project(folder, host, server, ready_python(folder / "python"), runner)
        made.check_out()
        yield made
