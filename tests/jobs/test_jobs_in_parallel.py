"""Work on many files comes back in their order, from however many processes."""

import os
from collections.abc import Sequence

from git_feedback.jobs.in_parallel import FROM, in_parallel


def worked(paths: Sequence[str]) -> list[tuple[str, int]]:
    return [(path, os.getpid()) for path in paths]


class Dying:
    """Work that no other process survives."""

    def __init__(self) -> None:
        self.here = os.getpid()

    def __call__(self, paths: Sequence[str]) -> list[str]:
        if os.getpid() != self.here:
            os._exit(1)
        return list(paths)


PATHS = [f"feedback/{number}.yml" for number in range(FROM)]


def test_many_files_are_shared_out_and_come_back_in_order() -> None:
    found = [one for part in in_parallel(worked, PATHS) for one in part]
    assert [path for path, _ in found] == PATHS
    assert (os.getpid() in {process for _, process in found}) == ((os.cpu_count() or 1) < 2)


def test_few_files_are_done_here() -> None:
    assert {process for part in in_parallel(worked, PATHS[1:]) for _, process in part} == {os.getpid()}


def test_where_other_processes_die_the_work_is_done_here() -> None:
    assert [path for part in in_parallel(Dying(), PATHS) for path in part] == PATHS
