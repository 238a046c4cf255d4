"""Git, through its own plumbing: what is there, what changed, and one commit of exactly one's own paths."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path


class GitFailed(Exception):
    """Git refused; the text is its own first line of complaint."""


class Git:
    """The repository around a folder.

    Variables that hooks and worktrees export (GIT_DIR, GIT_INDEX_FILE ...) are not passed on: they would send every
    command to another repository.  Names of author and committer are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG", "GIT_SSH", "GIT_ASKPASS", "GIT_TERMINAL_PROMPT")
        inherited = os.environ.items()  # noqa: TID251 - to strip it, not to ask it
        mine = {name: value for name, value in inherited if not name.startswith("GIT_") or name.startswith(kept)}
        self._environment = {**mine, "LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0"}

    def run(self, *words: str, stdin: bytes | None = None) -> str:
        """What a git command prints; raises GitFailed."""
        return self.bytes(*words, stdin=stdin).decode("utf-8", "surrogateescape")

    def bytes(self, *words: str, stdin: bytes | None = None) -> bytes:
        """What a git command prints, as it is; raises GitFailed."""
        try:
            done = subprocess.run(
                ["git", *words],
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
        """Regular files (mode 100644) below `folders` as they stood at `commit`, by path."""
        listing = self.run("ls-tree", "-r", "-z", commit, "--", *folders)
        blobs = {}
        for row in filter(None, listing.split("\0")):
            kind, _, path = row.partition("\t")
            mode, _, blob = kind.split(" ")
            if mode == "100644":
                blobs[path] = blob
        return self._contents(blobs)

    def _contents(self, blobs: Mapping[str, str]) -> Mapping[str, bytes]:
        order = list(blobs.values())
        answer = self.bytes("cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in order).encode())
        contents, at = [], 0
        for _ in order:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].split()[2])
            contents.append(answer[end + 1 : end + 1 + size])
            at = end + size + 2
        return dict(zip(blobs, contents, strict=True))

    def changed(self, base: str, *folders: str) -> list[str]:
        """Paths that differ between `base` and the working tree, deletions included."""
        listing = self.run("diff", "--name-only", "-z", base, "--", *folders)
        return [path for path in listing.split("\0") if path]

    def commit(self, paths: Iterable[str], message: str) -> str:
        """One commit of exactly these paths, whatever else is staged; empty when none of them changed."""
        named = "\0".join(sorted(set(paths))).encode()
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
        listing = self.run("status", "--porcelain", "-z", "--untracked-files=no")
        touched = {row[3:] for row in listing.split("\0") if row}
        return any(path in touched for path in named.decode().split("\0"))


def _complaint(stderr: bytes) -> str:
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[0].removeprefix("fatal: ").removeprefix("error: ") if lines else "git failed"
