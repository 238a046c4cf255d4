"""Git finds the manual page: without it `git feedback --help` says that there is no manual entry, and nothing else."""

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

from git_feedback.jobs.examinations.ground import Finding, Place, advice

PAGE = Path("share", "man", "man1", "git-feedback.1")


def examine(place: Place) -> Iterator[Finding]:
    """A page that is installed and not found; a page that is not installed, as in a checkout, is none to miss."""
    if not (place.prefix / PAGE).is_file() or which("man", path=place.environment.get("PATH")) is None:
        return
    shown = subprocess.run(["man", "-w", "git-feedback"], env=dict(place.environment), capture_output=True, check=False)
    if shown.returncode:
        yield advice("doctor-manual-unseen", folder=shlex.quote(str(place.prefix / "share" / "man")))
