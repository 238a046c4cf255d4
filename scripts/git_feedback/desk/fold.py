"""An item's state, folded from its events: the answer to where it is, whose, and how much it matters.

The fold sorts by time, then by rank (SLA.md: stop, cancel, pause, resume, change of level, start), then by the event's
own text, so the order of lines in a file does not matter.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import lt

from git_feedback.desk.rulebook import Rulebook, rulebook, seconds_of
from git_feedback.desk.tale import Tale
from git_feedback.desk.whereabouts import State
from git_feedback.model import Event, Item
from git_feedback.policy import Policy

RANK = {
    verb: rank
    for rank, verbs in enumerate(
        (
            ("respond", "reply", "resolve", "return", "accept"),
            ("reject", "duplicate", "close"),
            ("ask",),
            ("supply",),
            ("classify", "escalate"),
            ("assign", "reopen", "message"),
            ("review", "follow-up", "note", "plan", "split", "snooze", "exempt", "copy", "link", "unlink", "reward"),
            ("notify", "correct", "erase", "alarm", "retract"),
        )
    )
    for verb in verbs
}


def ordered(history: Iterable[Event]) -> list[Event]:
    """Events as they happened; at the same instant by rank, then by their own text."""
    return [event for _, event in in_order(history)]


def in_order(history: Iterable[Event]) -> list[tuple[int, Event]]:
    """`ordered`, each event with its second."""
    events = tuple(history)
    seconds = [seconds_of(event.at) for event in events]
    found = list(zip(seconds, events, strict=True))
    if not all(map(lt, seconds, seconds[1:])):
        found.sort(key=lambda pair: (pair[0], RANK[pair[1].verb], pair[1].model_dump_json()))
    return found


def happened(item: Item, now: datetime) -> list[Event]:
    """The events of an item up to and including `now`, as they happened."""
    until = seconds_of(now)
    return [event for second, event in in_order(item.history) if second <= until]


def state(item: Item, policy: Policy, now: datetime) -> State:
    """The state of an item at `now`: events later than that have not happened yet."""
    return told(item, rulebook(policy), seconds_of(now)).state()


def states(item: Item, policy: Policy, events: Sequence[Event]) -> list[State]:
    """The state before the first event, and after each of `events`, which come in order."""
    tale = Tale(item, rulebook(policy))
    found = [tale.state()]
    for event in events:
        tale.tell(seconds_of(event.at), event)
        found.append(tale.state())
    return found


def told(item: Item, book: Rulebook, now: int) -> Tale:
    """An item's life up to and including `now`."""
    tale = Tale(item, book)
    for second, event in in_order(item.history):
        if second > now:
            break
        tale.tell(second, event)
    return tale
