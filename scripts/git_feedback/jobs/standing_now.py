"""Where every item of a desk stands at a moment, worked out by two processes where there are many."""

from collections.abc import Sequence
from datetime import datetime

from git_feedback.desk import Standing, standings
from git_feedback.desk.sla import Clock
from git_feedback.desk.whereabouts import State
from git_feedback.jobs.garbage import all_stays
from git_feedback.jobs.reading import MANY, Whole
from git_feedback.jobs.second_process import halves
from git_feedback.model import Item


def standing(found: Whole, now: datetime) -> list[Standing]:
    """Where the items of a desk stand at `now`: `standings`, worked out by two processes where there are many."""
    items = sorted((item for item in found.items if item.received <= now), key=lambda item: (item.received, item.id))

    def some(part: Sequence[Item]) -> list[tuple[State, tuple[Clock, ...]]]:
        return [(one.state, one.clocks) for one in standings(part, found.policy, now)]

    with all_stays():
        there = halves(some, items, MANY)
        return [Standing(item, *stands) for item, stands in zip(items, there, strict=True)]
