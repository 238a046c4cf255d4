"""How long departments held items: what each adds to the time a solution takes (the terms departments keep with each other)."""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.desk.holding import holding
from git_feedback.insight.courses import UNASSIGNED
from git_feedback.insight.durations import DECIMALS, HOUR_S, p90
from git_feedback.policy import Policy

Json = dict[str, object]


def held_by_department(standings: Sequence[Standing], policy: Policy, now: datetime) -> dict[str, Json]:
    """By department `{n, excluded, mean_wh, median_wh, p90_wh, waited_wh}`, the one that held longest first.

    `n` are items it had, the figures are hours of the office's working time an item lay with it until it was resolved
    (so far, where it is not), `waited_wh` is the mean time in which an answer was awaited: that is nobody's and counts
    in none of the others.  Imported history does not tell who had an item: `excluded` counts those with the department
    they stand at.  `unassigned` is the desk itself, before anybody had it.
    """
    worked: dict[str, list[int]] = defaultdict(list)
    waited: dict[str, int] = defaultdict(int)
    unknown: dict[str, int] = defaultdict(int)
    for one in standings:
        if one.item.record == "history":
            unknown[one.state.department or UNASSIGNED] += 1
            continue
        for department, (worked_s, waited_s) in _of_item(one, policy, now).items():
            worked[department].append(worked_s)
            waited[department] += waited_s
    names = sorted({*worked, *unknown}, key=lambda name: (-sum(worked[name]), name))
    return {name: _figures(sorted(worked[name]), waited[name], unknown[name]) for name in names}


def _of_item(one: Standing, policy: Policy, now: datetime) -> dict[str, tuple[int, int]]:
    """Seconds worked and waited by department; one that had it twice has both together."""
    found: dict[str, tuple[int, int]] = {}
    for held in holding(one.item, policy, now):
        before = found.get(held.department or UNASSIGNED, (0, 0))
        found[held.department or UNASSIGNED] = (before[0] + held.worked_s, before[1] + held.waited_s)
    return found


def _figures(worked: Sequence[int], waited_s: int, excluded: int) -> Json:
    count = len(worked)
    return {
        "n": count,
        "excluded": excluded,
        "mean_wh": _hours(statistics.fmean(worked)) if count else None,
        "median_wh": _hours(statistics.median(worked)) if count else None,
        "p90_wh": _hours(p90(worked)) if count else None,
        "waited_wh": _hours(waited_s / count) if count else None,
    }


def _hours(seconds: float) -> float:
    return round(seconds / HOUR_S, DECIMALS)
