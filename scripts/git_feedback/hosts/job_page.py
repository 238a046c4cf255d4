"""What a job shows on its own page at the host: marks beside lines of files, and a summary.

GitHub and Gitea obey lines of the log (workflow commands) and show a Markdown file; GitLab reads a Code Quality report
(docs: "Code Quality report format") and shows the log alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from git_feedback.escaping import annotation, github_line

LARGEST_SUMMARY = 1_000_000
"""Bytes; beyond 1 MiB GitHub shows nothing of a step's summary."""
_MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file and what is to be said there; `code` names the rule."""

    file: str
    line: int
    column: int
    code: str
    words: str


def annotations(marks: Iterable[Mark]) -> list[str]:
    """A workflow command for each mark, for the log of a job on GitHub or Gitea."""
    return [annotation("error", one.file, one.line, one.column, one.code, one.words) for one in marks]


def code_quality(marks: Iterable[Mark]) -> list[dict[str, object]]:
    """The rows of a Code Quality report, for GitLab.

    A fingerprint tells one mark from all others and stays when lines above it come and go: GitLab knows by it what a
    merge request brings and what it mends.
    """
    rows: list[dict[str, object]] = []
    seen: dict[tuple[str, str, str], int] = {}
    for one in marks:
        same = (one.file, one.code, one.words)
        seen[same] = seen.get(same, 0) + 1
        fingerprint = sha256("\0".join((*same, str(seen[same]))).encode("utf-8", "replace")).hexdigest()
        lines = {"begin": max(1, one.line)}
        rows.append(
            {
                "description": one.words,
                "check_name": one.code,
                "fingerprint": fingerprint,
                "severity": "major",
                "location": {"path": one.file, "lines": lines},
            }
        )
    return rows


def table(marks: Sequence[Mark], heading: str, columns: tuple[str, str, str]) -> str:
    """The marks as a Markdown table below a heading, the first hundred of them; only the heading where there are none."""
    lines = [f"### {github_line(heading)}", ""]
    if marks:
        lines += [_row(columns), "| --- | --- | --- |"]
        lines += [_row((f"{one.file}:{one.line}", one.code, one.words)) for one in marks[:_MOST_ROWS]]
        lines += ["| … | | |"] if len(marks) > _MOST_ROWS else []
    return "\n".join(lines) + "\n"


def summary(markdown: str, file: Path | None) -> str:
    """Put a summary onto the page of the job: into the file that its host names, GITHUB_STEP_SUMMARY.

    Gives what is left to be printed: nothing where there is such a file, all of it where the host has none (GitLab).
    What would make the file too large for the host is left out, for it would show nothing at all.
    """
    if file is None:
        return markdown
    size = file.stat().st_size if file.exists() else 0
    written = markdown.encode("utf-8", "replace")
    if size + len(written) <= LARGEST_SUMMARY:
        with file.open("ab") as opened:
            opened.write(written)
    return ""


def _row(cells: tuple[str, str, str]) -> str:
    return "| " + " | ".join(github_line(cell) for cell in cells) + " |"
