"""The night: check, triage, clocks, alarms, in this order.  It does what is left to do, so a second run does nothing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock, soon
from git_feedback.jobs import generating, triaging
from git_feedback.jobs.problems_known import problems_of_improving
from git_feedback.jobs.reading import Whole, problems
from git_feedback.model import Problem
from git_feedback.policy import Policy

INTERVAL = timedelta(hours=24)


def check_and_triage(root: Path, found: Whole, now: datetime, *, dry_run: bool) -> tuple[list[Problem], list[str]]:
    """What is wrong, and the paths of the items that the rules classified."""
    listed = [*problems(found), *problems_of_improving(root, found, now), *generating.stale(root, found.policy)]
    if dry_run:
        return listed, []
    paths, unwritten = triaging.write_down(root, found, triaging.suggestions(found, now, root=root))
    return [*listed, *(problem for problem in unwritten if problem not in listed)], paths


def late(found: Sequence[Standing]) -> list[tuple[Standing, Clock]]:
    """Clocks that are late and still unanswered, worst first; imported history is not reproached with its past."""
    rows = [
        (one, clock)
        for one in found
        for clock in one.clocks
        if clock.state == "breached-open" and one.item.record != "history"
    ]
    return sorted(rows, key=lambda row: (-(row[1].late_by or 0), row[0].item.id))


def before_next_run(
    found: Sequence[Standing], now: datetime, within: timedelta = INTERVAL
) -> list[tuple[Standing, Clock]]:
    """Clocks that will be late before the next run, soonest first."""
    rows = [(one, clock) for one in found for clock in one.clocks if soon(clock, now, within)]
    return sorted(rows, key=lambda row: (row[1].due, row[0].item.id))


def unreviewed_since(policy: Policy, day: date) -> date | None:
    """When somebody last looked at the rules in force, if that is a year ago or more on a day; else None.

    The first day of an edition counts where no review is noted.
    """
    edition = policy.edition(day)
    looked_at = edition.reviewed or edition.effective
    return looked_at if (day.year - 1, day.month, day.day) >= (looked_at.year, looked_at.month, looked_at.day) else None


def month_to_report(root: Path, found: Sequence[Standing], policy: Policy, now: datetime) -> str | None:
    """The month that ended last (`2026-10`), where anything had come by its end and nobody has issued a report on it."""
    month = Period.month_at(now, policy.zone).previous
    end = month.bounds(policy.zone)[1]
    came = any(one.item.received < end for one in found)
    return month.name if came and not (root / "reports" / month.name[:4] / month.name).exists() else None
