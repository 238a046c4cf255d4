"""Work that a second process does meanwhile, with all that is known here: what it finds is sent back.

It is split off from this one, so nothing has to be handed over.  That is safe only while this process does one thing at
a time, and only where the system means it to be done; elsewhere, and where anything goes wrong there, the work is done
here, when its result is asked for.
"""

import gc
import multiprocessing
import os
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Generic, TypeVar

Found = TypeVar("Found")
Thing = TypeVar("Thing")


class Beside(Generic[Found]):
    """Work that goes on in a process of its own from now on, if one can be had; else it is done when it is asked for."""

    def __init__(self, work: Callable[[], Found]) -> None:
        self._split = _Split(work) if can_split() else None
        self._work = cache(work)

    def __enter__(self) -> "Beside[Found]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whoever does not want the result any more need not wait for it."""
        if self._split:
            self._split.end()

    def result(self) -> Found:
        """What the work gives.  It is done here where no other process did it."""
        if self._split:
            return self._split.result(self._work)
        return self._work()


class _Split(Generic[Found]):
    """Another process, doing the work."""

    def __init__(self, work: Callable[[], Found]) -> None:
        self._sent: tuple[Found] | None = None
        self._pipe, theirs = multiprocessing.Pipe(duplex=False)
        self._process = multiprocessing.get_context("fork").Process(target=_answer, args=(work, theirs), daemon=False)
        with warnings.catch_warnings(), suppress(OSError):
            warnings.simplefilter("ignore", DeprecationWarning)  # about threads of libraries, which only calculate
            self._process.start()
        theirs.close()

    def result(self, work: Callable[[], Found]) -> Found:
        """What it sent; where it could not, the work is done here."""
        if self._sent is None:
            try:
                self._sent = (self._pipe.recv(),)
            except (EOFError, OSError):
                self._sent = (work(),)
            finally:
                self.end()
        return self._sent[0]

    def end(self) -> None:
        """Have it end now, if it has not."""
        self._pipe.close()
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()


class Meanwhile(Generic[Found]):
    """Work that mostly waits for a program of its own: it goes on from now on, in a thread where there is no process."""

    def __init__(self, work: Callable[[], Found]) -> None:
        self._aside = Beside(work) if can_split() else _Thread(work)

    def __enter__(self) -> "Meanwhile[Found]":
        return self

    def __exit__(self, *trouble: Any) -> None:
        self._aside.__exit__(*trouble)

    def result(self) -> Found:
        """What the work gives."""
        return self._aside.result()


class _Thread(Generic[Found]):
    """A thread that does the work."""

    def __init__(self, work: Callable[[], Found]) -> None:
        self._threads = ThreadPoolExecutor(1)
        self.result = self._threads.submit(work).result

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown()


def _answer(work: Callable[[], object], pipe: Connection) -> None:
    """In the other process: what fails there is left to be done, and told, by the one that asked."""
    gc.freeze()
    with suppress(Exception):
        pipe.send(work())


def halves(work: Callable[[Sequence[Thing]], list[Found]], things: Sequence[Thing], least: int) -> list[Found]:
    """What `work` gives for all things, in their order; of so many at least, another process does the second half."""
    if len(things) < least or not can_split():
        return work(things)
    middle = len(things) // 2
    with Beside(lambda: work(things[middle:])) as other:
        return [*work(things[:middle]), *other.result()]


def can_split() -> bool:
    """Whether a second process would help, and may be split off: Linux, a second processor, and no thread running."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1 and threading.active_count() == 1
