"""A stand-in for GitHub on this machine: a bare repository, and act that runs the desk's workflows for what happens.

The third-party actions are our own small ones in `actions/`; whatever a workflow uses must have one there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.act.acted import Acted
from tests.hosts.fake_hosts import FakeHost
from tests.jobs.commented_desk import with_logins
from tests.sample_desk import NOW, ROOT, Sample, git, sample

from git_feedback.jobs import generating
from git_feedback.jobs.reading import load_policy
from git_feedback.model import Item
from git_feedback.store import Desk, read

ACTIONS = Path(__file__).parent / "actions"
REPOSITORY = "shop/desk"
KEPT = ("pyproject.toml", "requirements.lock", "scripts/git_feedback/__init__.py")
"""What makes a repository one that holds the program: its workflows install it from there."""
_USES = re.compile(r"^\s*(?:-\s+)?uses:\s*([\w.-]+/([\w.-]+)@[0-9a-f]{40})\b", re.MULTILINE)
_QUEUE = re.compile(r"^ +queue: max\n", re.MULTILINE)
"""A line of `concurrency`, of which act follows nothing: its 0.2.89 refuses this one, which GitHub knows since May 2026
(github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues)."""
_UNKNOWN = "      queue: max\n"
"""What act does not know yet and refuses; it runs one job at a time in any case."""
_RUNNERS = ("ubuntu-24.04", "ubuntu-latest")


@dataclass(frozen=True)
class StandIn:
    """A desk's repository on a host, and its runner."""

    folder: Path
    home: Path
    """The runner's own folder, in which programs keep what they find out once."""
    act: Path
    host: FakeHost
    """Its API, with the issues and their comments."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    ran: list[Acted] = field(default_factory=list)

    @property
    def bare(self) -> Path:
        """The repository on the host."""
        return self.folder / "desk.git"

    @property
    def published(self) -> Path:
        """The site that everybody sees."""
        return self.folder / "pages/published"

    @property
    def head(self) -> str:
        """The commit on the base."""
        return git(self.bare, "rev-parse", "main").strip()

    def text(self, path: str, commit: str = "main") -> str:
        """A file as it stands on the host."""
        return git(self.bare, "show", f"{commit}:{path}")

    def items(self) -> list[Item]:
        """The items on the base, in the order of their names."""
        listed = git(self.bare, "ls-tree", "-r", "--name-only", "main", "feedback/2026/").split()
        return [read(self.text(path).encode()) for path in listed]

    def item(self) -> Item:
        """The only item that there is."""
        (found,) = self.items()
        return found

    def clone(self, name: str = "clone") -> Sample:
        """A working tree of somebody who may push."""
        if not (self.folder / name).exists():
            git(self.folder, "clone", "--quiet", str(self.bare), name)
            git(self.folder / name, "config", "user.name", "He Miao")
            git(self.folder / name, "config", "user.email", "he.miao@desk.example")
        git(self.folder / name, "pull", "--quiet", "--rebase")
        return Sample(self.folder / name)

    def change(self, **files: str) -> None:
        """Somebody changes files of the policy on the base (`notify` for notify.yml), and what is made from them."""
        clone = self.clone()
        for name, text in files.items():
            clone.put(text, f"policy/{name}.yml")
        renewed(clone)
        git(clone.root, "push", "--quiet")

    def pull_request(self, number: int, head: str) -> None:
        """Make the merge that a host shows for a branch, which lies in the bare repository already."""
        runner = self._tip()
        git(runner, "fetch", "--quiet", "hub", head)
        git(runner, "merge", "--quiet", "--no-ff", "--no-edit", "FETCH_HEAD")
        git(runner, "push", "--quiet", "hub", f"HEAD:refs/pull/{number}/merge", f"FETCH_HEAD:refs/pull/{number}/head")

    def happens(
        self, event: str, told: Mapping[str, Any], workflow: str, now: str | None = NOW, job: str | None = None
    ) -> Acted:
        """Run a workflow for an event, as of `now`; with `job` that job alone, and what it needs.

        The workflow is the one on the base, as for all events but those of pull requests.
        """
        file = self.folder / "event.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        return self.again(event, file, workflow, now, job)

    def again(self, event: str, file: Path, workflow: str, now: str | None = NOW, job: str | None = None) -> Acted:
        """The same for an event whose file is there."""
        runner = self._runner()
        words = [str(self.act), event, "--json", "--no-skip-checkout", "--no-cache-server", "--action-offline-mode"]
        words += ["-C", str(runner), "-W", f".github/workflows/{workflow}", "-e", str(file)]
        words += [word for name in _RUNNERS for word in ("-P", f"{name}=-self-hosted")]
        words += [word for one in self._actions(runner) for word in ("--local-repository", one)]
        words += [word for name in ("GITHUB_TOKEN", *self.secrets) for word in ("-s", name)]
        words += ["--job", job] if job else []
        words += [word for name, value in self._own(now).items() for word in ("--env", f"{name}={value}")]
        started = time.monotonic()
        done = subprocess.run(
            words, capture_output=True, text=True, env=self._bare_environment(), check=False, timeout=120
        )
        ran = Acted(done.returncode, time.monotonic() - started, done.stdout + done.stderr)
        if ran.code and not ran.jobs:
            raise AssertionError(f"act ran nothing of {workflow}: {ran.told}")
        self.ran.append(ran)
        return ran

    def _runner(self) -> Path:
        """A clone whose workflows act reads."""
        runner = self._tip()
        for path in (runner / ".github/workflows").glob("*.yml"):
            path.write_text(_QUEUE.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
        return runner

    def _tip(self) -> Path:
        """The clone at the tip of the base, with the address that the host would have."""
        runner = self.folder / "runner"
        if not runner.exists():
            git(self.folder, "clone", "--quiet", "--origin", "hub", str(self.bare), "runner")
            git(runner, "remote", "add", "origin", f"https://github.com/{REPOSITORY}.git")
        git(runner, "fetch", "--quiet", "hub")
        git(runner, "checkout", "--quiet", "--force", "-B", "main", "hub/main")
        for file in (runner / ".github/workflows").glob("*.yml"):
            file.write_text(file.read_text(encoding="utf-8").replace(_UNKNOWN, ""), encoding="utf-8")
        return runner

    def _actions(self, runner: Path) -> Iterator[str]:
        """Whatever the workflows use, and where our own stands."""
        texts = (path.read_text(encoding="utf-8") for path in (runner / ".github/workflows").glob("*.yml"))
        for used, name in sorted({found for text in texts for found in _USES.findall(text)}):
            if not (ACTIONS / name / "action.yml").is_file():
                raise AssertionError(f"nothing stands in for {used}")
            yield f"{used}={ACTIONS / name}"

    def _own(self, now: str | None) -> dict[str, str]:
        """What the stand-ins for actions need to know, and where the host's API is."""
        return {
            "GITHUB_API_URL": self.host.api,
            "STAND_IN_REMOTE": str(self.bare),
            "STAND_IN_PAGES": str(self.folder / "pages"),
            "STAND_IN_PYTHON": sys.executable,
            "STAND_IN_SCRIPTS": str(ROOT / "scripts"),
            **({"STAND_IN_NOW": now} if now else {}),
        }

    def _bare_environment(self) -> dict[str, str]:
        """Nothing of this machine's, but where its programs are."""
        programs = [str(Path(found).parent) for name in ("git", "bash") if (found := shutil.which(name))]
        return {
            "PATH": os.pathsep.join(dict.fromkeys((*programs, "/usr/bin", "/bin"))),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "GITHUB_TOKEN": self.host.token,
            **self.secrets,
        }


