"""Where the cycles of a clock begin and end.  What each clock means is said in the handbook (SLA)."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from git_feedback.desk.rulebook import Span
from git_feedback.desk.tale import MACHINES, Tale
from git_feedback.model import Event
from git_feedback.model import events as ev

Pauses = Sequence[Span]


class Run(NamedTuple):
    """One cycle: since when, until when (None: it goes on), what does not count, and how it ended.

    `paused`: it stands still now.  `pauses` may reach beyond its end.
    """

    start: int
    stop: int | None
    pauses: Pauses = ()
    cancelled: bool = False
    paused: bool = False


def _register(tale: Tale, now: int) -> list[Run]:
    """From received to landed; where that was not noted, the first thing a machine did to it was done on landing.

    Without either nothing is known: what a person did later says no more than that it was there by then.
    """
    landed = tale.landed
    if landed is None:
        by_machines = (one for one in tale.events if one[1].by in MACHINES and one[1].verb not in _LATER)
        landed = next((second for second, _ in by_machines), None)
    if landed is None:
        return []
    return [Run(tale.received, landed if landed <= now else None)]


_LATER = ("alarm", "retract")
"""What machines do to what landed long before."""


def _assess(tale: Tale, _now: int) -> list[Run]:
    """From received to a person's word on what it is, or to an owner whom a person gives what a rule classified."""
    classified, stop = False, None
    for second, event in tale.events:
        by_person = event.by not in MACHINES
        if by_person and (event.verb == "classify" or (classified and _takes_it_on(event))):
            stop = second
            break
        classified = classified or event.verb == "classify"
    return [_only(tale, stop)]


def _takes_it_on(event: Event) -> bool:
    return event.verb in ("accept", "plan") or (isinstance(event, ev.Assign) and event.owner is not None)


def _respond(tale: Tale, _now: int) -> list[Run]:
    """From received to the first word of a person; what a machine sent is a receipt and answers nothing."""
    answered = (second for second, event in tale.events if event.verb in _ANSWERS and event.by not in MACHINES)
    return [_only(tale, next(answered, None))]


_ANSWERS = frozenset({"respond", "ask", "reply"})


def _update(tale: Tale, _now: int) -> list[Run]:
    """From each unanswered message of the submitter to our next word; what ends the matter ends the round.

    Time as a duplicate that was none does not count.
    """
    if "message" not in tale.verbs:
        return []
    found: list[Run] = []
    start: int | None = None
    for second, event in tale.events:
        if event.verb == "message":
            start = second if start is None else start
        elif start is not None and event.verb in ("respond", "reply"):
            if event.by not in MACHINES:
                found.append(Run(start, second, _asleep_since(tale, start)))
                start = None
        elif start is not None and event.verb in _ENDS:
            found.append(Run(start, second, cancelled=True))
            start = None
    return found if start is None else [*found, Run(start, None, _asleep_since(tale, start))]


_ENDS = frozenset({"close", "reject", "duplicate"})


def _accept(tale: Tale, _now: int) -> list[Run]:
    """From each assignment to a person until the owner accepts or returns it.

    Given to another before that, or settled without, it has nothing left to wait for.
    """
    if "assign" not in tale.verbs:
        return []
    found: list[Run] = []
    start: int | None = None
    for second, event in tale.events:
        assigned = isinstance(event, ev.Assign) and event.owner is not None
        if start is not None and (assigned or event.verb in _NO_LONGER_WAITED_FOR):
            given_up = event.verb not in ("accept", "return")
            found.append(Run(start, second, tale.asleep, cancelled=given_up))
            start = None
        if assigned:
            start = second
    return found if start is None else [*found, _last(tale, start, tale.asleep)]


_NO_LONGER_WAITED_FOR = frozenset({"accept", "return", "resolve", "reply"})


def _info(tale: Tale, _now: int) -> list[Run]:
    """From a question that names missing fields until all of them are there; settled without, nobody waits for them."""
    if "ask" not in tale.verbs:
        return []
    found: list[Run] = []
    start, missing = 0, set[str]()
    for second, event in tale.events:
        if isinstance(event, ev.Ask) and event.missing:
            start = start if missing else second
            missing.update(event.missing)
        elif missing and isinstance(event, ev.Supply):
            missing = missing.difference(event.supplied) if event.supplied else set()
            if not missing:
                found.append(Run(start, second, _asleep_since(tale, start)))
        elif missing and event.verb in _SETTLED_OR_OVER:
            found.append(Run(start, second, cancelled=True))
            missing = set()
    return [*found, Run(start, None, _asleep_since(tale, start))] if missing else found


_SETTLED_OR_OVER = frozenset({"resolve", "reply", *_ENDS})


def _resolve(tale: Tale, now: int) -> list[Run]:
    """From received to the solution.

    After a reopening, or a review that it did not pass, it goes on without the span in between.  Who is not satisfied
    freezes the verdict: from then on the second solution is due.
    """
    found: list[Run] = []
    pauses = _pauses(tale, now)
    settles = _settles(tale)
    stop: int | None = None
    for second, event in tale.events:
        if stop is None and event.verb in settles:
            stop = second
            found.append(Run(tale.received, stop, pauses))
        elif stop is not None and _is_unsatisfied(event):
            return found
        elif stop is not None and _goes_on(event):
            pauses = [*pauses, (stop, second)]
            stop = None
    return found if stop is not None else [*found, _last(tale, tale.received, pauses, pausing=True)]


