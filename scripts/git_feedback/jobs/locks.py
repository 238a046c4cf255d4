"""One at a time: a lock of the operating system on a file, which is free again when whoever held it ends, however."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(number: int) -> None:
        os.lseek(number, _FAR, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


_FAR = 2**20
"""Beyond what the file holds: Windows lets nobody read what is locked."""


class Busy(Exception):
    """Somebody else has it: the number of that process, empty where it cannot be told."""

    def __init__(self, process: str) -> None:
        super().__init__(process)
        self.process = process


class Lock:
    """A lock that is held from its making on, until `release`, or the end of the process.

    Nothing has to be broken after a crash: the system gives it back.  Where a disk knows no locks there is none.
    """

    def __init__(self, file: Path) -> None:
        """Take it, or raise Busy."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._number: int | None = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(self._number)
        except (BlockingIOError, PermissionError):
            self.release()
            raise Busy(_holder(file)) from None
        except OSError:
            return
        os.lseek(self._number, 0, os.SEEK_SET)
        os.write(self._number, f"{os.getpid():<10}\n".encode())

    def release(self) -> None:
        """Give it back; a second time does nothing."""
        number, self._number = self._number, None
        if number is not None:
            os.close(number)

    def __del__(self) -> None:
        """Whoever forgets it gives it back."""
        self.release()


def _holder(file: Path) -> str:
    with suppress(OSError):
        said = file.read_bytes()[:20].decode("ascii", "replace").strip()
        return said if said.isdigit() else ""
    return ""


@contextmanager
def reading(number: int) -> Iterator[None]:
    """While an open file is read: whoever delivers mail into it holds it for himself then.  Raises Busy."""
    if sys.platform != "win32":
        try:
            fcntl.lockf(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise Busy("") from None
        except OSError:
            pass  # a disk that knows no locks
    yield
