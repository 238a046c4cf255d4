"""A few sentences about a month, as evidence: why it was more or less, where lateness came from, what got better or worse.

A finding is a code and values; its words stand in the catalogues.  Medians and shares of fewer than three are no
evidence, and what chance alone does as easily is never called better or worse.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from git_feedback.clock import Calendar
from git_feedback.insight.chance import LEVEL, STRICT, shares_differ, times_differ
from git_feedback.insight.courses import Course
from git_feedback.insight.verdicts import BREACHED, EXCLUDED, MET, Verdict

FEWEST = 3
"""The least number a median or share must rest on."""
FEWEST_COUNTED = 5
"""Of fewer targets no share is told."""
LEAST_CHANGE = 2
"""A category that has one more or one fewer explains nothing."""
LEAST_GAIN = 0.01
"""A change by less than a hundredth is none."""
LEAST_LOSS = 0.1
"""A loss by less than a tenth is not told first thing."""
_WHOLE = ("satisfied", "respond", "resolve")
"""Lateness has a sentence of its own, and what a category lost stands further down."""
HOUR_S = 3600

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence's code and the values in it: counts, shares (0 to 1), hours, and ids of the policy."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What happened in one period; `satisfied`, `csats` and `scores` have one entry for each item that was heard again.

    `reopened`: items opened again in it; `solved_by_another`: solved in it by somebody else than the first solver.
    """

    period: str
    received: tuple[Course, ...]
    answered: tuple[Course, ...]
    resolved: tuple[Course, ...]
    judged: tuple[Verdict, ...]
    satisfied: tuple[bool, ...]
    replied: tuple[Course, ...] = ()
    csats: tuple[int, ...] = ()
    scores: tuple[int, ...] = ()
    reopened: tuple[Course, ...] = ()
    solved_by_another: tuple[Course, ...] = ()

    @property
    def counted(self) -> list[Verdict]:
        return [verdict for verdict in self.judged if verdict.outcome != EXCLUDED]

    @property
    def met(self) -> list[Verdict]:
        return [verdict for verdict in self.judged if verdict.outcome == MET]

    @property
    def breached(self) -> list[Verdict]:
        return [verdict for verdict in self.judged if verdict.outcome == BREACHED]


def findings(look: Look, before: Look | None, office: Calendar) -> tuple[Finding, ...]:
    """The findings of a month, `before` being the month before it; one only when nothing happened at all."""
    if not (look.received or look.resolved or look.counted):
        return (Finding("finding-nothing"),)
    worse = loss(look, before)
    return volume(look, before), lateness(look, office), gain(look, before), *([worse] if worse else ())


def volume(look: Look, before: Look | None) -> Finding:
    """The category that contributed most to the change in number, in the direction of the whole."""
    counts, total = Counter(course.category for course in look.received), len(look.received)
    if not total:
        return Finding("finding-volume-none")
    if before is None:
        return _first(counts)
    change = total - len(before.received)
    counts_before = Counter(course.category for course in before.received)
    changes = {name: counts[name] - counts_before[name] for name in {*counts, *counts_before}}
    category = min(changes, key=lambda name: (-changes[name] if change >= 0 else changes[name], -counts[name], name))
    values: dict[str, Value] = {"month": before.period, "total": total, "before": len(before.received)}
    if not changes[category]:
        return _most_frequent("finding-volume-same", counts, values)
    if max(map(abs, changes.values())) < LEAST_CHANGE:
        return Finding("finding-volume-even", values)
    values |= {"category": category, "amount": abs(changes[category]), "share": counts[category] / total}
    return Finding("finding-volume-more" if changes[category] > 0 else "finding-volume-fewer", values)


def _first(counts: Counter[str]) -> Finding:
    """What most came about; that it is spread where no category stands out."""
    most = max(counts.values())
    if len(counts) > 1 and (most < FEWEST or [*counts.values()].count(most) > 1):
        return Finding("finding-volume-spread", {"total": counts.total(), "kinds": len(counts)})
    return _most_frequent("finding-volume-first", counts, {})


def _most_frequent(code: str, counts: Counter[str], values: Mapping[str, Value]) -> Finding:
    category = min(counts, key=lambda name: (-counts[name], name))
    share = counts[category] / counts.total()
    return Finding(code, {**values, "category": category, "amount": counts[category], "share": share})


