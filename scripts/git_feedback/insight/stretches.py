"""What an item was waiting for while a clock ran: the working time of one run, cut by what it went to.

The seconds of all kinds add up to the working time of the run, to the second.  For each moment the first that holds:

- an answer was awaited, and the clock does not stand still for it: `submitter`, `partner`
- it came while the office was closed, to a clock that runs then, and the office had not opened yet: `closed`
- it was on its way between departments, from its first assignment to the last time it was given on: `handed-on`
- it was worked on once more, after it was opened again or did not pass the review: `reopened`, `failed-review`
- the person whose turn it was was on leave, or had far more in hand than the others: `leave`, `overload`
- the state it stood in: nobody had classified it (`triage`), named an owner (`dispatch`), taken it on (`acceptance`);
  somebody had taken it on and nothing was noted for a working day or longer (`still`), or for less (`work`); it was
  solved and not looked at (`review`), or looked at and the submitter not told (`telling`).

Clocks with one purpose wait for that: `assess` for `triage`, `accept` for `acceptance`, `update` for an answer to a
message (`unanswered`), `review` for `review`, `follow-up` for `follow-up`; and `respond`, once somebody has taken the
item on, for the answer (`unanswered`).  Imported history does not tell: `unknown`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from git_feedback.clock import Calendar
from git_feedback.desk import Standing, State
from git_feedback.desk.rulebook import seconds_of
from git_feedback.desk.sla import Clock, Cycle
from git_feedback.desk.tracing import midnight
from git_feedback.desk.untold import counted
from git_feedback.insight.owner_spans import Loads, Span, life_of
from git_feedback.model import events as ev
from git_feedback.policy import Policy

KINDS = (
    "triage", "dispatch", "acceptance", "handed-on", "leave", "overload", "still", "work", "submitter", "partner",
    "closed", "unanswered", "reopened", "failed-review", "review", "telling", "follow-up", "unknown",
)  # fmt: skip
"""Every kind; of two that took equally long the one named first is the cause."""
STILL_S = 8 * 3600
"""Office hours without any note, from which an item that somebody had taken on lay still: a working day."""

_PURPOSE: Mapping[str, str] = {
    "assess": "triage",
    "accept": "acceptance",
    "update": "unanswered",
    "review": "review",
    "follow-up": "follow-up",
}
_STATES: Mapping[str, str] = {
    "new": "triage",
    "triaged": "dispatch",
    "returned": "dispatch",
    "assigned": "acceptance",
    "reopened": "acceptance",
    "accepted": "work",
    "resolved": "review",
    "reviewed": "telling",
}
"""What is waited for in each state; in those after the reply nobody has taken up what goes on: `dispatch`."""
_OWNERS_TURN = frozenset({"dispatch", "acceptance", "work", "unanswered"})
_REWORKS = frozenset({"resolve", "reply"})


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of a clock from where it is cut to its end; the office opened at `opening` for the first time in it."""

    clock: str
    calendar: Calendar
    pauses: Sequence[tuple[int, int]]
    start: int
    end: int
    opening: int

    def seconds(self, start: int, end: int) -> int:
        return self.calendar.elapsed_s(start, end, self.pauses)


