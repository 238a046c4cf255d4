"""Issue forms of a desk, generated or written by hand: what a host would refuse of them, and what they must not ask."""

from collections.abc import Iterator
from pathlib import Path

from git_feedback.intake.issue_form import linting as issue_form_linting
from git_feedback.model import Problem

FOLDERS = (
    ".github/ISSUE_TEMPLATE",
    ".gitea/ISSUE_TEMPLATE",
    ".gitea/issue_template",
)
"""Where hosts look for forms."""
_NO_FORM = "config"
_SUFFIXES = (".yml", ".yaml")


def form_problems(root: Path) -> Iterator[Problem]:
    """Everything wrong with the forms below `root`, in the order of their files."""
    seen: set[tuple[int, int]] = set()
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*")):
            if path.suffix not in _SUFFIXES or path.stem == _NO_FORM or not path.is_file():
                continue
            file = path.stat()
            if (file.st_dev, file.st_ino) not in seen:  # where a file system knows no case, two folders are one
                seen.add((file.st_dev, file.st_ino))
                yield from issue_form_linting.problems(path.read_bytes(), path.relative_to(root).as_posix())
