"""Long work on many files, on two processes where that pays; on one where a second cannot be had."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

Chunk = Sequence[str]
Found = TypeVar("Found")

FROM = 3000
"""Fewer files than that are done before a second process is there."""
MOST = 250
"""So many files at a time."""


def in_parallel(work: Callable[[Chunk], Found], paths: Sequence[str]) -> Iterator[Found]:
    """What `work` gives for each part of the paths, in their order.  It is sent to other processes as it is."""
    parts = [paths[start : start + MOST] for start in range(0, len(paths), MOST)]
    done = 0
    if len(paths) >= FROM and _processors() > 1:
        for found in _shared(work, parts):
            done += 1
            yield found
    for part in islice(parts, done, None):
        yield work(part)


def _shared(work: Callable[[Chunk], Found], parts: Sequence[Chunk]) -> Iterator[Found]:
    """As much of it as other processes do, from the first part on."""
    try:
        with ProcessPoolExecutor(_processors(), multiprocessing.get_context("spawn")) as pool:
            yield from pool.map(work, parts)
    except (BrokenProcessPool, OSError, EOFError):
        return


def _processors() -> int:
    return min(2, os.cpu_count() or 1)
