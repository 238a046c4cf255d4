"""What happened to the rules in a period, read from Git: the commits that changed them, and how they stood at both ends.

Only what came to the branch itself counts (first parents): a rule holds from its merge, whenever it was written.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from git_feedback import policy
from git_feedback.clock.periods import Period
from git_feedback.jobs.commits import is_shallow
from git_feedback.pages.reports.material import RuleChange
from git_feedback.policy import Policy
from git_feedback.store import Git, GitFailed
from git_feedback.store.plain_files import POLICY

_FOLDER, _ENDINGS = POLICY
_COMMIT, _FIELD = "\x1e", "\x1f"
_FORM = f"--format={_COMMIT}%H{_FIELD}%cI{_FIELD}%an{_FIELD}%s"


def rule_changes(git: Git, period: Period, zone: ZoneInfo, until_commit: str) -> list[RuleChange]:
    """The commits of a period, up to one, that changed files of the policy, the oldest first; none without a commit.

    Raises GitFailed.
    """
    if not until_commit:
        return []
    first, after = period.bounds(zone)
    words = ("log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--numstat", _FORM, until_commit)
    found = map(_change, filter(None, git.run("-c", "core.quotePath=false", *words, "--", _FOLDER).split(_COMMIT)))
    return [one for one in reversed(list(found)) if one.files and first <= one.at < after]


def rules_then(git: Git, period: Period, zone: ZoneInfo, until_commit: str) -> tuple[Policy | None, Policy | None]:
    """The rules as they stood in Git when a period began, and when it ended; None where there were none yet, or none
    that can still be read.  Raises GitFailed.
    """
    first, after = period.bounds(zone)
    return _rules_before(git, first, until_commit), _rules_before(git, after, until_commit)


def is_cut_off(git: Git, period: Period, zone: ZoneInfo, until_commit: str) -> bool:
    """Whether this clone was made without the commits that say how the rules stood when a period began.

    Raises GitFailed.
    """
    return bool(until_commit) and is_shallow(git) and not _last_before(git, period.bounds(zone)[0], until_commit)


def _last_before(git: Git, moment: datetime, until_commit: str) -> str:
    """The last commit before a moment; empty where there is none."""
    words = ("rev-list", "--max-count=1", "--first-parent", f"--min-age={int(moment.timestamp()) - 1}", until_commit)
    return git.run(*words).strip()


def _rules_before(git: Git, moment: datetime, until_commit: str) -> Policy | None:
    """The rules of the last commit before a moment."""
    if not until_commit:
        return None
    commit = _last_before(git, moment, until_commit)
    try:
        sources = git.tree(commit, _FOLDER) if commit else {}
    except GitFailed:  # a clone that has commits and lacks what they hold
        return None
    return policy.load({path: said for path, said in sources.items() if path.endswith(_ENDINGS)}).policy


def _change(said: str) -> RuleChange:
    head, *rows = said.split("\n")
    commit, at, author, subject = head.split(_FIELD)
    files = sorted(_files(rows))
    return RuleChange(
        commit=commit,
        at=datetime.fromisoformat(at),
        author=author,
        subject=subject,
        files=tuple(path for path, _, _ in files),
        added=sum(added for _, added, _ in files),
        removed=sum(removed for _, _, removed in files),
    )


def _files(rows: list[str]) -> Iterator[tuple[str, int, int]]:
    """The files of the policy that a commit changed, below its folder; what is made from it (schemas) is no rule."""
    for row in filter(None, rows):
        added, removed, path = row.split("\t", 2)
        if path.endswith(_ENDINGS):
            yield path.removeprefix(f"{_FOLDER}/"), _lines(added), _lines(removed)


def _lines(counted: str) -> int:
    """How many lines Git counts; it counts none in what is no text."""
    return int(counted) if counted.isdigit() else 0
