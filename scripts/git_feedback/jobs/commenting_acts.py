"""One command done to one item: at the moment of its comment where that is possible, once, and never in hindsight."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from git_feedback.desk import Refusal, act, ordered
from git_feedback.intake.slash import MOST
from git_feedback.model import VERBS, Event, Item
from git_feedback.policy import Policy
from git_feedback.privacy import erased_source
from git_feedback.privacy.blanking import is_neutral
from git_feedback.store import append

LATEST = timedelta(hours=23)
"""How old a comment may be to be written down under its own moment: what is later by a day counts as back-dated."""
SLACK = timedelta(minutes=1)
"""How little later than the comment something may have happened for it still to be written down as of then."""
AT_ONCE = timedelta(seconds=MOST)
"""How far the events of one comment lie apart at most: each takes a second of its own."""
Args = Mapping[str, Any]


@dataclass
class Page:
    """The file of an item while the commands of one comment are done to it."""

    path: str
    item: Item
    source: bytes
    before: tuple[Event, ...] = field(init=False)
    """What had happened before this comment was looked at."""
    new: list[Event] = field(init=False, default_factory=list)
    _seen: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Remember how it lay there."""
        self.before = self.item.history

    def there(self, verb: str, by: str, since: datetime, args: Args) -> Event | None:
        """The event that an earlier run wrote for the same words; each event answers for one command.

        Where words were erased meanwhile nobody knows whether they were the same: they are taken for it, and do not come
        back.
        """
        for number, event in enumerate(self.before):
            same = (event.verb, event.by) == (verb, by) and event.at >= since and number not in self._seen
            if same and all(_says(event, name, value, self.item.channel) for name, value in args.items()):
                self._seen.add(number)
                return event
        return None

    def put(self, event: Event) -> None:
        """Write an event at the end.  Raises BadItem where the file cannot be appended to."""
        self.source = append(self.source, event, file=self.path)
        self.item = _with(self.item, event)
        self.new.append(event)


def _says(event: Event, name: str, wanted: object, channel: str) -> bool:
    """Whether a field of an event holds a value, or what an erasure left in its place."""
    there = getattr(event, name, None)
    if there == wanted or not (isinstance(there, str) and isinstance(wanted, str)):
        return bool(there == wanted)
    if name == "source":
        return there == erased_source(getattr(event, "channel", None) or channel, wanted)
    return name in event.PROSE and is_neutral(there)


def _with(item: Item, *events: Event) -> Item:
    return item.model_copy(update={"history": (*item.history, *events)})


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does something, when it was said, and when it is done."""

    by: str
    said: datetime
    now: datetime
    policy: Policy

    def done(self, page: Page, verb: str, args: Args) -> Event | Refusal:
        """What happens, or why not; nothing is written yet."""
        return act(verb, page.item, self.policy, self.moment(page.item), self.by, args)

    def moment(self, item: Item) -> datetime:
        """The moment of the comment; now where something happened after it, or too long ago."""
        here = max(self.said, item.received).astimezone(self.policy.zone)
        newest = max((event.at for event in item.history), default=here)
        return here if newest <= here + SLACK and self.now - here <= LATEST else max(self.now, here)

    def then(self, page: Page) -> Page:
        """The item as it lay before this hand when the comment was written."""
        last = {True: self.said + AT_ONCE, False: self.said}
        happened = tuple(event for event in page.before if event.at <= last[event.by == self.by])
        return Page(page.path, page.item.model_copy(update={"history": happened}), page.source)

    def in_its_time(self, then: Page, verb: str, args: Args) -> Event | Refusal:
        """What would have happened when the comment was written; the page of that time goes on with it."""
        at = max(self.said, then.item.received).astimezone(self.policy.zone)
        found = act(verb, then.item, self.policy, at, self.by, args)
        if isinstance(found, Event):
            then.item = _with(then.item, found)
        return found


def is_behind(page: Page, then: Page) -> bool:
    """Whether something happened since the comment that its writer could not know."""
    return len(then.before) < len(page.before)


def newest(item: Item) -> datetime:
    """When something happened last."""
    return ordered(item.history)[-1].at if item.history else item.received


def prose(verb: str) -> frozenset[str]:
    """Those fields of a verb that hold words."""
    return VERBS[verb].PROSE
