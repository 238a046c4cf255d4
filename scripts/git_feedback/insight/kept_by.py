"""Which promises of a period were kept, by department, channel and category, and why some do not count."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.insight.courses import UNASSIGNED, UNCLASSIFIED
from git_feedback.insight.durations import SHARE_DECIMALS
from git_feedback.insight.verdicts import BREACHED, CANCELLED, CANCELLED_LATE, MET, NO_DATA, Verdict

BY: Mapping[str, Callable[[Verdict], str]] = {
    "department": lambda one: one.standing.state.department or UNASSIGNED,
    "channel": lambda one: one.standing.item.channel,
    "category": lambda one: one.standing.state.category or UNCLASSIFIED,
}
"""What targets are grouped by, and the group of one."""


@dataclass(frozen=True, slots=True)
class Group:
    """The targets of a group that were judged in a period: kept, missed (by `late` items), and those that do not count.

    `cancelled` came to nothing in time, `cancelled_late` when they were late already; of `no_data` imported history
    does not tell the end.
    """

    name: str
    kept: int
    missed: int
    cancelled: int
    cancelled_late: int
    no_data: int
    late: tuple[str, ...]

    @property
    def n(self) -> int:
        """Targets that count."""
        return self.kept + self.missed

    @property
    def share(self) -> float | None:
        """The part (0 to 1) of them that was kept; None where none counts."""
        return round(self.kept / self.n, SHARE_DECIMALS) if self.n else None


def kept_by(judged: Sequence[Verdict]) -> dict[str, tuple[Group, ...]]:
    """For each way of grouping its groups, the one with the most missed targets first, then the largest."""
    return {by: _groups(judged, group_of) for by, group_of in BY.items()}


def _groups(judged: Iterable[Verdict], group_of: Callable[[Verdict], str]) -> tuple[Group, ...]:
    found: dict[str, list[Verdict]] = defaultdict(list)
    for one in judged:
        found[group_of(one)].append(one)
    groups = (group(name, members) for name, members in found.items())
    return tuple(sorted(groups, key=lambda one: (-one.missed, -one.n, one.name)))


def group(name: str, members: Sequence[Verdict]) -> Group:
    """Some verdicts as one group."""
    said = Counter(one.why or one.outcome for one in members)
    late = {one.standing.item.id for one in members if one.outcome == BREACHED}
    return Group(
        name=name,
        kept=said[MET],
        missed=said[BREACHED],
        cancelled=said[CANCELLED],
        cancelled_late=said[CANCELLED_LATE],
        no_data=said[NO_DATA],
        late=tuple(sorted(late)),
    )


def merged(groups: Sequence[Group]) -> Group:
    """Several groups as one without a name; an item that is late in two of them is one."""
    return Group(
        name="",
        kept=sum(one.kept for one in groups),
        missed=sum(one.missed for one in groups),
        cancelled=sum(one.cancelled for one in groups),
        cancelled_late=sum(one.cancelled_late for one in groups),
        no_data=sum(one.no_data for one in groups),
        late=tuple(sorted({item for one in groups for item in one.late})),
    )
