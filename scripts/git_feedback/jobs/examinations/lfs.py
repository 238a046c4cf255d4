"""Git LFS is there where attachments lie in it: without the program they are small files of text instead of pictures."""

from collections.abc import Iterator
from shutil import which

from git_feedback.jobs.attaching import is_in_lfs
from git_feedback.jobs.examinations.ground import Finding, Place, broken


def examine(place: Place) -> Iterator[Finding]:
    """A desk that keeps attachments in Git LFS, on a machine without it."""
    if is_in_lfs(place.git) and which("git-lfs", path=place.environment.get("PATH")) is None:
        yield broken("doctor-no-lfs")
