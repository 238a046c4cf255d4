"""Which items may become best practice: the customer was satisfied, nothing was late, and it took less time than usual.

Nobody is singled out: what a valued customer or an unnamed one told stays where it is, and so does what was erased,
rejected or reopened.  A person decides; this only says where to look, and why.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import NamedTuple, TypeVar

from git_feedback.desk import Standing, happened
from git_feedback.learning.copying import is_erased
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.policy import Policy

Happened = TypeVar("Happened", bound=Event)
_Times = Mapping[tuple[str, str], Sequence[tuple[str, int]]]
"""By category and level: items and how long they took."""

FEWEST = 3
"""Of fewer others nobody can say what is usual."""
_HALF = 0.5
_CONTENT = 4
_STOPPED = ("met", "breached")
_LATE = ("breached", "breached-open")
_SINGLED_OUT = ("high-value", "anonymous")
_NO_PRACTICE = ("rejected", "duplicate")


@dataclass(frozen=True, slots=True)
class Nominee:
    """An item that may be told: how long it took and what is usual for its kind, in seconds of working time.

    `others`: so many of its kind were counted; `by_level`: its category alone had too few.  `reasons` are codes with values, the weightiest first.
    """

    one: Standing
    took_s: int
    usual_s: int
    others: int
    by_level: bool
    reply: ev.Reply
    reasons: tuple[tuple[str, Mapping[str, int]], ...]

    @property
    def share(self) -> float:
        """The time it took as a share of the usual."""
        return self.took_s / self.usual_s if self.usual_s else 1.0


def nominees(there: Iterable[Standing], policy: Policy, now: datetime, named: Collection[str] = ()) -> list[Nominee]:
    """Items that may become best practice, best first; `named` are ids that a practice tells of already."""
    listed = [_Told(one, _counting(one, now)) for one in there]
    kinds = _times(listed, policy)
    found = (_nominee(one, kinds, policy) for one in listed if one.one.item.id not in named)
    return sorted((one for one in found if one), key=lambda one: (-len(one.reasons), one.share, one.one.item.id))


class _Told(NamedTuple):
    """An item with what happened to it up to now and was not taken back."""

    one: Standing
    events: Sequence[Event]

    @property
    def kind(self) -> tuple[str, str]:
        """Its category and level."""
        return self.one.state.category or "", self.one.state.level or ""

    def last(self, verb: type[Happened]) -> Happened | None:
        """The last event of a kind."""
        return next((event for event in reversed(self.events) if isinstance(event, verb)), None)

    def has(self, verb: type[Event]) -> bool:
        """Whether one of a kind happened."""
        return any(isinstance(event, verb) for event in self.events)


def _counting(one: Standing, now: datetime) -> list[Event]:
    events = happened(one.item, now)
    back = {(event.what, event.when) for event in events if isinstance(event, ev.Retract)}
    return [event for event in events if (event.verb, event.at) not in back]


def _times(there: Sequence[_Told], policy: Policy) -> _Times:
    """How long each item of a category and level took to be resolved, with its id."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for told in there:
        took = _took(told, policy)
        if took is not None and all(told.kind):
            found[told.kind].append((told.one.item.id, took))
    return found


def _took(told: _Told, policy: Policy) -> int | None:
    """The working time to the solution: as its clock counted it, and without a clock from arrival in office hours."""
    resolved = told.last(ev.Resolve)
    if resolved is None:
        return None
    clock = told.one.clock("resolve")
    if clock and clock.shown:
        return clock.elapsed if clock.state in _STOPPED else None
    start = told.one.item.received
    return policy.calendars.by_name[policy.desk.office].elapsed(start, resolved.at) if start <= resolved.at else None


def _nominee(told: _Told, times: _Times, policy: Policy) -> Nominee | None:
    took, reply = _took(told, policy), told.last(ev.Reply)
    if took is None or reply is None or not _may_be_told(told.one) or not _went_well(told):
        return None
    others, by_level = _others(told, times)
    if len(others) < FEWEST or took >= median(others):
        return None
    usual = int(median(others))
    return Nominee(told.one, took, usual, len(others), by_level, reply, tuple(_reasons(told, took, usual)))


def _others(told: _Told, times: _Times) -> tuple[list[int], bool]:
    """The times of others of its category and level; where they are too few, of its level alone."""
    _, level = told.kind
    others = [seconds for name, seconds in times.get(told.kind, ()) if name != told.one.item.id]
    if len(others) >= FEWEST:
        return others, False
    alike = (found for (_, other), found in times.items() if other == level)
    return [seconds for found in alike for name, seconds in found if name != told.one.item.id], True


def _may_be_told(one: Standing) -> bool:
    kind = one.item.submitter.kind if one.item.submitter else None
    return kind not in _SINGLED_OUT and not is_erased(one.item) and one.state.life not in _NO_PRACTICE


def _went_well(told: _Told) -> bool:
    """Satisfied at the end, nothing late, no way back."""
    is_late = any(clock.state in _LATE or clock.late_by for clock in told.one.clocks)
    followed = told.last(ev.FollowUp)
    return followed is not None and _is_content(followed) and not is_late and not told.has(ev.Reopen)


def _is_content(event: ev.FollowUp) -> bool:
    if event.verdict == "unsatisfied":
        return False
    return event.verdict == "satisfied" or (event.csat or 0) >= _CONTENT


def _reasons(told: _Told, took: int, usual: int) -> Iterator[tuple[str, Mapping[str, int]]]:
    """What was done well, each a code of its words."""
    yield ("half" if took < usual * _HALF else "faster"), {}
    followed = told.last(ev.FollowUp)
    yield ("csat", {"csat": followed.csat}) if followed and followed.csat else ("satisfied", {})
    yield "all-met", {}
    if sum(isinstance(event, ev.Resolve) for event in told.events) == 1 and not told.has(ev.Return):
        yield "once", {}
    progress = sum(isinstance(event, ev.Respond) and event.progress for event in told.events)
    if progress:
        yield "told", {"n": progress}
    if any(isinstance(event, ev.Resolve) and event.measure for event in told.events):
        yield "prevented", {}
