"""What submitters should have been told and were not, and by which way the desk can tell them.

An answer, an interim answer and a question tell, and so does a message that went out (`notify`).  What machines ask is
not asked until it went out.
"""

import re
from datetime import datetime
from typing import Literal, NamedTuple

from git_feedback.desk.fold import happened
from git_feedback.desk.standing import Standing
from git_feedback.desk.tale import MACHINES
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import Policy

Way = Literal["comment", "mail", "call"]
About = Literal["received", "accepted", "asked", "progress", "resolved", "replied", "reminder", "closing", "released"]
_ISSUE = re.compile(r"[a-z][a-z.-]*[#!][0-9]+")
_UNSAID = ("spam", "abuse", "fraud", "withdrawn")
"""Rejected so, nobody is told of it: it would only confirm an address, or they know."""
_RELEASES = ("measure", "commit")


class News(NamedTuple):
    """Something to be told: what it is about, as `notify` has it, and since when it is due."""

    about: About
    since: datetime


def way_to(item: Item, policy: Policy, channel: str | None = None) -> Way | None:
    """How the desk reaches who sent it, by its own channel or another one; None where nobody can be reached.

    A comment needs an issue, a mail needs a sealed address; without them a person must find the way.
    """
    by = policy.channels.get(channel or item.channel)
    if by is None or not by.answerable or (item.submitter and item.submitter.kind == "anonymous"):
        return None
    wanted = by.told_by
    if wanted == "comment" and _ISSUE.fullmatch(item.source or ""):
        return "comment"
    if wanted == "mail" and item.submitter and item.submitter.sealed:
        return "mail"
    by_hand = item.source or (item.submitter and (item.submitter.hint or item.submitter.sealed))
    return "call" if by_hand else None


def to_tell(one: Standing, policy: Policy, now: datetime, original: Standing | None = None) -> list[News]:
    """What the submitter should have been told by `now` and was not, in the order in which it came up.

    Empty where nobody can be reached, and for what was imported from another system's past.  A person who is called
    is not called to hear that something has arrived.  `original` carries on for a duplicate, whose submitter waits for
    its end as well.
    """
    item, way = one.item, way_to(one.item, policy)
    if way is None or item.record == "history" or one.item.received > now:
        return []
    news = [] if way == "call" else [News("received", item.received)]
    answered = False
    for event in counted(item, now):
        if _tells(event):
            news, answered = [], answered or isinstance(event, ev.Reply)
        about = _about(event, answered=answered)
        news += [News(about, event.at)] if about else []
    return [*_still(news, one), *_settled(one, original, now)]


def counted(item: Item, now: datetime) -> list[Event]:
    """The events up to `now`, as they happened, without those that were taken back."""
    events = happened(item, now)
    taken_back = {(event.what, event.when) for event in events if isinstance(event, ev.Retract)}
    return [event for event in events if (event.verb, event.at) not in taken_back]


def _settled(one: Standing, original: Standing | None, now: datetime) -> list[News]:
    """The matter was settled where it went on, and whoever sent the duplicate has not heard so."""
    at = _end_of(original, now) if original and one.state.life == "duplicate" else None
    if at is None or any(event.at > at and _says_so(event) for event in counted(one.item, now)):
        return []
    return [News("resolved", at)]


def _end_of(original: Standing, now: datetime) -> datetime | None:
    """When the matter was settled: its final answer, or its closing where there was nobody to answer."""
    if original.state.life not in ("replied", "closed"):
        return None
    events = counted(original.item, now)
    answers = [event.at for event in events if isinstance(event, ev.Reply)]
    return max(answers or [event.at for event in events if isinstance(event, ev.Close)], default=None)


def _says_so(event: Event) -> bool:
    if isinstance(event, ev.Notify):
        return event.about in _OF_THE_END
    return isinstance(event, ev.Respond | ev.Reply | ev.FollowUp)


_OF_THE_END = ("resolved", "replied", "released")


def _tells(event: Event) -> bool:
    """Whether the submitter was told something, or spoke with somebody of us."""
    if isinstance(event, ev.Ask):
        return event.whom == "submitter" and event.by not in MACHINES
    return isinstance(event, ev.Respond | ev.Reply | ev.Notify | ev.FollowUp)


def _about(event: Event, *, answered: bool) -> About | None:
    """What an event is news of."""
    if isinstance(event, ev.Ask):
        return "asked" if event.whom == "submitter" and event.by in MACHINES else None
    if isinstance(event, ev.Review):
        return "replied" if event.verdict == "pass" else None
    if isinstance(event, ev.Reject):
        return None if event.kind in _UNSAID else "closing"
    if isinstance(event, ev.Link):
        return "released" if answered and event.kind in _RELEASES else None
    return _PLAIN.get(event.verb)


_PLAIN: dict[str, About] = {"accept": "accepted", "plan": "progress", "duplicate": "closing"}


def _still(news: list[News], one: Standing) -> list[News]:
    """Those that are not overtaken: what is over needs no word of its progress, what was reopened none of its end."""
    life = one.state.life
    ends = {"rejected": ("closing",), "duplicate": ("closing",), "closed": ("released",)}
    if life == "rejected" and not any(each.about == "closing" for each in news):
        return []
    if life in ends:
        return [each for each in news if each.about in ends[life]]
    over = {"closing"} if life == "reviewed" else {"closing", "replied"}
    return [each for each in news if each.about not in over]
