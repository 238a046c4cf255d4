"""What a submission lacks of what its channel requires.  Computed from item, events and policy; nothing of it is stored.

A stranger who leaves something out has sent feedback all the same: what is missing is work, and is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk.fold import happened, ordered
from git_feedback.desk.standing import Standing
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import FieldName, Policy

OUR_OWN = ("source", "language")
"""Fields that the desk finds out itself: no submitter can tell under which key a channel keeps their words."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """An item that lacks something, what that is, and since when it is being asked for (None: nobody has asked)."""

    standing: Standing
    fields: tuple[FieldName, ...]
    asked: datetime | None

    @property
    def to_ask(self) -> tuple[FieldName, ...]:
        """What its submitter can tell."""
        return askable(self.fields)


def missing(item: Item, policy: Policy, now: datetime | None = None) -> tuple[FieldName, ...]:
    """The fields that its channel requires, that it does not have, and that nobody has supplied since (by `now`).

    An answer that names no field fills all that had been asked for by then; what is asked for again is missing again.
    Imported history is as it is and lacks nothing.
    """
    channel = policy.channels.get(item.channel)
    if channel is None or item.record == "history":
        return ()
    lacking = tuple(name for name in channel.required if getattr(item, name) in (None, ()))
    filled = supplied(item, now) if lacking and item.history else frozenset()
    return tuple(name for name in lacking if name not in filled)


def supplied(item: Item, now: datetime | None = None) -> frozenset[str]:
    """The fields that were supplied after the submission (by `now`) and not asked for again."""
    asked, filled = set[str](), set[str]()
    for event in _that_count(item, now):
        if isinstance(event, ev.Ask):
            asked.update(event.missing)
            filled.difference_update(event.missing)
        elif isinstance(event, ev.Supply):
            answered = set(event.supplied) or asked
            filled |= answered
            asked = asked - answered
    return frozenset(filled)


def asked_on(item: Item, fields: Iterable[str], now: datetime) -> datetime | None:
    """When one of these fields was first asked for and not supplied since; None where nobody asks for them."""
    since: dict[str, datetime] = {}
    for event in _that_count(item, now):
        if isinstance(event, ev.Ask):
            since = {**dict.fromkeys(event.missing, event.at), **since}
        elif isinstance(event, ev.Supply):
            since = {name: at for name, at in since.items() if event.supplied and name not in event.supplied}
    return min((since[name] for name in fields if name in since), default=None)


def askable(fields: Iterable[FieldName]) -> tuple[FieldName, ...]:
    """Those of the fields that a submitter can tell."""
    return tuple(name for name in fields if name not in OUR_OWN)


def lacking(standings: Iterable[Standing], policy: Policy, now: datetime) -> list[Lacking]:
    """Items that need work and lack something, in the order given."""
    found = []
    for one in standings:
        fields = missing(one.item, policy, now) if one.state.is_open else ()
        if fields:
            found.append(Lacking(one, fields, asked_on(one.item, fields, now)))
    return found


def _that_count(item: Item, now: datetime | None) -> list[Event]:
    """The events in order (up to `now`), without those that were taken back by then."""
    events = ordered(item.history) if now is None else happened(item, now)
    gone = {(event.what, event.when) for event in events if isinstance(event, ev.Retract)}
    return [event for event in events if (event.verb, event.at) not in gone]
