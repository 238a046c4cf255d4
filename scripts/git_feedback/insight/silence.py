"""Submitters who do not answer: a reminder after ten working days, then a proposal to close.

Silence is counted from our last question, or from their last word since.  A message about a reminder that went out ends
the first stage, and so does an interim answer once the reminder was due; an earlier one changes nothing, for they were
only told how far things are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from git_feedback.clock import Calendar
from git_feedback.desk import Standing
from git_feedback.desk.untold import counted
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.policy import Policy

REMIND_AFTER = 10
"""Working days without an answer after which a reminder is due, then a proposal to close (the rules of clocks, pauses)."""
CLOSE_AFTER = 5
"""Working days after the reminder from which closing is proposed."""

Stage = Literal["reminder", "closing"]


@dataclass(frozen=True, slots=True)
class Silent:
    """A submitter who owes us an answer for too long.

    `since` is the question, or the submitter's last word; `days` are the working days that began since; `reminded` is
    when they were reminded; `due` is what is to be done now.
    """

    standing: Standing
    since: datetime
    days: int
    reminded: datetime | None
    due: Stage

    @property
    def command(self) -> str:
        """The command that is due, as the person at the desk types it."""
        item = self.standing.item.id
        if self.due == "reminder":
            return f"git feedback notify {item} --about reminder"
        return f"git feedback reject {item} --kind withdrawn"


def silent(standings: Iterable[Standing], policy: Policy, now: datetime) -> list[Silent]:
    """Whose silence asks for a reminder or a proposal to close at `now`, the longest silence first."""
    found = (_silent(one, policy.office, now) for one in standings if one.state.waiting_for == "submitter")
    return sorted((one for one in found if one), key=lambda one: (one.since, one.standing.item.id))


def _silent(one: Standing, office: Calendar, now: datetime) -> Silent | None:
    events = counted(one.item, now)
    since = _spoken(events) or one.state.since
    remind_at = office.close_of_day(since, REMIND_AFTER)
    reminded = _reminded(events, since, remind_at)
    due = office.close_of_day(reminded, CLOSE_AFTER) if reminded else remind_at
    if now <= due:
        return None
    return Silent(one, since, working_days(office, since, now), reminded, "closing" if reminded else "reminder")


def _spoken(events: Sequence[Event]) -> datetime | None:
    """Our last question to the submitter, or the submitter's last word, whatever came later."""
    spoken = [
        event.at
        for event in events
        if isinstance(event, ev.Supply | ev.Message) or (isinstance(event, ev.Ask) and event.whom == "submitter")
    ]
    return spoken[-1] if spoken else None


def _reminded(events: Sequence[Event], since: datetime, remind_at: datetime) -> datetime | None:
    """The first reminder after a moment."""
    found = [
        event.at
        for event in events
        if event.at > since
        and (
            (isinstance(event, ev.Notify) and event.about == "reminder")
            or (isinstance(event, ev.Respond) and event.at > remind_at)
        )
    ]
    return found[0] if found else None


def working_days(office: Calendar, since: datetime, now: datetime) -> int:
    """How many working days began after the day of `since`, today included."""
    first, today = since.astimezone(office.tz).date(), now.astimezone(office.tz).date()
    return sum(office.is_working_day(first + timedelta(days=n)) for n in range(1, (today - first).days + 1))
