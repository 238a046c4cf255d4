"""The site of a desk: the record read, its pages made, the builder run, everything stamped and merged."""

from datetime import datetime
from pathlib import Path

from git_feedback.desk import standings
from git_feedback.jobs.reading import Progress, Whole, problems, quiet
from git_feedback.pages.page import Issued, Record
from git_feedback.store import Desk, Git


def record(root: Path, found: Whole, now: datetime, *, fixed: bool, commit: str, progress: Progress = quiet) -> Record:
    """Everything the site is made from, as of `now`."""
    return Record(
        policy=found.policy,
        standings=standings(found.items, found.policy, now),
        problems=problems(found, progress),
        issued=issued(root),
        now=now,
        fixed=fixed,
        commit=commit,
    )


def issued(root: Path) -> list[Issued]:
    """The issued reports, by period."""
    by_period: dict[str, dict[str, bytes]] = {}
    for path, content in Desk(root).sources("reports").items():
        parts = path.split("/")
        if len(parts) == 4 and parts[1].isdigit():
            by_period.setdefault(parts[2], {})[parts[3]] = content
    return [Issued(period, files) for period, files in sorted(by_period.items())]


def team_pages(root: Path) -> dict[str, bytes]:
    """What people wrote under site/pages, by path from the top; only regular files that Git knows may pass."""
    git = Git(root)
    listing = git.run("ls-files", "-s", "-z", "--", "site/pages")
    known = {row.partition("\t")[2] for row in listing.split("\0") if row.startswith("100644 ")}
    return {path: content for path, content in Desk(root).sources("site/pages").items() if path in known}