def renewed(desk: Sample) -> None:
    """Make what is made from policy anew, and commit it."""
    generating.write_down(desk.root, load_policy(Desk(desk.root).policy()))
    desk.commit()


def desk_on_a_host(folder: Path, kept: Collection[str] = KEPT) -> Path:
    """A bare repository with an empty desk that holds the program, as far as workflows look, so that its own fit."""
    work = folder / "work"
    for name in ("site/pages/zh/guide", "scripts/git_feedback"):
        (work / name).mkdir(parents=True)
    shutil.copytree(ROOT / "site/theme", work / "site/theme")
    for name in (*kept, "mkdocs.yml", "mkdocs.zh.yml", "site/pages/zh/guide/first-day.md"):
        shutil.copy(ROOT / name, work / name)
    desk = sample(work)
    desk.put(with_logins(desk.text("policy/people.yml")), "policy/people.yml")
    renewed(desk)
    git(folder, "clone", "--quiet", "--bare", "work", "desk.git")
    shutil.rmtree(work)
    return folder / "desk.git"


@contextmanager
def standing_in(folder: Path, first_desk: Path, home: Path, act: Path) -> Iterator[StandIn]:
    """A host in this folder with a copy of a desk, while its API listens."""
    shutil.copytree(first_desk, folder / "desk.git")
    with FakeHost("github", REPOSITORY) as host:
        yield StandIn(folder, home, act, host)
