"""How long each department held an item, in working time of the office: what departments owe each other is counted here.

It is counted as the clock of the solution counts: from received until resolved, on after a reopening or a review that
it did not pass, and not while an answer is awaited.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from git_feedback.desk.fold import told
from git_feedback.desk.rulebook import Rulebook, rulebook, seconds_of
from git_feedback.desk.runs import RUNS
from git_feedback.desk.tale import Tale
from git_feedback.model import Item
from git_feedback.policy import Policy


class Holding(NamedTuple):
    """A department that had an item, since when and until when (None: it has it still).

    `department` is empty before anybody had it: then it lay with the desk itself.  `worked_s` are seconds of the
    office's working time; `waited_s` are those in which an answer was awaited, and are no part of them.
    """

    department: str
    since: datetime
    until: datetime | None
    worked_s: int
    waited_s: int


def holding(item: Item, policy: Policy, now: datetime) -> list[Holding]:
    """Who held an item up to `now`, in order; a department that has it twice is named twice."""
    book, until = rulebook(policy), seconds_of(now)
    return holding_of(told(item, book, until), book, until)


def holding_of(tale: Tale, book: Rulebook, now: int) -> list[Holding]:
    """`holding` of a life that was told up to `now`."""
    if now < tale.received:
        return []
    run = RUNS["resolve"](tale, now)[-1]
    end = now if run.stop is None else run.stop
    waits = [*tale.pauses, *([] if tale.paused_since is None else [(tale.paused_since, now)])]
    over = [span for span in run.pauses if span not in waits]
    found = []
    for department, since, until in _turns(tale, end):
        worked = book.office.elapsed_s(since, until, run.pauses)
        waited = book.office.elapsed_s(since, until, over) - worked
        left = None if until == end and run.stop is None else book.moment(until)
        found.append(Holding(department, book.moment(since), left, worked, waited))
    return found


def _turns(tale: Tale, end: int) -> Iterator[tuple[str, int, int]]:
    """Departments with the time in which each had it; of those at one instant the last."""
    changes = [(since, department) for since, department in tale.held if since < end] or tale.held[:1]
    for (since, department), (until, _) in pairwise([*changes, (end, "")]):
        if since < until or until == end:
            yield department, since, until
