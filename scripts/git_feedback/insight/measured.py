"""What became of measures: whether each made rarer what it was meant to, whether it is overdue, how far a period got.

Counted is what its query asks for, else items of the categories of the items it comes from, before the day it was done
and from that day on.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing
from git_feedback.insight.belonging import fitting
from git_feedback.insight.effects import SOONEST, WEEKS, Effect, effect
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
    `asked` is the query that was counted, `items` are those it counted.  `weekly`: the whole weeks before and after, by their first days; the day on
    which it was done begins one.
    """

    effect: Effect
    asked: str
    expectation: Expectation | None
    weekly: tuple[tuple[date, int], ...] = ()
    items: tuple[str, ...] = ()


def measured(one: Measure, standings: Sequence[Standing], policy: Policy, now: datetime) -> Measured | None:
    """What a measure changed; None while it is not done, or where nothing says what to count."""
    asked = counted_by(one, standings)
    if one.status != "done" or one.done is None or not asked:
        return None
    done = datetime.combine(one.done, time(), policy.zone)
    span = timedelta(weeks=WEEKS)
    near = [it for it in standings if abs(it.item.received - done) <= span and it.item.received <= now]
    found = fitting(asked, (it for it in near if it.state.life not in _NEVER), policy, now)
    received = [it.item.received for it in found]
    changed = effect(received, done, now)
    days = [moment.astimezone(policy.zone).date() for moment in received]
    weekly = _weekly(days, one.done, int(changed.weeks))
    length = min(now - done, span)
    items = sorted(it.item.id for it in found if done - length <= it.item.received < done + length)
    return Measured(changed, asked, _expectation(one.expects, changed), weekly, tuple(items))


def _weekly(days: Iterable[date], done: date, weeks: int) -> tuple[tuple[date, int], ...]:
    """So many whole weeks on either side of a day, and what came in each."""
    counts = Counter((day - done).days // 7 for day in days)
    return tuple((done + timedelta(weeks=week), counts[week]) for week in range(-weeks, weeks))


def sayable_from(done: date) -> date:
    """The first day on which something can be said of a measure that was done on a day."""
    return done + SOONEST


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


# ---- a period -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the measures of a period were at its end, in the order of their days; dropped ones are left out.

    `due`: to be done in it, done or not.  `done`: done in it.  `overdue`: to be done by its end, and not done.
    `coming`: open, to be done in the next period.  `later`: open, to be done after that, or without a day.
    """

    due: tuple[Measure, ...]
    done: tuple[Measure, ...]
    overdue: tuple[Measure, ...]
    coming: tuple[Measure, ...]
    later: tuple[Measure, ...]


def as_known(one: Measure, last: date) -> Measure:
    """A measure as it stood when a day was over: what was done later was still going on."""
    if one.done is None or one.done <= last:
        return one
    return one.model_copy(update={"status": "doing", "done": None})


def progress(measures: Iterable[Measure], period: Period) -> Progress:
    """What was due, done and left open in a period."""
    first, after, next_after = period.first, period.next.first, period.next.next.first
    known = sorted((as_known(one, after - timedelta(1)) for one in measures), key=_by_day)
    still = [one for one in known if one.status in OPEN and (one.due is None or one.due >= after)]
    return Progress(
        due=tuple(one for one in known if one.due and first <= one.due < after and one.status != "dropped"),
        done=tuple(one for one in known if one.done and one.done >= first),
        overdue=tuple(overdue(known, after)),
        coming=tuple(one for one in still if one.due and one.due < next_after),
        later=tuple(one for one in still if one.due is None or one.due >= next_after),
    )


def _by_day(one: Measure) -> tuple[date, str]:
    return one.due or one.done or date.max, one.id


def lately_done(measures: Iterable[Measure], period: Period) -> list[Measure]:
    """What was done in a period, or in the last twelve weeks before its end: its effect is looked at; the newest first."""
    after = period.next.first
    since = min(period.first, after - timedelta(weeks=WEEKS))
    found = sorted((one for one in measures if one.done and since <= one.done < after), key=lambda one: one.id)
    return sorted(found, key=lambda one: one.done or since, reverse=True)
