"""Why what was resolved in a period had come in: its causes, and on which branches of the fishbone they lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.insight import causes
from git_feedback.insight.causes import Reason
from git_feedback.model.problems import BRANCHES, Branch, ProblemRecord


@dataclass(frozen=True, slots=True)
class OnBranch:
    """How many causes lie on a branch, and the items that had one of them."""

    branch: Branch
    causes: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodCauses:
    """The causes of `resolved` items; `told` are those of which somebody wrote one down.

    Counted nowhere else are `imported` items, which were resolved where nobody wrote down why, and those of the `short`
    lane, praise and the like.
    `reasons`: those with most items first.  `branches`: all six where any has a cause, else none.  `loose`: the items
    whose causes lie on none.
    """

    resolved: int
    imported: int
    short: int
    told: tuple[str, ...]
    reasons: tuple[Reason, ...]
    branches: tuple[OnBranch, ...]
    loose: tuple[str, ...]


def period_causes(resolved: Sequence[Standing], records: Iterable[ProblemRecord], now: datetime) -> PeriodCauses:
    """The causes of items, as problem records and solutions tell them; what was rejected since counts nowhere."""
    settled = [one for one in resolved if one.state.life != "rejected"]
    ours = [one for one in settled if one.item.record != "history"]
    there = [one for one in ours if not one.state.short]
    found = causes.together(causes.of_records(records, there, now), causes.of_solutions(there, now))
    reasons = tuple(sorted(found, key=lambda one: (-one.count, one.branch is None, one.cause)))
    on_branch = {name for one in reasons if one.branch for name in one.items}
    told = _ids(reasons)
    branches = tuple(_on_branch(branch, reasons) for branch in BRANCHES) if on_branch else ()
    loose = tuple(name for name in told if name not in on_branch)
    imported, short = len(settled) - len(ours), len(ours) - len(there)
    return PeriodCauses(len(there), imported, short, told, reasons, branches, loose)


def _on_branch(branch: Branch, reasons: Iterable[Reason]) -> OnBranch:
    its = [one for one in reasons if one.branch == branch]
    return OnBranch(branch, len(its), _ids(its))


def _ids(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(sorted({name for one in reasons for name in one.items}))
