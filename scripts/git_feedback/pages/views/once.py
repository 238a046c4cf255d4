"""What several pages and files of one record tell: found for the first that asks, kept until another record comes."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from git_feedback.desk import Lacking, lacking
from git_feedback.insight.ageing import Ageing, ageing
from git_feedback.insight.attainment import Attainment, attainment
from git_feedback.insight.pool import Pool, pool
from git_feedback.pages.page import Record

Found = TypeVar("Found")


def once(find: Callable[[Record], Found]) -> Callable[[Record], Found]:
    """The same, worked out once for a record.  Nobody may change what it gives."""
    kept: list[tuple[Record, Found]] = []

    @wraps(find)
    def found(record: Record) -> Found:
        if not kept or kept[0][0] is not record:
            kept[:] = [(record, find(record))]
        return kept[0][1]

    return found


@once
def judged(record: Record) -> Attainment:
    """What was kept of what was promised."""
    return attainment(record.standings, record.now, record.policy.zone)


@once
def aged(record: Record) -> Ageing:
    """How old the queue is."""
    return ageing(record.standings, record.policy.office, record.now)


@once
def pooled(record: Record) -> Pool:
    """What waits without a deadline."""
    return pool(record.standings, record.policy, record.now)


@once
def incomplete(record: Record) -> list[Lacking]:
    """What needs work and lacks something."""
    return lacking(record.standings, record.policy, record.now)
