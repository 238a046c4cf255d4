"""Two clones of one desk and the bare repository between them."""

from dataclasses import dataclass
from pathlib import Path

from tests.sample_desk import Sample, git, sample

from git_feedback.jobs.reading import load_policy
from git_feedback.policy import Policy
from git_feedback.store import Desk


@dataclass(frozen=True)
class Pair:
    """A desk here, the same desk there, and what both push to."""

    here: Sample
    there: Sample
    bare: Path

    @property
    def policy(self) -> Policy:
        """The desk's policy."""
        return load_policy(Desk(self.here.root).policy())

    def tip(self) -> str:
        """The commit of the base on the other side."""
        return git(self.bare, "rev-parse", "main").strip()

    def files(self) -> list[str]:
        """What lies there."""
        return git(self.bare, "ls-tree", "-r", "--name-only", "main").split("\n")

    def commits_since(self, commit: str) -> list[str]:
        """The subjects of what came since, oldest first."""
        return git(self.bare, "log", "--reverse", "--format=%s", f"{commit}..main").split("\n")[:-1]


def pair(folder: Path, *texts: str) -> Pair:
    """A desk with these items, pushed, and cloned once more."""
    (folder / "here").mkdir()
    here = sample(folder / "here", *texts)
    bare = folder / "desk.git"
    git(folder, "clone", "--quiet", "--bare", str(here.root), str(bare))
    git(here.root, "remote", "add", "origin", str(bare))
    git(here.root, "fetch", "--quiet", "origin")
    git(here.root, "branch", "--quiet", "--set-upstream-to=origin/main")
    git(folder, "clone", "--quiet", str(bare), "there")
    there = Sample(folder / "there")
    for name in ("user.name", "user.email"):
        git(there.root, "config", name, git(here.root, "config", name).strip())
    return Pair(here, there, bare)
