"""Telling people of alarms: find what is due, send it, write down what went out, in this order.

What cannot be written down is not sent, and what was not sent is not written down: the next run finds it due again.  A
run that is cut off writes down what it has sent so far.  Of somebody with several ways each is written down for itself,
and the ways by which it did not go out beside it, so that the next run sends by those alone (`desk.alarms_told`).

A message arrives once or more often, never less: one that was handed over without an answer may have arrived, is not
written down, and goes out again.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from git_feedback import i18n
from git_feedback.checks import Subject
from git_feedback.desk import Refusal, Standing, act, alarms, alarms_told
from git_feedback.desk.alarms import Alarm
from git_feedback.desk.alarms_told import Key
from git_feedback.jobs.reading import Whole
from git_feedback.model import Event, Item, Problem
from git_feedback.outbox import SENDERS, Message, NotSent, Patience, Route, messages
from git_feedback.policy import Policy
from git_feedback.store import BadItem, append, write_file
from git_feedback.triage import Rules

FOLDER = "build/outbox"
"""Where drafts lie, from the top of the desk."""


@dataclass(frozen=True)
class Sent:
    """An alarm whose message went out, by its way."""

    alarm: Alarm

    @property
    def channel(self) -> str:
        """The way, by its name."""
        return self.alarm.channel


@dataclass(frozen=True)
class Unsent:
    """What did not go out, and why: a message to somebody, or (without addressee) everything about an item."""

    addressee: str | None
    channel: str | None
    ids: tuple[str, ...]
    why: NotSent | Refusal

    def said(self, language: str) -> str:
        """One line."""
        reason = self.why.said(language)
        if self.addressee is None:
            return i18n.text("outbox-unrecorded", language, id=self.ids[0], reason=reason)
        return i18n.text("outbox-unsent", language, addressee=self.addressee, channel=self.channel, reason=reason)


@dataclass
class Post:
    """The post of one run, and what of it has gone out so far: a write that is redone sends nothing twice.

    `secrets` are environment variables by name; `interval` is the time until the next run.
    """

    secrets: Mapping[str, str]
    interval: timedelta
    patience_s: float = 20
    """Seconds without an answer after which a way is given up for this run."""
    patience: Patience | None = None
    """How often a message is tried, and how fast they follow each other; None: once, and at once."""
    sent: list[Sent] = field(default_factory=list)
    meant: list[Alarm] = field(default_factory=list)
    """What the last attempt was to send."""
    unsent: list[Unsent] = field(default_factory=list)
    """Of the last attempt."""
    closed: dict[str, NotSent] = field(default_factory=dict)
    """Ways that wanted peace in the last attempt, and why."""
    rises: set[tuple[str, str]] = field(default_factory=set)
    """Problems that rise steeply, by key, with the ways by which their message went out."""
    risen: dict[tuple[str, str], tuple[Event, ...]] = field(default_factory=dict)
    """What was written down of them, by item and problem."""
    waiting: int = 0
    """How many alarms wait for the end of quiet hours."""

    def told(self, *, repeat: bool) -> set[Key]:
        """What went out: alarms, or lines of the working day."""
        return {key for one in self.sent if one.alarm.repeat == repeat for key in one.alarm.keys}

    def missed(self) -> set[Key]:
        """What was to go out and did not; the lines of the working day aside."""
        meant = {key for alarm in self.meant if not alarm.repeat for key in alarm.keys}
        return meant - self.told(repeat=False)


def planned(found: Sequence[Standing], policy: Policy, now: datetime, post: Post) -> list[Sent]:
    """What would be sent now, each with its way, in the order of sending; nothing is sent."""
    listed = messages(_ready(found, policy, now, post), policy, now)
    return [Sent(alarm) for message in listed for alarm in message.alarms]


def tell(
    root: Path, desk: Whole, found: Sequence[Standing], now: datetime, post: Post
) -> tuple[list[str], list[Problem]]:
    """Send what is due and write down what went out: the paths that were written, and why others could not be."""
    post.unsent, post.closed = [], {}
    ready = _ready(found, desk.policy, now, post)
    post.meant, problems = _writable(ready, desk, now, post)
    try:
        _send(root, messages(post.meant, desk.policy, now), desk.policy, now, post)
    finally:
        paths, unwritten = write_down(root, desk, now, post)
    return paths, [*problems, *unwritten]


def _ready(found: Iterable[Standing], policy: Policy, now: datetime, post: Post) -> list[Alarm]:
    """The alarms of this run and, where it is their time, the lines of the working day."""
    listed = list(found)
    told = post.told(repeat=False)
    alarmed = _alarmed(listed, policy)
    named = (alarm for one in listed for alarm in alarms.due(one, policy, now, alarmed=one.item.id in alarmed))
    due = [left for alarm in named if (left := alarm.without(told))]
    ready = [alarm for alarm in due if not alarms.waits(alarm, policy, now)]
    post.waiting = len(due) - len(ready)
    return [*ready, *_repeats(listed, policy, now, post)]


def _alarmed(found: Iterable[Standing], policy: Policy) -> frozenset[str]:
    """Items that no person has looked at and whose words raise an alarm, by id."""
    levels = policy.notify.alarmed.levels if policy.notify and policy.notify.alarmed else ()
    rules = Rules(policy) if levels else None
    waiting = (
        one for one in found if one.state.level in levels and one.state.is_unfinished and not one.state.confirmed
    )
    return frozenset(one.item.id for one in waiting if rules and rules.alarms(one.item))


def _repeats(found: list[Standing], policy: Policy, now: datetime, post: Post) -> list[Alarm]:
    day = alarms.repeat_day(policy, now, post.interval)
    if day is None:
        return []
    told = post.told(repeat=True) | post.told(repeat=False)
    heard = alarms.heard(found, policy, day, now, post.interval)
    listed = (alarm for one in found for alarm in alarms.repeats(one, policy, day, now))
    return [alarm for alarm in listed if alarm.addressee not in heard and not alarm.keys & told]


# ---- sending --------------------------------------------------------------------------------------------------------


def _send(root: Path, listed: Iterable[Message], policy: Policy, now: datetime, post: Post) -> None:
    """Send each message; one that fails keeps no other back, only a way that wants peace is not asked again."""
    for message in listed:
        route = route_to(message.addressee, message.alarms[0].channel, root, policy, now, post)
        try:
            give(message, route, post)
        except NotSent as why:
            post.sent += [Sent(alarm) for alarm in why.arrived]
            left = (alarm for alarm in message.alarms if alarm not in why.arrived)
            ids = tuple(dict.fromkeys(alarm.item.id for alarm in left))
            post.unsent.append(Unsent(message.addressee, route.name, ids, why))
        else:
            post.sent += [Sent(alarm) for alarm in message.alarms]


def give(message: Message, route: Route, post: Post) -> None:
    """Give a message away, unless its way is to be left in peace for this run.  Raises NotSent."""
    if before := post.closed.get(route.name):
        raise NotSent(before.code, **before.values)
    try:
        SENDERS[route.way.by](message, route)
    except NotSent as why:
        post.closed |= {route.name: why} if why.ends_run else {}
        raise


def route_to(person: str, channel: str, root: Path, policy: Policy, now: datetime, post: Post) -> Route:
    """How a message leaves for somebody by one of the ways, with the secrets that it needs."""
    assert policy.notify
    way = policy.notify.ways[channel]
    secret, key = (post.secrets.get(named) if named else None for named in (way.settings, way.secret))
    there = policy.people.get(person)
    return Route(channel, way, there, secret, root / FOLDER, now, post.patience_s, key, post.patience)


# ---- writing down ---------------------------------------------------------------------------------------------------


def write_down(root: Path, desk: Whole, now: datetime, post: Post) -> tuple[list[str], list[Problem]]:
    """Write the event of each alarm that went out and stands in no history: the paths, and what could not be written.

    Files are read anew, for sending takes its time and somebody else may have written meanwhile.
    """
    told = _by_item(post.sent)
    paths: list[str] = []
    problems: list[Problem] = []
    for subject in desk.subjects:
        events = _events(subject.item, told.get(subject.item.id, ()), desk.policy, now, post)
        if not events:
            continue
        try:
            source = (root / subject.file).read_bytes()
            write_file(root / subject.file, _appended(source, events, subject.file))
            paths.append(subject.file)
        except BadItem as bad:
            problems += bad.problems
        except OSError as error:
            reason = {"reason": error.strerror or str(error)}
            problems.append(Problem(subject.file, 1, 1, "unreadable-file", reason))
    return paths, problems


def _writable(ready: Sequence[Alarm], desk: Whole, now: datetime, post: Post) -> tuple[list[Alarm], list[Problem]]:
    """The alarms that can be written down once they are sent; why the others cannot is noted."""
    told = _by_item(map(Sent, ready))
    barred: set[str] = set()
    problems: list[Problem] = []
    for subject in desk.subjects:
        listed = told.get(subject.item.id)
        why = _hindrance(subject, listed[0], desk.policy, now) if listed else None
        if why is None:
            continue
        barred.add(subject.item.id)
        if isinstance(why, BadItem):
            problems += why.problems
        else:
            post.unsent.append(Unsent(None, None, (subject.item.id,), why))
    return [alarm for alarm in ready if alarm.item.id not in barred], problems


def _hindrance(subject: Subject, one: Sent, policy: Policy, now: datetime) -> Refusal | BadItem | None:
    """Why no alarm could be appended to an item, or None: what holds for one of them holds for all."""
    event = _event(subject.item, one, policy, now)
    if isinstance(event, Refusal):
        return event
    try:
        append(subject.source, event, file=subject.file)
    except BadItem as bad:
        return bad
    return None


def _by_item(sent: Iterable[Sent]) -> dict[str, list[Sent]]:
    """What is written down, by item; the line of a working day never is."""
    found: dict[str, list[Sent]] = {}
    for one in sent:
        if not one.alarm.repeat:
            found.setdefault(one.alarm.item.id, []).append(one)
    return found


def _events(item: Item, sent: Iterable[Sent], policy: Policy, now: datetime, post: Post) -> list[Event]:
    """The events that are missing in a history, in the order of the instants.

    They all happened at the same moment and change nothing, so they may share it.  Where the newest event lies ahead
    of `now` (somebody wrote meanwhile), they come after that: what went out is written down whatever clocks say.
    """
    recorded = alarms_told.recorded(item).keys
    at = max([now, *(event.at for event in item.history)])
    left = [Sent(alarm) for one in sent if (alarm := one.alarm.without(recorded))]
    missed = post.missed() - recorded
    found = [_event(item, one, policy, at, missed) for one in sorted(left, key=lambda one: one.alarm.since)]
    return [event for event in found if not isinstance(event, Refusal)]


def _event(item: Item, one: Sent, policy: Policy, at: datetime, missed: Set[Key] = frozenset()) -> Event | Refusal:
    alarm = one.alarm
    rungs = {key[:-1] for key in alarm.keys}
    facts = {
        "clock": alarm.clock.name,
        "cycle": alarm.number,
        "rungs": alarm.rungs,
        "addressee": alarm.addressee,
        "channel": one.channel,
        "since": alarm.since,
        "missed": tuple(sorted({key[-1] for key in missed if key[:-1] in rungs})),
    }
    return act("alarm", item, policy, at, "nightly", facts)


def _appended(source: bytes, events: Iterable[Event], file: str) -> bytes:
    for event in events:
        source = append(source, event, file=file)
    return source
