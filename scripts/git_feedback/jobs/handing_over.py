"""One person's items given to another: a leaver's, or those of somebody who changes places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from git_feedback.desk import Refusal, Standing, act
from git_feedback.desk.untold import counted
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.policy import Policy

_HIGHER = "second-by-higher"
"""The refusal that stands in the way of a new owner, whoever gives the item."""


@dataclass(frozen=True, slots=True)
class Handing:
    """Who gives, and who takes on."""

    giver: str
    taker: str


def handed_over(
    standings: Iterable[Standing], handing: Handing, policy: Policy, now: datetime, by: str
) -> list[tuple[Standing, Event | Refusal]]:
    """For every unfinished item of the giver the event that gives it to the taker, or why it is left.

    An open item that the giver only helps with gets the taker as helper.  What is resolved and further on is left: an
    `assign` would open it again.
    """
    return [
        (one, _handed(one, handing, policy, now, by))
        for one in standings
        if (one.state.is_unfinished and one.state.owner == handing.giver and not _is_settled_history(one))
        or (one.state.is_open and handing.giver in one.state.helpers)
    ]


def _is_settled_history(one: Standing) -> bool:
    """Imported as past: nobody works on it."""
    return one.item.record == "history" and not one.state.is_open


def _handed(one: Standing, handing: Handing, policy: Policy, now: datetime, by: str) -> Event | Refusal:
    if not one.state.is_open:
        return Refusal("handover-settled", (), {"state": one.state.life})
    found = act("assign", one.item, policy, now, by, _asked(one, handing, policy, now))
    if isinstance(found, Refusal) or one.state.owner != handing.giver:
        return found
    given = one.item.model_copy(update={"history": (*one.item.history, found)})
    taken = act("accept", given, policy, found.at + timedelta(seconds=1), handing.taker, {})
    return taken if isinstance(taken, Refusal) and taken.code == _HIGHER else found


def _asked(one: Standing, handing: Handing, policy: Policy, now: datetime) -> Mapping[str, object]:
    """What `assign` is to say: all as before, but for the giver."""
    state, taker = one.state, handing.taker
    owner = taker if state.owner == handing.giver else state.owner
    helpers = (taker if helper == handing.giver else helper for helper in state.helpers)
    return {
        "department": state.department or policy.people[taker].department,
        "owner": owner,
        "helpers": tuple(dict.fromkeys(helper for helper in helpers if helper != owner)),
        "task_force": state.task_force,
        "due": _due(one, now),
        "because": f"handover from {handing.giver}",
    }


def _due(one: Standing, now: datetime) -> date | None:
    """The day that the last assignment named."""
    assigned = [event.due for event in counted(one.item, now) if isinstance(event, ev.Assign)]
    return assigned[-1] if assigned else None
