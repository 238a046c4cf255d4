"""How often people correct what machines said: the drift of rules and models, month by month."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from git_feedback.desk import MACHINES, Standing, happened
from git_feedback.insight.durations import DECIMALS
from git_feedback.model import events as ev
from git_feedback.policy import Policy

JUDGING = ("rules", "model")
"""Machines that judge; what a form or an import brought along was said by somebody else."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Of the `classified` items that machines classified in a month, people `confirmed` the category of some and
    `corrected` that of others; on the rest nobody has said anything since.
    """

    month: str
    classified: int
    confirmed: int
    corrected: int

    @property
    def share(self) -> float:
        """The share of machine classifications that people corrected."""
        return round(self.corrected / self.classified, DECIMALS)

    def as_json(self) -> dict[str, object]:
        """A row of `stats`."""
        told = {"month": self.month, "classified": self.classified, "confirmed": self.confirmed}
        return {**told, "corrected": self.corrected, "share": self.share}


def corrections(standings: Iterable[Standing], policy: Policy, now: datetime, zone: tzinfo) -> list[Corrections]:
    """A row for each month in which machines classified anything, by the month of their first word."""
    found: dict[str, list[bool | None]] = defaultdict(list)
    for one in standings:
        for month, wrong in _corrected(one, policy, now, zone):
            found[month].append(wrong)
    return [Corrections(month, len(said), said.count(False), said.count(True)) for month, said in sorted(found.items())]


def _corrected(one: Standing, policy: Policy, now: datetime, zone: tzinfo) -> Iterator[tuple[str, bool | None]]:
    """The month of a machine's first word on an item, and whether a person then said another category (None: nothing)."""
    said = [event for event in happened(one.item, now) if isinstance(event, ev.Classify)]
    if not said or said[0].by not in JUDGING or one.item.record == "history":
        return
    people = [event for event in said if event.by not in MACHINES]
    before = [event for event in said if not people or event.at < people[0].at]
    wrong = _id(people[-1], policy) != _id(before[-1], policy) if people and before else None
    yield said[0].at.astimezone(zone).strftime("%Y-%m"), wrong


def _id(event: ev.Classify, policy: Policy) -> str:
    return policy.category_ids.get(event.category, event.category)
