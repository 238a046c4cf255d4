"""Missed targets with their causes: what each item was waiting for while its time ran out, and what that cost in all.

A target was missed in the period in which its time was used up, and is told as things stood at the end of that period.
Its working time is cut by what the item was waiting for (`stretches` says how); the cause is what took the longest.
A run that goes on after it had stopped late (opened again, review not passed) is cut from there on: no time counts twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from git_feedback.clock.periods import Period
from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock, Cycle
from git_feedback.insight.durations import DECIMALS
from git_feedback.insight.ledger import Ledger, Within
from git_feedback.insight.owner_spans import Loads
from git_feedback.insight.stretches import KINDS, Story
from git_feedback.insight.verdicts import NO_PROMISES


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds of working time that went to one kind of waiting."""

    kind: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Breach:
    """One missed target.

    `department` and `owner` had the item when the time was used up, with `load` open items in the owner's hands;
    empty and 0 where nobody had it.  `late_s`, `elapsed_s` and `target_s` are seconds of working time up to its end, or
    to that of the period where it is still `unanswered`.  `cause` is the longest of `stretches` (longest first), with
    its share (0 to 1) of them; `times_given_on`: how often the item was given on by then.
    """

    item: str
    clock: str
    level: str
    category: str
    due: datetime
    department: str
    owner: str
    load: int
    late_s: int
    elapsed_s: int
    target_s: int
    unanswered: bool
    cause: str
    share: float
    stretches: tuple[Stretch, ...]
    times_given_on: int


@dataclass(frozen=True, slots=True)
class Cause:
    """What one kind of waiting cost in all: `seconds` of the working time of all missed targets, and their `share`.

    `targets` were missed mainly because of it, those of `items`.
    """

    kind: str
    seconds: int
    share: float
    targets: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lateness:
    """The missed targets of a period, the latest first, and what they cost by cause, the dearest first."""

    breaches: tuple[Breach, ...]
    causes: tuple[Cause, ...]
    seconds: int
    late_s: int


def lateness(ledger: Ledger, period: Period) -> Lateness:
    """The missed targets of a period as known at the end of the ledger."""
    within = Within(*(bound.astimezone(UTC) for bound in ledger.bounds(period)))
    late = [(one, *run) for one in ledger.standings for run in _late_runs(one, within)]
    if not late:
        return Lateness((), (), 0, 0)
    loads = Loads(ledger.standings, ledger.policy, ledger.now)
    found = [
        _breach(Story(one, ledger.policy, ledger.now, loads), clock, cycle, before)
        for one, clock, cycle, before in late
    ]
    late_s = sum((cycle.late_by or 0) - (before.late_by or 0 if before else 0) for _, _, cycle, before in late)
    ordered = sorted(found, key=lambda one: (-one.late_s, one.due, one.item, one.clock))
    return Lateness(tuple(ordered), _causes(ordered), sum(map(_cut_s, ordered)), late_s)


def _late_runs(one: Standing, within: Within) -> Iterator[tuple[Clock, Cycle, Cycle | None]]:
    """Runs whose time was used up in a span; each with the late run that it goes on from, where there is one."""
    for clock in one.clocks:
        if clock.name in NO_PROMISES:
            continue
        late = [cycle for cycle in clock.cycles if cycle.late_by and not (cycle.cancelled and cycle.stopped)]
        for place, cycle in enumerate(late):
            if cycle.due in within:
                before = late[place - 1] if place and late[place - 1].start == cycle.start else None
                yield clock, cycle, before


def _breach(story: Story, clock: Clock, cycle: Cycle, before: Cycle | None) -> Breach:
    item, state = story.standing.item, story.standing.state
    since = before.stop if before and before.stop is not None else cycle.start
    cut = story.cut(clock, cycle, since)
    stretches = tuple(Stretch(*one) for one in sorted(cut.items(), key=lambda pair: (-pair[1], KINDS.index(pair[0]))))
    then = story.state_at(cycle.end)
    return Breach(
        item=item.id,
        clock=clock.name,
        level=state.level or "",
        category=state.category or "",
        due=cycle.due,
        department=then.department or "",
        owner=then.owner or "",
        load=story.loads.of(then.owner, cycle.end) if then.owner else 0,
        late_s=cycle.late_by or 0,
        elapsed_s=cycle.elapsed,
        target_s=cycle.target,
        unanswered=cycle.stop is None,
        cause=stretches[0].kind if stretches else "unknown",
        share=_share(stretches[0].seconds, sum(cut.values())) if stretches else 0.0,
        stretches=stretches,
        times_given_on=story.times_given_on(int(story.now.timestamp()) if cycle.stop is None else cycle.stop),
    )


def _causes(breaches: Sequence[Breach]) -> tuple[Cause, ...]:
    seconds: Counter[str] = Counter()
    items: dict[str, list[str]] = {}
    for one in breaches:
        seconds.update({stretch.kind: stretch.seconds for stretch in one.stretches})
        items.setdefault(one.cause, []).append(one.item)
    kinds = sorted({*seconds, *items}, key=lambda kind: (-seconds[kind], KINDS.index(kind)))
    whole = seconds.total()
    return tuple(
        Cause(
            kind=kind,
            seconds=seconds[kind],
            share=_share(seconds[kind], whole),
            targets=len(items.get(kind, ())),
            items=tuple(dict.fromkeys(items.get(kind, ()))),
        )
        for kind in kinds
    )


def _cut_s(one: Breach) -> int:
    return sum(stretch.seconds for stretch in one.stretches)


def _share(part: int, whole: int) -> float:
    return round(part / whole, DECIMALS) if whole else 0.0
