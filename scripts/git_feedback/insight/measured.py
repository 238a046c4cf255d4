"""What became of measures: whether each made rarer what it was meant to, whether it is overdue.

Counted is what its query asks for, else items of the categories of the items it comes from, before the day it was done
and from that day on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from git_feedback.desk import Standing
from git_feedback.insight.belonging import fitting
from git_feedback.insight.effects import WEEKS, Effect, effect
from git_feedback.model.measures import Measure
from git_feedback.policy import Policy

OPEN = ("planned", "doing")
Expectation = Literal["met", "not-met", "unsure"]
_NEVER = ("rejected",)


@dataclass(frozen=True, slots=True)
class Measured:
    """The effect of a measure, and how it is to what was expected.

    `met` where it came as far as expected and chance does not explain it, `not-met` where it did not come so far,
    `unsure` where it did and chance may explain it; None where nothing was expected, or nothing can be said yet.
    `asked` is the query that was counted.
    """

    effect: Effect
    asked: str
    expectation: Expectation | None


def measured(one: Measure, standings: Sequence[Standing], policy: Policy, now: datetime) -> Measured | None:
    """What a measure changed; None while it is not done, or where nothing says what to count."""
    asked = counted_by(one, standings)
    if one.status != "done" or one.done is None or not asked:
        return None
    done = datetime.combine(one.done, time(), policy.zone)
    span = timedelta(weeks=WEEKS)
    near = [it for it in standings if abs(it.item.received - done) <= span and it.item.received <= now]
    found = fitting(asked, (it for it in near if it.state.life not in _NEVER), policy, now)
    changed = effect((it.item.received for it in found), done, now)
    return Measured(changed, asked, _expectation(one.expects, changed))


def counted_by(one: Measure, standings: Iterable[Standing]) -> str:
    """The query that a measure counts by: its own, else the categories of its items; empty where they have none."""
    if one.counts:
        return one.counts
    of = set(one.items)
    categories = sorted({it.state.category for it in standings if it.item.id in of and it.state.category})
    return f"category:{','.join(categories)}" if categories else ""


def _expectation(expects: int | None, changed: Effect) -> Expectation | None:
    if expects is None or changed.verdict in ("too-early", "too-few"):
        return None
    wanted = 1 + expects / 100
    ratio = float("inf") if changed.ratio is None else changed.ratio
    if (ratio > wanted) if expects < 0 else (ratio < wanted):
        return "not-met"
    return "met" if changed.verdict == ("fewer" if expects < 0 else "more") else "unsure"


def overdue(measures: Iterable[Measure], today: date) -> list[Measure]:
    """What was to be done by now and is not, first due first: the day until which it was to be done is over."""
    late = [one for one in measures if one.status in OPEN and one.due and one.due < today]
    return sorted(late, key=lambda one: (one.due or date.max, one.id))
