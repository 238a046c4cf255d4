"""Where the cycles of a clock begin and end.  What each clock means is said in the handbook (SLA)."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from git_feedback.desk.fold import MACHINES, Tale
from git_feedback.desk.rulebook import Span
from git_feedback.model import Event
from git_feedback.model import events as ev


class Run(NamedTuple):
    """One cycle: since when, until when (None: it goes on), what does not count, and how it ended.

    `paused`: it stands still now.  `pauses` may reach beyond its end.
    """

    start: int
    stop: int | None
    pauses: Sequence[Span]
    cancelled: bool = False
    paused: bool = False


def _respond(tale: Tale, now: int) -> list[Run]:
    """From received to the first word of a person; what a machine sent is a receipt and answers nothing."""
    answered = next((second for second, event in tale.events if _answers(event)), None)
    return [_run(tale, now, tale.received, answered)]


def _answers(event: Event) -> bool:
    return event.verb in ("respond", "ask", "reply") and event.by not in MACHINES


def _accept(tale: Tale, _now: int) -> list[Run]:
    """From each assignment to a person until the owner accepts or returns it.

    Given to another before that, or settled without, it has nothing left to wait for.
    """
    found: list[Run] = []
    start: int | None = None
    for second, event in tale.events:
        assigned = isinstance(event, ev.Assign) and event.owner is not None
        if start is not None and (assigned or event.verb in ("accept", "return", "resolve", "reply")):
            given_up = event.verb not in ("accept", "return")
            found.append(Run(start, second, tale.asleep, cancelled=given_up))
            start = None
        if assigned:
            start = second
    if start is not None:
        found.append(_last(tale, start, tale.asleep))
    return found


def _resolve(tale: Tale, now: int) -> list[Run]:
    """From received to the solution; after a reopening it goes on without the span in between.

    Who is not satisfied freezes the verdict: from then on the second solution is due.
    """
    found: list[Run] = []
    pauses = _pauses(tale, now)
    settles = ("resolve", "reply", "close") if tale.short else ("resolve",)
    stop: int | None = None
    for second, event in tale.events:
        if stop is None and event.verb in settles:
            stop = second
            found.append(Run(tale.received, stop, pauses))
        elif stop is not None and isinstance(event, ev.Reopen):
            if event.kind == "unsatisfied":
                return found
            pauses = [*pauses, (stop, second)]
            stop = None
    if stop is None:
        found.append(_last(tale, tale.received, pauses, pausing=True))
    return found


def _reply(tale: Tale, now: int) -> list[Run]:
    """From received to progress that was told after it was accepted, or to the result."""
    accepted, stop = False, None
    for second, event in tale.events:
        accepted = accepted or event.verb == "accept"
        progress = isinstance(event, ev.Respond) and event.progress and accepted and event.by not in MACHINES
        if event.verb == "reply" or progress:
            stop = second
            break
    return [_run(tale, now, tale.received, stop, pausing=True)]


RUNS: Mapping[str, Callable[[Tale, int], list[Run]]] = {
    "respond": _respond,
    "accept": _accept,
    "resolve": _resolve,
    "reply": _reply,
}
"""The clocks by name: each gives its cycles, oldest first, up to `now`."""


def _run(tale: Tale, now: int, start: int, stop: int | None, *, pausing: bool = False) -> Run:
    """The only cycle of a clock; `pausing` clocks stand still while an answer is awaited."""
    pauses = _pauses(tale, now) if pausing else tale.asleep
    cancelled_first = tale.asleep_since is not None and stop is not None and stop > tale.asleep_since
    return _last(tale, start, pauses, pausing=pausing) if stop is None or cancelled_first else Run(start, stop, pauses)


def _last(tale: Tale, start: int, pauses: Sequence[Span], *, pausing: bool = False) -> Run:
    """A cycle that nothing stopped: it goes on, or the item's end cancelled it."""
    cancelled = tale.asleep_since is not None
    return Run(start, tale.asleep_since, pauses, cancelled, pausing and tale.paused_since is not None)


def _pauses(tale: Tale, now: int) -> Sequence[Span]:
    """All spans that a pausing clock does not count."""
    if not tale.pauses and tale.paused_since is None:
        return tale.asleep
    open_end = [] if tale.paused_since is None else [(tale.paused_since, now)]
    return [*tale.pauses, *tale.asleep, *open_end]