@dataclass(frozen=True)
class Story:
    """One item's life, asked for what its clocks waited for; `loads` are those of everybody."""

    standing: Standing
    policy: Policy
    now: datetime
    loads: Loads

    @cached_property
    def spans(self) -> list[Span]:
        """Its life, state by state."""
        return life_of(self.standing, self.policy, self.now)

    def state_at(self, second: int) -> State:
        """Where it stood at a moment."""
        return next((span.state for span in reversed(self.spans) if span.start <= second), self.spans[0].state)

    @cached_property
    def handovers(self) -> tuple[int, ...]:
        """When it was given on: returned, or assigned to another department or after a return."""
        return tuple(second for second, _ in self._given_on)

    @cached_property
    def _given_on(self) -> tuple[tuple[int, bool], ...]:
        """Each handover, and whether it is one more: an assignment that ends a return is not."""
        found: list[tuple[int, bool]] = []
        department, returned = "", False
        for event in counted(self.standing.item, self.now):
            if isinstance(event, ev.Return):
                found.append((seconds_of(event.at), True))
                returned = True
            elif isinstance(event, ev.Assign):
                if department and (returned or event.department != department):
                    found.append((seconds_of(event.at), not returned))
                department, returned = event.department, False
        return tuple(found)

    @cached_property
    def _first_assigned(self) -> int | None:
        given = (event.at for event in counted(self.standing.item, self.now) if isinstance(event, ev.Assign))
        first = next(given, None)
        return None if first is None else seconds_of(first)

    @cached_property
    def _reworks(self) -> tuple[tuple[int, str], ...]:
        """Since when it was worked on once more, and why."""
        found = []
        for event in counted(self.standing.item, self.now):
            if isinstance(event, ev.Reopen):
                found.append((seconds_of(event.at), "reopened"))
            elif isinstance(event, ev.Review) and event.verdict == "fail":
                found.append((seconds_of(event.at), "failed-review"))
        return tuple(found)

    def times_given_on(self, until: int) -> int:
        """How often it was given on up to a moment."""
        return sum(more for second, more in self._given_on if second <= until)

    # ---- the cut ----------------------------------------------------------------------------------------------------

    def cut(self, clock: Clock, cycle: Cycle, since: int) -> dict[str, int]:
        """Seconds of working time by kind, from `since` (or the start) to the end of a run; kinds without any are out."""
        opening = seconds_of(self.policy.office.next_opening(cycle.started))
        end = seconds_of(self.now) if cycle.stop is None else cycle.stop
        calendar = self._calendar(clock, cycle, end)
        run = _Run(clock.name, calendar, cycle.pauses, max(since, cycle.start), end, opening)
        if self.standing.item.record == "history":
            whole = run.calendar.elapsed_s(run.start, run.end, cycle.pauses)
            return {"unknown": whole} if whole else {}
        seconds: Counter[str] = Counter()
        for span in self.spans:
            start, end = max(span.start, run.start), min(span.end, run.end)
            if start < end:
                for kind, found in self._of_span(run, Span(start, end, span.state)):
                    seconds[kind] += found
        return {kind: seconds[kind] for kind in KINDS if seconds[kind]}

    def _calendar(self, clock: Clock, cycle: Cycle, end: int) -> Calendar:
        """The calendar of a run: mostly that of the clock; an earlier run may have been judged by another level's."""
        names = (clock.calendar, *sorted(self.policy.calendars.by_name))
        fitting = (
            self.policy.calendars[name]
            for name in names
            if self.policy.calendars[name].elapsed_s(cycle.start, end, cycle.pauses) == cycle.elapsed
        )
        return next(fitting, self.policy.calendars[clock.calendar])

    def _of_span(self, run: _Run, span: Span) -> Iterator[tuple[str, int]]:
        """What a span went to, the hours in which the office was closed apart."""
        if span.state.waiting_for and run.clock not in _PURPOSE:
            yield span.state.waiting_for, run.seconds(span.start, span.end)
            return
        for piece in self._by_leave(span):
            closed = run.seconds(piece.start, min(piece.end, run.opening)) if piece.start < run.opening else 0
            yield "closed", closed
            yield self._kind(run, piece), run.seconds(piece.start, piece.end) - closed

    def _by_leave(self, span: Span) -> Iterator[Span]:
        """A span cut where the leave of its owner begins and ends."""
        edges = sorted({edge for leave in self._leaves(span.state.owner) for edge in leave})
        start = span.start
        for edge in (*edges, span.end):
            if start < edge <= span.end:
                yield Span(start, edge, span.state)
                start = edge

    def _leaves(self, owner: str | None) -> list[tuple[int, int]]:
        person, zone = self.policy.people.get(owner or ""), self.policy.zone
        if person is None:
            return []
        return [(midnight(one.first, zone), midnight(one.last + timedelta(days=1), zone)) for one in person.leave]

    def _kind(self, run: _Run, piece: Span) -> str:
        purpose = _PURPOSE.get(run.clock)
        if purpose is None and (past := self._detour(run, piece)):
            return past
        kind = purpose or _STATES.get(piece.state.life, "dispatch")
        if kind in _OWNERS_TURN and (why := self._hindered(piece)):
            return why
        if kind != "work":
            return kind
        if run.clock == "respond":
            return "unanswered"
        return "still" if self.policy.office.elapsed_s(piece.start, piece.end) >= STILL_S else "work"

    def _detour(self, run: _Run, piece: Span) -> str:
        """handed-on, reopened or failed-review; empty where it was on its straight way."""
        last = max((second for second in self.handovers if second <= run.end), default=0)
        if self._first_assigned is not None and self._first_assigned <= piece.start < last:
            return "handed-on"
        if run.clock not in _REWORKS or not piece.state.is_open:
            return ""
        return next((why for second, why in reversed(self._reworks) if second <= piece.start), "")

    def _hindered(self, piece: Span) -> str:
        owner = piece.state.owner
        if any(first <= piece.start < end for first, end in self._leaves(owner)):
            return "leave"
        return "overload" if owner and self.loads.is_overloaded(owner, piece.start) else ""
