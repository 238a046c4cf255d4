"""What is left at the end of a period: how old it is, who has it, and what has waited longest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from git_feedback.desk import Standing
from git_feedback.insight.ageing import BUCKETS, Ageing, ageing
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.loads import owner_load


@dataclass(frozen=True, slots=True)
class Old:
    """One of the oldest unfinished items; `days` are working days.

    `late`: one of its clocks is late and unanswered.
    """

    item: str
    days: int
    received: datetime
    level: str
    category: str
    state: str
    owner: str
    department: str
    late: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has in hand: `late` of it with a clock that is late and unanswered, `waiting` for an answer."""

    owner: str
    unfinished: int
    late: int
    waiting: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Items from `first` to `last` (None: without end) working days old, counted as in `Backlog.levels`."""

    first: int
    last: int | None
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """All that was unfinished; `levels` from the heaviest to the lightest, the empty one (nobody classified it) last.

    `late` have a clock that is late and unanswered, `waiting` wait for an answer, `unowned` are nobody's by name.
    """

    total: int
    late: int
    waiting: int
    unowned: int
    levels: tuple[str, ...]
    ages: tuple[AgeGroup, ...]
    loads: tuple[Load, ...]
    oldest: tuple[Old, ...]


def backlog(ledger: Ledger) -> Backlog:
    """The backlog as known at the end of a ledger; imported history that nobody works on is left out."""
    alive = [
        one
        for one in ledger.standings
        if one.state.is_unfinished and (one.state.is_open or one.item.record != "history")
    ]
    ages = ageing(alive, ledger.policy.office, ledger.now)
    levels = sorted({one.state.level or "" for one in alive}, key=lambda level: (not level, level))
    return Backlog(
        total=len(alive),
        late=sum(map(_is_late, alive)),
        waiting=ages.waiting,
        unowned=sum(not one.state.owner for one in alive),
        levels=tuple(levels),
        ages=_ages(ages, levels),
        loads=_loads(alive),
        oldest=tuple(_old(one.standing, one.days) for one in ages.oldest),
    )


def _ages(found: Ageing, levels: Sequence[str]) -> tuple[AgeGroup, ...]:
    return tuple(
        AgeGroup(first, last, tuple(bucket.by_level.get(level, 0) for level in levels))
        for (first, last), bucket in zip(BUCKETS, found.buckets, strict=True)
    )


def _is_late(one: Standing) -> bool:
    return bool(one.worst and one.worst.state == "breached-open")


def _loads(alive: Sequence[Standing]) -> tuple[Load, ...]:
    return tuple(_load(owner, found, alive) for owner, found in owner_load(alive).items())


def _load(owner: str, found: Mapping[str, object], alive: Sequence[Standing]) -> Load:
    unfinished, late, waiting = (cast("int", found[name]) for name in ("open", "late", "waiting"))
    items = tuple(sorted(one.item.id for one in alive if one.state.owner == owner))
    return Load(owner, unfinished, late, waiting, items)


def _old(one: Standing, days: int) -> Old:
    return Old(
        item=one.item.id,
        days=days,
        received=one.item.received,
        level=one.state.level or "",
        category=one.state.category or "",
        state=one.state.life,
        owner=one.state.owner or "",
        department=one.state.department or "",
        late=_is_late(one),
    )