def lateness(look: Look, office: Calendar) -> Finding:
    """The clock and level with the most broken promises, and how many of these items came while the office was closed."""
    counted, breached = look.counted, look.breached
    if not counted:
        return Finding("finding-late-uncounted")
    if not breached:
        return Finding("finding-late-none", {"total": len(counted)})
    groups = Counter((verdict.clock, verdict.level) for verdict in breached)
    worst = min(groups, key=lambda group: (-groups[group], group))
    closed = sum(
        not office.is_open(verdict.standing.item.received)
        for verdict in breached
        if (verdict.clock, verdict.level) == worst
    )
    values: dict[str, Value] = {
        "total": len(counted),
        "late": len(breached),
        "share": len(look.met) / len(counted),
        "clock": worst[0],
        "level": worst[1],
        "amount": groups[worst],
    }
    if len(counted) < FEWEST_COUNTED:
        return Finding("finding-late-few", values)
    if not closed:
        return Finding("finding-late", values)
    code = "finding-late-all-closed" if closed == groups[worst] else "finding-late-closed"
    return Finding(code, {**values, "closed": closed})


def gain(look: Look, before: Look | None) -> Finding:
    """The figure that became better by the largest part of itself, beyond what chance does."""
    if before is None:
        return Finding("finding-better-first")
    candidates = [*_shares(look, before), *_times(look, before)]
    best = max(candidates, key=lambda candidate: candidate[0], default=None)
    if best is None or best[0] < LEAST_GAIN:
        return Finding("finding-better-none", {"month": before.period})
    return Finding(f"finding-better-{best[1].code}", {"month": before.period, **best[1].values})


def loss(look: Look, before: Look | None) -> Finding | None:
    """The figure of the whole that became worse by the largest part of itself; None where none did by LEAST_LOSS and beyond
    what chance does."""
    if before is None:
        return None
    candidates = [one for one in (*_shares(look, before), *_times(look, before)) if one[1].code in _WHOLE]
    worst = min(candidates, key=lambda candidate: candidate[0], default=None)
    if worst is None or worst[0] > -LEAST_LOSS:
        return None
    return Finding(f"finding-worse-{worst[1].code}", {"month": before.period, **worst[1].values})


def _shares(look: Look, before: Look) -> Iterator[tuple[float, Finding]]:
    pairs = {
        "on-time": ((len(look.met), len(look.counted)), (len(before.met), len(before.counted))),
        "satisfied": ((sum(look.satisfied), len(look.satisfied)), (sum(before.satisfied), len(before.satisfied))),
    }
    for name, ((part, n), (part_before, n_before)) in pairs.items():
        if min(n, n_before) >= FEWEST and part_before and shares_differ(part, n, part_before, n_before):
            share, was = part / n, part_before / n_before
            yield (share - was) / was, Finding(name, {"share_before": was, "share": share})


def _times(look: Look, before: Look) -> Iterator[tuple[float, Finding]]:
    yield from _faster("respond", _answers(look.answered), _answers(before.answered), {}, LEVEL)
    yield from _faster("resolve", _solutions(look.resolved), _solutions(before.resolved), {}, LEVEL)
    for category in sorted({course.category for course in look.resolved}):
        hours, were = (
            _solutions(course for course in month.resolved if course.category == category) for month in (look, before)
        )
        yield from _faster("category", hours, were, {"category": category}, STRICT)


def _faster(
    name: str, hours: list[float], were: list[float], values: Mapping[str, Value], level: float
) -> Iterator[tuple[float, Finding]]:
    if min(len(hours), len(were)) < FEWEST or not times_differ(hours, were, level):
        return
    median, was = statistics.median(hours), statistics.median(were)
    if was:
        yield (was - median) / was, Finding(name, {**values, "hours_before": was, "hours": median})


def _answers(found: Iterable[Course]) -> list[float]:
    return [
        (course.answered - course.received).total_seconds() / HOUR_S
        for course in found
        if course.answered and course.answered >= course.received
    ]


def _solutions(found: Iterable[Course]) -> list[float]:
    return [
        (course.resolved - course.received).total_seconds() / HOUR_S
        for course in found
        if course.resolved and course.resolved >= course.received
    ]
