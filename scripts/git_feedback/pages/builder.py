"""The site builder: MkDocs or one of its heirs, run as a program of its own on a configuration file.

The heirs read the same tree, so the desk outlives its builder.  Nothing of our environment reaches the program, so
that the same tree gives the same bytes on every machine.
"""

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

BUILDERS = ("mkdocs", "properdocs", "zensical")
AUTO = "auto"
_PACKAGES = {
    "mkdocs": "'git-feedback[site]'",
    "properdocs": "'git-feedback[site]' 'properdocs>=1.6.7'",
    "zensical": "zensical==0.0.73",
}
"""What to install for each; ProperDocs takes the theme of MkDocs, Zensical brings its own."""
_SILENT = {"NO_MKDOCS_2_WARNING": "true", "DISABLE_MKDOCS_2_WARNING": "true"}
_CLEAN = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "SOURCE_DATE_EPOCH": "0",
    "NO_COLOR": "1",
    **_SILENT,
}
_PATIENCE_S = 600
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINT = re.compile(r"^\s*(?:\[?(?:WARNING|ERROR|CRITICAL)\]?|Warning|Error)\s*[-:]\s*(.+)$")


class BuildFailed(Exception):
    """The builder could not do its work, or complained in a strict build.  `code` has words in the catalogues."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code, self.values = code, values


def choose(wanted: str = AUTO) -> str:
    """The builder to run: the one that is wanted, or for `auto` the first that is installed.  Raises BuildFailed."""
    for name in BUILDERS if wanted == AUTO else (wanted,):
        if name in BUILDERS and find_spec(name):
            return name
    if wanted in BUILDERS:
        raise BuildFailed("site-builder-missing", wanted=wanted, package=_PACKAGES[wanted])
    raise BuildFailed("site-no-builder", wanted=wanted, known=BUILDERS)


def edition(name: str) -> str:
    """The builder and its theme with their versions: another edition may write another shell."""
    return " ".join(f"{package} {_version(package)}" for package in (name, "mkdocs-material", "pymdown-extensions"))


def run(name: str, config: Path, *, strict: bool) -> None:
    """Build what `config` describes.  Raises BuildFailed when the builder gives up or, if strict, complains."""
    command = [sys.executable, "-m", name, "build", "-f", str(config), *(["--strict"] if strict else [])]
    try:
        done = subprocess.run(
            command, env=_CLEAN, cwd=config.parent, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise BuildFailed("site-builder-failed", builder=name, reason=str(failure)) from failure
    said = complaints(done.stdout + done.stderr)
    if done.returncode == 0 and not (strict and said):
        return
    raise BuildFailed("site-builder-failed", builder=name, reason=_one_line(said, done.stderr or done.stdout))


def complaints(output: str) -> list[str]:
    """The warnings and errors of a builder, each on one line and said once."""
    found = (_COMPLAINT.match(line) for line in _COLOUR.sub("", output).splitlines())
    return list(dict.fromkeys(match[1].strip() for match in found if match))


def _one_line(said: list[str], output: str) -> str:
    """The first complaint and how many more there are; without one, the last line of the output."""
    if not said:
        return (_COLOUR.sub("", output).strip().splitlines() or ["?"])[-1].strip()
    return said[0] if len(said) == 1 else f"{said[0]} (+{len(said) - 1})"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"
