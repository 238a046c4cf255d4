"""How long answers, solutions and replies of a period took, over all and group by group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.clock import Calendar
from git_feedback.insight.courses import Course
from git_feedback.insight.durations import Durations
from git_feedback.insight.findings import FEWEST, Look
from git_feedback.insight.groups import BY, Times
from git_feedback.insight.stats import reply_times, resolve_times, respond_times


@dataclass(frozen=True, slots=True)
class Ways:
    """Which items of a period a figure is about, which of those received in it do not tell, and the figure itself."""

    came: Callable[[Look], Sequence[Course]]
    is_unknown: Callable[[Course], bool]
    times: Times

    def of(self, look: Look) -> tuple[Course, ...]:
        """The items in whose group something is counted, or left out."""
        return (*self.came(look), *(one for one in look.received if self.is_unknown(one)))


MEASURES: Mapping[str, Ways] = {
    "respond": Ways(lambda look: look.answered, lambda one: one.answer_is_unknown, respond_times),
    "resolve": Ways(lambda look: look.resolved, lambda one: one.resolution_is_unknown, resolve_times),
    "reply": Ways(lambda look: look.replied, lambda one: one.reply_is_unknown, reply_times),
}
"""First answer, solution, reply: each counted in the period in which it came."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One group's times in hours by the wall clock; None where nothing was measured.

    `excluded`: ends before their start, and imported history that does not tell.
    """

    name: str
    n: int
    excluded: int
    median_h: float | None
    p90_h: float | None
    mean_h: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """The times of one measure: of all items, and by group those with FEWEST items or more, the most frequent first.

    `few` counts, by what they are grouped by, the groups that are too small to say anything about.
    """

    name: str
    whole: Taken
    groups: Mapping[str, tuple[Taken, ...]]
    few: Mapping[str, int]


def measured(look: Look, office: Calendar) -> tuple[Measured, ...]:
    """The three measures of a period."""
    return tuple(_measured(name, ways, look, office) for name, ways in MEASURES.items())


def _measured(name: str, ways: Ways, look: Look, office: Calendar) -> Measured:
    found = ways.of(look)
    grouped = {by: _grouped(found, group_of, ways.times, office) for by, group_of in BY.items()}
    return Measured(
        name,
        _taken("", ways.times(found, office)),
        {by: tuple(one for one in groups if one.n >= FEWEST) for by, groups in grouped.items()},
        {by: sum(one.n < FEWEST for one in groups) for by, groups in grouped.items()},
    )


def _grouped(found: Sequence[Course], group_of: Callable[[Course], str], times: Times, office: Calendar) -> list[Taken]:
    """The times of every group, that of the most items first."""
    groups: dict[str, list[Course]] = {}
    for course in found:
        groups.setdefault(group_of(course), []).append(course)
    taken = (_taken(name, times(members, office)) for name, members in groups.items())
    return sorted(taken, key=lambda one: (-one.n, one.name))


def _taken(name: str, found: Durations) -> Taken:
    return Taken(name, found.n, found.excluded, found.median_h, found.p90_h, found.mean_h)


def solved_in_s(look: Look) -> tuple[int, ...]:
    """How many seconds each solution of a period took by the wall clock, in order; ends before their start are out."""
    spans = ((one.received, one.resolved) for one in look.resolved if one.resolved)
    return tuple(sorted(int((end - start).total_seconds()) for start, end in spans if end >= start))
