"""An issued report: made once from the record, written once, never rewritten."""

from datetime import datetime
from pathlib import Path

from git_feedback.desk import standings
from git_feedback.jobs.reading import Whole
from git_feedback.policy import Policy
from git_feedback.store import write_file


def folder(month: str) -> str:
    """Where the report of `2026-10` lies."""
    return f"reports/{month[:4]}/{month}"


def is_over(month: str, now: datetime, policy: Policy) -> bool:
    """Whether a month has ended in the desk's zone."""
    return now.astimezone(policy.zone).strftime("%Y-%m") > month


def files(found: Whole, month: str, now: datetime, commit: str) -> dict[str, bytes]:
    """The files of a month's report by name.  (matplotlib takes a second to load: only a report pays for it.)"""
    from git_feedback.pages.report import report

    return report(standings(found.items, found.policy, now), found.policy, month, now, commit)


def write_down(root: Path, place: str, files: dict[str, bytes]) -> None:
    """Write every file of a report."""
    for name, content in files.items():
        write_file(root / place / name, content)