def _settles(tale: Tale) -> tuple[str, ...]:
    return ("resolve", "reply", "close") if tale.short else ("resolve",)


def _goes_on(event: Event) -> bool:
    return event.verb == "reopen" or (isinstance(event, ev.Review) and event.verdict == "fail")


def _is_unsatisfied(event: Event) -> bool:
    """Whether the submitter says so, or somebody reopens it for that."""
    if isinstance(event, ev.Reopen):
        return event.kind == "unsatisfied"
    return isinstance(event, ev.FollowUp) and event.verdict == "unsatisfied"


def _reply(tale: Tale, now: int) -> list[Run]:
    """From received to progress that was told after it was accepted, or to the result."""
    accepted, stop = False, None
    for second, event in tale.events:
        accepted = accepted or event.verb == "accept"
        progress = isinstance(event, ev.Respond) and event.progress and accepted and event.by not in MACHINES
        if event.verb == "reply" or progress:
            stop = second
            break
    return [_only(tale, stop, _pauses(tale, now), pausing=True)]


def _review(tale: Tale, _now: int) -> list[Run]:
    """From each solution until somebody has looked at it; going on without, there is nothing to look at."""
    if "resolve" not in tale.verbs:
        return []
    found: list[Run] = []
    start: int | None = None
    for second, event in tale.events:
        if start is None:
            start = second if event.verb == "resolve" else None
        elif event.verb == "review" or event.verb in _UNREVIEWED:
            found.append(Run(start, second, cancelled=event.verb != "review"))
            start = None
    return found if start is None else [*found, Run(start, None)]


_UNREVIEWED = frozenset({"reopen", "assign", "reply", *_ENDS})


def _follow_up(tale: Tale, _now: int) -> list[Run]:
    """From each reply until we know how content the submitter is; who reopens it unsatisfied has told us.

    Closing it ends the asking, unless somebody still tells us.
    """
    if "reply" not in tale.verbs:
        return []
    found: list[Run] = []
    start: int | None = None
    for second, event in tale.events:
        if start is None:
            start = second if event.verb == "reply" else None
        elif event.verb == "follow-up" or event.verb == "reopen":
            heard = event.verb == "follow-up" or _is_unsatisfied(event)
            found.append(Run(start, second, cancelled=not heard))
            start = None
    return found if start is None else [*found, _last(tale, start, ())]


def _second(tale: Tale, now: int) -> list[Run]:
    """From each time the submitter was not satisfied to the next solution; pauses as that of the first."""
    if not _UNSATISFYING & tale.verbs:
        return []
    found: list[Run] = []
    start: int | None = None
    pauses: Pauses = ()
    settles = _settles(tale)
    failed: int | None = None
    for second, event in tale.events:
        if start is not None and event.verb in settles:
            found.append(Run(start, second, pauses))
            start, failed = None, second
        elif start is None and _is_unsatisfied(event):
            start, pauses, failed = second, _pauses_since(tale, second, now), None
        elif start is None and failed is not None and isinstance(event, ev.Review) and event.verdict == "fail":
            start, pauses = found[-1].start, [*pauses, (failed, second)]
    return found if start is None else [*found, _last(tale, start, pauses, pausing=True)]


_UNSATISFYING = frozenset({"follow-up", "reopen"})

RUNS: Mapping[str, Callable[[Tale, int], list[Run]]] = {
    "register": _register,
    "assess": _assess,
    "respond": _respond,
    "update": _update,
    "accept": _accept,
    "info": _info,
    "resolve": _resolve,
    "reply": _reply,
    "review": _review,
    "follow-up": _follow_up,
    "second": _second,
}
"""The clocks by name: each gives its cycles, oldest first, up to `now`."""


def _only(tale: Tale, stop: int | None, pauses: Pauses | None = None, *, pausing: bool = False) -> Run:
    """The only cycle of a clock that starts on arrival; `pausing` clocks stand still while an answer is awaited."""
    pauses = tale.asleep if pauses is None else pauses
    cancelled_first = tale.asleep_since is not None and stop is not None and stop > tale.asleep_since
    if stop is None or cancelled_first:
        return _last(tale, tale.received, pauses, pausing=pausing)
    return Run(tale.received, stop, pauses)


def _last(tale: Tale, start: int, pauses: Pauses, *, pausing: bool = False) -> Run:
    """A cycle that nothing stopped: it goes on, or the item's end cancelled it."""
    ended = tale.asleep_since
    if ended is None or ended < start:
        return Run(start, None, pauses, paused=pausing and tale.paused_since is not None)
    return Run(start, ended, pauses, cancelled=True)


def _pauses(tale: Tale, now: int) -> Pauses:
    """All spans that a pausing clock does not count."""
    if not tale.pauses and tale.paused_since is None:
        return tale.asleep
    open_end = [] if tale.paused_since is None else [(tale.paused_since, now)]
    return [*tale.pauses, *tale.asleep, *open_end]


def _asleep_since(tale: Tale, start: int) -> Pauses:
    """Spans beginning later in which it was over: those of a duplicate that was none, for others end what would go on."""
    return [span for span in tale.asleep if span[0] >= start]


def _pauses_since(tale: Tale, start: int, now: int) -> Pauses:
    """Those of them that began later: a matter that is over already waits for its second solution all the same."""
    return [span for span in _pauses(tale, now) if span[0] >= start]
