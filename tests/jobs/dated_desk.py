"""A desk whose commits are made when and by whom a test says."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, policy, sample

from git_feedback.jobs.auditing import Audit, Finding, audit

ITEM = "feedback/2026/11/Q261119-0AAJN0D.yml"
LANDED = "2026-11-19T09:35:00+08:00"
WHO = {"he.miao": "何淼", "lin.wan": "林晚"}


def note(at: str, text: str = "顾客来电", by: str = "he.miao") -> str:
    """A note as it stands in a file, written at a time of 2026: `11-19T10:00`."""
    return f"  - note: {{at: 2026-{at}:00+08:00, by: {by}}}\n    text: {text}\n"


def moment(at: str) -> str:
    """`11-19T10:00` in full."""
    return f"2026-{at}:00+08:00"


@dataclass(frozen=True)
class Dated:
    """The desk with one item, which landed shortly after it was received."""

    desk: Sample

    @property
    def root(self) -> Path:
        return self.desk.root

    def git(self, *words: str, at: str = "11-19T10:00", written: str | None = None, who: str = "he.miao") -> str:
        """A Git command at a time (a commit's author may have another), by a person of the desk or by an address."""
        email = who if "@" in who else f"{who}@desk.example"
        env = {
            **os.environ,
            "GIT_AUTHOR_DATE": moment(written or at),
            "GIT_COMMITTER_DATE": moment(at),
            **{f"GIT_{role}_NAME": WHO.get(who, "某人") for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": email for role in ("AUTHOR", "COMMITTER")},
        }
        return subprocess.run(
            ["git", *words], cwd=self.root, capture_output=True, check=True, env=env
        ).stdout.decode()  # fmt: skip

    def put(self, text: str, path: str = ITEM) -> None:
        """Write a file; nothing is committed."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def commit(self, at: str, *, written: str | None = None, who: str = "he.miao") -> str:
        """Commit whatever lies there; the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=记一笔", at=at, written=written, who=who)
        return self.head

    def append(self, event: str, at: str, *, written: str | None = None, who: str = "he.miao") -> str:
        """One more event of the item, in a commit of its own."""
        old = self.desk.text(ITEM)
        self.put(old + ("" if "history:\n" in old else "history:\n") + event)
        return self.commit(at, written=written, who=who)

    @property
    def head(self) -> str:
        return self.desk.git.head()

    def audit(self, since: str | None = None) -> Audit:
        return audit(self.desk.git, policy(), since)

    def findings(self, since: str | None = None) -> list[Finding]:
        return list(self.audit(since).findings)

    def codes(self, since: str | None = None) -> list[str]:
        return [one.code for one in self.findings(since)]


def dated(folder: Path, monkeypatch: pytest.MonkeyPatch, *items: str) -> Dated:
    """A desk that began when its item landed."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", LANDED)
    return Dated(sample(folder, *(items or (PAYMENT,))))
