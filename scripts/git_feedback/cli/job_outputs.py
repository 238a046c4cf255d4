"""What a command tells the job of a host that runs it: a line in the file that GITHUB_OUTPUT names.

`written=true` where the branch is no longer where it was, so that the job knows whether there is a site to publish.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from git_feedback.cli.trouble import Stop
from git_feedback.store import GitFailed

FILE = "GITHUB_OUTPUT"


@contextmanager
def telling(head: Callable[[], str]) -> Iterator[None]:
    """Tell the job afterwards, however the command ended, whether the `head` moved; without a job nothing is asked."""
    file = os.environ.get(FILE)
    before = _known(head) if file else None
    try:
        yield
    finally:
        after = _known(head) if before is not None else None
        if file and after is not None:
            with Path(file).open("a", encoding="utf-8") as told:
                told.write(f"written={'true' if after != before else 'false'}\n")


def _known(head: Callable[[], str]) -> str | None:
    """Where the branch is; None where there is no desk, or no repository."""
    with suppress(Stop, GitFailed):
        return head()
    return None
