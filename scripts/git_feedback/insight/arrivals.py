"""How late feedback gets here: from received, as the source says, to landed in the record, channel by channel.

What lies in a mailbox or a paper box for days is late before anybody could know of it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.insight.durations import Durations, durations
from git_feedback.policy import Policy


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How long what came by a channel was under way, and how many of `n` took longer than the clock `register` allows."""

    channel: str
    took: Durations
    late: int

    @property
    def share_late(self) -> float:
        """The part (0 to 1) that came late."""
        return self.late / self.took.n if self.took.n else 0.0


def arrivals(standings: Sequence[Standing], policy: Policy) -> list[Arrivals]:
    """A row for every channel by which anything came, the one with the largest share of late ones first.

    Imported history is excluded, and so is what does not say when it landed; the figures count both.
    """
    groups: dict[str, list[Standing]] = {}
    for one in standings:
        groups.setdefault(one.item.channel, []).append(one)
    rows = [_of(channel, group, policy) for channel, group in groups.items()]
    return sorted(rows, key=lambda row: (-row.share_late, -row.took.n, row.channel))


def register_by_channel(standings: Sequence[Standing], policy: Policy) -> dict[str, dict[str, object]]:
    """`{channel: {n, excluded, mean_h, median_h, p90_h, ..., late}}`: the figures of `arrivals` for JSON, by id."""
    rows = sorted(arrivals(standings, policy), key=lambda row: row.channel)
    return {row.channel: {**asdict(row.took), "late": row.late} for row in rows}


def _of(channel: str, group: Sequence[Standing], policy: Policy) -> Arrivals:
    known = [(one, landed) for one in group if (landed := _landed(one)) and one.item.record != "history"]
    spans = [(one.item.received, landed) for one, landed in known]
    late = sum(landed >= one.item.received and _was_late(one) for one, landed in known)
    return Arrivals(channel, durations(spans, len(group) - len(known), policy.office), late)


def _landed(one: Standing) -> datetime | None:
    """When it came into the record: as it says, else when a machine first did something to it."""
    clock = one.clock("register")
    return one.item.landed or (clock.stopped if clock else None)


def _was_late(one: Standing) -> bool:
    clock = one.clock("register")
    return clock is not None and clock.late_by is not None
