"""Where an item stands at a moment, as a value."""

from datetime import date, datetime
from typing import NamedTuple

from git_feedback.desk.life import OPEN, UNFINISHED


class Planned(NamedTuple):
    """What somebody means to do, and until when."""

    what: str
    due: date | None
    by: str


class State(NamedTuple):
    """Where an item stands at a moment.  `level` is None until it is classified."""

    id: str
    life: str
    since: datetime
    category: str | None = None
    urgency: int | None = None
    impact: int | None = None
    level: str | None = None
    raised: int = 0
    department: str | None = None
    owner: str | None = None
    """From triage on somebody by name: whoever was assigned or accepted it, else the department's coordinator."""
    helpers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    confirmed: bool = False
    """Whether a person classified it."""
    returns: int = 0
    before_waiting: str | None = None
    """While it waits: the state that it goes on from."""
    waiting_for: str | None = None
    """submitter or partner, while something that was asked is awaited."""
    missing: tuple[str, ...] = ()
    verdict: str | None = None
    """satisfied, neutral or unsatisfied, as last heard."""
    duplicate_of: str | None = None
    short: bool = False
    resolved_by: str | None = None
    unsatisfied: int = 0
    """How often the submitter was not satisfied."""
    first_solver: str | None = None
    """Who solved it before the submitter was not satisfied."""
    task_force: bool = False
    planned: Planned | None = None
    snoozed_until: date | None = None
    exempt: tuple[tuple[str, date], ...] = ()
    """Clocks that nobody is reminded of, each until a day."""
    copied_to: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """What belongs to it, as (kind, to)."""
    split_into: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the matter itself still needs work."""
        return self.life in OPEN

    @property
    def is_unfinished(self) -> bool:
        """Whether anything is still to be done."""
        return self.life in UNFINISHED
