"""What was written and not committed yet: a crash between the two loses nothing, for the next one finds it here.

One at a time takes in: the journal is held from the first look at what is there until the commit.  It lies with Git's own
files of this working tree, so that other working trees and clones have their own.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from git_feedback.jobs.locks import Lock
from git_feedback.store import Git, GitFailed, write_file

NAME = "taken-in"
_LEFT_OVER = ".*.tmp"
"""How files are called that are not whole yet (store.write_file)."""


class Journal:
    """The paths of a desk that were written since the last commit of what was taken in."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._git = Git(root)
        self._prefix, self._file = self._place()
        self._lock: Lock | None = None
        self._said: dict[str, None] = {}

    def _place(self) -> tuple[str, Path | None]:
        """Where the desk is in its repository, and where the journal is; None where there is no repository."""
        try:
            prefix, folder = self._git.run("rev-parse", "--show-prefix", "--git-path", "git-feedback").split("\n")[:2]
        except GitFailed:
            return "", None
        mark = f"-{sha256(prefix.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}" if prefix else ""
        return prefix, (self._root / folder).resolve() / f"{NAME}{mark}.txt"

    # ---- one at a time ----------------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Begin to take in; what a crash left half done is put right.  Raises Busy while somebody else takes in."""
        if self._file is None:
            return
        self._lock = Lock(self._file.with_suffix(".lock"))
        for path in self.paths_named():
            self._mend(path)
        self._sweep()

    def close(self) -> None:
        """All of it is committed, or left to whoever asked not to."""
        self._said.clear()
        if self._file is not None:
            self._file.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.release()

    # ---- what was written -------------------------------------------------------------------------------------------

    def paths(self) -> tuple[str, ...]:
        """Those that are there, each once, in the order in which they were written."""
        return tuple(path for path in self.paths_named() if (self._root / path).is_file())

    def add(self, paths: Iterable[str]) -> None:
        """Say before it is done what will be written."""
        new = [path for path in dict.fromkeys(paths) if path not in self._said]
        if self._file is not None and new:
            self._said.update(dict.fromkeys((*self.paths_named(), *new)))
            write_file(self._file, "".join(f"{path}\n" for path in self._said).encode())

    def paths_named(self) -> tuple[str, ...]:
        """Every path that was said, there or not."""
        if self._file is None or not self._file.is_file():
            return ()
        return tuple(dict.fromkeys(line for line in self._file.read_text("utf-8").split("\n") if line))

    # ---- after a crash ----------------------------------------------------------------------------------------------

    def _sweep(self) -> None:
        """Take away what was being written; a name with a stroke at its end is that of a folder with all below it."""
        for folder, pattern in {_where(path) for path in self.paths_named()}:
            for left in (self._root / folder).glob(pattern):
                left.unlink(missing_ok=True)

    def _mend(self, path: str) -> None:
        """A file of which the disk kept the name and not the words (power was cut) becomes what HEAD has of it."""
        file = self._root / path
        if not file.is_file() or not _is_torn(path, file.read_bytes()):
            return
        try:
            before = self._git.raw("cat-file", "blob", f"HEAD:{self._prefix}{path}")
        except GitFailed:
            file.unlink()
        else:
            write_file(file, before)


def _where(path: str) -> tuple[str, str]:
    """The folder in which something that is not whole may lie, and how it is called."""
    if path.endswith("/"):
        return path, f"**/{_LEFT_OVER}"
    return path.rpartition("/")[0], _LEFT_OVER


def _is_torn(path: str, content: bytes) -> bool:
    """Whether a write did not reach the disk: no file of text holds a NUL, an attachment is called after what it holds."""
    if path.startswith("feedback/attachments/"):
        return sha256(content).hexdigest() != Path(path).stem
    return not content or b"\0" in content
