"""What a report is made from: the record as it stood when the period ended, and what the team wrote about it.

Nothing that happened after the period counts, so a report that is made a year later says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from git_feedback.desk import Standing
from git_feedback.insight import Figures, Ledger, Period, figures_of
from git_feedback.insight.findings import Look
from git_feedback.model import Problem
from git_feedback.model.measures import Measure
from git_feedback.model.problems import ProblemRecord
from git_feedback.pages.reports.document import Part
from git_feedback.pages.reports.speech import Speech
from git_feedback.policy import Policy
from git_feedback.triage.recurring import Recurring


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A commit of the period that changed the policy: `files` names those it changed, below policy/."""

    commit: str
    at: datetime
    author: str
    subject: str
    files: tuple[str, ...]
    added: int
    removed: int


@dataclass(frozen=True)
class Material:
    """Everything a report is made from; `standings` are those of `until`, the last second of the period."""

    policy: Policy
    period: Period
    until: datetime
    standings: Sequence[Standing]
    measures: Sequence[Measure] = ()
    problem_records: Sequence[ProblemRecord] = ()
    recurring: Sequence[Recurring] = ()
    broken: Sequence[Problem] = ()
    """What is wrong with files that could not be read: nothing of them is in the figures."""
    rule_changes: Sequence[RuleChange] = field(default=())
    rules_before: Policy | None = None
    """The policy as it stood in Git when the period began; None where there was none yet, or none that can be read."""
    rules_after: Policy | None = None
    """The policy as it stood in Git when the period ended; None as above."""

    @property
    def zone(self) -> ZoneInfo:
        """The desk's zone."""
        return ZoneInfo(self.policy.desk.zone)

    @cached_property
    def ledger(self) -> Ledger:
        """What happened to all items."""
        return Ledger(self.standings, self.policy, self.until)

    @cached_property
    def figures(self) -> Figures:
        """The figures of the period."""
        return figures_of(self.ledger, self.period)

    @cached_property
    def look(self) -> Look:
        """What happened in the period."""
        return self.ledger.look(self.period)

    @cached_property
    def look_before(self) -> Look | None:
        """What happened in the period before; None where nothing had been received before this one."""
        return self.ledger.look(self.period.previous) if self.figures.previous else None

    @cached_property
    def by_id(self) -> dict[str, Standing]:
        """Where items stood, by id."""
        return {one.item.id: one for one in self.standings}

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in the period."""
        return self.figures.is_empty


class Chapter(Protocol):
    """One chapter of a report, a module in `chapters`."""

    NAME: str
    """Its place in figures.json; its heading is the message `report-section-NAME`."""

    def find(self, material: Material) -> Any:
        """What it has to say, as a dataclass of plain values (numbers, ids, dates); None where it has no place here."""

    def tell(self, found: Any, material: Material, speech: Speech) -> Sequence[Part]:
        """What was found, in words, tables and charts."""
