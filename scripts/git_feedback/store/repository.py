"""Git, through its own plumbing: what is there, what changed, and one commit of exactly one's own paths."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

Name = TypeVar("Name")


class GitFailed(Exception):
    """Git refused; the text is its own first line of complaint."""


class NoSuchCommit(GitFailed):
    """Nothing has the name that was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no commit '{name}'")
        self.name = name


class Git:
    """The repository around a folder.

    Variables that hooks and worktrees export (GIT_DIR, GIT_INDEX_FILE ...) are not passed on: they would send every
    command to another repository.  Names of author and committer are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG", "GIT_SSH", "GIT_ASKPASS", "GIT_TERMINAL_PROMPT")
        inherited = os.environ.items()
        mine = {name: value for name, value in inherited if not name.startswith("GIT_") or name.startswith(kept)}
        self._environment = {**mine, "LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0"}

    def run(self, *words: str, stdin: bytes | None = None) -> str:
        """What a git command prints; raises GitFailed."""
        return self.raw(*words, stdin=stdin).decode("utf-8", "surrogateescape")

    def raw(self, *words: str, stdin: bytes | None = None) -> bytes:
        """What a git command prints, to the byte; raises GitFailed.  A path is a name and never a pattern."""
        try:
            done = subprocess.run(
                ["git", "--literal-pathspecs", *words],
                input=stdin if stdin is not None else b"",
                capture_output=True,
                cwd=self.folder,
                env=self._environment,
                check=False,
            )
        except FileNotFoundError:
            raise GitFailed("git is not installed") from None
        if done.returncode:
            raise GitFailed(_complaint(done.stderr))
        return done.stdout

    def top(self) -> Path | None:
        """The top of the working tree, or None outside a repository."""
        try:
            return Path(self.run("rev-parse", "--show-toplevel").rstrip("\n"))
        except GitFailed:
            return None

    def head(self) -> str:
        """The commit that is checked out; empty before the first one."""
        try:
            return self.run("rev-parse", "--verify", "--quiet", "HEAD").strip()
        except GitFailed:
            return ""

    def email(self) -> str:
        """Git's `user.email`, empty where none is set."""
        try:
            return self.run("config", "user.email").strip()
        except GitFailed:
            return ""

    def tree(self, commit: str, *folders: str) -> Mapping[str, bytes]:
        """Regular files (mode 100644) below `folders` as they stood at `commit`, by path.  Raises GitFailed."""
        listing = self.run("ls-tree", "-r", "-z", self.commit_named(commit), "--", *folders)
        blobs = {}
        for row in filter(None, listing.split("\0")):
            kind, _, path = row.partition("\t")
            mode, _, blob = kind.split(" ")
            if mode == "100644":
                blobs[path] = blob
        return self.contents(blobs)

    def contents(self, blobs: Mapping[Name, str]) -> Mapping[Name, bytes]:
        """What blobs hold, asked for in one go, under whatever name each id was given."""
        order = list(blobs.values())
        answer = self.raw("cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in order).encode())
        contents, at = [], 0
        for _ in order:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].split()[2])
            contents.append(answer[end + 1 : end + 1 + size])
            at = end + size + 2
        return dict(zip(blobs, contents, strict=True))

    def commit_named(self, name: str) -> str:
        """The full id of the commit that a branch, a tag or a beginning of an id names; raises NoSuchCommit."""
        try:
            return self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").strip()
        except GitFailed:
            raise NoSuchCommit(name) from None

    def commit(self, paths: Iterable[str], message: str) -> str:
        """One commit of exactly these paths, whatever else is staged; empty when none of them changed."""
        named = "\0".join(sorted(set(paths))).encode("utf-8", "surrogateescape")
        if not named:
            return ""
        self.run("add", "--pathspec-from-file=-", "--pathspec-file-nul", stdin=named)
        if not self._differs(named):
            return ""
        words = ("commit", "--quiet", "--only", "--pathspec-from-file=-", "--pathspec-file-nul", f"--message={message}")
        self.run(*words, stdin=named)
        return self.head()

    def _differs(self, named: bytes) -> bool:
        """Whether any of the paths is other than in HEAD."""
        inside = self.run("rev-parse", "--show-prefix").rstrip("\n").encode("utf-8", "surrogateescape")
        listing = self.raw("status", "--porcelain", "--no-renames", "-z", "--untracked-files=no")
        touched = {row[3:] for row in listing.split(b"\0") if row}
        return any(inside + path in touched for path in named.split(b"\0"))


def _complaint(stderr: bytes) -> str:
    """The first line that git says; where it does not know who commits, what it wants to be told."""
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    if any("Please tell me who you are" in line for line in lines):
        return "git config user.name and git config user.email are not set"
    return lines[0].removeprefix("fatal: ").removeprefix("error: ") if lines else "git failed"
