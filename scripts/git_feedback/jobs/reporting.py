"""An issued report: made once from the record, written once, never rewritten; a correction is a new edition beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from git_feedback.i18n import LANGUAGES
from git_feedback.insight import Period
from git_feedback.jobs import pairing
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.printing import printed
from git_feedback.jobs.problems_known import records_of
from git_feedback.jobs.reading import Whole
from git_feedback.jobs.rule_changes import is_cut_off, rule_changes, rules_then
from git_feedback.jobs.standing_now import standing
from git_feedback.policy import Policy
from git_feedback.store import Git, write_file

NEEDED = ("matplotlib", "xlsxwriter", "statsmodels", "scipy", "sparse_dot_topn")
"""Without one of them a report would come out otherwise than on the next machine."""
THOROUGH = pairing.FAST
"""So much is compared for a report, on every machine."""


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of a report that lie in a folder already: the last one's number and figures, 0 and None without."""

    last: int
    figures: Mapping[str, Any] | None


def missing() -> list[str]:
    """The libraries that a report needs and that are not installed here."""
    return [name for name in NEEDED if find_spec(name) is None]


def is_over(period: Period, now: datetime, policy: Policy) -> bool:
    """Whether a period has ended in the desk's zone."""
    return period.is_over(now, ZoneInfo(policy.desk.zone))


def lacks_history(git: Git, period: Period, policy: Policy, commit: str) -> bool:
    """Whether a report that tells what changed in the rules would tell less here than in a whole clone.

    Raises GitFailed.
    """
    return period.months > 1 and is_cut_off(git, period, ZoneInfo(policy.desk.zone), commit)


def uncommitted(git: Git) -> list[str]:
    """The files of the record and of the policy that differ from the last commit."""
    listed = git.run("status", "--porcelain", "--no-renames", "-z", "--", "feedback", "policy")
    return sorted(row[3:] for row in listed.split("\0") if row)


def folder(period: Period, edition: int = 1) -> str:
    """Where an edition of a report lies: `reports/2026/2026-10`, `reports/2026/2026-10-edition-2`."""
    from git_feedback.pages.reports import reading

    return reading.folder(period.name, edition)


def editions(root: Path, period: Period) -> Editions:
    """What of a report is there."""
    last = 0
    while (root / folder(period, last + 1)).exists():
        last += 1
    try:
        figures = json.loads((root / folder(period, last) / "figures.json").read_bytes()) if last else None
    except (OSError, ValueError):
        figures = None
    return Editions(last, figures if isinstance(figures, dict) and isinstance(figures.get("numbers"), dict) else None)


def files(
    found: Whole,
    root: Path,
    git: Git,
    period: Period,
    at: datetime,
    commit: str,
    *,
    languages: Sequence[str] = LANGUAGES,
    reason: str = "",
    before: Editions | None = None,
) -> dict[str, bytes]:
    """The files of a report on `period`, issued `at` a moment, by name; `before` is what it corrects for a `reason`.

    What was received or happened later counts nowhere.  Raises CannotDraw, GitFailed.  (matplotlib takes a second to
    load: only a report pays for it.)
    """
    from git_feedback.pages.reports.issue import Issue, report
    from git_feedback.pages.reports.material import Material

    zone = ZoneInfo(found.policy.desk.zone)
    until = period.bounds(zone)[1] - timedelta(seconds=1)
    there = standing(found, until)
    measures, records = measures_of(root), records_of(root)
    rules_before, rules_after = rules_then(git, period, zone, commit)
    material = Material(
        policy=found.policy,
        period=period,
        until=until,
        standings=there,
        measures=measures.all,
        problem_records=records.all,
        recurring=pairing.problems(there, found.policy, until, THOROUGH),
        broken=(*found.broken, *measures.broken, *records.broken),
        rule_changes=rule_changes(git, period, zone, commit),
        rules_before=rules_before,
        rules_after=rules_after,
    )
    edition = before.last + 1 if before else 1
    figures = before.figures if before else None
    return report(material, Issue(at, commit[:10], edition, reason, figures), languages)


def write_down(root: Path, place: str, files: Mapping[str, bytes]) -> None:
    """Write every file of a report."""
    for name, content in files.items():
        write_file(root / place / name, content)


def differing(there: Editions, files: Mapping[str, bytes]) -> list[str]:
    """The figures of an issued report that the record gives otherwise by now: their ways through figures.json."""
    from git_feedback.pages.reports.differences import differences

    if there.figures is None:
        return []
    now = json.loads(files["figures.json"])["numbers"]
    return [".".join(one.path) for one in differences(there.figures["numbers"], now)]


def prints(browser: Path, root: Path, files: Mapping[str, bytes], *, as_root: bool = False) -> dict[str, bytes]:
    """A report as PDF in each of its languages, by name; in the colours of the desk's own stylesheet.

    A PDF says when it was made, so its bytes are nobody's checksum.  Raises NotPrinted.
    """
    from git_feedback.pages.reports.document import of_json
    from git_feedback.pages.reports.paper import STYLE, paper

    found: dict[str, Any] = json.loads(files["figures.json"])
    style = (root / STYLE).read_text(encoding="utf-8") if (root / STYLE).is_file() else ""
    pages = {language: paper(of_json(said), files, style) for language, said in found["said"].items()}
    return {f"report.{language}.pdf": printed(browser, page, as_root=as_root) for language, page in pages.items()}
