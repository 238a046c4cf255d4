"""How long what is unfinished has been here, in working days: a queue that grows old does not show in its length."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from git_feedback.clock import Calendar
from git_feedback.desk import Standing

BUCKETS: tuple[tuple[int, int | None], ...] = ((0, 1), (2, 3), (4, 5), (6, 10), (11, 20), (21, None))
"""First and last working day of each bucket, both included; None: no last."""
OLDEST = 5


@dataclass(frozen=True, slots=True)
class Aged:
    """An unfinished item, and how many working days began after the day on which it was received."""

    standing: Standing
    days: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """Items of an age from `first` to `last` working days, counted by level (empty: unclassified)."""

    first: int
    last: int | None
    by_level: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_level.values())


@dataclass(frozen=True, slots=True)
class Ageing:
    """All that is unfinished by age; `waiting` of it wait for somebody's answer.  `oldest` come oldest first.

    `settled_before`: imported history that was settled before it came here; it is left out, nobody works on it.
    """

    buckets: tuple[Bucket, ...]
    oldest: tuple[Aged, ...]
    waiting: int
    settled_before: int

    @property
    def total(self) -> int:
        return sum(bucket.total for bucket in self.buckets)


def ageing(standings: Iterable[Standing], office: Calendar, now: datetime) -> Ageing:
    """The ages of unfinished items at `now`, by the working days of the office calendar."""
    unfinished = [one for one in standings if one.state.is_unfinished]
    alive = [one for one in unfinished if one.state.is_open or one.item.record != "history"]
    found = aged(alive, office, now)
    return Ageing(
        buckets=tuple(_bucket(first, last, found) for first, last in BUCKETS),
        oldest=tuple(sorted(found, key=_oldest_first)[:OLDEST]),
        waiting=sum(one.standing.state.life == "waiting" for one in found),
        settled_before=len(unfinished) - len(alive),
    )


def aged(standings: Sequence[Standing], office: Calendar, now: datetime) -> list[Aged]:
    """Each item with its age: 0 on the day it was received, 1 on the next working day."""
    received = [one.item.received.astimezone(office.tz).date() for one in standings]
    today = now.astimezone(office.tz).date()
    ages = _ages(min(received, default=today), today, office)
    return [Aged(one, ages[day]) for one, day in zip(standings, received, strict=True)]


def _ages(first: date, today: date, office: Calendar) -> dict[date, int]:
    """For every day from `first` to today: how many working days came after it."""
    ages: dict[date, int] = {}
    day, count = today, 0
    while day >= first:
        ages[day] = count
        count += office.is_working_day(day)
        day -= timedelta(days=1)
    return ages


def _oldest_first(one: Aged) -> tuple[int, datetime, str]:
    return -one.days, one.standing.item.received, one.standing.item.id


def _bucket(first: int, last: int | None, found: Iterable[Aged]) -> Bucket:
    within = (one for one in found if first <= one.days and (last is None or one.days <= last))
    return Bucket(first, last, Counter(one.standing.state.level or "" for one in within))
