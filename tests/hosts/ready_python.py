"""A `python3` for jobs that set themselves up: its environments are ready at once and hold the code under test.

A job makes an environment, has pip install the program and calls it.  Here nothing is fetched: what pip was told is noted,
and `git feedback` is this tree's, at a fixed moment.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from tests.sample_desk import NOW, ROOT

_PROGRAM = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(ROOT / "scripts")!r})
from git_feedback.cli import main
if "--now" not in sys.argv:
    sys.argv += ["--now", {{now!r}}]
main()
"""
_PYTHON = f"""#!/bin/sh
if [ "$1 $2" = "-m pip" ]; then shift 2; echo "$*" >> '{{noted}}'; exit 0; fi
exec {sys.executable} "$@"
"""
_MAKER = f"""#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin" && cp {{ready}}/* "$3/bin/"; exit; fi
exec {sys.executable} "$@"
"""


@dataclass(frozen=True)
class ReadyPython:
    """Where it lies."""

    folder: Path

    @property
    def path(self) -> str:
        """The folder that comes first in PATH."""
        return str(self.folder / "bin")

    @property
    def pip(self) -> list[str]:
        """What pip was told, in order."""
        noted = self.folder / "pip.txt"
        return noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []


def ready_python(folder: Path, now: str = NOW) -> ReadyPython:
    """Make one in a folder."""
    made = ReadyPython(folder)
    ready = folder / "ready"
    files = {
        folder / "bin/python3": _MAKER.format(ready=ready),
        ready / "python": _PYTHON.format(noted=folder / "pip.txt"),
        ready / "git-feedback": _PROGRAM.format(now=now),
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
    return made
