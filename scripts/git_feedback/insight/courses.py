"""The milestones of an item that figures are counted from: received, first answered, resolved, heard again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk import FINISHED, MACHINES, Standing
from git_feedback.desk.untold import counted
from git_feedback.model import Event
from git_feedback.model import events as ev

UNCLASSIFIED = "unclassified"
UNASSIGNED = "unassigned"

_ANSWERS = ("respond", "ask", "reply")
_SETTLES = ("resolve",)
_SETTLES_SHORT = ("resolve", "reply", "close")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a follow-up found: satisfied, neutral or unsatisfied; `csat` 1 to 5 and `nps` 0 to 10 where they were given."""

    at: datetime
    verdict: str
    csat: int | None = None
    nps: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One item as figures see it.

    `answered`: the first respond, ask or reply by a person (what a machine sent answers nothing).  `resolved`: the
    first resolve, by whomever, imported history included; in the short lane, which knows no solution, the first reply
    or close.  `replied`: the first final reply by a person.  Each is None while it has not happened, or is not known.
    """

    standing: Standing
    answered: datetime | None
    resolved: datetime | None
    replied: datetime | None
    heard: tuple[Heard, ...]

    @property
    def received(self) -> datetime:
        return self.standing.item.received

    @property
    def category(self) -> str:
        """The category's id, or `unclassified`."""
        return self.standing.state.category or UNCLASSIFIED

    @property
    def answer_is_unknown(self) -> bool:
        """Imported history that does not say when somebody first answered."""
        return self.answered is None and self._is_history

    @property
    def resolution_is_unknown(self) -> bool:
        """Imported history that is over and does not say since when."""
        return self.resolved is None and self._is_history and self.standing.state.life in FINISHED

    @property
    def reply_is_unknown(self) -> bool:
        """Imported history that is over and does not say when it was replied to."""
        return self.replied is None and self._is_history and self.standing.state.life in FINISHED

    @property
    def _is_history(self) -> bool:
        return self.standing.item.record == "history"


def courses(standings: Iterable[Standing], now: datetime) -> list[Course]:
    """The course of each item up to `now`, in the order given; what was taken back never happened."""
    return [_course(standing, counted(standing.item, now)) for standing in standings]


def _course(standing: Standing, events: Sequence[Event]) -> Course:
    settles = _SETTLES_SHORT if standing.state.short else _SETTLES
    return Course(
        standing=standing,
        answered=next((e.at for e in events if e.verb in _ANSWERS and e.by not in MACHINES), None),
        resolved=next((e.at for e in events if e.verb in settles and not _only_found_closed(e)), None),
        replied=next((e.at for e in events if e.verb == "reply" and e.by not in MACHINES), None),
        heard=tuple(Heard(e.at, e.verdict, e.csat, e.nps) for e in events if isinstance(e, ev.FollowUp)),
    )


def _only_found_closed(event: Event) -> bool:
    """An import closes what its source calls closed without a time that can be: it says nothing about when."""
    return event.verb == "close" and event.by == "import"
