"""The set-up that demo.py and test.py share: a .venv beside the checkout with exactly what the lock file names.

Plain Python, standard library only: it runs before anything is installed.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)


def ready(lock: str) -> Path:
    """The Python of a .venv that holds what `lock` names and this package; made or brought up to date if it must be."""
    if sys.version_info < OLDEST:
        sys.exit(f"git-feedback needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}")
    folder = ROOT / ".venv"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / ("python.exe" if os.name == "nt" else "python")
    mark = folder / "git-feedback.lock"
    wanted = mark_of(lock)
    if python.exists() and mark.exists() and wanted in mark.read_text(encoding="utf-8").splitlines():
        return python
    print(f"setting up .venv from {lock} ...", flush=True)
    if not python.exists():
        venv.create(folder, with_pip=True)
    _pip(python, "install", "--quiet", "--require-hashes", "-r", str(ROOT / lock))
    _pip(python, "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    mark.write_text("".join(f"{mark_of(one)}\n" for one in SERVES[lock]), encoding="utf-8")
    return python


SERVES = {
    "requirements.lock": ("requirements.lock",),
    "requirements-dev.lock": ("requirements.lock", "requirements-dev.lock"),
}
"""Which lock files an environment made from one of them serves: tools for developers come on top of the rest."""


def mark_of(lock: str) -> str:
    """What .venv notes once it holds what a lock file names."""
    content = (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return f"{lock} {hashlib.sha256(content).hexdigest()}"


def _pip(python: Path, *words: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *words]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("the packages could not be installed: is the network there? Run the same command again.")
